"""What goes on beside the pages: the worker and the sequencer, and the one table of which function does which job."""

from collections.abc import Mapping
from datetime import timedelta
from threading import Event

from consult import clock
from consult.consultations.counters import REFRESH, refresh_counters
from consult.jobs import Handler, work
from consult.notifications import letter_handler
from consult.record.keys import load_key
from consult.record.sequencer import advance
from consult.settings import Settings
from consult.store import Database

#: Commit to signed checkpoint in about half of it.
SEQUENCER_PERIOD = timedelta(seconds=0.5)


def handlers(settings: Settings) -> Mapping[str, Handler]:
    """Return which function does which kind of job."""
    return {
        "letter": letter_handler(settings),
        REFRESH: lambda database, facts, _at: database.act(refresh_counters, facts["consultation_id"]),
    }


def keep_working(settings: Settings, database: Database, stop: Event) -> None:
    """Do jobs until told to stop."""
    work(database, handlers(settings), stop)


def keep_sequencing(settings: Settings, database: Database, stop: Event) -> None:
    """Give committed acts their place in the log, and sign, until told to stop."""
    key = load_key(settings.keys)
    while not stop.is_set():
        if not advance(database, key, at=clock.now()):
            stop.wait(SEQUENCER_PERIOD.total_seconds())
