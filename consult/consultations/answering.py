"""What officials read to answer: the recommendations with the answers drafted so far, and the answers to publish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.alike import groups_of
from consult.consultations.answer_templates import AnswerTemplate, templates_of
from consult.consultations.answers import NAMED, NAMES, Answered, AnswerGiven, GivenAnswers
from consult.consultations.assignments import UNASSIGNED, WHOLE_DRAFT, Assignment, assigned_to, assignments_of
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.counters import article_counts
from consult.consultations.drafts import find_for_desk
from consult.consultations.due import Progress, progress_of
from consult.consultations.passages import provisions_named
from consult.consultations.promises import PromiseDraft, promises_drafted
from consult.consultations.reasons import Reason, ReasonId, last_reason
from consult.consultations.recommendations import PAGE, SHOWN, Kind, Recommendation, RecommendationId, Verdict
from consult.consultations.responses import AnswerDraft, AnswerStanding
from consult.consultations.routing import Recipients, recipients_of
from consult.consultations.text_pages import words_meant
from consult.consultations.versions import latest_version, versions_of
from consult.identity.actors import Actor
from consult.identity.people import Person
from consult.identity.permissions import who_may
from consult.refusals import NotFound

#: Who drafted an answer, by name and nothing else.
DRAFTED_BY = joinedload(AnswerDraft.author).load_only(Person.name)


class InHands(StrEnum):
    """In whose hands something is: of the official who asks, or in nobody's."""

    MINE = "mine"
    NOBODYS = "nobodys"


class Answering(StrEnum):
    """How far the answer to a recommendation is."""

    WAITING = "waiting"
    DRAFTED = "drafted"
    #: Drafted by somebody whose answers want approval, or sent back to them.
    TO_APPROVE = "to_approve"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


CONDITIONS: dict[Answering, ColumnElement[bool]] = {
    Answering.WAITING: Recommendation.answered_at.is_(None)
    & Recommendation.withdrawn_at.is_(None)
    & AnswerDraft.recommendation_id.is_(None),
    Answering.DRAFTED: AnswerDraft.recommendation_id.is_not(None),
    Answering.TO_APPROVE: AnswerDraft.standing == AnswerStanding.WAITING,
    Answering.RETURNED: AnswerDraft.standing == AnswerStanding.RETURNED,
    Answering.PUBLISHED: Recommendation.answered_at.is_not(None),
    Answering.WITHDRAWN: Recommendation.withdrawn_at.is_not(None),
}


@dataclass(frozen=True)
class ToAnswer:
    """A recommendation, and the answer drafted for it, which nobody outside sees.

    `current`: the words that it proposes to change, as its author read them. `assignment`: in whose hands it is.
    `alike`: all that one reason answers with it, itself included; empty for one in no group.
    """

    recommendation: Recommendation
    draft: AnswerDraft | None
    current: str
    assignment: Assignment | None
    alike: Sequence[Recommendation]

    @property
    def can_be_answered(self) -> bool:
        """Whether an answer can still be written: it is neither public nor superfluous."""
        return self.recommendation.answered_at is None and self.recommendation.withdrawn_at is None


@dataclass(frozen=True)
class AnsweringPage:
    """One page of what there is to answer. `after`: where the next page begins, None on the last.

    `articles`: key, label and number of recommendations of each article that received any, in the order of the text.
    `seen`: the last reason written so far, which tells later what a colleague wrote meanwhile. `recipients`: to whom
    some of them can be given; nobody for whoever may not give them. `templates`: with which an answer can begin.
    """

    consultation: Consultation
    rows: Sequence[ToAnswer]
    after: RecommendationId | None
    articles: Sequence[tuple[str, str, int]]
    progress: Progress
    seen: int
    recipients: Recipients
    templates: Sequence[AnswerTemplate]


def answering_page(
    db: Session,
    consultation_id: ConsultationId,
    *,
    article: str = "",
    state: Answering | None = None,
    kind: Kind | None = None,
    hands: InHands | None = None,
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
        .options(*SHOWN, joinedload(AnswerDraft.reason).joinedload(Reason.body), DRAFTED_BY)
        .order_by(Recommendation.id)
        .limit(PAGE + 1)
    )
    if article:
        query = query.where(Recommendation.article_key == (None if article == WHOLE_DRAFT else article))
    if state is not None:
        query = query.where(CONDITIONS[state])
    if kind is not None:
        query = query.where(Recommendation.kind == kind)
    if hands is not None:
        query = query.where(assigned_to(by.person_id) if hands is InHands.MINE else UNASSIGNED)
    found = [(recommendation, draft) for recommendation, draft in db.execute(query)]
    currents = words_meant(db, versions_of(db, consultation_id), [recommendation for recommendation, _ in found])
    shown = [recommendation.id for recommendation, _ in found[:PAGE]]
    assigned, alike = assignments_of(db, shown), groups_of(db, shown)
    rows = [
        ToAnswer(each, draft, currents.get(each.id, ""), assigned.get(each.id), alike.get(each.id, []))
        for each, draft in found[:PAGE]
    ]
    counts = article_counts(db, consultation_id)
    provisions = provisions_named(db, latest_version(db, consultation_id).id, counts)
    ordered = sorted(provisions.values(), key=lambda provision: provision.position)
    return AnsweringPage(
        consultation=consultation,
        rows=rows,
        after=rows[-1].recommendation.id if len(found) > PAGE else None,
        articles=[(provision.key, provision.label, counts[provision.key]) for provision in ordered],
        progress=progress_of(db, [consultation_id]).get(consultation_id, Progress()),
        seen=last_reason(db, consultation_id),
        recipients=recipients_of(db, consultation, by=by),
        templates=templates_of(db, consultation.authority_id),
    )


