"""Erasing a text about a recommendation: what refers to it learns why, and what repeats it loses it.

How a text goes stands in `consult.identity.erasing`; who may ask and who decides in `erasure_requests`.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.consultations.attachments import erase_attachments
from consult.consultations.consultations import Consultation
from consult.consultations.contestations import forget_addresses
from consult.consultations.dealings import forget_notes
from consult.consultations.dossiers.dossiers import forget_dossiers
from consult.consultations.hand_entries import forget_hand_entry
from consult.consultations.packages import Package, package_of, package_subject
from consult.consultations.reasons import Reason
from consult.consultations.recommendations import Recommendation, recommendation_subject
from consult.identity.actors import Actor
from consult.identity.erasing import RecordedText, erase, texts_under
from consult.identity.people import PersonId
from consult.record.bodies import Body
from consult.record.entries import RecordedEvent
from consult.record.erasure_grounds import ErasureGround


def texts_about(db: Session, recommendation: Recommendation) -> list[RecordedText]:
    """Return every text in the record about a recommendation: its own, its package's, its answer's, moderation's."""
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    package = package_of(db, recommendation)
    subjects = [recommendation_subject(consultation, recommendation)]
    return texts_under(db, subjects + ([package_subject(consultation, package)] if package else []))


def erase_texts(
    db: Session,
    recommendation: Recommendation,
    commitments: Sequence[str],
    ground: ErasureGround,
    *,
    chosen_by: PersonId,
    by: Actor,
    at: datetime,
) -> None:
    """Erase texts about a recommendation, each with an entry that says so. `chosen_by`: the first of the two officials.

    Raises NotFound for a text that is not (or no longer) one of its own.
    """
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    subject, known = recommendation_subject(consultation, recommendation), texts_about(db, recommendation)
    erase(db, subject, commitments, ground, known=known, let_go=let_go, chosen_by=chosen_by, by=by, at=at)


def let_go(db: Session, erasure: RecordedEvent, body: Body) -> None:
    """Take a text out of what refers to it or repeats it here, by the entry that says that it was erased."""
    for owner in (Recommendation, Reason, Package):
        repeat_it = select(owner.consultation_id).where(owner.body_id == body.id)
        forget_dossiers(db, db.scalars(repeat_it).all())
        db.execute(update(owner).where(owner.body_id == body.id).values(body_id=None, erased_as=body.commitment))
    # Whoever does not want to be read any more does not want to be named beside what is gone.
    unnamed = update(Recommendation).where(Recommendation.erased_as == body.commitment)
    db.execute(unnamed.values(named=False, signature=""))
    forget_hand_entry(db, body.commitment, at=erasure.at)
    forget_addresses(db, Recommendation.erased_as == body.commitment)
    forget_notes(db, erasure)
    erase_attachments(db, body.commitment, at=erasure.at)
