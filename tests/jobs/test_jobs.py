"""Work exists exactly when its act does, is done at least once, and never by two workers at the same time."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Lock

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.jobs import Facts, GiveUp, Handler, Job, backlog, enqueue, forget_failed, work, work_once
from consult.jobs.jobs import LEASE, PAUSES, TRIES, finish, take
from consult.store import Database

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Notebook:
    """A handler that notes what it was asked to do."""

    def __init__(self) -> None:
        self.seen: list[Facts] = []

    def __call__(self, database: Database, facts: Facts, at: datetime) -> None:
        self.seen.append(facts)


def ask(db: Session, number: int, *, at: datetime = NOON, **options: object) -> None:
    enqueue(db, "note", at=at, number=number, **options)


def jobs_of(db: Session) -> list[Job]:
    return list(db.scalars(select(Job).order_by(Job.id)))


def work_all(database: Database, handlers: dict[str, Handler], at: datetime = NOON) -> int:
    done = 0
    while work_once(database, handlers, at):
        done += 1
    return done


def test_a_job_is_done_and_gone_when_its_act_has_committed(database: Database) -> None:
    notebook = Notebook()
    database.act(ask, 7)

    work_all(database, {"note": notebook})

    assert notebook.seen == [{"number": 7}]
    assert database.read(jobs_of) == []


def test_an_act_that_is_rolled_back_leaves_no_job(database: Database) -> None:
    def ask_and_fail(db: Session) -> None:
        ask(db, 7)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        database.act(ask_and_fail)

    assert database.read(jobs_of) == []


def test_jobs_are_done_in_the_order_in_which_they_are_due(database: Database) -> None:
    notebook = Notebook()
    database.act(ask, 3, after=NOON + timedelta(minutes=3))
    database.act(ask, 1, after=NOON + timedelta(minutes=1))
    database.act(ask, 2, after=NOON + timedelta(minutes=1))

    work_all(database, {"note": notebook}, at=NOON + timedelta(hours=1))

    assert [facts["number"] for facts in notebook.seen] == [1, 2, 3]


def test_a_job_does_not_run_before_its_instant(database: Database) -> None:
    notebook = Notebook()
    due = NOON + timedelta(days=1)
    database.act(ask, 7, after=due)

    assert not work_once(database, {"note": notebook}, due - timedelta(microseconds=1))
    assert work_once(database, {"note": notebook}, due)


def test_a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it(database: Database) -> None:
    database.act(ask, 7)

    assert not work_once(database, {"other": Notebook()}, NOON)
    assert work_once(database, {"note": Notebook()}, NOON)


def test_a_waiting_job_is_not_doubled_and_runs_at_the_earlier_instant(database: Database) -> None:
    notebook = Notebook()
    database.act(ask, 1, after=NOON + timedelta(hours=2), unique="counters")
    database.act(ask, 2, after=NOON + timedelta(hours=1), unique="counters")
    database.act(ask, 3, after=NOON + timedelta(hours=3), unique="counters")

    work_all(database, {"note": notebook}, at=NOON + timedelta(hours=1))

    assert notebook.seen == [{"number": 1}]


def test_a_job_that_has_begun_does_not_swallow_one_that_is_asked_for_now(database: Database) -> None:
    notebook = Notebook()
    database.act(ask, 1, unique="counters")
    begun = database.sequence(take, ["note"], at=NOON)
    database.act(ask, 2, unique="counters")

    work_all(database, {"note": notebook})

    assert begun is not None
    assert notebook.seen == [{"number": 2}]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_waiting_job_is_held_until_the_act_that_asks_for_it_again_has_committed(database: Database) -> None:
    database.act(ask, 1, unique="counters")
    worker = ThreadPoolExecutor(1)

    def ask_again(db: Session) -> object:
        ask(db, 2, unique="counters")
        return worker.submit(database.sequence, take, ["note"], at=NOON).result(timeout=5)

    assert database.act(ask_again) is None
    assert worker.submit(database.sequence, take, ["note"], at=NOON).result() is not None
    worker.shutdown()


def test_a_failure_is_noted_without_its_message_and_keeps_no_other_job_waiting(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    notebook = Notebook()

    def fail(database: Database, facts: Facts, at: datetime) -> None:
        raise LookupError("no mailbox of ana@example.ro")

    database.act(enqueue, "fail", at=NOON)
    database.act(ask, 7)

    work_all(database, {"fail": fail, "note": notebook})

    [failed] = database.read(jobs_of)
    assert notebook.seen == [{"number": 7}]
    assert failed.last_error.startswith("LookupError at test_jobs.py:")
    assert "ana@" not in failed.last_error + caplog.text


def test_a_job_that_fails_rests_longer_each_time_and_is_kept_as_failed_in_the_end(database: Database) -> None:
    runs: list[datetime] = []

    def fail(database: Database, facts: Facts, at: datetime) -> None:
        runs.append(at)
        raise LookupError

    database.act(enqueue, "fail", at=NOON)
    at = NOON
    for pause in [*PAUSES, timedelta(days=365)]:
        work_all(database, {"fail": fail}, at)
        work_all(database, {"fail": fail}, at + pause - timedelta(seconds=1))
        at += pause

    [kept] = database.read(jobs_of)
    assert len(runs) == TRIES
    assert kept.failed_at == runs[-1]
    assert not work_once(database, {"fail": fail}, at)


def test_a_handler_that_gives_up_is_not_asked_again(database: Database) -> None:
    def give_up(database: Database, facts: Facts, at: datetime) -> None:
        raise GiveUp

    database.act(enqueue, "give-up", at=NOON)

    work_all(database, {"give-up": give_up}, at=NOON)

    [kept] = database.read(jobs_of)
    assert kept.failed_at == NOON
    assert not work_once(database, {"give-up": give_up}, NOON + timedelta(days=365))


DYING_WORKER = """
import os, sys
from datetime import datetime
from consult.jobs import work_once
from consult.store import Database

