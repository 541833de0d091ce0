"""Taking a recommendation back: its author may, until it is answered."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.counters import ask_for_recount
from consult.consultations.recommendations import Recommendation, RecommendationId, recommendation_subject
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.identity.verification import organisation_behind
from consult.record.events import RecommendationWithdrawn
from consult.refusals import NotFound, Refusal


class AlreadyWithdrawn(Refusal):
    """A withdrawn recommendation stays withdrawn, with its number."""

    sentence = N_("This proposal was withdrawn already.")


class AnsweredAlready(Refusal):
    """What has been answered in public cannot be withdrawn."""

    sentence = N_("This proposal has been answered and can no longer be withdrawn.")


def withdraw_recommendation(db: Session, recommendation_id: RecommendationId, *, by: Actor, at: datetime) -> None:
    """Take back one's own recommendation; its number and place in the register stay.

    Raises AlreadyWithdrawn, AnsweredAlready.
    """
    recommendation = db.get(Recommendation, recommendation_id)
    if recommendation is None:
        raise NotFound
    require("recommendation.withdraw", by, recommendation)
    if recommendation.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if recommendation.answered_at is not None:
        raise AnsweredAlready

    recommendation.withdrawn_at = at
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    event = RecommendationWithdrawn(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        organisation=organisation_behind(db, by),
    )
    record(db, event, by=by, at=at)
    ask_for_recount(db, consultation.id, at=at)
