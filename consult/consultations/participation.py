"""What a person has said, in every consultation, and what became of it: for their own page."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation
from consult.consultations.versions import Version
from consult.identity.people import PersonId

#: Shown on one page; who has said more finds the rest in the registers.
MOST = 200


@dataclass(frozen=True)
class Contribution:
    """One recommendation with the consultation in which it was made, and the number of its newest text."""

    recommendation: Recommendation
    consultation: Consultation
    newest: int

    @property
    def has_newer_text(self) -> bool:
        """Whether a new version was published since its author wrote it."""
        return self.newest > self.recommendation.version_number


def contributions_of(db: Session, person_id: PersonId) -> list[Contribution]:
    """Return what a person has sent, for themselves and for organisations, newest first."""
    newest = select(func.max(Version.number)).where(Version.consultation_id == Consultation.id).scalar_subquery()
    sent = (
        select(Recommendation, Consultation, newest)
        .join(Consultation, Consultation.id == Recommendation.consultation_id)
        .where(Recommendation.person_id == person_id)
        .order_by(Recommendation.id.desc())
        .limit(MOST)
    )
    return [Contribution(*row) for row in db.execute(sent)]
