"""What happens to a consultation after its announcement, replayed: debate, avizare, session, outcome, new versions."""

from collections.abc import Iterator
from datetime import date

from consult.audit import rules
from consult.audit.acts import Act, Reference
from consult.audit.announcements import ANNOUNCEMENT, AVIZARE, circumstances_of
from consult.audit.books import Books
from consult.audit.dates import breaches_between
from consult.audit.failures import Breach, Words
from consult.audit.procedures import NEXT, Procedure
from consult.audit.registers import Proposal
from consult.i18n import N_
from consult.record.events import ConsultationStageChanged, DebateAnnounced, SessionAnnounced, VersionPublished
from consult.record.events.consultations import ENDED, TAKEN_UP

DEBATE_NOTICE, DEBATE = "debate-notice", "debate"
SESSION_NOTICE, SESSION = "session-announcement", "session"
#: A debate comes before the draft has gone on.
DEBATED = ("proposals", "analysis", "answered")
SUBMITTED = "submitted"


def stage_changed(books: Books, act: Act, event: ConsultationStageChanged) -> Iterator[Breach]:
    """A consultation leaves the stage in which it is, for one that may follow, on a day that has come."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    stage, today = procedure.stage_at(act.at), procedure.day(act.at)
    if event.from_stage != stage:
        yield Breach(rules.IN_ORDER, event.from_stage, stage)
    following = NEXT.get(stage, frozenset())
    if event.to_stage not in following:
        yield Breach(rules.IN_ORDER, event.to_stage, tuple(sorted(following)))
    if event.on > today:
        yield Breach(rules.ON_ITS_DAY, event.on, Words(N_("at the latest %(day)s"), {"day": today}))
    if event.to_stage == SUBMITTED:
        yield from _submitted(books, procedure, event, today)
    elif event.to_stage in ENDED and event.to_stage != "withdrawn":
        earliest = procedure.session_on or procedure.submitted_on
        if earliest and event.on < earliest:
            yield Breach(rules.ON_ITS_DAY, event.on, Words(N_("at the earliest %(day)s"), {"day": earliest}))
    procedure.stage = event.to_stage


def _submitted(books: Books, procedure: Procedure, event: ConsultationStageChanged, today: date) -> Iterator[Breach]:
    """A draft goes on to avizare on its day, not before its time, and with every proposal answered."""
    if event.on < today:
        yield Breach(rules.ON_ITS_DAY, event.on, today)
    assert procedure.announced_at is not None
    yield from breaches_between(
        books.pack_of(procedure),
        ANNOUNCEMENT,
        AVIZARE,
        since=procedure.day(procedure.announced_at),
        chosen=event.on,
        circumstances=circumstances_of(procedure),
    )
    if procedure.waiting:
        waiting = tuple(str(each) for each in sorted(procedure.waiting, key=lambda each: (each.year, each.number)))
        found = Words(
            N_("proposals without an answer: %(count)s, the first of them no. %(first)s"),
            {"count": len(waiting), "first": waiting[0]},
        )
        yield Breach(rules.ALL_ANSWERED, found, Words(N_("none")))
    procedure.submitted_on = event.on


def debate_announced(books: Books, act: Act, event: DebateAnnounced) -> Iterator[Breach]:
    """A debate is announced once, before it is held and before avizare, and held within the law's days."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if procedure.stage_at(act.at) not in DEBATED:
        yield Breach(rules.IN_ORDER, procedure.stage_at(act.at), DEBATED)
    if procedure.has_debate:
        yield Breach(rules.IN_ORDER, event.starts_at, Words(N_("no second debate")))
    if event.starts_at <= act.at:
        yield Breach(rules.ON_ITS_DAY, event.starts_at, Words(N_("after %(day)s"), {"day": act.at}))
    procedure.has_debate = True
    held = procedure.day(event.starts_at)
    yield from breaches_between(
        books.pack_of(procedure), DEBATE_NOTICE, DEBATE, since=procedure.day(act.at), chosen=held
    )
    books.debates.append((act.subject.authority, held.year, event.starts_at))


def session_announced(books: Books, act: Act, event: SessionAnnounced) -> Iterator[Breach]:
    """The session that decides is announced once, after avizare began, so many days before it."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if procedure.stage_at(act.at) != SUBMITTED:
        yield Breach(rules.IN_ORDER, procedure.stage_at(act.at), SUBMITTED)
    if procedure.session_on:
        yield Breach(rules.IN_ORDER, event.starts_at, Words(N_("no second session")))
    procedure.session_on = procedure.day(event.starts_at)
    yield from breaches_between(
        books.pack_of(procedure),
        SESSION_NOTICE,
        SESSION,
        since=procedure.day(act.at),
        chosen=procedure.session_on,
    )


def version_published(books: Books, act: Act, event: VersionPublished) -> Iterator[Breach]:
    """A new version bears the next number, says something else, and names as causes only what was taken up."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if event.number != procedure.version + 1:
        yield Breach(rules.VERSIONS, event.number, procedure.version + 1)
    if event.sha256 == procedure.sha256:
        expected = Words(N_("another text than that of version %(number)s"), {"number": procedure.version})
        yield Breach(rules.VERSIONS, event.sha256, expected)
    if procedure.closes_at and procedure.is_open_at(act.at):
        yield Breach(rules.AFTER_PROPOSALS, act.at, Words(N_("not before %(day)s"), {"day": procedure.closes_at}))
    procedure.version, procedure.sha256 = max(event.number, procedure.version), event.sha256
    for cause in event.causes:
        for reference in cause.recommendations:
            state = _state_in(books, act, procedure, reference)
            if state not in TAKEN_UP:
                yield Breach(rules.CAUSES, f"{cause.provision}: {reference}, {state}", TAKEN_UP)


def _state_in(books: Books, act: Act, procedure: Procedure, reference: str) -> str:
    """Return the verdict on a proposal of this consultation, or why there is none."""
    number = Reference.parse(reference)
    found: Proposal | None = None
    if number is not None:
        found = books.proposal(act.subject._replace(proposal=number))
    return found.state if found and found.procedure is procedure else "not_of_this_consultation"
