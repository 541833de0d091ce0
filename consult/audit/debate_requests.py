"""Requests for a public debate, replayed: numbered, in time, from who may ask, and each answered before avizare."""

from collections.abc import Iterator

from consult.audit import rules
from consult.audit.acts import Act, Reference
from consult.audit.books import Books
from consult.audit.failures import Breach, Words
from consult.audit.proposals import ORGANISATION_MEMBER
from consult.i18n import N_
from consult.record.events import DebateRequestAnswered, DebateRequested

ASKERS = ("association", "authority")
#: Who asks in the name of nobody but themselves cannot oblige an authority (art. 7(9)).
FOR_THEMSELVES = ("participant", "verified_participant")


def requested(books: Books, act: Act, event: DebateRequested) -> Iterator[Breach]:
    """A debate is asked for by an association or an authority, while the consultation is open."""
    procedure = books.procedure(act.subject)
    number = Reference.parse(event.number)
    if procedure is None or number is None:
        return
    expected = books.request_numbers((act.subject.authority, number.year)).give(number.number)
    if number.number != expected:
        yield Breach(rules.NUMBERED, number.number, expected)
    if event.asker not in ASKERS or act.actor.role in FOR_THEMSELVES:
        yield Breach(rules.ENTITLED, f"{event.asker}, {act.actor.role}", (*ASKERS, ORGANISATION_MEMBER))
    assert procedure.announced_at is not None
    if event.asked_on < procedure.day(procedure.announced_at) or event.asked_on > procedure.day(act.at):
        yield Breach(rules.ON_ITS_DAY, event.asked_on, procedure.day(act.at))
    procedure.requests[event.number] = None


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