#: Whether what an answer was drafted for still waits for one.
STILL_WAITS = Recommendation.withdrawn_at.is_(None)


@dataclass(frozen=True)
class AnswersPage:
    """One page of the answers about to be published together, and what still stands in their way.

    `counts`: how many of all of them, not of this page alone, say what. `promises`: what some of them promise, by their
    reasons. `unapproved`: how many want approval yet. `publishers`: who may publish them.
    """

    consultation: Consultation
    drafted: GivenAnswers
    counts: Mapping[Verdict, int]
    progress: Progress
    promises: Mapping[ReasonId, PromiseDraft]
    unapproved: int
    publishers: Sequence[str]


def answers_page(db: Session, consultation_id: ConsultationId, *, after: int = 0, by: Actor) -> AnswersPage:
    """Read a page of the answers that wait for publication, those with the same reason together.

    `after`: the reason after which it begins. Raises NotFound while nothing is published.
    """
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    counts = (
        select(AnswerDraft.verdict, func.count().label("number"))
        .join(Recommendation, Recommendation.id == AnswerDraft.recommendation_id)
        .where(Recommendation.consultation_id == consultation_id, STILL_WAITS)
        .group_by(AnswerDraft.verdict)
    )
    unapproved = (
        select(func.count(AnswerDraft.recommendation_id))
        .join(Recommendation, Recommendation.id == AnswerDraft.recommendation_id)
        .where(
            Recommendation.consultation_id == consultation_id,
            STILL_WAITS,
            AnswerDraft.standing != AnswerStanding.APPROVED,
        )
    )
    return AnswersPage(
        consultation=consultation,
        drafted=drafted_alike(db, consultation_id, after=after),
        counts=dict.fromkeys(Verdict, 0) | {row.verdict: row.number for row in db.execute(counts)},
        progress=progress_of(db, [consultation_id]).get(consultation_id, Progress()),
        promises=promises_drafted(db, consultation_id),
        unapproved=db.scalar(unapproved) or 0,
        publishers=who_may(db, "answers.publish", consultation.authority_id),
    )


def drafted_alike(db: Session, consultation_id: ConsultationId, *, after: int) -> GivenAnswers:
    """Return a page of drafted answers in the order in which they were written, each with the first it is for."""
    drafted = (
        select(AnswerDraft.reason_id, AnswerDraft.verdict, AnswerDraft.recommendation_id)
        .join(Recommendation, Recommendation.id == AnswerDraft.recommendation_id)
        .where(Recommendation.consultation_id == consultation_id, STILL_WAITS)
    ).subquery()
    query = select(Reason).where(Reason.id > after, Reason.id.in_(select(drafted.c.reason_id)))
    reasons = db.scalars(query.options(joinedload(Reason.body)).order_by(Reason.id).limit(PAGE + 1)).all()
    shown = {reason.id: reason for reason in reasons[:PAGE]}
    placed = (
        select(
            drafted,
            func.row_number()
            .over(partition_by=drafted.c.reason_id, order_by=drafted.c.recommendation_id)
            .label("place"),
            func.count().over(partition_by=drafted.c.reason_id).label("number"),
        )
        .where(drafted.c.reason_id.in_(shown))
        .subquery()
    )
    first = (
        select(placed.c.reason_id, placed.c.verdict, placed.c.number.label("count"), *NAMES)
        .join(Recommendation, Recommendation.id == placed.c.recommendation_id)
        .where(placed.c.place <= NAMED)
        .order_by(placed.c.reason_id, Recommendation.id)
    )
    answers = [
        AnswerGiven(verdict, shown[reason_id], count, [Answered._make(row[3:]) for row in rows])
        for (reason_id, verdict, count), rows in groupby(db.execute(first), key=lambda row: tuple(row[:3]))
    ]
    return GivenAnswers(answers, after=reasons[PAGE - 1].id if len(reasons) > PAGE else None)
