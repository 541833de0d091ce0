"""The database itself refuses to change or forget what was recorded."""

from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.record.append_only import APPEND_ONLY, ERASABLE
from consult.record.digests import keep_digest
from consult.record.openings import keep_election_file
from consult.record.stamping import keep_timestamp
from consult.store import Database
from tests.record.logs import NOON, a_witness, cosign_newest, record_events, record_texts, sequence_all

COLUMNS = {
    "event": "type",
    "leaf": "type",
    "checkpoint": "note",
    "pack": "content",
    "body": "content",
    "cosignature": "line",
    "digest": "note",
    "time_stamp": "answer",
    "election_file": "content",
}


@pytest.fixture
def guarded(database: Database) -> Database:
    return with_acts(database)


@pytest.fixture
def guarded_postgresql(postgresql: Database) -> Database:
    return with_acts(postgresql)


def with_acts(database: Database) -> Database:
    database.act(record_texts, 2)
    sequence_all(database)
    database.act(lambda db: cosign_newest(db, a_witness(db)))
    database.act(keep_election_file, b"a ballot paper")
    database.act(keep_digest, at=NOON)
    database.act(keep_timestamp, NOON.date(), b"a time stamp", at=NOON)
    sequence_all(database)
    return database


def run(statement: str) -> Callable[[Session], object]:
    return lambda db: db.execute(text(statement))


def count(database: Database, table: str) -> int:
    return database.read(lambda db: db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def test_what_was_recorded_cannot_be_changed(guarded: Database) -> None:
    for table in (*APPEND_ONLY, *ERASABLE):
        with pytest.raises(DBAPIError, match=f"the table {table} is append-only"):
            guarded.sequence(run(f"UPDATE {table} SET {COLUMNS[table]} = {COLUMNS[table]}"))  # noqa: S608


def test_what_was_recorded_cannot_be_deleted(guarded: Database) -> None:
    before = {table: count(guarded, table) for table in APPEND_ONLY}

    for table in APPEND_ONLY:
        with pytest.raises(DBAPIError, match=f"the table {table} is append-only"):
            guarded.sequence(run(f"DELETE FROM {table}"))  # noqa: S608

    assert {table: count(guarded, table) for table in APPEND_ONLY} == before
    assert all(before.values())


def test_what_was_recorded_cannot_be_emptied_at_once(guarded_postgresql: Database) -> None:
    for table in (*APPEND_ONLY, *ERASABLE):
        with pytest.raises(DBAPIError, match="append-only"):
            guarded_postgresql.sequence(run(f"TRUNCATE {table} CASCADE"))


def test_the_triggers_hold_even_for_a_role_that_replicates(guarded_postgresql: Database) -> None:
    def replicate(db: Session) -> None:
        db.execute(text("SET LOCAL session_replication_role = replica"))
        db.execute(text("DELETE FROM leaf"))

    with pytest.raises(DBAPIError, match="append-only"):
        guarded_postgresql.sequence(replicate)


def test_a_persons_text_can_be_erased(guarded: Database) -> None:
    guarded.sequence(run("DELETE FROM body"))

    assert count(guarded, "body") == 0


def test_the_log_grows_on_under_the_triggers(guarded: Database) -> None:
    before = count(guarded, "leaf")

    guarded.act(record_events, 2)
    sequence_all(guarded)

    assert count(guarded, "leaf") == before + 2
