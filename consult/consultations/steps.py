"""What happens to a consultation after its text is public: debate, avizare, session, outcome, each a dated act."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from consult.consultations.consultations import ENDED, Consultation, ConsultationId, Stage
from consult.consultations.doubts import DEBATED, DECIDED, SUBMITTED, doubts_about, refuse_unless_sure
from consult.consultations.procedure import SUBMISSION, URGENT, UnlawfulDay, local_day, pack_of
from consult.consultations.responses import AnswersMissing, count_unanswered
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.policy.deadlines import check_date
from consult.record.events import ConsultationStageChanged, DebateAnnounced, SessionAnnounced
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

StepId = NewType("StepId", int)
key_type(StepId)

DEBATE_NOTICE = "debate-after-notice"
SESSION_NOTICE = "session-notice"


class StepKind(StrEnum):
    """The dated steps that follow the announcement."""

    DEBATE = "debate"
    SUBMISSION = "submission"
    SESSION = "session"
    OUTCOME = "outcome"


class Step(Base):
    """One step with its day and what the public needs to know of it (place and hour, or the act's number)."""

    __tablename__ = "step"
    __table_args__ = (UniqueConstraint("consultation_id", "kind"),)

    id: Mapped[StepId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[StepKind] = mapped_column(state_column(StepKind))
    on: Mapped[date]
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(default="")
    announced_at: Mapped[datetime]


class InThePast(Refusal):
    """What is announced is still to come."""

    sentence = N_("This day has passed already. Choose one that is still to come.")
    field = "on"


class OutOfOrder(Refusal):
    """The step does not follow from the stage the consultation is in."""

    sentence = N_("This step does not follow from where the consultation is now.")


class AlreadyAnnounced(Refusal):
    """The step was announced already."""

    sentence = N_("This step was announced already.")


def announce_debate(
    db: Session,
    consultation_id: ConsultationId,
    *,
    starts_at: datetime,
    place: str,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Step:
    """Announce a public debate: held within ten days from the publication of its date and place (art. 7(12)).

    Raises InThePast, UnlawfulDay, DaysInDoubt, AlreadyAnnounced, OutOfOrder.
    """
    consultation = consultation_to_move(db, consultation_id, by)
    if consultation.stage not in {Stage.PROPOSALS, Stage.ANSWERED}:
        raise OutOfOrder
    if starts_at <= at:
        raise InThePast
    on, today = local_day(starts_at), local_day(at)
    refuse_unlawful(db, consultation, DEBATE_NOTICE, since=today, chosen=on)
    refuse_unless_sure(doubts_about(on, DEBATED, since=today), sure_of)

    step = add_step(db, consultation, StepKind.DEBATE, on, at, note=place, starts_at=starts_at)
    event = DebateAnnounced(subject=consultation.subject, starts_at=starts_at, place=place)
    record(db, event, by=by, at=at)
    return step


def submit_for_avizare(
    db: Session, consultation_id: ConsultationId, *, sure_of: Collection[date] = (), by: Actor, at: datetime
) -> Step:
    """Send the finished draft on to avizare: 30 working days after the announcement, every recommendation answered.

    The urgent procedure (art. 7(13)) is freed from the 30 days, not from the answers. Raises UnlawfulDay,
    AnswersMissing, DaysInDoubt, OutOfOrder. Source: art. 7(2), art. 7(8), art. 7(12).
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
    refuse_unless_sure(doubts_about(today, SUBMITTED, since=today), sure_of)
    return move(db, consultation, Stage.SUBMITTED, StepKind.SUBMISSION, today, by=by, at=at)


def announce_session(
    db: Session,
    consultation_id: ConsultationId,
    *,
    starts_at: datetime,
    place: str,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Step:
    """Announce the public session that decides: at least three days before it (art. 8(1) a)).

    Raises UnlawfulDay, DaysInDoubt, OutOfOrder.
    """
    consultation = consultation_to_move(db, consultation_id, by)
    if consultation.stage is not Stage.SUBMITTED:
        raise OutOfOrder
    on, today = local_day(starts_at), local_day(at)
    refuse_unlawful(db, consultation, SESSION_NOTICE, since=today, chosen=on)
    refuse_unless_sure(doubts_about(on, DECIDED, since=today), sure_of)

    step = add_step(db, consultation, StepKind.SESSION, on, at, note=place, starts_at=starts_at)
    event = SessionAnnounced(subject=consultation.subject, starts_at=starts_at, place=place)
    record(db, event, by=by, at=at)
    return step


def record_outcome(
    db: Session,
    consultation_id: ConsultationId,
    *,
    outcome: Stage,
    on: date,
    note: str,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Step:
    """Say what became of the draft: adopted (with the act's number), rejected, or withdrawn with the reason.

    Raises OutOfOrder: only a withdrawal may come before avizare; NotYet for a day to come, TooEarly for one before
    avizare, or before the session that was announced, NotPublicThen for one before the announcement; DaysInDoubt.
    """
    consultation = consultation_to_move(db, consultation_id, by)
    if outcome not in ENDED or (outcome is not Stage.WITHDRAWN and consultation.stage is not Stage.SUBMITTED):
        raise OutOfOrder
    if on > local_day(at):
        raise NotYet
    steps = steps_of(db, consultation_id)
    before = steps.get(StepKind.SESSION) or steps.get(StepKind.SUBMISSION)
    if outcome is not Stage.WITHDRAWN and before is not None and on < before.on:
        raise TooEarly(earliest=before.on)
    assert consultation.announced_on is not None, "only what is published comes to an end"
    if on < consultation.announced_on:
        raise NotPublicThen(earliest=consultation.announced_on)
    refuse_unless_sure(doubts_about(on, DECIDED, since=on), sure_of)
    return move(db, consultation, outcome, StepKind.OUTCOME, on, by=by, at=at, note=note)


class NotYet(Refusal):
    """An outcome is told after it happened."""

    sentence = N_("This day is still to come; say the outcome after it.")
    field = "on"


class TooEarly(Refusal):
    """The council decides in the session to which it invited everybody, after avizare."""

    sentence = N_("The council cannot have decided before %(earliest)s: the draft was still on its way to it.")
    field = "on"


class NotPublicThen(Refusal):
    """A draft is withdrawn after it was announced; before that, nobody outside knew of it."""

    sentence = N_("The draft became public on %(earliest)s: nothing can have become of it before.")
    field = "on"


def refuse_unlawful(db: Session, consultation: Consultation, rule: str, *, since: date, chosen: date) -> None:
    """Refuse a day that the consultation's own pack does not allow. Raises UnlawfulDay."""
    circumstances = (URGENT,) if consultation.is_urgent else ()
    finding = check_date(pack_of(db, consultation), rule, since, chosen, circumstances)
    if not finding.is_lawful:
        raise UnlawfulDay("on", finding)


def steps_of(db: Session, consultation_id: ConsultationId) -> dict[StepKind, Step]:
    """Return a consultation's steps by kind."""
    query = select(Step).where(Step.consultation_id == consultation_id)
    return {step.kind: step for step in db.scalars(query)}


_held = aliased(Consultation)
#: Whose step it is. Asked of each step that is to come, of which there are few: named in the join, the authority would
#: lead SQLite through every consultation that it ever had.
_holder = select(_held.authority_id).where(_held.id == Step.consultation_id).scalar_subquery()


def steps_of_each(
    db: Session, consultation_ids: Collection[ConsultationId]
) -> dict[ConsultationId, dict[StepKind, Step]]:
    """Return the steps of several consultations by kind, in one statement."""
    found: dict[ConsultationId, dict[StepKind, Step]] = {each: {} for each in consultation_ids}
    for step in db.scalars(select(Step).where(Step.consultation_id.in_(consultation_ids))):
        found[step.consultation_id][step.kind] = step
    return found


def coming_steps(db: Session, authority_id: AuthorityId, at: datetime) -> list[tuple[Step, Consultation]]:
    """Return the debates and sessions that are still to come, the nearest first."""
    query = (
        select(Step, Consultation)
        .join(Consultation, Consultation.id == Step.consultation_id)
        .where(_holder == authority_id, Step.starts_at > at)
        .order_by(Step.starts_at)
        .limit(10)
    )
    return [(step, consultation) for step, consultation in db.execute(query)]


def consultation_to_move(db: Session, consultation_id: ConsultationId, by: Actor) -> Consultation:
    """Return a published consultation that this official may lead on."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("answers.publish", by, consultation)
    if not consultation.is_public:
        raise OutOfOrder
    return consultation


def add_step(
    db: Session,
    consultation: Consultation,
    kind: StepKind,
    on: date,
    at: datetime,
    *,
    note: str = "",
    starts_at: datetime | None = None,
) -> Step:
    """Add a step that was not announced before."""
    if kind in steps_of(db, consultation.id):
        raise AlreadyAnnounced
    step = Step(
        consultation_id=consultation.id, kind=kind, on=on, starts_at=starts_at, note=note.strip(), announced_at=at
    )
    db.add(step)
    db.flush()
    return step


def move(
    db: Session,
    consultation: Consultation,
    stage: Stage,
    kind: StepKind,
    on: date,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Step:
    """Bring a consultation to its next stage, and record it."""
    before = consultation.stage_at(at)
    step = add_step(db, consultation, kind, on, at, note=note)
    consultation.stage = stage
    event = ConsultationStageChanged(
        subject=consultation.subject, from_stage=before, to_stage=stage, on=on, reason=note or None
    )
    record(db, event, by=by, at=at)
    return step
