"""The witnesses are asked beside everything else, so that one who is slow keeps no letter and no page waiting."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Event

from consult import clock
from consult.demo.witnesses import DemoWitnesses
from consult.identity.witnesses import tell_administrators
from consult.jobs import Handler, Recurring, work
from consult.record.cosigning import ask_witnesses
from consult.record.outgoing import Post, posting
from consult.settings import Settings
from consult.store import Database

ASK = "ask-witnesses"
#: How long after its signature a checkpoint is shown to the witnesses, at most.
TIMETABLE = (Recurring(ASK, every=timedelta(seconds=10)),)


def keep_cosigning(settings: Settings, database: Database, stop: Event) -> None:
    """Ask the witnesses until told to stop; of many processes one asks at a time."""
    work(database, cosigning_handlers(settings), stop, timetable=TIMETABLE)


def cosigning_handlers(settings: Settings) -> Mapping[str, Handler]:
    """Return the one job of this worker."""
    post = way_to_witnesses(settings)
    return {ASK: lambda database, _facts, at: ask_them(database, post, at=at)}


def ask_them(database: Database, post: Post, *, at: datetime) -> None:
    """Ask every witness whose signature is missing or old."""
    ask_witnesses(database, post, tell_administrators, at=at)


def way_to_witnesses(settings: Settings, *, now: Callable[[], datetime] = clock.now) -> Post:
    """Return how witnesses are reached: over the network, and in a demonstration without it.

    `now`: the clock of the demonstration's witnesses.
    """
    outside = posting(allows_private=settings.private_witnesses)
    return DemoWitnesses(settings.keys).way(outside, now=now) if settings.demo else outside
