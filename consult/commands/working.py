"""What goes on beside the pages: the worker and the sequencer, and the one table of which function does which job."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from threading import Event

from consult import clock
from consult.consultations.counters import REFRESH, refresh_counters
from consult.jobs import Handler, work
from consult.mail import LETTER, FolderTransport, SmtpTransport, Transport
from consult.notifications import deliver
from consult.record.keys import load_key
from consult.record.sequencer import advance
from consult.settings import Settings
from consult.store import Database

#: Commit to signed checkpoint in about half of it.
SEQUENCER_PERIOD = timedelta(seconds=0.5)


def handlers(settings: Settings) -> Mapping[str, Handler]:
    """Return which function does which kind of job."""
    return {
        LETTER: partial(deliver, transport=transport(settings), base_url=settings.base_url),
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


def transport(settings: Settings) -> Transport:
    """Return the way by which letters leave: a mail server, or the demo's folder."""
    if settings.smtp_url:
        return SmtpTransport(settings.smtp_url, sender=settings.mail_from)
    return FolderTransport(settings.mail_folder, sender=settings.mail_from)
