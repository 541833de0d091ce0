"""Acts that come one after another, made durable together.

A commit waits for the disk, often for longer than all of the act before it took. So whoever's turn it is does what all
those wait for who stand behind, in one transaction. Each act is a whole of its own all the same: it happens, or it
leaves nothing behind; and none is acknowledged before the commit.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy.orm import Session

T = TypeVar("T")

Action = Callable[[Session], Any]  # Any: what it returns is known to whoever asked for it


class Act(Future[Any]):  # Any: as above
    """Something that is still to be done, and then what came of it."""

    def __init__(self, action: Action) -> None:
        super().__init__()
        self._action = action
        self._context = copy_context()
        self._end: Callable[[], object] = self.cancel

    def do(self, db: Session) -> Any:  # Any: as above
        """Do it as if whoever asked for it did, in their language."""
        return self._context.run(self._action, db)

    def attempt(self, way: Callable[[Action], Any], *, leave: tuple[type[Exception], ...] = ()) -> None:
        """Do it in a way, and keep what came of it until it may be told. `leave`: what is not the act's own affair."""
        try:
            self._end = partial(self.set_result, way(self.do))
        except leave:
            raise
        except Exception as problem:  # noqa: BLE001 - told to whoever asked for it
            self._end = partial(self.set_exception, problem)

    def tell(self) -> None:
        """Let whoever asked for it go on."""
        self._end()


class Line:
    """Those who wait for one and the same turn, in the order in which they came."""

    def __init__(self, together: Callable[[Sequence[Act]], None]) -> None:
        self._together = together
        self._waiting: deque[Act] = deque()
        self._turn = Lock()

    def stand(self, action: Callable[[Session], T]) -> T:
        """Wait for the turn, or for somebody who does this with what is theirs; return what came of it."""
        mine = Act(action)
        self._waiting.append(mine)
        with self._turn:
            if not mine.done():
                self._do([self._waiting.popleft() for _ in range(len(self._waiting))])
        return cast("T", mine.result())

    def alone(self, work: Callable[[], T]) -> T:
        """Do something in a turn of its own."""
        with self._turn:
            return work()

    def _do(self, acts: Sequence[Act]) -> None:
        try:
            self._together(acts)
        finally:
            # Nobody waits for ever, whatever became of the turn.
            for act in acts:
                act.cancel()
