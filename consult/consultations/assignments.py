"""Who answers which recommendation, and until when: the contact person gives each to a department or an official.

An assignment is a matter between colleagues and never public. It forbids nobody else to draft an answer: what the
public reads is the authority's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, delete, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import links, mail
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.dealings import Dealing, Deed, note_deed
from consult.consultations.procedure import current_pack, local_day
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.consultations.responses import AnswerDraft, NothingChosen, consultation_to_answer
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.departments import Department, DepartmentId, DepartmentMember, departments_of, who_answer
from consult.identity.offices import Office
from consult.identity.people import Person, PersonId
from consult.identity.permissions import require
from consult.refusals import NotFound, Refusal
from consult.store import Base

#: What is said about the draft as a whole, where an article's key is asked for.
WHOLE_DRAFT = "proiect"
#: Working days that are suggested for an answer.
USUAL_TERM = 5


class Assignment(Base):
    """In whose hands a recommendation is: a department's or one official's, until its answer is public."""

    __tablename__ = "assignment"
    __table_args__ = (CheckConstraint("(department_id IS NULL) <> (person_id IS NULL)", name="in_one_hand"),)

    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    department_id: Mapped[DepartmentId | None] = mapped_column(ForeignKey("department.id"), index=True)
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: The last day for drafting the answer.
    due_on: Mapped[date]

    department: Mapped[Department | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise")

    @property
    def to(self) -> str:
        """The name of the department or of the official."""
        given = self.department or self.person
        return given.name if given else ""


@dataclass(frozen=True)
class Hands:
    """To whom something is given: a department or an official, never both."""

    department_id: DepartmentId | None = None
    person_id: PersonId | None = None


class TermPassed(Refusal):
    """Nobody can be given work until a day that is over."""

    sentence = N_("%(day)s is over. Choose today or a later day.")
    field = "due_on"


class NobodyThere(Refusal):
    """A department without anybody who may draft answers would never answer."""

    sentence = N_("Nobody in “%(name)s” may draft answers yet. An administrator says who works there.")
    field = "to"


class NothingToAssign(Refusal):
    """What was pointed at is answered, withdrawn or in somebody's hands."""

    sentence = N_("Nothing here waits to be assigned: everything has an answer or is in somebody's hands.")


class OwnWords(Refusal):
    """Nobody answers what they said themselves."""

    sentence = N_("%(name)s sent proposal no. %(number)s and cannot answer it.")
    field = "to"


#: In the hands of somebody who can still be expected to answer: the department is open, the official in office.
IN_HANDS: ColumnElement[bool] = (
    select(Assignment.recommendation_id)
    .outerjoin(Department, Department.id == Assignment.department_id)
    .where(
        Assignment.recommendation_id == Recommendation.id,
        (Department.id.is_not(None) & Department.closed_at.is_(None))
        | select(Office.id)
        .where(
            Office.person_id == Assignment.person_id,
            Office.authority_id == Recommendation.authority_id,
            Office.until.is_(None),
        )
        .correlate(Assignment, Recommendation)
        .exists(),
    )
    .correlate(Recommendation)
    .exists()
)
#: What still wants a draft, and what is nobody's.
UNDRAFTED: ColumnElement[bool] = (
    Recommendation.answered_at.is_(None)
    & Recommendation.withdrawn_at.is_(None)
    & ~select(AnswerDraft.recommendation_id)
    .where(AnswerDraft.recommendation_id == Recommendation.id)
    .correlate(Recommendation)
    .exists()
)
UNASSIGNED: ColumnElement[bool] = UNDRAFTED & ~IN_HANDS


def assigned_to(person_id: PersonId) -> ColumnElement[bool]:
    """Return the condition that a recommendation is in an official's hands, their own or their department's."""
    own = select(DepartmentMember.department_id).where(DepartmentMember.person_id == person_id)
    return (
        select(Assignment.recommendation_id)
        .where(
            Assignment.recommendation_id == Recommendation.id,
            (Assignment.person_id == person_id) | Assignment.department_id.in_(own),
        )
        .correlate(Recommendation)
        .exists()
    )


