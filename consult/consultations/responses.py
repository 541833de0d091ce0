"""The authority's answers: each recommendation taken up, partly, not taken up or out of scope, always with a reason.

Law 52/2003, art. 7(12): all recommendations are analysed; art. 12(3): not taking one up is justified in writing.
Answers are drafted in private and published together.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, delete, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from consult.consultations.alike import with_alike
from consult.consultations.answer_templates import refuse_unedited
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.dealings import Deed, note_deed
from consult.consultations.promises import keep_promise
from consult.consultations.reasons import Reason, ReasonId
from consult.consultations.recommendations import Recommendation, RecommendationId, Verdict
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import Person, PersonId
from consult.identity.permissions import may, require
from consult.record.bodies import Body, keep_body
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.types import state_column

LONGEST_REASON = 10_000


class AnswerStanding(StrEnum):
    """How a drafted answer stands with those who may publish it."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"


class AnswerDraft(Base):
    """An answer that is not public yet; publishing it moves it to the recommendation."""

    __tablename__ = "answer_draft"

    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(state_column(Verdict))
    reason_id: Mapped[ReasonId] = mapped_column(ForeignKey("reason.id"))
    drafted_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime]
    standing: Mapped[AnswerStanding] = mapped_column(state_column(AnswerStanding))

    reason: Mapped[Reason] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")


class NothingChosen(Refusal):
    """An answer needs at least one recommendation to answer."""

    sentence = N_("Choose at least one proposal to answer.")
    field = "recommendations"


class ReasonRequired(Refusal):
    """Every answer has a reason (art. 12(3))."""

    sentence = N_("Write the reason: every answer has one, by art. 12(3) of Law 52/2003.")
    field = "reason"


class ReasonTooLong(Refusal):
    """A reason is read on a phone; studies go into documents."""

    sentence = N_("The reason has %(length)s characters; at most %(most)s fit.")
    field = "reason"


class AnswersPublished(Refusal):
    """A published answer is not rewritten."""

    sentence = N_("The answer to proposal no. %(number)s is public already and is not rewritten.")


class DraftedMeanwhile(Refusal):
    """Two officials wrote at once: the second is told, and reads the first one's answer before replacing it."""

    sentence = N_(
        "%(name)s drafted an answer to proposal no. %(number)s while you were writing. Nothing was replaced: that "
        "answer stands beside the proposal, yours is in the form. Saving again replaces that answer by yours."
    )
    field = "reason"


def draft_answers(
    db: Session,
    consultation_id: ConsultationId,
    *,
    recommendation_ids: Sequence[RecommendationId],
    verdict: Verdict,
    reason: str,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> list[AnswerDraft]:
    """Draft one answer, with one reason, for one recommendation or for many alike.

    What is kept as alike with one of them is answered with it. A later draft for the same recommendation replaces the
    earlier. `seen`: the last reason that its writer had read (`last_reason`), where they wrote on a page. Raises
    NothingChosen, ReasonRequired, ReasonTooLong, TemplateUnedited, PlaceLeft, AnswersPublished, DraftedMeanwhile.
    """
    consultation = consultation_to_answer(db, consultation_id, by)
    if not recommendation_ids:
        raise NothingChosen
    if not reason.strip():
        raise ReasonRequired
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLong(length=len(reason), most=LONGEST_REASON)
    refuse_unedited(db, consultation.authority_id, reason)
    chosen = with_alike(db, recommendation_ids)
    recommendations = db.scalars(
        select(Recommendation).where(Recommendation.consultation_id == consultation.id, Recommendation.id.in_(chosen))
    ).all()
    if len(recommendations) != len(chosen):
        raise NotFound
    for recommendation in recommendations:
        require("recommendation.answer", by, recommendation)
        if recommendation.answered_at is not None:
            raise AnswersPublished(number=recommendation.register_number)
    if seen is not None:
        _refuse_unread(db, recommendations, seen, by)

    replaced = select(AnswerDraft.reason_id).where(AnswerDraft.recommendation_id.in_(chosen))
    earlier = set(db.scalars(replaced))
    shared = Reason(consultation_id=consultation.id, body=keep_body(db, {"reason": reason.strip()}))
    db.add(shared)
    db.flush()
    # Whoever may publish it has read what they wrote themselves.
    standing = AnswerStanding.APPROVED if may("answers.publish", by, consultation) else AnswerStanding.WAITING
    drafts = [
        db.merge(
            AnswerDraft(
                recommendation_id=recommendation.id,
                verdict=verdict,
                reason_id=shared.id,
                drafted_by=by.person_id,
                drafted_at=at,
                standing=standing,
            )
        )
        for recommendation in recommendations
    ]
    note_deed(db, chosen, Deed.DRAFTED, by=by, at=at)
    db.flush()
    keep_promise(db, _unused(db, earlier), shared.id)
    forget_unused(db, earlier)
    return drafts


def _refuse_unread(db: Session, recommendations: Sequence[Recommendation], seen: int, by: Actor) -> None:
    """Refuse to replace what a colleague drafted after this official began to write."""
    unread = db.execute(
        select(AnswerDraft.recommendation_id, Person.name)
        .join(Person, Person.id == AnswerDraft.drafted_by)
        .where(
            AnswerDraft.recommendation_id.in_([each.id for each in recommendations]),
            AnswerDraft.drafted_by != by.person_id,
            AnswerDraft.reason_id > seen,
        )
        .order_by(AnswerDraft.recommendation_id)
    ).first()
    if unread is not None:
        number = next(each.register_number for each in recommendations if each.id == unread.recommendation_id)
        raise DraftedMeanwhile(name=unread.name, number=number)


def forget_unused(db: Session, reasons: Collection[ReasonId]) -> None:
    """Delete those reasons, with their words, that no answer has any more, drafted or published.

    What an official wrote and replaced is nobody's to keep: it may quote somebody whose own words were erased since.
    """
    unused = Reason.id.in_(_unused(db, reasons))
    bodies = list(db.scalars(select(Reason.body_id).where(unused, Reason.body_id.is_not(None))))
    db.execute(delete(Reason).where(unused).execution_options(synchronize_session=False))
    db.execute(delete(Body).where(Body.id.in_(bodies)))


def _unused(db: Session, reasons: Collection[ReasonId]) -> list[ReasonId]:
    """Return those of some reasons that no answer has any more, drafted or published."""
    query = select(Reason.id).where(
        Reason.id.in_(reasons),
        ~exists().where(AnswerDraft.reason_id == Reason.id),
        ~exists().where(Recommendation.reason_id == Reason.id),
    )
    return list(db.scalars(query.order_by(Reason.id)))


def consultation_to_answer(db: Session, consultation_id: ConsultationId, by: Actor) -> Consultation:
    """Return a published consultation whose recommendations this official may answer."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("draft.read", by, consultation)
    return consultation


def count_unanswered(db: Session, consultation_id: ConsultationId, *, with_drafts: bool = False) -> int:
    """Return how many recommendations, withdrawn ones left out, have no published answer.

    `with_drafts`: a drafted answer counts as one, as it does just before the drafts are published together.
    """
    query = (
        select(func.count())
        .select_from(Recommendation)
        .outerjoin(AnswerDraft, AnswerDraft.recommendation_id == Recommendation.id)
        .where(
            Recommendation.consultation_id == consultation_id,
            Recommendation.answered_at.is_(None),
            Recommendation.withdrawn_at.is_(None),
        )
    )
    if with_drafts:
        query = query.where(AnswerDraft.recommendation_id.is_(None))
    return db.scalar(query) or 0
