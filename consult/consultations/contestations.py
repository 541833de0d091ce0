"""Contestations of a draft budget: recommendations that the council itself must rule on before it adopts the budget.

They come from the inhabitants, within 15 days of the publication, and are ruled on with the vote (Law 273/2006,
art. 39(3)-(5)). Like every recommendation each has its number, and is answered with reasons as well.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, func, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import (
    NAMED,
    PAGE,
    Recommendation,
    RecommendationId,
    Rows,
    recommendation_subject,
)
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.events import ContestationRuled
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.types import state_column


class Residence(StrEnum):
    """What the authority knows of where somebody lives who contests: only inhabitants may (art. 39(3))."""

    DECLARED = "declared"
    PROVEN = "proven"


class Contestation(Base):
    """A recommendation that contests a draft budget, and how the council ruled on it; nothing while it has not."""

    __tablename__ = "contestation"
    __table_args__ = (CheckConstraint("(admitted IS NULL) = (ruled_on IS NULL)", name="ruled_on_a_day"),)

    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), index=True)
    admitted: Mapped[bool | None]
    ruled_on: Mapped[date | None]
    #: Whether it was proven that the author lives here; otherwise where they say they do, for officials to check.
    residence: Mapped[Residence] = mapped_column(state_column(Residence))
    declared_address: Mapped[str] = mapped_column(default="")
    #: Why, in the council's words.
    reason: Mapped[str] = mapped_column(default="")
    event_id: Mapped[str | None]

    recommendation: Mapped[Recommendation] = relationship(lazy="raise")


class NotBeforeCouncil(Refusal):
    """The council rules on what was submitted to it."""

    sentence = N_("The council rules on contestations after the draft was submitted to it.")


class RuledAlready(Refusal):
    """A contestation is ruled on once."""

    sentence = N_("The council has ruled on this contestation already.")


class NotOnThatDay(Refusal):
    """The council rules between the submission of the draft and today."""

    sentence = N_("Choose a day from %(earliest)s to %(latest)s.")
    field = "on"


class RulingUnexplained(Refusal):
    """Whoever contested learns why."""

    sentence = N_("Write why the council ruled so.")
    field = "reason"


class ContestationsFirst(Refusal):
    """A budget is adopted after the contestations were ruled on (art. 39(5))."""

    sentence = N_("The council rules on the contestations before it adopts the budget: no. %(numbers)s wait.")


def rule_on_contestation(
    db: Session,
    consultation_id: ConsultationId,
    recommendation_id: RecommendationId,
    *,
    admitted: bool,
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Contestation:
    """Say how the council ruled on a contestation, on which day and why.

    Raises NotBeforeCouncil, RuledAlready, NotOnThatDay, RulingUnexplained. Source: Law 273/2006, art. 39(5).
    """
    consultation = db.get(Consultation, consultation_id)
    contestation = db.get(Contestation, recommendation_id)
    if consultation is None or contestation is None or contestation.consultation_id != consultation_id:
        raise NotFound
    require("answers.publish", by, consultation)
    if consultation.stage is not Stage.SUBMITTED or consultation.submitted_on is None:
        raise NotBeforeCouncil
    if contestation.admitted is not None:
        raise RuledAlready
    if not consultation.submitted_on <= on <= local_day(at):
        raise NotOnThatDay(earliest=consultation.submitted_on, latest=local_day(at))
    if not reason.strip():
        raise RulingUnexplained

    contestation.admitted, contestation.ruled_on, contestation.reason = admitted, on, reason.strip()
    recommendation = db.get_one(Recommendation, recommendation_id)
    event = ContestationRuled(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        admitted=admitted,
        on=on,
        reason=reason.strip(),
    )
    contestation.event_id = record(db, event, by=by, at=at).id
    return contestation


def contestations_of(db: Session, consultation_id: ConsultationId) -> Sequence[Contestation]:
    """Return the contestations of a draft budget in register order, those that were withdrawn left out."""
    query = select(Contestation).join(Contestation.recommendation)
    query = query.where(Contestation.consultation_id == consultation_id, Recommendation.withdrawn_at.is_(None))
    options = joinedload(Contestation.recommendation).options(*NAMED, joinedload(Recommendation.body))
    return list(db.scalars(query.options(options).order_by(Contestation.recommendation_id)))


def list_contestations(db: Session, consultation_id: ConsultationId, *, after: int = 0) -> Rows:
    """Return a page of what contests a draft budget, withdrawn or not, from the one after `after` on."""
    query = select(Recommendation).join(Contestation, Contestation.recommendation_id == Recommendation.id)
    query = query.where(Contestation.consultation_id == consultation_id, Recommendation.id > after)
    found = list(db.scalars(query.options(*NAMED).order_by(Recommendation.id).limit(PAGE + 1)))
    rows = found[:PAGE]
    return Rows(rows, after=rows[-1].id if len(found) > PAGE else None)


def count_contestations(db: Session, consultation_id: ConsultationId) -> int:
    """Return how many contestations of a draft budget the register holds."""
    return db.scalars(select(func.count()).where(Contestation.consultation_id == consultation_id)).one()


def contested_in(db: Session, recommendations: Sequence[Recommendation]) -> dict[RecommendationId, Residence]:
    """Return which of some recommendations contest a draft budget; no provision of a text is contested."""
    about_none = [each.id for each in recommendations if each.provision_key is None]
    if not about_none:
        return {}
    query = select(Contestation).where(Contestation.recommendation_id.in_(about_none))
    return {each.recommendation_id: each.residence for each in db.scalars(query)}


def contestation_in(db: Session, recommendation_id: RecommendationId) -> Contestation | None:
    """Return the contestation that a recommendation is, if it is one."""
    return db.get(Contestation, recommendation_id)


def forget_addresses(db: Session, whose: ColumnElement[bool]) -> None:
    """Let go of where those say they live who sent some recommendations: the register keeps how they are reached."""
    sent = select(Recommendation.id).where(whose)
    db.execute(update(Contestation).where(Contestation.recommendation_id.in_(sent)).values(declared_address=""))


def refuse_before_rulings(db: Session, consultation_id: ConsultationId) -> None:
    """Refuse to adopt a budget while a contestation waits for the council's ruling. Raises ContestationsFirst."""
    waiting = [each.recommendation for each in contestations_of(db, consultation_id) if each.admitted is None]
    if waiting:
        raise ContestationsFirst(numbers=", ".join(each.register_number for each in waiting))
