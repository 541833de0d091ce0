"""The sequencer beside the pages outlives whatever halts it, and goes on once that is put right."""

import logging
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import func, select

from consult.commands.keys import settle
from consult.commands.working import keep_sequencing, keep_working
from consult.files.held import DELETE
from consult.jobs import Job, enqueue
from consult.record.keys import create_key
from consult.record.tree import newest_checkpoint
from consult.settings import Settings
from consult.store import Database
from tests.record.logs import NOON, ORIGIN, record_events

PATIENCE = 20


def wait_for_size(database: Database, size: int) -> bool:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        newest = database.read(newest_checkpoint)
        if newest is not None and newest.size == size:
            return True
        sleep(0.05)
    return False


def test_a_sequencer_that_is_halted_says_why_once_and_goes_on_when_it_can(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "keys"
    settings = Settings(data=tmp_path, keys=folder, database_url=database.url, base_url="https://consult.example.org")
    database.act(record_events, 1)
    stop = Event()
    with caplog.at_level(logging.ERROR):
        sequencing = Thread(target=keep_sequencing, args=(settings, database, stop))
        sequencing.start()
        try:
            sleep(1.2)
            told = [record.getMessage() for record in caplog.records if "sequencer is halted" in record.getMessage()]
            create_key(folder, ORIGIN)
            was_signed = wait_for_size(database, 1)
        finally:
            stop.set()
            sequencing.join()

    assert len(told) == 1
    assert was_signed
    assert (folder / "high-water").read_bytes() == database.read(newest_checkpoint).note  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("damage", ["none", "missing", "no key"])
def test_no_job_is_done_while_the_database_may_be_an_older_one(database: Database, tmp_path: Path, damage: str) -> None:
    """A letter may repeat words that were erased since, and a count would be recorded."""
    settings = Settings(data=tmp_path, keys=tmp_path / "keys", database_url=database.url, base_url="https://a.example")
    create_key(settings.keys, ORIGIN)
    database.act(record_events, 1)
    settle(settings, database, at=NOON)
    if damage == "missing":
        settings.high_water_file.unlink()
    elif damage == "no key":
        (settings.keys / "log-1.key").unlink()
    database.act(lambda db: enqueue(db, DELETE, at=NOON - timedelta(days=365), files=[]))
    stop, has_left = Event(), damage != "missing"

    working = Thread(target=keep_working, args=(settings, database, stop))
    working.start()
    until = monotonic() + (PATIENCE if has_left else 0.4)
    while jobs_left(database) and monotonic() < until:
        sleep(0.05)
    stop.set()
    working.join()

    assert jobs_left(database) == (0 if has_left else 1)


def jobs_left(database: Database) -> int:
    return database.read(lambda db: db.scalar(select(func.count()).where(Job.kind == DELETE)) or 0)
