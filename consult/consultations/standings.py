"""How a duty of the law stands in a consultation, as far as these pages know: met, not met, not yet due, not asked for.

Each rule of the pack that the service can judge has a line here; the days are held against the pack as the audit does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.consultations.consultations import ENDED, Consultation, Stage
from consult.consultations.debate_documents import Duty as Owing
from consult.consultations.debate_documents import Owed
from consult.consultations.documents import Document, DocumentKind
from consult.consultations.duties import ConfirmedDuty
from consult.consultations.gatherings import DEBATE_NOTICE, SESSION_NOTICE
from consult.consultations.procedure import PROPOSALS, SUBMISSION, local_day
from consult.meetings.meetings import Meeting
from consult.meetings.minutes import MinutesVersion
from consult.policy.deadlines import check_date
from consult.policy.packs import Pack


class State(StrEnum):
    """How a duty stands. `UNKNOWN`: it is done outside these pages, and nobody has said that it was."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET = "not_yet"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Standing:
    """How one duty stands: since when, what is to be known of it, and the act of the record that shows it."""

    state: State
    on: date | None = None
    note: str = ""
    event_id: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of a consultation on a day. `debates` and `session`: not those that were called off."""

    consultation: Consultation
    pack: Pack
    today: date
    announced: str
    documents: Sequence[Document]
    received: int
    unanswered: int
    answered_on: date | None
    debates: Sequence[Meeting]
    session: Meeting | None
    minutes: Mapping[int, MinutesVersion]
    owed: Mapping[Owing, Owed]
    is_decided: bool
    confirmed: Mapping[str, ConfirmedDuty]

    @property
    def announced_on(self) -> date:
        """The day of the announcement."""
        assert self.consultation.announced_on is not None, "only what is published has duties"
        return self.consultation.announced_on

    @property
    def is_withdrawn(self) -> bool:
        """Whether nothing will follow any more."""
        return self.consultation.stage is Stage.WITHDRAWN


NOT_YET, NONE = Standing(State.NOT_YET), Standing(State.NOT_APPLICABLE)


def circumstances_of(facts: Facts) -> Iterator[str]:
    """Yield the circumstances of the pack in which this draft is."""
    yield from facts.consultation.circumstances
    if facts.consultation.concerns_business:
        yield "business"
    if any(each.kind is DocumentKind.STUDY for each in facts.documents):
        yield "study"


def _announced(facts: Facts) -> Standing:
    return Standing(State.MET, facts.announced_on, event_id=facts.announced)


def _noticed(meeting: Meeting | None, facts: Facts, *, is_due: bool = False) -> Standing:
    """Say whether a meeting was announced: a debate need not be, a session will be, where something is to decide."""
    if meeting is not None:
        return Standing(State.MET, local_day(meeting.noticed_at), event_id=meeting.event_id)
    return NOT_YET if is_due and facts.consultation.stage not in ENDED else NONE


def _debate_notice(facts: Facts) -> Standing:
    return _noticed(facts.debates[-1] if facts.debates else None, facts)


def _session_notice(facts: Facts) -> Standing:
    return _noticed(facts.session, facts, is_due=True)


def _held(facts: Facts) -> Standing:
    """Whether the last debate has ended."""
    if not facts.debates:
        return NONE
    ended_at = facts.debates[-1].ended_at
    return Standing(State.MET, local_day(ended_at), event_id=facts.debates[-1].event_id) if ended_at else NOT_YET


def _sat(facts: Facts) -> Standing:
    """Whether the session has ended."""
    if facts.session is None:
        return _session_notice(facts)
    ended_at = facts.session.ended_at
    return Standing(State.MET, local_day(ended_at), event_id=facts.session.event_id) if ended_at else NOT_YET


def _avizare(facts: Facts) -> Standing:
    if facts.consultation.submitted_on is not None:
        return Standing(State.MET, facts.consultation.submitted_on)
    return NONE if facts.is_withdrawn else NOT_YET


def _answers(facts: Facts) -> Standing:
    """Whether every recommendation has its answer with a reason; late once the day of avizare has passed."""
    if not facts.received:
        return NONE if facts.consultation.stage is not Stage.PROPOSALS else NOT_YET
    if not facts.unanswered:
        return Standing(State.MET, facts.answered_on)
    due = facts.consultation.submission_on
    assert due is not None, "a consultation is published with its dates"
    return Standing(State.NOT_MET, due) if facts.today > due else NOT_YET


#: Whether each event of the pack has come; what it brings is not yet due before.
EVENTS: Mapping[str, Callable[[Facts], Standing]] = {
    "announcement": _announced,
    "proposal": lambda facts: _announced(facts) if facts.received else NOT_YET,
    "debate-notice": _debate_notice,
    "debate": _held,
    "debate-end": _held,
    "debate-documents": _held,
    "avizare": _avizare,
    "answers": _answers,
    "session-announcement": _session_notice,
    "session": _sat,
    "minutes": _sat,
}


def _if(is_met: Callable[[Facts], object]) -> Callable[[Facts, Standing], Standing]:
    """Return what calls a duty met with its event, or not at all."""
    return lambda facts, came: came if is_met(facts) else Standing(State.NOT_MET)


def _owed(duty: Owing) -> Callable[[Facts, Standing], Standing]:
    """Return what says how a document of the debate stands."""

    def said(facts: Facts, _came: Standing) -> Standing:
        owed = facts.owed[duty]
        if owed.met_on is not None:
            return Standing(State.MET if owed.met_on <= owed.due_on else State.NOT_MET, owed.met_on)
        return Standing(State.NOT_MET, owed.due_on) if owed.exists and facts.today > owed.due_on else NOT_YET

    return said


def _minutes_published(facts: Facts, _came: Standing) -> Standing:
    minutes = facts.minutes.get(facts.session.id) if facts.session else None
    return Standing(State.MET, local_day(minutes.published_at), event_id=minutes.event_id) if minutes else NOT_YET


#: What these pages know of a requirement once its event has come.
KNOWN: Mapping[str, Callable[[Facts, Standing], Standing]] = {
    "announcement-on-site": _if(lambda _: True),
    "announcement-reasons": _if(
        lambda facts: facts.consultation.justification or _has(facts, DocumentKind.REPORT),
    ),
    "announcement-proposals-place": _if(lambda facts: facts.consultation.ways_to_send),
    "announcement-proposals-way": _if(lambda facts: facts.consultation.ways_to_send),
    "transparency-section": _if(lambda _: True),
    "date-of-every-update": _if(lambda _: True),
    "responsible-person": _if(lambda facts: facts.consultation.contact_name),
    "responsible-person-published": _if(lambda facts: facts.consultation.contact_name),
    "register-date": _if(lambda _: True),
    "register-person": _if(lambda _: True),
    "register-contact": _if(lambda _: True),
    "debate-on-site": _if(lambda _: True),
    "debate-how-collected": _if(lambda facts: facts.debates[-1].ways_to_send),
    "debate-how-to-speak": _if(lambda facts: facts.debates[-1].ways_to_speak),
    "debate-time-per-speaker": _if(lambda facts: facts.debates[-1].minutes_each),
    "debate-documents-on-site": _owed(Owing.MINUTES),
    "debate-minutes": _owed(Owing.MINUTES),
    "debate-recommendations": _owed(Owing.RECOMMENDATIONS),
    "debate-improved-versions": _owed(Owing.VERSIONS),
    "debate-avizare-reports": _owed(Owing.OPINIONS),
    "debate-adopted-version": _owed(Owing.ADOPTED),
    "draft-finalised": _if(lambda _: True),
    "recommendations-analysed": _if(lambda facts: not facts.unanswered),
    "session-on-site": _if(lambda _: True),
    "session-to-recommenders": _if(lambda _: True),
    "minutes-on-site": _minutes_published,
    "minutes-votes": _if(lambda facts: facts.is_decided),
}


def _has(facts: Facts, kind: DocumentKind) -> bool:
    return any(each.kind is kind for each in facts.documents)


def _term(facts: Facts, rule: str, since: date, chosen: date, event_id: str = "") -> Standing:
    """Hold a day against a term of the pack, as the audit does; one that an exception lifts does not bind."""
    known = [each for each in circumstances_of(facts) if each in facts.pack.circumstances]
    finding = check_date(facts.pack, rule, since, chosen, known)
    if finding.lifted_by is not None:
        return Standing(State.NOT_APPLICABLE, note=finding.lifted_by.citation)
    return Standing(State.MET if finding.is_lawful else State.NOT_MET, chosen, str(finding.deadline), event_id)


def _until(facts: Facts) -> Standing:
    until = facts.consultation.proposals_until
    assert until is not None, "a consultation is published with its dates"
    return _term(facts, PROPOSALS, facts.announced_on, until, facts.announced)


def _before_avizare(facts: Facts) -> Standing:
    submitted = facts.consultation.submitted_on
    if submitted is None:
        return _avizare(facts)
    return _term(facts, SUBMISSION, facts.announced_on, submitted)


def _business(facts: Facts) -> Standing:
    told, submitted = facts.confirmed.get("announcement-to-business"), facts.consultation.submitted_on
    if told is None or submitted is None:
        return _avizare(facts) if submitted is None else Standing(State.UNKNOWN)
    return _term(facts, "business-announcement-before-avizare", told.done_on, submitted, told.event_id)


def _in_days(rule: str, find: Callable[[Facts], Meeting | None]) -> Callable[[Facts], Standing]:
    """Return what holds the day of a meeting against the day on which it was announced."""

    def said(facts: Facts) -> Standing:
        meeting = find(facts)
        if meeting is None:
            return _session_notice(facts) if rule == SESSION_NOTICE else NONE
        return _term(facts, rule, local_day(meeting.noticed_at), local_day(meeting.starts_at), meeting.event_id)

    return said


DEADLINES: Mapping[str, Callable[[Facts], Standing]] = {
    SUBMISSION: _before_avizare,
    PROPOSALS: _until,
    "business-announcement-before-avizare": _business,
    DEBATE_NOTICE: _in_days(DEBATE_NOTICE, lambda facts: facts.debates[-1] if facts.debates else None),
    "debate-documents": lambda facts: (
        _owed(Owing.MINUTES)(facts, _held(facts)) if _held(facts).state is State.MET else _held(facts)
    ),
    SESSION_NOTICE: _in_days(SESSION_NOTICE, lambda facts: facts.session),
}
