"""What the contact person sees when giving out work, and what those to whom it was given still owe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.assignments import (
    UNASSIGNED,
    UNDRAFTED,
    WHOLE_DRAFT,
    Assignment,
    assigned_to,
    assignments_of,
)
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.dealings import Dealing, dealings_with
from consult.consultations.drafts import find_for_desk
from consult.consultations.passages import provisions_named
from consult.consultations.recommendations import Recommendation, find_recommendation
from consult.consultations.responses import AnswerDraft, AnswerStanding
from consult.consultations.versions import latest_version
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.departments import Department, Staffed, departments_of, who_answer
from consult.identity.people import Person
from consult.identity.permissions import Within, may
from consult.refusals import NotFound


@dataclass(frozen=True)
class Recipients:
    """To whom work can be given: departments in which somebody answers, and officials by themselves."""

    departments: Sequence[Staffed] = ()
    officials: Sequence[Actor] = ()


@dataclass(frozen=True)
class ArticleToRoute:
    """How far the recommendations about an article are. `key`: the article's, or WHOLE_DRAFT, which has no label."""

    key: str
    label: str
    received: int
    undrafted: int
    unassigned: int


@dataclass(frozen=True)
class Load:
    """What somebody was given and has drafted no answer for. `due_on`: the first day by which some of it is due."""

    name: str
    count: int
    due_on: date


@dataclass(frozen=True)
class RoutingPage:
    """All recommendations of a consultation by what they are about, and in whose hands the unanswered ones are."""

    consultation: Consultation
    articles: Sequence[ArticleToRoute]
    loads: Sequence[Load]
    recipients: Recipients


def recipients_of(db: Session, consultation: Consultation, *, by: Actor) -> Recipients:
    """Return to whom an official may give the recommendations of a consultation; nobody where they may not."""
    if not may("recommendation.route", by, consultation):
        return Recipients()
    staffed = [each for each in departments_of(db, consultation.authority_id) if each.members]
    return Recipients(staffed, list(who_answer(db, consultation.authority_id).values()))


def routing_page(db: Session, consultation_id: ConsultationId, *, by: Actor) -> RoutingPage:
    """Read what there is to give out. Raises NotFound while nothing is published."""
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    return RoutingPage(
        consultation=consultation,
        articles=_articles(db, consultation_id),
        loads=list(_loads(db, consultation_id)),
        recipients=recipients_of(db, consultation, by=by),
    )


def _articles(db: Session, consultation_id: ConsultationId) -> list[ArticleToRoute]:
    """Return the articles about which anything was received, in the order of the text, the whole draft last."""
    query = (
        select(
            Recommendation.article_key,
            func.count(),
            func.count().filter(UNDRAFTED),
            func.count().filter(UNASSIGNED),
        )
        .where(Recommendation.consultation_id == consultation_id)
        .group_by(Recommendation.article_key)
    )
    counts = {key: numbers for key, *numbers in db.execute(query)}
    named = provisions_named(db, latest_version(db, consultation_id).id, [key for key in counts if key])
    ordered = sorted(named.values(), key=lambda provision: provision.position)
    # What was struck out since has no place in the text, and its recommendations want an answer all the same.
    gone = sorted(key for key in counts if key and key not in named)
    rows = [ArticleToRoute(each.key, each.label, *counts[each.key]) for each in ordered]
    rows += [ArticleToRoute(key, key, *counts[key]) for key in gone]
    return rows + ([ArticleToRoute(WHOLE_DRAFT, "", *counts[None])] if None in counts else [])


def _loads(db: Session, consultation_id: ConsultationId) -> Iterator[Load]:
    """Yield who has how much left, whose term ends first before the others."""
    name = func.coalesce(Department.name, Person.name)
    query = (
        select(name, func.count(), func.min(Assignment.due_on))
        .select_from(Assignment)
        .join(Recommendation, Recommendation.id == Assignment.recommendation_id)
        .outerjoin(Department, Department.id == Assignment.department_id)
        .outerjoin(Person, Person.id == Assignment.person_id)
        .where(Recommendation.consultation_id == consultation_id, UNDRAFTED)
        .group_by(Assignment.department_id, Assignment.person_id, name)
        .order_by(func.min(Assignment.due_on), name)
    )
    return (Load(*row) for row in db.execute(query))


@dataclass(frozen=True)
class RoutedWork:
    """What an official has to do in a consultation because of what colleagues gave, drafted or sent back.

    `given`: what they were given and is not drafted, the first of it due on `due_on`. `returned`: their own drafts that
    were sent back. `to_approve`: drafts of others that wait for them; 0 for those who may not approve.
    """

    consultation: Consultation
    given: int
    due_on: date | None
    returned: int
    to_approve: int


def routed_work(db: Session, authority_id: AuthorityId, *, by: Actor) -> list[RoutedWork]:
    """Return what waits for an official, by consultation."""
    mine = UNDRAFTED & assigned_to(by.person_id)
    approves = may("answers.publish", by, Within(authority_id))
    waiting = (AnswerDraft.standing == AnswerStanding.WAITING) & Recommendation.withdrawn_at.is_(None)
    returned = (AnswerDraft.standing == AnswerStanding.RETURNED) & (AnswerDraft.drafted_by == by.person_id)
    query = (
        select(
            Consultation,
            func.count().filter(mine),
            func.min(Assignment.due_on).filter(mine),
            func.count().filter(returned),
            func.count().filter(waiting),
        )
        .join(Recommendation, Recommendation.consultation_id == Consultation.id)
        .outerjoin(Assignment, Assignment.recommendation_id == Recommendation.id)
        .outerjoin(AnswerDraft, AnswerDraft.recommendation_id == Recommendation.id)
        .where(
            Recommendation.authority_id == authority_id,
            Recommendation.answered_at.is_(None),
            Assignment.recommendation_id.is_not(None) | AnswerDraft.recommendation_id.is_not(None),
        )
        .group_by(Consultation.id)
        .order_by(Consultation.id)
    )
    return [
        RoutedWork(consultation, given, due_on, returned, waiting if approves else 0)
        for consultation, given, due_on, returned, waiting in db.execute(query)
        if given or returned or (waiting and approves)
    ]


@dataclass(frozen=True)
class DealingsPage:
    """A recommendation with everything that officials did with it, and in whose hands it is."""

    consultation: Consultation
    recommendation: Recommendation
    dealings: Sequence[Dealing]
    assignment: Assignment | None


def dealings_page(db: Session, consultation_id: ConsultationId, reference: str, *, by: Actor) -> DealingsPage:
    """Read what was done with a recommendation, for officials of its authority. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    recommendation = find_recommendation(db, consultation_id, reference)
    assignment = assignments_of(db, [recommendation.id]).get(recommendation.id)
    return DealingsPage(consultation, recommendation, dealings_with(db, recommendation.id), assignment)