def assign(
    db: Session,
    consultation_id: ConsultationId,
    *,
    recommendation_ids: Collection[RecommendationId] = (),
    articles: Collection[str] = (),
    to: Hands,
    due_on: date,
    by: Actor,
    at: datetime,
) -> int:
    """Give recommendations to a department or an official until a day, and write to them; returns how many.

    Those that are named change hands. Of whole articles (keys, or WHOLE_DRAFT) only what has no answer yet and is in
    nobody's hands is given, so that a second round disturbs nobody. Raises NotPermitted, NothingChosen,
    NothingToAssign, TermPassed, NobodyThere, OwnWords, NotFound.
    """
    consultation = consultation_to_answer(db, consultation_id, by)
    require("recommendation.route", by, consultation)
    if not recommendation_ids and not articles:
        raise NothingChosen
    if due_on < local_day(at):
        raise TermPassed(day=due_on)
    readers = _readers(db, consultation, to)
    given = _to_give(db, consultation_id, recommendation_ids, articles)
    if not given:
        raise NothingToAssign
    for each in given:
        if each.person_id is not None and each.person_id == to.person_id:
            raise OwnWords(name=readers[0].name, number=each.register_number)

    hands = {"department_id": to.department_id, "person_id": to.person_id, "due_on": due_on}
    for each in given:
        db.merge(Assignment(recommendation_id=each.id, **hands))
        dealing = Dealing(recommendation_id=each.id, deed=Deed.ASSIGNED, done_by=by.person_id, done_at=at, **hands)
        db.add(dealing)
    db.flush()
    for reader in readers:
        if reader.person_id != by.person_id:
            _tell(db, consultation, reader, count=len(given), due_on=due_on, by=by, at=at)
    return len(given)


def take_back(
    db: Session,
    consultation_id: ConsultationId,
    *,
    recommendation_ids: Collection[RecommendationId],
    by: Actor,
    at: datetime,
) -> int:
    """Take recommendations out of the hands in which they are; returns how many were in any.

    Raises NotPermitted, NothingChosen.
    """
    consultation = consultation_to_answer(db, consultation_id, by)
    require("recommendation.route", by, consultation)
    if not recommendation_ids:
        raise NothingChosen

    own = select(Recommendation.id).where(
        Recommendation.consultation_id == consultation_id, Recommendation.id.in_(recommendation_ids)
    )
    taken = db.scalars(select(Assignment.recommendation_id).where(Assignment.recommendation_id.in_(own))).all()
    db.execute(delete(Assignment).where(Assignment.recommendation_id.in_(taken)))
    note_deed(db, taken, Deed.TAKEN_BACK, by=by, at=at)
    return len(taken)


def assignments_of(db: Session, recommendation_ids: Collection[RecommendationId]) -> dict[RecommendationId, Assignment]:
    """Return in whose hands some recommendations are."""
    query = select(Assignment).where(Assignment.recommendation_id.in_(recommendation_ids))
    named = (joinedload(Assignment.person).load_only(Person.name), joinedload(Assignment.department))
    return {each.recommendation_id: each for each in db.scalars(query.options(*named))}


def suggested_term(consultation: Consultation, at: datetime) -> date:
    """Return the day that is suggested for answers: in a working week, and before the draft goes on to avizare."""
    today = local_day(at)
    usual = current_pack().calendar.working_day_after(today, USUAL_TERM)
    if consultation.submission_on is not None:
        usual = min(usual, consultation.submission_on - timedelta(days=1))
    return max(usual, today)


def _readers(db: Session, consultation: Consultation, to: Hands) -> Sequence[Actor]:
    """Return who will read the letter: the official, or everybody in the department."""
    if to.person_id is not None:
        official = who_answer(db, consultation.authority_id).get(to.person_id)
        if official is None:
            raise NotFound
        return [official]
    staffed = {each.department.id: each for each in departments_of(db, consultation.authority_id)}
    found = staffed.get(to.department_id) if to.department_id is not None else None
    if found is None:
        raise NotFound
    if not found.members:
        raise NobodyThere(name=found.department.name)
    return found.members


def _to_give(
    db: Session,
    consultation_id: ConsultationId,
    recommendation_ids: Collection[RecommendationId],
    articles: Collection[str],
) -> Sequence[Recommendation]:
    """Return what is to be given: what was named, if an answer can still be drafted, and what is free in articles."""
    open_ = Recommendation.answered_at.is_(None) & Recommendation.withdrawn_at.is_(None)
    keys = [key for key in articles if key != WHOLE_DRAFT]
    about = [Recommendation.article_key.in_(keys)]
    if WHOLE_DRAFT in articles:
        about.append(Recommendation.article_key.is_(None))
    query = select(Recommendation).where(
        Recommendation.consultation_id == consultation_id,
        or_(Recommendation.id.in_(recommendation_ids) & open_, or_(*about) & UNASSIGNED),
    )
    return db.scalars(query.order_by(Recommendation.id)).all()


def _tell(
    db: Session, consultation: Consultation, reader: Actor, *, count: int, due_on: date, by: Actor, at: datetime
) -> None:
    facts = {
        "authority_id": consultation.authority_id,
        "title": consultation.title,
        "count": count,
        "due_on": due_on,
        "assigned_by": by.name,
        "link": links.assigned_to_me(consultation.id),
    }
    mail.post(db, "answers-assigned", to=reader.email, locale=reader.locale, facts=facts, at=at)
