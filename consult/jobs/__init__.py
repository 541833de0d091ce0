"""Work that follows from an act and need not happen within it: letters, counters, digests.

A job is a row written in the act's own transaction, so it exists exactly when the act does. A worker runs each job at
least once: one that dies between the effect and the note that it is done runs the job again, so **an effect must bear
being repeated** (a counter is set, not increased; a letter carries an id by which a repetition is recognised).
"""

from consult.jobs.jobs import Facts, GiveUp, Job, Wanted, backlog, enqueue, enqueue_all, forget_failed
from consult.jobs.timetable import Recurring
from consult.jobs.worker import Handler, work, work_once

__all__ = [
    "Facts",
    "GiveUp",
    "Handler",
    "Job",
    "Recurring",
    "Wanted",
    "backlog",
    "enqueue",
    "enqueue_all",
    "forget_failed",
    "work",
    "work_once",
]
