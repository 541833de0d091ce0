"""What happens to a consultation after its announcement, replayed: debate, avizare, session, outcome, new versions."""

from collections.abc import Iterator
from datetime import date, datetime

from consult.audit import rules
from consult.audit.acts import Act, Reference
from consult.audit.announcements import ANNOUNCEMENT, AVIZARE, circumstances_of
from consult.audit.books import Books
from consult.audit.budgets import all_ruled, figures_named
from consult.audit.dates import breaches_between
from consult.audit.failures import Breach, Words
from consult.audit.gatherings import DEBATE, SESSION, Gathering
from consult.audit.procedures import NEXT, Procedure
from consult.audit.proposals import UNDECIDED
from consult.audit.registers import Proposal
from consult.i18n import N_
from consult.record.events import ConsultationStageChanged, DebateAnnounced, SessionAnnounced, VersionPublished
from consult.record.events.consultations import DECIDERS, ENDED, EXECUTIVE, IN_SESSION, TAKEN_UP

DEBATE_NOTICE, SESSION_NOTICE = "debate-notice", "session-announcement"
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
        earliest = _session_on(books, procedure) or procedure.submitted_on
        if earliest and event.on < earliest:
            yield Breach(rules.ON_ITS_DAY, event.on, Words(N_("at the earliest %(day)s"), {"day": earliest}))
    if event.to_stage != SUBMITTED and not (event.reason or "").strip():
        yield Breach(rules.WITH_REASON, None, Words(N_("the number of the act, or a reason")))
    yield from all_ruled(procedure, event.to_stage)
    yield from _decided_by(procedure, event)
    yield from _as_decided(books, procedure, event.to_stage)
    if stage == SUBMITTED:
        procedure.session, procedure.session_on, procedure.session_item = "", None, 0
    procedure.stage = event.to_stage


#: What a session decides on a draft that comes to each stage.
DECISIONS = {
    "adopted": ("adopted", "amended"),
    "rejected": ("rejected",),
    "answered": ("returned",),
}


def _session_on(books: Books, procedure: Procedure) -> date | None:
    """Return the day of the session that decides; one that was moved, on its last day, one called off on none."""
    gathering = books.gatherings.get(procedure.session)
    if gathering is None:
        return procedure.session_on
    return None if gathering.is_cancelled else gathering.day(gathering.starts_at)


def _decided_by(procedure: Procedure, event: ConsultationStageChanged) -> Iterator[Breach]:
    """A draft is decided in a session that was announced, unless the authority says that it needed none."""
    if event.to_stage not in ("adopted", "rejected"):
        return
    procedure.is_executive = event.decided_by == EXECUTIVE
    if event.decided_by not in DECIDERS:
        yield Breach(rules.DECIDED_BY, event.decided_by, DECIDERS)
    elif (event.decided_by == IN_SESSION) != bool(procedure.session):
        expected = IN_SESSION if procedure.session else Words(N_("a session that was announced"))
        yield Breach(rules.DECIDED_BY, event.decided_by, expected)


def _as_decided(books: Books, procedure: Procedure, stage: str) -> Iterator[Breach]:
    """What became of a draft is what its session decided on it, where it was on the agenda of one."""
    gathering = books.gatherings.get(procedure.session)
    if gathering is None or gathering.is_cancelled or stage not in DECISIONS:
        if stage == "answered":
            yield Breach(rules.AS_DECIDED, stage, Words(N_("a session that returned the draft")))
        return
    result = gathering.results.get(procedure.session_item)
    if result not in DECISIONS[stage]:
        yield Breach(rules.AS_DECIDED, result, DECISIONS[stage])


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
    yield from _debated(books, procedure)
    if procedure.waiting:
        waiting = tuple(str(each) for each in sorted(procedure.waiting, key=lambda each: (each.year, each.number)))
        found = Words(
            N_("proposals without an answer: %(count)s, the first of them no. %(first)s"),
            {"count": len(waiting), "first": waiting[0]},
        )
        yield Breach(rules.ALL_ANSWERED, found, Words(N_("none")))
    procedure.submitted_on = event.on


def _debated(books: Books, procedure: Procedure) -> Iterator[Breach]:
    """Each request for a debate is answered by then, and each debate that was announced was held or called off."""
    open_requests = tuple(number for number, meeting in procedure.requests.items() if meeting is None)
    if open_requests:
        yield Breach(rules.REQUESTS_ANSWERED, open_requests, Words(N_("an answer to each")))
    debates = [books.gatherings[each] for each in procedure.debates if each in books.gatherings]
    for gathering in debates:
        if not gathering.is_over:
            yield Breach(rules.REQUESTS_ANSWERED, gathering.starts_at, Words(N_("a debate that was held")))


