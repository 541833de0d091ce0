"""Requests for a public debate, replayed: numbered, in time, from who may ask, and each answered before avizare."""

from collections.abc import Iterator
from datetime import timedelta

from consult.audit import rules
from consult.audit.acts import Act, Reference
from consult.audit.books import Books
from consult.audit.failures import Breach, Words
from consult.audit.procedures import Procedure
from consult.i18n import N_
from consult.policy.deadlines import evaluate
from consult.record.events import DebateRequestAnswered, DebateRequested

PROPOSALS_CLOSE, REQUESTS_CLOSE = "proposals-close", "debate-request-close"
ASKERS = ("association", "authority")


def requested(books: Books, act: Act, event: DebateRequested) -> Iterator[Breach]:
    """A debate is asked for by an association or an authority, while the consultation is open."""
    procedure = books.procedure(act.subject)
    number = Reference.parse(event.number)
    if procedure is None:
        return
    if number is None or number.year != procedure.day(act.at).year:
        yield Breach(
            rules.OWN_NUMBER, event.number, Words(N_("a number of %(year)s"), {"year": procedure.day(act.at).year})
        )
    if number is None:
        return
    expected = books.request_numbers((act.subject.authority, number.year)).give(number.number)
    if number.number != expected:
        yield Breach(rules.NUMBERED, number.number, expected)
    if event.asker not in ASKERS:
        yield Breach(rules.ENTITLED, event.asker, ASKERS)
    if not event.by.strip():
        yield Breach(rules.ENTITLED, None, Words(N_("the name of who asks")))
    yield from _in_time(books, procedure, event)
    assert procedure.announced_at is not None
    if event.asked_on < procedure.day(procedure.announced_at) or event.asked_on > procedure.day(act.at):
        yield Breach(rules.ON_ITS_DAY, event.asked_on, procedure.day(act.at))
    procedure.requests[event.number] = None


def _in_time(books: Books, procedure: Procedure, event: DebateRequested) -> Iterator[Breach]:
    """A debate is asked for by the last day that the rules of the consultation leave for it."""
    pack = books.pack_of(procedure)
    if pack is None or procedure.closes_at is None:
        return
    last = procedure.day(procedure.closes_at - timedelta(seconds=1))
    for rule in rules.deadlines_between(pack, PROPOSALS_CLOSE, REQUESTS_CLOSE, last):
        deadline = evaluate(pack, rule.id, last)
        if event.asked_on > deadline.day:
            yield Breach(rules.law(pack, rule), event.asked_on, deadline.day, deadline)


def request_answered(books: Books, act: Act, event: DebateRequestAnswered) -> Iterator[Breach]:
    """A request is answered once, by a debate that is announced for this draft, or with why there is none."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if event.number not in procedure.requests or procedure.requests[event.number] is not None:
        yield Breach(rules.REQUESTS_ANSWERED, event.number, Words(N_("a request that waits for an answer")))
    meeting = f"consult:{act.subject.authority}/sedinte/{event.meeting}" if event.meeting else ""
    if meeting and meeting not in procedure.debates:
        yield Breach(rules.REQUESTS_ANSWERED, event.meeting, Words(N_("a debate of this draft")))
    if not meeting and not (event.reason or "").strip():
        yield Breach(rules.WITH_REASON, None, Words(N_("a reason, in the authority's words")))
    procedure.requests[event.number] = meeting or "refused"
