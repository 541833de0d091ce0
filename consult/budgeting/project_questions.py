"""Questions about a project: a reviewer asks its author, who has some days to answer; both are public with the project.

The results of the review wait for an answer as long as its days last, and no longer.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import links
from consult.budgeting.days import has_begun, last_day, require_begun
from consult.budgeting.phases import Phase
from consult.budgeting.planning import rules_of
from consult.budgeting.project_letters import tell_author
from consult.budgeting.project_withdrawals import NotStanding, VotingBegan
from consult.budgeting.projects import Project, ProjectId, project_of, project_subject
from consult.budgeting.reviews import ReviewPublished, require_office
from consult.i18n import N_, ZONE
from consult.identity.actors import Actor
from consult.identity.departments import Department, DepartmentId
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.policy.deadlines import last_instant
from consult.record.bodies import Body, BodyId, keep_body, texts
from consult.record.events import ProjectQuestionAnswered, ProjectQuestionAsked
from consult.refusals import NotFound, Refusal
from consult.store import Base

LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 4_000


class ProjectQuestion(Base):
    """What a reviewer wants to know of a project, and what its author said. `number`: counted within the project."""

    __tablename__ = "project_question"
    __table_args__ = (CheckConstraint("answer_until > asked_at", name="some_days_to_answer"),)

    project_id: Mapped[ProjectId] = mapped_column(ForeignKey("project.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    #: For which department it is asked; None where the rules of the cycle are looked at.
    department_id: Mapped[DepartmentId | None] = mapped_column(ForeignKey("department.id"))
    asked_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answer_until: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    answer_body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))

    department: Mapped[Department | None] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise", foreign_keys=[body_id])
    answer_body: Mapped[Body | None] = relationship(lazy="raise", foreign_keys=[answer_body_id])

    @property
    def words(self) -> str:
        """What is asked; empty once erased."""
        return texts(self.body)["question"] if self.body else ""

    @property
    def answer(self) -> str:
        """What the author answered; empty before, and once erased."""
        return texts(self.answer_body)["answer"] if self.answer_body else ""

    @property
    def last_day(self) -> datetime:
        """An instant of the last day for the answer."""
        return self.answer_until - timedelta(microseconds=1)

    def is_awaited_at(self, at: datetime) -> bool:
        """Whether the author has not answered, and still has days to."""
        return self.answered_at is None and at < self.answer_until


class QuestionMissing(Refusal):
    """Nothing was asked."""

    sentence = N_("Write what you ask, in at most %(most)s characters.")
    field = "question"


class AnswerMissing(Refusal):
    """Nothing was answered."""

    sentence = N_("Write your answer, in at most %(most)s characters.")
    field = "answer"


class AnsweredAlready(Refusal):
    """A question is answered once."""

    sentence = N_("This question is answered.")


def ask_author(
    db: Session, project_id: ProjectId, *, department_id: DepartmentId | None, question: str, by: Actor, at: datetime
) -> ProjectQuestion:
    """Ask the author of a project that is being reviewed, and write to them; the rules say how many days they have.

    Raises NotPermitted, NotYourDepartment, NotYet, NotStanding, ReviewPublished, VotingBegan, QuestionMissing.
    """
    project = project_of(db, project_id)
    require("project.review", by, project)
    require_office(db, department_id, by)
    require_begun(db, project.cycle_id, Phase.REVIEW, at)
    _refuse_judged(db, project, at)
    if not 0 < len(question.strip()) <= LONGEST_QUESTION:
        raise QuestionMissing(most=LONGEST_QUESTION)

    body = keep_body(db, {"question": question.strip()})
    days = timedelta(days=rules_of(project.cycle).answer_days)
    asked = ProjectQuestion(
        project_id=project_id,
        number=len(questions_of(db, [project_id])) + 1,
        department_id=department_id,
        asked_by=by.person_id,
        asked_at=at,
        answer_until=last_instant(at.astimezone(ZONE).date() + days, ZONE),
        body=body,
    )
    db.add(asked)
    event = ProjectQuestionAsked(
        subject=project_subject(project),
        number=project.number,
        question=asked.number,
        answer_until=asked.answer_until,
        body=body.committed,
    )
    record(db, event, by=by, at=at)
    where = links.project(project.cycle.year, project.number, "intrebari")
    facts = {"question": question.strip(), "answer_until": last_day(asked.answer_until), "link": where}
    tell_author(db, project, "project-question", at=at, **facts)
    db.flush()
    return asked


def answer_question(
    db: Session, project_id: ProjectId, *, question: int, answer: str, by: Actor, at: datetime
) -> ProjectQuestion:
    """Answer a question about one's own project; after its days too, as long as no verdict is published.

    Raises NotPermitted, NotFound, AnsweredAlready, NotStanding, ReviewPublished, VotingBegan, AnswerMissing.
    """
    project = project_of(db, project_id)
    require("project_question.answer", by, project)
    asked = db.get(ProjectQuestion, (project_id, question))
    if asked is None:
        raise NotFound
    if asked.answered_at is not None:
        raise AnsweredAlready
    _refuse_judged(db, project, at)
    if not 0 < len(answer.strip()) <= LONGEST_ANSWER:
        raise AnswerMissing(most=LONGEST_ANSWER)

    body = keep_body(db, {"answer": answer.strip()})
    asked.answer_body, asked.answered_at = body, at
    event = ProjectQuestionAnswered(
        subject=project_subject(project), number=project.number, question=question, body=body.committed
    )
    record(db, event, by=by, at=at)
    return asked


def questions_of(db: Session, project_ids: Collection[ProjectId]) -> Sequence[ProjectQuestion]:
    """Return what was asked about some projects, the first question of each first."""
    asked = select(ProjectQuestion).where(ProjectQuestion.project_id.in_(project_ids))
    parts = (ProjectQuestion.department, ProjectQuestion.body, ProjectQuestion.answer_body)
    shown = asked.options(*map(joinedload, parts))
    return db.scalars(shown.order_by(ProjectQuestion.project_id, ProjectQuestion.number)).all()


def _refuse_judged(db: Session, project: Project, at: datetime) -> None:
    """Refuse where the review is over. Raises NotStanding, ReviewPublished, VotingBegan."""
    if not project.is_standing:
        raise NotStanding
    if project.verdict is not None:
        raise ReviewPublished
    if has_begun(db, project.cycle_id, Phase.VOTING, at):
        raise VotingBegan
