"""The two ways to the database: `read`, one consistent snapshot, and `act`, one serialisable write.

PostgreSQL: an act is SERIALIZABLE and is tried again when it conflicts. SQLite: there is one process and one line of
writers, first come, first served, so that none starves (SQLite's own busy handler gives no order and, with several
connections, was measured to lose updates). Those who wait in one line are committed together (`turns`). Nothing else in
the service begins or commits.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore, local
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.refusals import Refusal
from consult.store.engines import KIND, open_engine
from consult.store.turns import Act, Line

P = ParamSpec("P")
T = TypeVar("T")

#: An act that meets another is tried again; eight tries were measured to be too few for one hot row.
TRIES = 12
#: More acts at once would only fight for the interpreter; they wait before they take a connection.
WRITERS = 2
#: PostgreSQL's codes for "another transaction was first": serialization_failure and deadlock_detected.
CONFLICTS = frozenset({"40001", "40P01"})
#: Of two acts that add the same row at once, PostgreSQL tells the later "unique_violation" although it only conflicts:
#: on its next try it sees the other's row and answers for itself. A violation that is real comes again, and is raised.
UNIQUE_VIOLATION = "23505"
UNIQUE_RETRIES = 2


class Busy(Refusal):
    """The database could not give this act its turn; nothing was written and sending again is safe."""

    sentence = N_("Many people are writing at this moment. Nothing was saved: wait a few seconds and send it again.")


class Database:
    """One database, reached by SQLAlchemy's URL (`sqlite:///…` or `postgresql://…`)."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._engine = open_engine(url)
        self._writers = BoundedSemaphore(WRITERS)
        #: One for each key; on SQLite all acts stand in one.
        self._lines: dict[str, Line] = {}
        self._this_thread = local()

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query in one read-only snapshot and return what it returns, detached."""
        try:
            return self._read(query, *args, **kwargs)
        except DBAPIError as problem:
            if not problem.connection_invalidated:
                raise
        # The server was started anew since this connection was last used; all of that age have now been given up.
        return self._read(query, *args, **kwargs)

    def act(
        self,
        action: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run an action in one write transaction; on return it is durably committed.

        The action may run more than once, so it takes ids and plain values and has no effect outside the database.
        """
        return self._act(lambda db: action(db, *args, **kwargs), None)

    def act_alone(
        self,
        key: str,
        action: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run an action strictly one after another with all others that name the same key.

        For what must have no gap and no overlap, such as register numbers. On PostgreSQL an advisory lock is taken
        *before* BEGIN, since a snapshot older than the lock lets late work through; who waits for it in one process
        is committed together with the others who do.
        """
        return self._act(lambda db: action(db, *args, **kwargs), key)

    def sequence(self, round_: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one round of the sequencer or the worker: READ COMMITTED, which sees what was just committed."""
        self._refuse_nesting()
        once = partial(self._tried, lambda db: round_(db, *args, **kwargs), "sequence", None)
        # Never together with others: what it signs must have been committed by a transaction before its own.
        return self._line(None).alone(once) if self.is_sqlite else once()

    def is_superuser(self) -> bool:
        """Whether the role that the service uses stands above the database's own rules (never so on SQLite)."""
        if self.is_sqlite:
            return False
        with self._engine.connect() as connection:
            found = connection.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
            return bool(found.scalar())

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """The engine, for migrations and the tests."""
        return self._engine

    def _read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self._engine.connect() as connection:
            connection.execution_options(**{KIND: "read"})
            with Session(connection, expire_on_commit=False) as db, db.begin():
                return query(db, *args, **kwargs)

    def _act(self, action: Callable[[Session], T], key: str | None) -> T:
        self._refuse_nesting()
        if key is None and not self.is_sqlite:
            return self._tried(action, "act", None)
        return self._line(key).stand(action)

    def _refuse_nesting(self) -> None:
        if getattr(self._this_thread, "is_writing", False):
            # It would be a transaction of its own; and on SQLite it would wait for itself, for ever.
            raise RuntimeError("an act cannot run inside another act: call its function")

    def _line(self, key: str | None) -> Line:
        return self._lines.setdefault("" if self.is_sqlite else str(key), Line(partial(self._together, key)))

    def _together(self, key: str | None, acts: Sequence[Act]) -> None:
        """Do several acts in one transaction, each of which happens or not by itself."""
        if len(acts) > 1:
            try:
                with self._connected("act", key) as connection, connection.begin():
                    for act in acts:
                        act.attempt(partial(within, connection), leave=(DBAPIError,))
            except DBAPIError:
                # One of them met an act of another line, or broke the transaction of all: each for itself, then.
                pass
            else:
                for act in acts:
                    act.tell()
                return
        for act in acts:
            act.attempt(partial(self._tried, isolation="act", key=key))
            act.tell()

    def _tried(self, action: Callable[[Session], T], isolation: str, key: str | None) -> T:
        """Do something in a transaction of its own, and again as long as it conflicts or loses its connection."""
        duplicates = 0
        for tried in range(1, TRIES + 1):
            is_done = False
            try:
                with self._begin(isolation=isolation, key=key) as db:
                    found = action(db)
                    is_done = True
            except DBAPIError as problem:
                code = getattr(problem.orig, "sqlstate", None)
                duplicates += code == UNIQUE_VIOLATION
                # Lost while it was being committed, it may have been committed; lost before, it was not.
                is_lost = problem.connection_invalidated and not is_done
                is_doubled = code == UNIQUE_VIOLATION and duplicates <= UNIQUE_RETRIES
                if not (is_lost or is_doubled or code in CONFLICTS):
                    raise
                if tried == TRIES:
                    raise Busy from problem
            else:
                return found
            time.sleep(random.uniform(0, 0.005 * 2**tried))  # noqa: S311 - a pause, not a secret
        raise AssertionError("unreachable")

    @contextmanager
    def _begin(self, *, isolation: str, key: str | None = None) -> Iterator[Session]:
        with (
            self._connected(isolation, key) as connection,
            Session(connection, expire_on_commit=False) as db,
            db.begin(),
        ):
            yield db

    @contextmanager
    def _connected(self, isolation: str, key: str | None) -> Iterator[Connection]:
        with self._writing(isolation), self._engine.connect() as connection:
            connection.execution_options(**{KIND: isolation})
            with advisory_lock(connection, key):
                yield connection

    @contextmanager
    def _writing(self, isolation: str) -> Iterator[None]:
        if isolation == "read":
            yield
            return
        with self._writers:
            self._this_thread.is_writing = True
            try:
                yield
            finally:
                self._this_thread.is_writing = False


def within(connection: Connection, action: Callable[[Session], T]) -> T:
    """Run an action within a transaction of several; if it fails, nothing of it stays."""
    with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as db, db.begin():
        return action(db)


@contextmanager
def advisory_lock(connection: Connection, key: str | None) -> Iterator[None]:
    """Hold a session-level advisory lock around a transaction; the single writer of SQLite needs none.

    It is taken and given back outside of any transaction: two ways to the server instead of six.
    """
    if key is None or connection.dialect.name == "sqlite":
        yield
        return
    _outside(connection, "SELECT pg_advisory_lock(hashtextextended(%s, 0))", key)
    try:
        yield
    finally:
        connection.rollback()
        _outside(connection, "SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)


def _outside(connection: Connection, statement: str, key: str) -> None:
    """Run a statement by itself, in no transaction."""
    raw: Any = connection.connection.driver_connection  # Any: psycopg's
    raw.autocommit = True
    try:
        connection.exec_driver_sql(statement, (key,))
        connection.commit()
    finally:
        # Whoever gets this connection next relies on transactions.
        if not raw.closed:
            raw.autocommit = False
