"""Connections to either database, told what a transaction may do only when the last one was another kind.

Most transactions read, one after another on the same connection: what they need is said to it once. Nor is a connection
asked beforehand whether it still lives: one that was lost is noticed by whoever uses it, and asked anew (`database`).
"""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg import Column, IsolationLevel
from sqlalchemy import Connection, Engine, create_engine, event

#: Threads of one process that read at once: with more they would only fight for the interpreter.
READERS = 4

#: What a transaction of each kind is on PostgreSQL, and whether it only reads: `read` is one snapshot; `act` behaves as
#: if acts ran one after another; the sequencer sees what is committed. None is whoever uses the engine itself.
KINDS: dict[str | None, tuple[IsolationLevel | None, bool]] = {
    "read": (IsolationLevel.REPEATABLE_READ, True),
    "act": (IsolationLevel.SERIALIZABLE, False),
    "sequence": (IsolationLevel.READ_COMMITTED, False),
    None: (None, False),
}
#: Where a connection's last kind of transaction is noted, and where the next one is named.
KIND = "consult"


def open_engine(url: str) -> Engine:
    """Return the engine of a database by its URL."""
    return sqlite_engine(url) if url.startswith("sqlite") else postgresql_engine(url)


def sqlite_engine(url: str) -> Engine:
    """Return an engine whose writes begin with BEGIN IMMEDIATE and are on the disk when they are acknowledged."""
    engine = create_engine(url, pool_size=READERS + 1, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:  # Any: sqlite3's connection as SQLAlchemy hands it over
        connection.isolation_level = None
        for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get(KIND)
        raw: Any = connection.connection.driver_connection  # Any: sqlite3's
        if connection.info.get(KIND) != kind:
            raw.execute(f"PRAGMA query_only={'on' if kind == 'read' else 'off'}")
            connection.info[KIND] = kind
        if kind == "read":
            raw.execute("BEGIN")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def postgresql_engine(url: str) -> Engine:
    """Return an engine on psycopg 3, with as many connections as a process has threads for them."""
    engine = create_engine(
        url, pool_size=READERS + 2, max_overflow=2, pool_timeout=5, connect_args={"cursor_factory": Cursor}
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get(KIND)
        if connection.info.get(KIND) != kind:
            raw: Any = connection.connection.driver_connection  # Any: psycopg's
            raw.isolation_level, raw.read_only = KINDS[kind]
            connection.info[KIND] = kind

    return engine


class Columns(Sequence[Column]):
    """The columns of a result, each described when it is looked at."""

    def __init__(self, cursor: psycopg.Cursor[Any], count: int) -> None:
        self._cursor = cursor
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Column]:
        return (Column(self._cursor, place) for place in range(self._count))

    def __getitem__(self, place: Any) -> Any:  # Any: one column or a slice of them
        return [*self][place]


class Cursor(psycopg.Cursor[Any]):
    """A cursor that describes the columns of its result to who looks.

    SQLAlchemy knows them from the first time that it ran a statement, and asks each time whether there are any: to
    describe them all cost as much as to read a row.
    """

    @property
    def description(self) -> Any:  # Any: psycopg promises a list
        """The columns, or None where a statement returns no rows."""
        result = self.pgresult
        return Columns(self, result.nfields) if result and result.nfields else None
