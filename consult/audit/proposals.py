"""What happens to a proposal, replayed: received in time, withdrawn by its author, answered once."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from sys import intern

from consult.audit import rules
from consult.audit.acts import Act, Reference
from consult.audit.books import Books
from consult.audit.budgets import contests_in_time, lines_meant
from consult.audit.failures import Breach, Words
from consult.audit.procedures import Procedure, Waiting
from consult.audit.registers import WAITING, WITHDRAWN, Proposal
from consult.audit.times import TOLERANCE
from consult.i18n import N_, ZONE
from consult.record.events import (
    RecommendationClaimed,
    RecommendationReceived,
    RecommendationWithdrawn,
    ResponsePublished,
)
from consult.record.events.consultations import ENDED, KINDS, SOURCES, TAKEN_UP, VERDICTS
from consult.record.roles import PARTICIPANTS

RECEIVED = "received"
#: What adds a text; and the index with which what was inserted before is numbered.
INSERTION = "insertion"
INDEXED = re.compile(r"-ind-[0-9]+\Z", re.ASCII)
#: So many files come with one proposal.
MOST_FILES = 5
#: Received here, not entered by an official.
ONLINE = "online"
#: By when whoever sends a proposal without an account must have confirmed it, besides what clocks differ.
CONFIRMED_WITHIN = timedelta(days=7) + TOLERANCE
#: The stages in which a proposal that was sent in time and confirmed later is still weighed.
WEIGHED = ("proposals", "answered")


#: What can no longer be said or changed once a draft is decided on.
UNDECIDED = Words(N_("a draft that is not decided yet"))


def received(books: Books, act: Act, event: RecommendationReceived) -> Iterator[Breach]:
    """A proposal gets the next number of its year, while its consultation is open, or is marked as late."""
    own = act.subject.proposal
    yield from own_number(own, event.number, act)
    if own is None:
        return
    procedure = books.procedures.get(act.subject.procedure)
    year = act.at.astimezone(procedure.zone if procedure else ZONE).year
    if own.year != year:
        yield Breach(rules.OWN_NUMBER, own.year, year)
    yield from books.offices.speaks_for(act, event.organisation)
    expected = books.register((act.subject.authority, own.year)).enter(own.number, Proposal(act.leaf, procedure))
    if own.number != expected:
        yield Breach(rules.NUMBERED, own.number, expected)
    if act.body is None:
        yield Breach(rules.READABLE, None, Words(N_("a text")))
    if event.kind not in KINDS:
        yield Breach(rules.READABLE, event.kind, KINDS)
    yield from _files(event)
    yield from _placed(event)
    books.count((act.subject.authority, own.year), RECEIVED)
    if event.source is None:
        books.count((act.subject.authority, own.year), ONLINE)
    if procedure is None or procedure.announced_at is None:
        return
    if procedure.stage in ENDED:
        yield Breach(rules.IN_ORDER, procedure.stage, UNDECIDED)
    author = "" if event.source else act.actor.pseudonym
    procedure.waiting.setdefault(own, Waiting(act.place, author, event.organisation))
    yield from lines_meant(procedure, act, event)
    yield from _sent(procedure, act, event) if event.source is None else _entered(procedure, act, event)


def _files(event: RecommendationReceived) -> Iterator[Breach]:
    """What came with a proposal is not more than may come, and is told so that it can be recognised."""
    told = {file.c for file in event.files if file.size > 0}
    if len(event.files) > MOST_FILES or len(told) < len(event.files):
        yield Breach(
            rules.FILES,
            len(event.files),
            Words(N_("files that can be told apart, at most %(most)s"), {"most": MOST_FILES}),
        )


def _placed(event: RecommendationReceived) -> Iterator[Breach]:
    """An inserted text has the number of what it stands after, with an index; nothing else has such a number."""
    if event.inserted is None:
        return
    base, _, index = event.inserted.rpartition("-ind-")
    stands_after = event.provision is not None and INDEXED.sub("", event.provision) == base and index.isdecimal()
    if event.kind != INSERTION or not stands_after:
        expected = Words(
            N_("the number of %(provision)s with an index, for an insertion"), {"provision": event.provision}
        )
        yield Breach(rules.INSERTED, event.inserted, expected)


def _sent(procedure: Procedure, act: Act, event: RecommendationReceived) -> Iterator[Breach]:
    """What its author sent here came while the consultation was open."""
    if act.actor.role not in PARTICIPANTS:
        yield Breach(rules.BY_HAND, act.actor.role, PARTICIPANTS)
    is_open = contests_in_time(procedure, act) if event.contests else procedure.is_open_at(act.at)
    if event.received_at is not None:
        yield from _confirmed_in_time(act, event.received_at)
        is_open = procedure.stage in WEIGHED and procedure.was_open_at(event.received_at)
    if is_open and event.late:
        yield Breach(rules.IN_TIME, Words(N_("marked as late")), Words(N_("not marked: it came in time")))
    elif not is_open and not event.late:
        yield Breach(rules.IN_TIME, event.received_at or act.at, _time_of(procedure))


def _confirmed_in_time(act: Act, sent_at: datetime) -> Iterator[Breach]:
    """Whoever sends a proposal without an account confirms it afterwards, within seven days."""
    if not sent_at <= act.at <= sent_at + CONFIRMED_WITHIN:
        within = {"since": act.at - CONFIRMED_WITHIN, "until": act.at}
        yield Breach(rules.IN_TIME, sent_at, Words(N_("from %(since)s until before %(until)s"), within))


def _entered(procedure: Procedure, act: Act, event: RecommendationReceived) -> Iterator[Breach]:
    """What an official entered came while there was a draft, and is late exactly if it came after the last instant."""
    if event.source not in SOURCES:
        yield Breach(rules.BY_HAND, event.source, SOURCES)
    if act.actor.role in PARTICIPANTS:
        yield Breach(rules.BY_HAND, act.actor.role, Words(N_("an official")))
    came, announced_at = event.received_at, procedure.announced_at
    if came is None or announced_at is None or not announced_at <= came <= act.at:
        facts = {"since": announced_at, "until": act.at}
        yield Breach(rules.BY_HAND, came, Words(N_("from %(since)s until before %(until)s"), facts))
    elif event.late != (is_over := _was_over(procedure, event, came)):
        expected = Words(N_("marked as late")) if is_over else Words(N_("not marked: it came in time"))
        yield Breach(rules.IN_TIME, came, expected)


def _was_over(procedure: Procedure, event: RecommendationReceived, at: datetime) -> bool:
    """Whether the time for proposals, or for contestations of one of them, was over at an instant."""
    if not event.contests:
        return procedure.was_over_at(at)
    return procedure.contestations_close is None or at >= procedure.contestations_close


def claimed(books: Books, act: Act, event: RecommendationClaimed) -> Iterator[Breach]:
    """What an official entered is claimed once, by a participant, who from then on is its author."""
    own = act.subject.proposal
    yield from own_number(own, event.number, act)
    proposal = books.proposal(act.subject)
    if own is None or proposal is None:
        yield from never_received(books, act)
        return
    waiting = proposal.procedure.waiting.get(own) if proposal.procedure else None
    if waiting is None:
        # It was answered or withdrawn meanwhile; whose it is has no consequence any more.
        return
    if waiting.author:
        yield Breach(rules.BY_HAND, Words(N_("claimed, or sent by its author")), Words(N_("entered by an official")))
        return
    assert proposal.procedure is not None
    proposal.procedure.waiting[own] = Waiting(waiting.place, act.actor.pseudonym)


def withdrawn(books: Books, act: Act, event: RecommendationWithdrawn) -> Iterator[Breach]:
    """A proposal is withdrawn by its author while it has no answer; its number stays used."""
    yield from own_number(act.subject.proposal, event.number, act)
    yield from books.offices.speaks_for(act, event.organisation)
    proposal = books.proposal(act.subject)
    if proposal is None:
        yield from never_received(books, act)
        return
    if proposal.state != WAITING:
        yield Breach(rules.OWN_ACT, proposal.state, WAITING)
        return
    waiting = _close(books, act, proposal, WITHDRAWN)
    # What is gone by its author's will is no longer anybody's to decide.
    books.appeals.pop(act.about, None)
    if proposal.procedure and act.subject.proposal:
        proposal.procedure.contested.discard(act.subject.proposal)
    if waiting is None:
        return
    # Members of an organisation act for one another; what was sent for one is no single member's to take back alone.
    if waiting.organisation != event.organisation:
        yield Breach(rules.OWN_ACT, event.organisation, waiting.organisation)
    elif event.organisation is None and waiting.author != act.actor.pseudonym:
        yield Breach(rules.OWN_ACT, act.actor.pseudonym, waiting.author)


def answered(books: Books, act: Act, event: ResponsePublished) -> Iterator[Breach]:
    """A proposal is answered once, with a verdict and a reason, after the last day for proposals."""
    yield from own_number(act.subject.proposal, event.recommendation, act)
    if event.verdict not in VERDICTS:
        yield Breach(rules.REASONED, event.verdict, VERDICTS)
    if not books.wording.says_something(act.body):
        yield Breach(rules.REASONED, None, Words(N_("a reason")))
    proposal = books.proposal(act.subject)
    if proposal is None:
        yield from never_received(books, act)
        return
    if proposal.state != WAITING:
        yield Breach(rules.ANSWERED_ONCE, proposal.state, WAITING)
        return
    waiting = _close(books, act, proposal, event.verdict)
    procedure = proposal.procedure
    if procedure is None:
        return
    due = due_day(procedure, waiting)
    if due and procedure.day(act.at) > due:
        yield Breach(rules.ANSWERED_IN_TIME, procedure.day(act.at), Words(N_("an answer until %(day)s"), {"day": due}))
    if act.body is not None:
        procedure.answers.add(act.body.c)
    procedure.includes_any |= event.verdict in TAKEN_UP
    if procedure.closes_at and procedure.is_open_at(act.at):
        yield Breach(rules.AFTER_PROPOSALS, act.at, Words(N_("not before %(day)s"), {"day": procedure.closes_at}))
    if procedure.stage == "proposals":
        procedure.stage = "answered"


def due_day(procedure: Procedure, waiting: Waiting | None) -> date | None:
    """Return the day by which the authority said that it would have answered; none to what came after it."""
    due = procedure.submission_on
    return due if due and waiting and procedure.day(waiting.place.at) <= due else None


def own_number(own: Reference | None, number: int, act: Act) -> Iterator[Breach]:
    """What is said of a proposal bears its number."""
    if own is None or own.number != number:
        yield Breach(rules.OWN_NUMBER, number, own.number if own else act.about)


def _close(books: Books, act: Act, proposal: Proposal, state: str) -> Waiting | None:
    """Note that a proposal no longer waits, and return how it did."""
    # Interned, since each answer is read with a verdict of its own, and a log has hundreds of thousands.
    proposal.state = intern(state)
    assert act.subject.proposal is not None
    books.count((act.subject.authority, act.subject.proposal.year), state)
    return proposal.procedure.no_longer_waits(act.subject.proposal) if proposal.procedure else None


def never_received(books: Books, act: Act) -> Iterator[Breach]:
    """Something is said of a proposal that never came in; in a log that goes on, it may have in the one before."""
    if not books.is_continued:
        yield Breach(rules.RECEIVED, act.about, Words(N_("a proposal that was received")))


def _time_of(procedure: Procedure) -> Words:
    """Say from when until when proposals were received."""
    if procedure.stage != "proposals":
        return Words(N_("before the consultation went on"))
    facts = {"since": procedure.announced_at, "until": procedure.closes_at}
    return Words(N_("from %(since)s until before %(until)s"), facts)