def debate_announced(books: Books, act: Act, event: DebateAnnounced) -> Iterator[Breach]:
    """A debate is announced when no other is to come, before it is held and before avizare, within the law's days."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if procedure.stage_at(act.at) not in DEBATED:
        yield Breach(rules.IN_ORDER, procedure.stage_at(act.at), DEBATED)
    if procedure.debates and not _all_over(books, procedure):
        yield Breach(rules.IN_ORDER, event.starts_at, Words(N_("no second debate")))
    if event.starts_at <= act.at:
        yield Breach(rules.ON_ITS_DAY, event.starts_at, Words(N_("after %(day)s"), {"day": act.at}))
    meeting = _meeting(act, event.meeting)
    procedure.debates.append(meeting)
    gathering = books.gatherings.get(meeting)
    if gathering is not None:
        gathering.about.append(procedure)
    yield from _held_as_announced(books, act, gathering, DEBATE, event.starts_at)
    held = procedure.day(event.starts_at)
    yield from breaches_between(
        books.pack_of(procedure), DEBATE_NOTICE, DEBATE, since=procedure.day(act.at), chosen=held
    )
    books.debates.append((act.subject.authority, held.year, event.starts_at, gathering))


def session_announced(books: Books, act: Act, event: SessionAnnounced) -> Iterator[Breach]:
    """The session that decides is announced once, after avizare began, so many days before it."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if procedure.stage_at(act.at) != SUBMITTED:
        yield Breach(rules.IN_ORDER, procedure.stage_at(act.at), SUBMITTED)
    before = books.gatherings.get(procedure.session)
    if procedure.session and not (before and before.is_cancelled):
        yield Breach(rules.IN_ORDER, event.starts_at, Words(N_("no second session")))
    procedure.session, procedure.session_item = _meeting(act, event.meeting), event.item or 0
    procedure.session_on = procedure.day(event.starts_at)
    gathering = books.gatherings.get(procedure.session)
    if gathering is not None:
        gathering.about.append(procedure)
        if not 1 <= procedure.session_item <= len(gathering.agenda):
            yield Breach(rules.CONVENED, event.item, Words(N_("an item of its agenda")))
        elif gathering.agenda[procedure.session_item - 1] != act.about:
            yield Breach(rules.CONVENED, gathering.agenda[procedure.session_item - 1], act.about)
    yield from _held_as_announced(books, act, gathering, SESSION, event.starts_at)
    yield from breaches_between(
        books.pack_of(procedure),
        SESSION_NOTICE,
        SESSION,
        since=procedure.day(act.at),
        chosen=procedure.session_on,
    )


def _held_as_announced(
    books: Books, act: Act, gathering: Gathering | None, kind: str, starts_at: datetime
) -> Iterator[Breach]:
    """What a draft is debated or decided at is a meeting of that kind, announced for that hour."""
    if gathering is None:
        if not books.is_continued:
            yield Breach(rules.CONVENED, act.type, Words(N_("a meeting that was announced")))
    elif (gathering.kind, gathering.starts_at) != (kind, starts_at):
        yield Breach(rules.CONVENED, starts_at, gathering.starts_at)


def _meeting(act: Act, number: str | None) -> str:
    """Return the name of a meeting in the record; nothing where a debate or session of an older log names none."""
    return f"consult:{act.subject.authority}/sedinte/{number}" if number else ""


def _all_over(books: Books, procedure: Procedure) -> bool:
    """Whether each debate of a draft was held or called off; one of an older log never says so."""
    found = [books.gatherings.get(each) for each in procedure.debates]
    return all(each is not None and each.is_over for each in found)


def version_published(books: Books, act: Act, event: VersionPublished) -> Iterator[Breach]:
    """A new version bears the next number, says something else, and names as causes only what was taken up."""
    procedure = books.procedure(act.subject)
    if procedure is None:
        return
    if procedure.stage in ENDED:
        yield Breach(rules.IN_ORDER, procedure.stage, UNDECIDED)
    if event.number != procedure.version + 1:
        yield Breach(rules.VERSIONS, event.number, procedure.version + 1)
    if (event.sha256, event.figures) == (procedure.sha256, procedure.figures):
        expected = Words(N_("another text than that of version %(number)s"), {"number": procedure.version})
        yield Breach(rules.VERSIONS, event.sha256, expected)
    if procedure.closes_at and procedure.is_open_at(act.at):
        yield Breach(rules.AFTER_PROPOSALS, act.at, Words(N_("not before %(day)s"), {"day": procedure.closes_at}))
    procedure.version, procedure.sha256 = max(event.number, procedure.version), event.sha256
    yield from figures_named(event.figures, procedure)
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
