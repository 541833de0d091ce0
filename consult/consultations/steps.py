"""What happens to a consultation after its text is public: debate, avizare, session, outcome, each a dated act.

Its debates and its session are meetings (`gatherings`); it goes on to avizare here, and comes to its end in `outcomes`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import AnswersMissing
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.contestations import refuse_before_rulings
from consult.consultations.debate_requests import open_requests
from consult.consultations.doubts import SUBMITTED, doubts_about, motive_for
from consult.consultations.following import Happened, tell_followers
from consult.consultations.gatherings import (
    ConsultationMeeting,
    debate_to_hold,
    meetings_of_each,
    refuse_unlawful,
)
from consult.consultations.procedure import SUBMISSION, local_day
from consult.consultations.responses import count_unanswered
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.meetings.meetings import Kind, Meeting
from consult.record.events import ConsultationStageChanged
from consult.refusals import NotFound, Refusal


class StepKind(StrEnum):
    """The dated steps that follow the announcement."""

    DEBATE = "debate"
    SUBMISSION = "submission"
    SESSION = "session"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Step:
    """One step with its day and what the public needs to know of it (place and hour, or the act's number).

    `noticed_on`: the day on which its date was published; `meeting`: what people come to, where they come.
    """

    kind: StepKind
    on: date
    note: str = ""
    starts_at: datetime | None = None
    noticed_on: date | None = None
    meeting: Meeting | None = None


#: The stages to which a consultation is brought by an act, as its followers are told.
FOLLOWED: Mapping[Stage, Happened] = {
    Stage.SUBMITTED: "submitted",
    Stage.ANSWERED: "answered",
    Stage.ADOPTED: "adopted",
    Stage.REJECTED: "rejected",
    Stage.WITHDRAWN: "withdrawn",
}

Steps = dict[StepKind, Step]


class OutOfOrder(Refusal):
    """The step does not follow from the stage the consultation is in."""

    sentence = N_("This step does not follow from where the consultation is now.")


class AlreadyAnnounced(Refusal):
    """The step was announced already."""

    sentence = N_("This step was announced already.")


class DebateOwed(Refusal):
    """Whoever may oblige the authority to hold a debate has asked for one (art. 7(9))."""

    sentence = N_("Request no. %(number)s for a public debate has no answer yet; a debate comes before avizare.")


class DebateNotHeld(Refusal):
    """A debate to which everybody was invited comes before the draft goes on."""

    sentence = N_("The public debate of %(moment)s was announced; say first that it ended, or call it off.")


def submit_for_avizare(
    db: Session,
    consultation_id: ConsultationId,
    *,
    sure_of: Collection[date] = (),
    motive: str = "",
    by: Actor,
    at: datetime,
) -> Consultation:
    """Send the finished draft on to avizare: 30 working days after the announcement, every recommendation answered.

    The urgent procedure (art. 7(13)) is freed from the 30 days, neither from the answers nor from a debate that was
    asked for. Raises UnlawfulDay, AnswersMissing, DebateOwed, DebateNotHeld, DaysInDoubt, MotiveMissing, OutOfOrder.
    Source: art. 7(2), art. 7(8), art. 7(9), art. 7(12).
    """
    consultation = consultation_to_move(db, consultation_id, by)
    if consultation.stage_at(at) not in {Stage.ANALYSIS, Stage.ANSWERED}:
        raise OutOfOrder
    assert consultation.announced_on is not None
    today = local_day(at)
    refuse_unlawful(db, consultation, SUBMISSION, since=consultation.announced_on, chosen=today)
    missing = count_unanswered(db, consultation_id)
    if missing:
        raise AnswersMissing(count=missing)
    refuse_before_debate(db, consultation_id)
    note = motive_for(doubts_about(today, SUBMITTED, since=today), sure_of, motive)

    consultation.submitted_on = today
    return go_on(db, consultation, Stage.SUBMITTED, on=today, by=by, at=at, note=note)


def go_on(
    db: Session,
    consultation: Consultation,
    stage: Stage,
    *,
    on: date,
    by: Actor,
    at: datetime,
    note: str = "",
    decided_by: str | None = None,
) -> Consultation:
    """Bring a consultation to another stage, and record it. Raises ContestationsFirst for a budget that is adopted."""
    if stage is Stage.ADOPTED:
        refuse_before_rulings(db, consultation.id)
    before = consultation.stage_at(at)
    consultation.stage = stage
    event = ConsultationStageChanged(
        subject=consultation.subject,
        from_stage=before,
        to_stage=stage,
        on=on,
        reason=note or None,
        decided_by=decided_by,
    )
    record(db, event, by=by, at=at)
    tell_followers(db, consultation, FOLLOWED[stage], day=on, note=note, at=at)
    return consultation


def refuse_before_debate(db: Session, consultation_id: ConsultationId) -> None:
    """Refuse to send a draft on while a debate is owed or to be held. Raises DebateOwed, DebateNotHeld."""
    for request in open_requests(db, consultation_id):
        raise DebateOwed(number=request.register_number)
    debate = debate_to_hold(db, consultation_id)
    if debate is not None:
        raise DebateNotHeld(moment=debate.starts_at)


def steps_of(db: Session, consultation: Consultation) -> Steps:
    """Return a consultation's steps by kind."""
    return steps_of_each(db, [consultation])[consultation.id]


def steps_of_each(db: Session, consultations: Collection[Consultation]) -> dict[ConsultationId, Steps]:
    """Return the steps of several consultations by kind, in one statement."""
    meetings = meetings_of_each(db, [each.id for each in consultations])
    return {each.id: {step.kind: step for step in _steps(each, meetings[each.id])} for each in consultations}


#: What a meeting about a draft is, as a step of its procedure.
KINDS = {Kind.DEBATE: StepKind.DEBATE, Kind.SESSION: StepKind.SESSION}


def _steps(consultation: Consultation, meetings: Collection[Meeting]) -> Iterator[Step]:
    """Yield the steps as they stand: of several debates or sessions the last, and none that was called off.

    A session that returned the draft is no step of it any more: another one will decide.
    """
    for meeting in meetings:
        is_over = meeting.kind is Kind.SESSION and consultation.submitted_on is None
        if meeting.cancelled_at is None and not is_over:
            yield meeting_step(meeting)
    if consultation.submitted_on is not None:
        yield Step(StepKind.SUBMISSION, consultation.submitted_on)
    if consultation.ended_on is not None:
        yield Step(StepKind.OUTCOME, consultation.ended_on, consultation.outcome_note)


def meeting_step(meeting: Meeting) -> Step:
    """Return a debate or a session as a step of what it is about."""
    return Step(
        KINDS[meeting.kind],
        local_day(meeting.starts_at),
        meeting.where,
        meeting.starts_at,
        local_day(meeting.noticed_at),
        meeting,
    )


COMING = (
    select(Meeting, Consultation)
    .join(ConsultationMeeting, ConsultationMeeting.meeting_id == Meeting.id)
    .join(Consultation, Consultation.id == ConsultationMeeting.consultation_id)
    .where(
        Meeting.authority_id == bindparam("authority_id"),
        Meeting.starts_at > bindparam("at"),
        Meeting.cancelled_at.is_(None),
    )
    .order_by(Meeting.starts_at, Consultation.id)
    .limit(10)
)


def coming_steps(db: Session, authority_id: AuthorityId, at: datetime) -> list[tuple[Step, Consultation]]:
    """Return the debates and sessions that are still to come, the nearest first."""
    found = db.execute(COMING, {"authority_id": authority_id, "at": at})
    return [(meeting_step(meeting), consultation) for meeting, consultation in found]


def consultation_to_move(db: Session, consultation_id: ConsultationId, by: Actor) -> Consultation:
    """Return a published consultation that this official may lead on."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("answers.publish", by, consultation)
    if not consultation.is_public:
        raise OutOfOrder
    return consultation
