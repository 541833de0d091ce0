"""The handlers' way to the database: each read or act runs whole, in one thread and one transaction.

Four threads read: with more they only fight for the interpreter, and pages get slower, not faster. Acts have threads of
their own, so that whoever waits for a turn to write keeps nobody from reading; most of those wait, and are committed
together (`consult.store.turns`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy.orm import Session

from consult.store import Database
from consult.store.engines import READERS
from consult.store.resend import act_once
from web.forms import Form

P = ParamSpec("P")
T = TypeVar("T")

#: So many are committed together at most; the database itself lets few of them work at once.
ACTORS = 16


class Db:
    """What a handler asks for as `db: NamedDependency[Db]`; the counterpart of `consult.store.Database`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._readers = CapacityLimiter(READERS)
        self._actors = CapacityLimiter(ACTORS)

    async def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query in one read-only snapshot."""
        return await self._run(partial(self._database.read, query, *args, **kwargs), self._readers)

    async def act(self, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action in one write transaction; when this returns, it is durably committed."""
        return await self._run(partial(self._database.act, action, *args, **kwargs), self._actors)

    async def act_alone(
        self, key: str, action: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run an action strictly one after another with all others that name the same key."""
        return await self._run(partial(self._database.act_alone, key, action, *args, **kwargs), self._actors)

    async def act_once(
        self,
        form: Form[Any],
        action: Callable[Concatenate[Session, P], T],
        location: Callable[[T], str],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> str:
        """Do what a form asks, once however often it arrives; return where its page is.

        `location`: makes the address of the page from what the action returns.
        """
        return await self._run(
            partial(act_once, self._database, None, form.sending, action, location, *args, **kwargs), self._actors
        )

    async def act_once_alone(
        self,
        key: str,
        form: Form[Any],
        action: Callable[Concatenate[Session, P], T],
        location: Callable[[T], str],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> str:
        """Do what a form asks, once, strictly one after another with all others that name the same key."""
        return await self._run(
            partial(act_once, self._database, key, form.sending, action, location, *args, **kwargs), self._actors
        )

    async def _run(self, work: Callable[[], T], threads: CapacityLimiter) -> T:
        # Not abandoned when the client goes away: the act commits or rolls back, and its thread is free again.
        return await run_sync(work, limiter=threads)