work_once(Database(sys.argv[1]), {"note": lambda *_: os._exit(9)}, datetime.fromisoformat(sys.argv[2]))
"""


def test_a_job_whose_worker_was_killed_is_run_again_when_its_lease_is_over(database: Database) -> None:
    notebook = Notebook()
    database.act(ask, 7)
    url = database.engine.url.render_as_string(hide_password=False)

    killed = subprocess.run([sys.executable, "-c", DYING_WORKER, url, NOON.isoformat()], check=False)

    assert killed.returncode == 9
    assert not work_once(database, {"note": notebook}, NOON + LEASE - timedelta(seconds=1))
    assert work_once(database, {"note": notebook}, NOON + LEASE)
    assert notebook.seen == [{"number": 7}]


def test_a_job_that_kills_every_worker_is_given_up(database: Database) -> None:
    database.act(ask, 7)
    at = NOON
    for _ in range(TRIES):
        assert database.sequence(take, ["note"], at=at) is not None
        at += LEASE

    assert not work_once(database, {"note": Notebook()}, at)
    [kept] = database.read(jobs_of)
    assert (kept.failed_at, kept.last_error) == (at, "the worker was killed")


def test_a_worker_that_comes_back_late_does_not_finish_the_job_of_another(database: Database) -> None:
    database.act(ask, 7)
    late = database.sequence(take, ["note"], at=NOON)
    assert late is not None
    database.sequence(take, ["note"], at=NOON + LEASE)

    database.sequence(finish, late)

    assert len(database.read(jobs_of)) == 1


def test_the_number_of_a_job_is_never_given_twice(database: Database) -> None:
    database.act(ask, 1)
    first = database.sequence(take, ["note"], at=NOON)
    assert first is not None
    database.sequence(finish, first)

    database.act(ask, 2)

    assert database.read(jobs_of)[0].id > first.id


def test_no_job_is_run_by_two_workers(database: Database) -> None:
    running: set[int] = set()
    runs: list[int] = []
    lock = Lock()
    start = Barrier(4)

    def note_alone(database: Database, facts: Facts, at: datetime) -> None:
        with lock:
            assert facts["number"] not in running
            running.add(facts["number"])
        database.read(lambda db: db.scalar(select(func.count()).select_from(Job)))
        with lock:
            running.remove(facts["number"])
            runs.append(facts["number"])

    def worker() -> None:
        start.wait()
        work_all(database, {"note": note_alone})

    for number in range(60):
        database.act(ask, number)

    with ThreadPoolExecutor(4) as workers:
        for done in [workers.submit(worker) for _ in range(4)]:
            done.result()

    assert sorted(runs) == list(range(60))
    assert database.read(jobs_of) == []


def test_a_handler_may_act_and_ask_for_more_work(database: Database) -> None:
    def ask_for_more(database: Database, facts: Facts, at: datetime) -> None:
        database.act(ask, facts["number"] + 1, at=at)

    notebook = Notebook()
    database.act(enqueue, "more", at=NOON, number=1)

    work_all(database, {"more": ask_for_more, "note": notebook})

    assert notebook.seen == [{"number": 2}]


def test_what_a_failed_job_was_about_is_forgotten_in_time_and_that_it_failed_is_not(database: Database) -> None:
    def fail(database: Database, facts: Facts, at: datetime) -> None:
        raise GiveUp

    database.act(ask, 1)
    work_all(database, {"note": fail})
    database.act(ask, 2, at=NOON + timedelta(days=1))
    work_all(database, {"note": fail}, at=NOON + timedelta(days=1))
    database.act(ask, 3, at=NOON)

    database.act(forget_failed, before=NOON + timedelta(hours=1))

    old, young, waiting = database.read(jobs_of)
    assert (old.facts, young.facts, waiting.facts) == ({}, {"number": 2}, {"number": 3})
    assert (old.kind, old.failed_at) == ("note", NOON)
    assert database.read(backlog, at=NOON).failed == 2


def test_a_worker_works_until_it_is_told_to_stop(database: Database) -> None:
    stop = Event()

    def note_and_stop(database: Database, facts: Facts, at: datetime) -> None:
        if facts["number"] == 2:
            stop.set()

    for number in range(4):
        database.act(ask, number)

    work(database, {"note": note_and_stop}, stop, pause_seconds=0.01)

    assert [job.facts["number"] for job in database.read(jobs_of)] == [3]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_worker_outlives_a_database_that_is_away(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    stop = Event()
    away = Database("sqlite:////nowhere/consult.db")

    with ThreadPoolExecutor(1) as thread:
        working = thread.submit(work, away, {"note": Notebook()}, stop, pause_seconds=0.01)
        while "held up" not in caplog.text:
            stop.wait(0.01)
        assert not working.done()
        stop.set()

    assert "OperationalError" in caplog.text
    away.close()
