"""Passwords are hashed two at a time, beside the loop and outside of any transaction.

A hash takes a tenth of a second and tens of megabytes on purpose. Forty at once in the loop were measured to freeze
every page for two seconds; in two threads of their own they cost nobody else anything. Who comes when twenty wait
already is asked to come back, rather than kept waiting.
"""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from consult.store.database import Busy

P = ParamSpec("P")
T = TypeVar("T")

TURNS = 2
QUEUE = 20


class Hashing:
    """What a handler asks for as `hashing: Given[Hashing]`."""

    def __init__(self) -> None:
        self._turns = CapacityLimiter(TURNS)
        self._inside = 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do slow work when it is its turn; raises Busy when too many wait."""
        # Counted here, before the first pause: the limiter's own count grows too late for a crowd that comes at once.
        if self._inside >= TURNS + QUEUE:
            raise Busy
        self._inside += 1
        try:
            return await run_sync(partial(work, *args, **kwargs), limiter=self._turns)
        finally:
            self._inside -= 1
