"""What an authority promised in its answers, replayed: made in a public answer, ended once, and ended in time."""

from collections.abc import Iterator
from datetime import datetime

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.books import Books
from consult.audit.failures import Breach, Place, Words
from consult.audit.procedures import Promised
from consult.i18n import N_
from consult.record.events import PromiseEnded, PromiseMade
from consult.record.events.consultations import ENDINGS


def promise_made(books: Books, act: Act, event: PromiseMade) -> Iterator[Breach]:
    """A promise has the next number of its consultation, stands in an answer that is public, and is of a later day."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    expected = max(procedure.promises, default=0) + 1
    if event.number != expected and not books.is_continued:
        yield Breach(rules.PROMISES, event.number, expected)
    if event.answer not in procedure.answers and not books.is_continued:
        yield Breach(rules.PROMISES, event.answer, Words(N_("the reason of an answer of this consultation")))
    today = procedure.day(act.at)
    if event.until <= today:
        yield Breach(rules.PROMISES, event.until, Words(N_("later than %(day)s"), {"day": today}))
    procedure.promises.setdefault(event.number, Promised(act.place, today, event.until))


def promise_ended(books: Books, act: Act, event: PromiseEnded) -> Iterator[Breach]:
    """What became of a promise is said once, with a note, for a day between the promise and the entry."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if event.ending not in ENDINGS:
        yield Breach(rules.PROMISES, event.ending, ENDINGS)
    if not event.note.strip():
        yield Breach(rules.WITH_REASON, event.note, Words(N_("a reason")))
    promised = procedure.promises.get(event.number)
    if promised is None or promised.is_ended:
        if promised or not books.is_continued:
            yield Breach(rules.PROMISES, event.number, Words(N_("a promise that had not ended")))
        return
    promised.is_ended = True
    last = procedure.day(act.at)
    if not promised.made_on <= event.on <= last:
        facts = {"first": promised.made_on, "last": last}
        yield Breach(rules.PROMISES, event.on, Words(N_("between %(first)s and %(last)s"), facts))
    elif event.on > promised.until:
        yield Breach(rules.PROMISED_DAY, event.on, Words(N_("at the latest %(day)s"), {"day": promised.until}))


def promises_late(books: Books, at: datetime) -> Iterator[tuple[Place, Breach]]:
    """Yield the promises of which nobody said on the day that was promised, or before, what became of them."""
    for procedure in books.procedures.values():
        for promised in procedure.promises.values():
            if not promised.is_ended and procedure.day(at) > promised.until:
                expected = Words(N_("at the latest %(day)s"), {"day": promised.until})
                found = Words(N_("nothing on %(at)s"), {"at": at})
                yield promised.place, Breach(rules.PROMISED_DAY, found, expected)
