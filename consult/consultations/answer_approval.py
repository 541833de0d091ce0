"""Approving drafted answers: whoever may publish them has read them, or has sent them back with a note.

What somebody drafts who may publish answers needs nobody's approval; what a clerk or a department drafts does, one by
one or many at once, before all of them are published together.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import links, mail
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.dealings import Deed, note_deed, note_in
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.consultations.responses import AnswerDraft, AnswerStanding, NothingChosen, consultation_to_answer
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.refusals import Refusal


class NoDraftThere(Refusal):
    """Only an answer that is drafted and not public can be approved or sent back."""

    sentence = N_("Tick proposals whose answer is drafted and not public yet.")
    field = "recommendations"


def approve_answers(
    db: Session,
    consultation_id: ConsultationId,
    *,
    recommendation_ids: Collection[RecommendationId],
    by: Actor,
    at: datetime,
) -> int:
    """Approve drafted answers for publication; returns how many. Raises NotPermitted, NothingChosen, NoDraftThere."""
    consultation = consultation_to_answer(db, consultation_id, by)
    require("answers.publish", by, consultation)
    drafts = _drafts(db, consultation_id, recommendation_ids)

    for draft in drafts:
        draft.standing = AnswerStanding.APPROVED
    note_deed(db, [draft.recommendation_id for draft in drafts], Deed.APPROVED, by=by, at=at)
    return len(drafts)


def return_answers(
    db: Session,
    consultation_id: ConsultationId,
    *,
    recommendation_ids: Collection[RecommendationId],
    note: str,
    by: Actor,
    at: datetime,
) -> int:
    """Send drafted answers back to those who wrote them, with a note on what should change; returns how many.

    The letter that tells them carries no word of the note. Raises NotPermitted, NothingChosen, NoDraftThere, NoteEmpty,
    NoteTooLong.
    """
    consultation = consultation_to_answer(db, consultation_id, by)
    require("answers.publish", by, consultation)
    drafts = _drafts(db, consultation_id, recommendation_ids)
    words = note_in(note)

    for draft in drafts:
        draft.standing = AnswerStanding.RETURNED
    note_deed(db, [draft.recommendation_id for draft in drafts], Deed.RETURNED, words=words, by=by, at=at)
    _tell_writers(db, consultation, drafts, by=by, at=at)
    return len(drafts)


def _drafts(
    db: Session, consultation_id: ConsultationId, recommendation_ids: Collection[RecommendationId]
) -> Sequence[AnswerDraft]:
    if not recommendation_ids:
        raise NothingChosen
    query = (
        select(AnswerDraft)
        .join(Recommendation, Recommendation.id == AnswerDraft.recommendation_id)
        .where(Recommendation.consultation_id == consultation_id, Recommendation.id.in_(recommendation_ids))
        .options(joinedload(AnswerDraft.author))
    )
    drafts = db.scalars(query.order_by(AnswerDraft.recommendation_id)).all()
    if len(drafts) != len(set(recommendation_ids)):
        raise NoDraftThere
    return drafts


def _tell_writers(
    db: Session, consultation: Consultation, drafts: Sequence[AnswerDraft], *, by: Actor, at: datetime
) -> None:
    """Write one letter to each official who drafted any of them."""
    writers = {draft.author.id: draft.author for draft in drafts if draft.drafted_by != by.person_id}
    for writer in writers.values():
        facts = {
            "authority_id": consultation.authority_id,
            "title": consultation.title,
            "count": sum(draft.drafted_by == writer.id for draft in drafts),
            "returned_by": by.name,
            "link": links.answers_returned(consultation.id),
        }
        mail.post(db, "answers-returned", to=writer.email, locale=writer.locale, facts=facts, at=at)
