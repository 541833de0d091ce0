"""What a person has said, in every consultation, and what became of it: for their own page."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation
from consult.identity.people import PersonId

#: Shown on one page; who has said more finds the rest in the registers.
MOST = 200


@dataclass(frozen=True)
class Contribution:
    """One recommendation with the consultation in which it was made."""

    recommendation: Recommendation
    consultation: Consultation


def contributions_of(db: Session, person_id: PersonId) -> list[Contribution]:
    """Return what a person has sent, for themselves and for organisations, newest first."""
    sent = (
        select(Recommendation, Consultation)
        .join(Consultation, Consultation.id == Recommendation.consultation_id)
        .where(Recommendation.person_id == person_id)
        .order_by(Recommendation.id.desc())
        .limit(MOST)
    )
    return [Contribution(recommendation, consultation) for recommendation, consultation in db.execute(sent)]
