"""Recurring work is asked for once in each slot, however many workers look at the clock."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.jobs import Facts, Job, Recurring, work
from consult.jobs.jobs import finish, take
from consult.jobs.timetable import ring
from consult.store import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COUNTERS = Recurring("refresh-counters", timedelta(minutes=1))


def kinds_of(db: Session) -> list[str]:
    return list(db.scalars(select(Job.kind).order_by(Job.id)))


def do_all(database: Database) -> int:
    done = 0
    while (taken := database.sequence(take, [COUNTERS.kind], at=NOON + timedelta(days=1))) is not None:
        database.sequence(finish, taken)
        done += 1
    return done


def test_a_slot_begins_on_the_whole_minute() -> None:
    assert COUNTERS.slot(NOON) == NOON
    assert COUNTERS.slot(NOON + timedelta(seconds=59.9)) == NOON
    assert COUNTERS.slot(NOON + timedelta(seconds=60)) == NOON + timedelta(minutes=1)


def test_a_slot_is_rung_once_even_after_its_job_is_done(database: Database) -> None:
    database.sequence(ring, {COUNTERS.kind: NOON})
    done = do_all(database)
    database.sequence(ring, {COUNTERS.kind: NOON})

    assert (done, do_all(database)) == (1, 0)


def test_the_next_slot_is_rung_again(database: Database) -> None:
    database.sequence(ring, {COUNTERS.kind: NOON})
    do_all(database)

    database.sequence(ring, {COUNTERS.kind: NOON + COUNTERS.every})

    assert do_all(database) == 1


def test_slots_do_not_pile_up_while_no_worker_comes_to_the_job(database: Database) -> None:
    for minute in range(5):
        database.sequence(ring, {COUNTERS.kind: NOON + minute * COUNTERS.every})

    assert database.read(kinds_of) == [COUNTERS.kind]


def test_a_worker_whose_clock_is_behind_rings_nothing(database: Database) -> None:
    database.sequence(ring, {COUNTERS.kind: NOON})
    do_all(database)

    database.sequence(ring, {COUNTERS.kind: NOON - COUNTERS.every})

    assert database.read(kinds_of) == []


def test_of_many_workers_one_rings(database: Database) -> None:
    slots = {f"recurring-{number}": NOON for number in range(20)}
    start = Barrier(4)

    def look() -> None:
        start.wait()
        database.sequence(ring, slots)

    with ThreadPoolExecutor(4) as workers:
        for looked in [workers.submit(look) for _ in range(4)]:
            looked.result()

    assert sorted(database.read(kinds_of)) == sorted(slots)


def test_the_worker_rings_its_timetable_and_does_the_work(database: Database) -> None:
    stop = Event()
    seen: list[Facts] = []

    def note(database: Database, facts: Facts, at: datetime) -> None:
        seen.append(facts)
        stop.set()

    work(database, {COUNTERS.kind: note}, stop, timetable=[COUNTERS], pause_seconds=0.01)

    assert seen == [{}]
    assert database.read(kinds_of) == []
