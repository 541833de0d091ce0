"""The one table of work: how a job is put there, taken by a worker, finished, postponed or given up."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NewType

from sqlalchemy import JSON, Index, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.store import Base
from consult.store.base import key_type, table_of
from consult.store.upsert import insert_on

JobId = NewType("JobId", int)
key_type(JobId)

#: What a handler must know: ids and plain values, as JSON keeps them.
Facts = Mapping[str, Any]  # Any: JSON; each handler knows its own kind's facts

#: How long a worker may be silent before its job is another's. No handler may take so long.
LEASE = timedelta(minutes=5)
#: How long a job rests after each failure: long enough in all for a mail server to come back after a weekend.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0.25, 1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 24 * 60))
TRIES = len(PAUSES) + 1


class GiveUp(Exception):  # noqa: N818 - what a handler says, not what went wrong
    """Raised by a handler when trying again would not help; the job is kept as failed at once."""


class Job(Base):
    """One piece of work, from the act that caused it until it is done; then the row is gone."""

    __tablename__ = "job"
    # An id is never given twice (SQLite would give the last one again), or a worker that comes back late from a job
    # would finish another's.
    __table_args__ = (Index("ix_job_due", "failed_at", "run_at", "id"), {"sqlite_autoincrement": True})

    id: Mapped[JobId] = mapped_column(primary_key=True)
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # Any: as Facts
    #: Of the jobs that wait with one key there is only one; a job that was taken has none.
    unique_key: Mapped[str | None] = mapped_column(unique=True)
    run_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    #: The class of the last failure and where it happened; never its message, which may hold personal data.
    last_error: Mapped[str | None]
    failed_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Taken:
    """A job in a worker's hands. `tries` counts this one, and tells this worker's lease from a later one."""

    id: JobId
    kind: str
    facts: Facts
    tries: int


@dataclass(frozen=True)
class Wanted:
    """Work that is asked for. `unique`: as in `enqueue`; `run_at`: not before this instant."""

    kind: str
    facts: Facts
    run_at: datetime
    unique: str | None = None


def enqueue(
    db: Session,
    kind: str,
    *,
    at: datetime,
    after: datetime | None = None,
    unique: str | None = None,
    **facts: object,
) -> None:
    """Ask for work, in the transaction of the act that makes it necessary.

    `after`: not before this instant; at once otherwise. `unique`: while a job with this key waits, no second one is
    added (it keeps its facts and runs at the earlier of the two instants). A job that has begun no longer waits: it
    may have read what was there before this act. `facts`: ids and plain values that JSON can hold.
    """
    enqueue_all(db, [Wanted(kind, facts, after or at, unique)])


def enqueue_all(db: Session, wanted: Iterable[Wanted]) -> None:
    """Ask for several pieces of work at once, each as in `enqueue`."""
    rows = [{"kind": it.kind, "facts": it.facts, "unique_key": it.unique, "run_at": it.run_at} for it in wanted]
    if rows:
        db.execute(_asking(db.get_bind().dialect.name), rows)


@cache
def _asking(dialect: str) -> postgresql.Insert | sqlite.Insert:
    """Return the statement that adds a job, made once: most acts run it, some twice."""
    asked = insert_on(dialect, table_of(Job)).inline()
    # An update rather than nothing: it holds the waiting job until this act has committed, so that no worker runs it
    # too early to see what this act has changed.
    earlier = case((asked.excluded.run_at < Job.run_at, asked.excluded.run_at), else_=Job.run_at)
    return asked.on_conflict_do_update(index_elements=["unique_key"], set_={"run_at": earlier})


def take(db: Session, kinds: Collection[str], *, at: datetime) -> Taken | None:
    """Lease the job that has been due the longest, of the kinds that this worker knows; None if there is none.

    What another worker is just taking is passed over. A job whose lease ran out is due again.
    """
    job = next_due(db, kinds, at)
    while job is not None and job.tries >= TRIES:
        # Its last worker died with it, or it would have been given up there.
        job.failed_at, job.leased_until, job.last_error = at, None, "the worker was killed"
        job = next_due(db, kinds, at)
    if job is None:
        return None
    job.tries += 1
    job.leased_until = at + LEASE
    job.unique_key = None
    db.flush()
    return Taken(job.id, job.kind, job.facts, job.tries)


def next_due(db: Session, kinds: Collection[str], at: datetime) -> Job | None:
    """Return the first job that may be taken, locked."""
    return db.scalar(
        select(Job)
        .where(
            Job.failed_at.is_(None),
            Job.run_at <= at,
            Job.leased_until.is_(None) | (Job.leased_until <= at),
            Job.kind.in_(kinds),
        )
        .order_by(Job.run_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def finish(db: Session, taken: Taken) -> None:
    """Take a job that is done off the table; without effect if the lease ran out and another has the job now."""
    db.execute(delete(Job).where(Job.id == taken.id, Job.tries == taken.tries))


def postpone(db: Session, taken: Taken, *, error: str, at: datetime, give_up: bool = False) -> None:
    """Put back a job that failed, for a later try; after the last one, or when told to give up, keep it as failed."""
    is_over = give_up or taken.tries >= TRIES
    db.execute(
        update(Job)
        .where(Job.id == taken.id, Job.tries == taken.tries)
        .values(
            leased_until=None,
            last_error=error,
            failed_at=at if is_over else None,
            run_at=at if is_over else at + PAUSES[taken.tries - 1],
        )
    )


def forget_failed(db: Session, *, before: datetime) -> None:
    """Forget what the jobs given up before an instant were about, addresses and names among it.

    That they failed, of which kind they were and where it happened stays, for whoever looks after the service.
    """
    db.execute(update(Job).where(Job.failed_at < before).values(facts={}))


@dataclass(frozen=True)
class Backlog:
    """What stands on the table. `due_since`: when the job was due that has waited the longest; None if none waits."""

    failed: int
    due_since: datetime | None


def backlog(db: Session, *, at: datetime) -> Backlog:
    """Return how many jobs were given up, and how long the others have waited."""
    failed = db.scalar(select(func.count(Job.id)).where(Job.failed_at.is_not(None)))
    waiting = Job.failed_at.is_(None), Job.run_at <= at, Job.leased_until.is_(None) | (Job.leased_until <= at)
    return Backlog(failed or 0, db.scalar(select(func.min(Job.run_at)).where(*waiting)))
