"""Erasing a text that the record commits to: everywhere we hold it, in one transaction, with its entry (GDPR, art. 17).

The row with its salt goes, and whatever refers to it learns why; letters that wait lose the words; the log says so
for ever, so that whoever keeps a copy deletes it there. Who may ask and who decides stands in `erasure_requests`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult import mail
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
from consult.identity.people import PersonId
from consult.identity.pseudonyms import pseudonym_of, record
from consult.record import erasures
from consult.record.bodies import Body, texts
from consult.record.entries import RecordedEvent, history
from consult.record.erasure_grounds import ErasureGround
from consult.record.events import BodyErased
from consult.refusals import NotFound


@dataclass(frozen=True)
class RecordedText:
    """A text that an entry about a recommendation commits to, while it is still kept.

    `event`: the act that it belongs to, such as the receipt of the proposal or its answer. `words`: by their fields.
    """

    event: RecordedEvent
    commitment: str
    words: dict[str, str]


def texts_about(db: Session, recommendation: Recommendation) -> list[RecordedText]:
    """Return every text in the record about a recommendation: its own, its package's, its answer's, moderation's."""
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    package = package_of(db, recommendation)
    subjects = [recommendation_subject(consultation, recommendation)]
    subjects += [package_subject(consultation, package)] if package else []
    events = [entry.event for subject in subjects for entry in history(db, subject)]
    commitments = [event.commitment for event in events if event.commitment]
    kept = {body.commitment: body for body in db.scalars(select(Body).where(Body.commitment.in_(commitments)))}
    return [
        RecordedText(event, event.commitment, texts(kept[event.commitment]))
        for event in events
        if event.commitment in kept
    ]


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
    known = {text.commitment for text in texts_about(db, recommendation)}
    if not known.issuperset(commitments):
        raise NotFound
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    subject = recommendation_subject(consultation, recommendation)
    first = pseudonym_of(db, chosen_by, subject)
    for commitment in commitments:
        event = BodyErased(subject=subject, erased=commitment, ground=ground.value, chosen_by=first)
        forget_text(db, record(db, event, by=by, at=at))


def forget_text(db: Session, erasure: RecordedEvent) -> None:
    """Delete the text of which an entry says that it was erased, and take it out of what refers to it or repeats it."""
    noted = erasures.note(db, erasure)
    body = db.scalar(select(Body).where(Body.commitment == noted.commitment))
    if body is None:
        return
    for owner in (Recommendation, Reason, Package):
        repeat_it = select(owner.consultation_id).where(owner.body_id == body.id)
        forget_dossiers(db, db.scalars(repeat_it).all())
        db.execute(update(owner).where(owner.body_id == body.id).values(body_id=None, erased_as=noted.commitment))
    # Whoever does not want to be read any more does not want to be named beside what is gone.
    unnamed = update(Recommendation).where(Recommendation.erased_as == noted.commitment)
    db.execute(unnamed.values(named=False, signature=""))
    forget_hand_entry(db, noted.commitment, at=noted.erased_at)
    forget_addresses(db, Recommendation.erased_as == noted.commitment)
    forget_notes(db, erasure)
    erase_attachments(db, noted.commitment, at=noted.erased_at)
    mail.withhold(db, [words for words in texts(body).values() if words])
    db.execute(delete(Body).where(Body.id == body.id))


def reapply_erasures(db: Session) -> int:
    """Erase again whatever the record says was erased; return how many texts were still here.

    Run it before a restored backup is served: the backup may be older than an erasure whose entry has come back from
    a copy of the log.
    """
    undone = erasures.erasures_not_done(db)
    for erasure in undone:
        forget_text(db, erasure)
    return len(undone)
