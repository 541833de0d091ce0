"""The worker: it takes one job after another and hands each to the function that knows its kind."""

import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from threading import Event

from consult import clock
from consult.jobs.jobs import Facts, GiveUp, finish, postpone, take
from consult.jobs.timetable import Recurring, ring
from consult.store import Database

#: What does one kind of job. It runs outside any transaction, so that it may send letters or take its own `act`s.
Handler = Callable[[Database, Facts, datetime], None]

logger = logging.getLogger(__name__)


def work(
    database: Database,
    handlers: Mapping[str, Handler],
    stop: Event,
    *,
    timetable: Iterable[Recurring] = (),
    is_held: Callable[[], bool] = lambda: False,
    pause_seconds: float = 1.0,
) -> None:
    """Work until told to stop; look again after a pause when nothing is due. Any number of workers may run.

    `is_held`: whether nothing may be done now, asked before each job.
    Jobs of kinds that are not in `handlers` are left for a worker that knows them, as during a rolling deployment.
    """
    recurring = list(timetable)
    rung: dict[str, datetime] = {}
    while not stop.is_set():
        try:
            if is_held():
                stop.wait(pause_seconds)
                continue
            at = clock.now()
            slots = {each.kind: each.slot(at) for each in recurring}
            if slots != rung:
                database.sequence(ring, slots)
                rung = slots
            is_idle = not work_once(database, handlers, at)
        except Exception as problem:  # noqa: BLE001 - the worker's edge: a database that is away must not end it
            logger.error("The worker is held up: %s", described(problem))  # noqa: TRY400 - no message, no traceback
            is_idle = True
        if is_idle:
            stop.wait(pause_seconds)


def work_once(database: Database, handlers: Mapping[str, Handler], at: datetime) -> bool:
    """Run the job that has been due the longest; False if none is due. A handler's failure is noted, not raised."""
    taken = database.sequence(take, list(handlers), at=at)
    if taken is None:
        return False
    try:
        handlers[taken.kind](database, taken.facts, at)
    except Exception as problem:  # noqa: BLE001 - the worker's edge: one job's failure must not stop the others
        error = described(problem)
        logger.warning("Job %d (%s) failed on try %d: %s", taken.id, taken.kind, taken.tries, error)
        database.sequence(postpone, taken, error=error, at=at, give_up=isinstance(problem, GiveUp))
    else:
        database.sequence(finish, taken)
    return True


def described(problem: Exception) -> str:
    """Say what went wrong by class and place, never by its message, which may hold an address or a name."""
    cause = problem.__cause__ or problem
    frames = traceback.extract_tb(problem.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(cause).__qualname__}{place}"
