"""What goes on beside the pages: the worker and the sequencer, and the one table of which function does which job."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from consult import clock
from consult.budgeting.closing import tell_all_voters, tend_elections
from consult.budgeting.project_drafts import forget_project_drafts
from consult.budgeting.project_erasure_requests import forget_who_asked as forget_who_asked_of_projects
from consult.budgeting.project_photos import forget_photos
from consult.consultations.attachments import forget_unsent
from consult.consultations.counters import REFRESH, refresh_counters
from consult.consultations.dossiers.dossiers import MAKE
from consult.consultations.erasure_requests import forget_who_asked
from consult.consultations.reader_reports import forget_reporters
from consult.consultations.supports import COUNT, count_supports
from consult.consultations.unsent import REMIND, forget_never_sent, remind
from consult.files import remove
from consult.files.held import DELETE
from consult.identity.retention import forget_expired
from consult.jobs import Facts, GiveUp, Handler, Recurring, forget_failed, work
from consult.mail import LETTER, FolderTransport, SmtpTransport, Transport
from consult.notifications import deliver
from consult.notifications.digests import STAMP, publish_digest
from consult.record.continuity import PerhapsOlder, why_halted
from consult.record.high_water import HighWater
from consult.record.keys import load_keyring
from consult.record.sequencer import BATCH, advance
from consult.record.stamping import stamp_digest
from consult.record.timestamps import read_roots
from consult.refusals import Refusal
from consult.settings import Settings
from consult.store import Database
from consult.store.resend import forget_sent_forms

#: Commit to signed checkpoint in about half of it.
SEQUENCER_PERIOD = timedelta(seconds=0.5)

FORGET = "forget-what-expired"
DIGEST = "daily-digest"
ELECTIONS = "elections"
VOTERS = "tell-voters"
TIMETABLE = (
    *(Recurring(kind, every=timedelta(days=1)) for kind in (FORGET, DIGEST, VOTERS)),
    # A vote begins and ends within a minute of its announced instant; what comes after it is refused in any case.
    Recurring(ELECTIONS, every=timedelta(minutes=1)),
)

logger = logging.getLogger(__name__)


def handlers(settings: Settings) -> Mapping[str, Handler]:
    """Return which function does which kind of job."""
    return {
        LETTER: partial(deliver, transport=transport(settings), base_url=settings.base_url),
        DELETE: partial(delete_files, folder=settings.files),
        REMIND: lambda database, facts, at: database.act(remind, **facts, at=at),
        COUNT: lambda database, facts, at: database.act(count_supports, facts["consultation_id"], at=at),
        REFRESH: lambda database, facts, _at: database.act(refresh_counters, facts["consultation_id"]),
        MAKE: make,
        DIGEST: partial(tell_the_day, is_stamped=bool(settings.timestamp_url)),
        STAMP: partial(stamp, settings=settings),
        ELECTIONS: lambda database, _facts, at: tend_elections(database, settings.keys, at=at),
        VOTERS: lambda database, _facts, at: tell_all_voters(database, settings.keys, at=at),
        FORGET: partial(forget, failed_jobs_days=settings.failed_jobs_days),
    }


def make(database: Database, facts: Facts, at: datetime) -> None:
    """Make the file of a consultation. Setting type takes a library of its own, which the service starts without."""
    from consult.consultations.dossiers.making import make_dossier  # noqa: PLC0415 - see above

    make_dossier(database, facts, at)


def forget(database: Database, _facts: Facts, at: datetime, *, failed_jobs_days: int) -> None:
    """Let go of what has served its time: links, sessions, tries, the keys of forms, what failed jobs were about."""
    database.act(forget_expired, at=at)
    database.act(forget_sent_forms, at=at)
    database.act(forget_never_sent, at=at)
    database.act(forget_unsent, at=at)
    database.act(forget_project_drafts, at=at)
    database.act(forget_photos, at=at)
    database.act(forget_who_asked, at=at)
    database.act(forget_who_asked_of_projects, at=at)
    database.act(forget_reporters, at=at)
    database.act(forget_failed, before=at - timedelta(days=failed_jobs_days))


def delete_files(_database: Database, facts: Facts, _at: datetime, *, folder: Path) -> None:
    """Delete from the disk what an act has let go of."""
    for sha256 in facts["files"]:
        remove(folder, sha256)


def tell_the_day(database: Database, _facts: Facts, at: datetime, *, is_stamped: bool) -> None:
    """Keep the digest of the day, and send it out."""
    database.act(publish_digest, is_stamped=is_stamped, at=at)


def stamp(database: Database, facts: Facts, at: datetime, *, settings: Settings) -> None:
    """Get a time stamp over the digest of a day."""
    if not settings.timestamp_url or settings.timestamp_roots is None:
        raise GiveUp
    roots = read_roots(settings.timestamp_roots.read_bytes())
    day = date.fromisoformat(facts["day"])
    stamp_digest(database, day, facts["log"], url=settings.timestamp_url, roots=roots, at=at)


def keep_working(settings: Settings, database: Database, stop: Event) -> None:
    """Do jobs until told to stop; none while the database may be an older one.

    It may hold letters with words that were erased since, and what a job recorded would stand in the way of what has
    to come back.
    """

    def is_held() -> bool:
        return isinstance(why_halted(database, settings.keys, settings.high_water_file), PerhapsOlder)

    work(database, handlers(settings), stop, timetable=TIMETABLE, is_held=is_held)


def keep_sequencing(settings: Settings, database: Database, stop: Event) -> None:
    """Give committed acts their place in the log, and sign, until told to stop."""
    high_water = HighWater(settings.high_water_file)
    tell_if_halted(settings, database)
    was_halted = False
    while not stop.is_set():
        taken = 0
        try:
            # Read anew each time: a key that was added meanwhile begins to sign when the log says so.
            taken = advance(database, load_keyring(settings.keys), at=clock.now(), high_water=high_water)
            was_halted = False
        except Refusal as refusal:
            # Once, not twice a second; it goes on as soon as somebody has put it right.
            if not was_halted:
                logger.error("The sequencer is halted. %s", refusal.explain_cause())  # noqa: TRY400 - the sentence says it
            was_halted = True
        except SQLAlchemyError as problem:
            # A database that is away for a while must not leave the record unsigned for ever.
            logger.error("The sequencer is held up: %s", type(problem).__name__)  # noqa: TRY400 - no personal data
        if taken < BATCH:
            # A round costs the disk as much for one act as for a thousand, and takes it from those who write.
            stop.wait(SEQUENCER_PERIOD.total_seconds())


def tell_if_halted(settings: Settings, database: Database) -> None:
    """Write down at start why nothing can be recorded, if that is so."""
    try:
        halted = why_halted(database, settings.keys, settings.high_water_file)
    except SQLAlchemyError:
        # Whoever cannot reach the database hears of it soon enough.
        return
    if halted is not None:
        logger.error("Nothing can be recorded. %s", halted.explain_cause())


def transport(settings: Settings) -> Transport:
    """Return the way by which letters leave: a mail server, or the demo's folder."""
    if settings.smtp_url:
        return SmtpTransport(settings.smtp_url, sender=settings.mail_from)
    return FolderTransport(settings.mail_folder, sender=settings.mail_from)
