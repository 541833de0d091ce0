"""What officials read to answer: the recommendations with the answers drafted so far, and the answers to publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.counters import Tally, article_counts, tally
from consult.consultations.drafts import find_for_desk
from consult.consultations.due import Progress, progress_of
from consult.consultations.outline import wording
from consult.consultations.passages import provisions_named
from consult.consultations.recommendations import SHOWN, Reason, Recommendation, RecommendationId, Verdict
from consult.consultations.responses import AnswerDraft, drafted_answers
from consult.consultations.versions import Provision, Version, latest_version
from consult.identity.actors import Actor
from consult.refusals import NotFound

PAGE = 50
#: What is said about the draft as a whole, where an article's key is asked for.
WHOLE_DRAFT = "proiect"


class Answering(StrEnum):
    """How far the answer to a recommendation is."""

    WAITING = "waiting"
    DRAFTED = "drafted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


CONDITIONS: dict[Answering, ColumnElement[bool]] = {
    Answering.WAITING: Recommendation.answered_at.is_(None)
    & Recommendation.withdrawn_at.is_(None)
    & AnswerDraft.recommendation_id.is_(None),
    Answering.DRAFTED: AnswerDraft.recommendation_id.is_not(None),
    Answering.PUBLISHED: Recommendation.answered_at.is_not(None),
    Answering.WITHDRAWN: Recommendation.withdrawn_at.is_not(None),
}


@dataclass(frozen=True)
class ToAnswer:
    """A recommendation, and the answer drafted for it, which nobody outside sees.

    `current`: the words that it proposes to change, as its author read them.
    """

    recommendation: Recommendation
    draft: AnswerDraft | None
    current: str

    @property
    def can_be_answered(self) -> bool:
        """Whether an answer can still be written: it is neither public nor superfluous."""
        return self.recommendation.answered_at is None and self.recommendation.withdrawn_at is None


@dataclass(frozen=True)
class AnsweringPage:
    """One page of what there is to answer. `after`: where the next page begins, None on the last.

    `articles`: key, label and number of recommendations of each article that received any, in the order of the text.
    """

    consultation: Consultation
    rows: Sequence[ToAnswer]
    after: RecommendationId | None
    articles: Sequence[tuple[str, str, int]]
    progress: Progress


def answering_page(
    db: Session,
    consultation_id: ConsultationId,
    *,
    article: str = "",
    state: Answering | None = None,
    after: int = 0,
    by: Actor,
) -> AnsweringPage:
    """Read a page of recommendations in register order. `article`: a key, WHOLE_DRAFT, or empty for all.

    Raises NotFound while nothing is published.
    """
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    query = (
        select(Recommendation, AnswerDraft)
        .outerjoin(AnswerDraft, AnswerDraft.recommendation_id == Recommendation.id)
        .where(Recommendation.consultation_id == consultation_id, Recommendation.id > after)
        .options(*SHOWN, joinedload(AnswerDraft.reason).joinedload(Reason.body))
        .order_by(Recommendation.id)
        .limit(PAGE + 1)
    )
    if article:
        query = query.where(Recommendation.article_key == (None if article == WHOLE_DRAFT else article))
    if state is not None:
        query = query.where(CONDITIONS[state])
    found = [(recommendation, draft) for recommendation, draft in db.execute(query)]
    currents = current_words(db, consultation_id, [recommendation for recommendation, _ in found])
    rows = [ToAnswer(each, draft, currents.get(each.id, "")) for each, draft in found[:PAGE]]
    counts = article_counts(db, consultation_id)
    provisions = provisions_named(db, latest_version(db, consultation_id).id, counts)
    ordered = sorted(provisions.values(), key=lambda provision: provision.position)
    return AnsweringPage(
        consultation=consultation,
        rows=rows,
        after=rows[-1].recommendation.id if len(found) > PAGE else None,
        articles=[(provision.key, provision.label, counts[provision.key]) for provision in ordered],
        progress=progress_of(db, [consultation_id]).get(consultation_id, Progress()),
    )


def current_words(
    db: Session, consultation_id: ConsultationId, recommendations: Sequence[Recommendation]
) -> dict[RecommendationId, str]:
    """Return the words that each recommendation is about, in the version that its author read."""
    articles = {each.article_key for each in recommendations if each.provision_key}
    query = (
        select(Version.number, Provision)
        .join(Provision, Provision.version_id == Version.id)
        .where(Version.consultation_id == consultation_id, Provision.article_key.in_(articles))
        .order_by(Provision.position)
    )
    read: dict[tuple[int, str | None], list[Provision]] = {}
    for number, provision in db.execute(query):
        read.setdefault((number, provision.article_key), []).append(provision)
    return {
        each.id: wording(read[each.version_number, each.article_key], each.provision_key)
        for each in recommendations
        if each.provision_key
    }


@dataclass(frozen=True)
class SameAnswer:
    """Recommendations that are about to get the same answer for the same reason."""

    verdict: Verdict
    reason: Reason
    recommendations: Sequence[Recommendation]


@dataclass(frozen=True)
class AnswersPage:
    """The answers about to be published together, and what still stands in their way."""

    consultation: Consultation
    answers: Sequence[SameAnswer]
    progress: Progress
    tally: Tally


def answers_page(db: Session, consultation_id: ConsultationId, *, by: Actor) -> AnswersPage:
    """Read the answers that wait for publication, alike ones together. Raises NotFound while nothing is published."""
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    alike: dict[tuple[Verdict, int], list[tuple[Recommendation, AnswerDraft]]] = {}
    for recommendation, draft in drafted_answers(db, consultation_id):
        alike.setdefault((draft.verdict, draft.reason_id), []).append((recommendation, draft))
    return AnswersPage(
        consultation=consultation,
        answers=[
            SameAnswer(verdict, answers[0][1].reason, [recommendation for recommendation, _ in answers])
            for (verdict, _), answers in sorted(alike.items(), key=lambda each: list(Verdict).index(each[0][0]))
        ],
        progress=progress_of(db, [consultation_id]).get(consultation_id, Progress()),
        tally=tally(db, consultation_id),
    )
