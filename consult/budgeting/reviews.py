"""Reviewing a project at the desk: formally first, then technically by the departments that would carry it out.

Nobody outside sees a review before the verdicts on all projects of the cycle are published (`verdicts`); until then
whoever wrote one can write it anew.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NewType

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.budgeting.checklists import check_answers
from consult.budgeting.days import has_begun, require_begun
from consult.budgeting.phases import Phase
from consult.budgeting.planning import rules_of
from consult.budgeting.project_withdrawals import NotStanding, VotingBegan
from consult.budgeting.projects import Project, ProjectId, project_of
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.departments import Department, DepartmentId, DepartmentMember
from consult.identity.offices import Role
from consult.identity.people import Person, PersonId
from consult.identity.permissions import require
from consult.money import BANI_IN_A_LEU, Bani, NotAnAmount, amount_in_words, read_amount
from consult.policy.review_rules import Met, ReviewKind
from consult.refusals import NotPermitted, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

ReviewId = NewType("ReviewId", int)
key_type(ReviewId)

LONGEST_REASON = 4_000


class ProjectReview(Base):
    """What somebody found of a project, for the town hall or for one of its departments."""

    __tablename__ = "project_review"
    __table_args__ = (
        Index("ix_project_review_of", "project_id", "kind", "department_id", unique=True),
        CheckConstraint("(kind = 'formal') = (department_id IS NULL)", name="technical_by_a_department"),
        CheckConstraint("passes OR ground <> ''", name="refused_by_a_rule"),
    )

    id: Mapped[ReviewId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[ReviewKind] = mapped_column(state_column(ReviewKind))
    department_id: Mapped[DepartmentId | None] = mapped_column(ForeignKey("department.id"))
    passes: Mapped[bool]
    #: What was found of each criterion of the cycle's rules, by their names.
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)  # of JSON
    reason: Mapped[str]
    ground: Mapped[str]
    #: What it would really cost, where the author's estimate does not hold, and why.
    cost: Mapped[Bani | None] = mapped_column(BigInteger)
    cost_reason: Mapped[str]
    written_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]

    department: Mapped[Department | None] = relationship(lazy="raise")
    writer: Mapped[Person] = relationship(lazy="raise")

    @property
    def found(self) -> Mapping[str, Met]:
        """What was found of each criterion."""
        return {name: Met(met) for name, met in self.answers.items()}


@dataclass(frozen=True)
class Findings:
    """What a review found. `ground`: the rule or the law by which a project does not pass. `cost`: in lei, as written.

    `cost_reason`: why it differs from what was asked for. `answers`: of each criterion of its kind, by their names.
    """

    passes: bool
    reason: str
    ground: str = ""
    cost: str = ""
    cost_reason: str = ""
    answers: Mapping[str, Met] = field(default_factory=dict)


class ReasonsMissing(Refusal):
    """Nothing is judged without a reason."""

    sentence = N_("Write the reason, in at most %(most)s characters: everybody reads it.")
    field = "reason"


class GroundMissing(Refusal):
    """A project does not pass because of a rule, and whoever appeals must know which."""

    sentence = N_("Write by which rule of the regulation or of the law the project does not pass.")
    field = "ground"


class CostReasonMissing(Refusal):
    """A cost is corrected with a reason."""

    sentence = N_("Write why the cost differs from the author's.")
    field = "cost_reason"


class NotACost(Refusal):
    """The corrected cost cannot be read."""

    sentence = N_("Write the cost in whole lei, for example 48.000.")
    field = "cost"


class CostOverCeiling(Refusal):
    """What costs more than a project may cannot pass."""

    sentence = N_("The project costs %(cost)s, and at most %(most)s may be asked for: it cannot pass.")
    field = "cost"


class FormalFirst(Refusal):
    """Departments look at what the rules let in."""

    sentence = N_("The project has not passed the formal review: departments review it after that.")


class NotYourDepartment(NotPermitted):
    """A department is spoken for by those who work in it."""

    sentence = N_("Only those who work in a department write its review.")


class ReviewPublished(Refusal):
    """What was published is changed by an appeal alone."""

    sentence = N_("The review of this project is published; only an appeal changes it.")


def review_formally(
    db: Session, project_id: ProjectId, *, findings: Findings, by: Actor, at: datetime
) -> ProjectReview:
    """Say whether the rules of the cycle let a project in. Raises what `_review` raises, and NotPermitted."""
    require_office(db, None, by)
    return _review(db, project_id, department_id=None, findings=findings, by=by, at=at)


def review_technically(
    db: Session, project_id: ProjectId, *, department_id: DepartmentId, findings: Findings, by: Actor, at: datetime
) -> ProjectReview:
    """Say for a department whether a project can be done, and for how much. Raises NotYourDepartment, FormalFirst."""
    require_office(db, department_id, by)
    formal = next((each for each in reviews_of(db, [project_id]) if each.kind is ReviewKind.FORMAL), None)
    if formal is None or not formal.passes:
        raise FormalFirst
    return _review(db, project_id, department_id=department_id, findings=findings, by=by, at=at)


def require_office(db: Session, department_id: DepartmentId | None, by: Actor) -> None:
    """Pass who speaks for a department, or without one for the town hall. Raises NotYourDepartment, NotPermitted."""
    if department_id is None:
        if not by.roles & {Role.CLERK, Role.CONTACT_PERSON}:
            raise NotPermitted
    elif db.get(DepartmentMember, (department_id, by.person_id)) is None:
        raise NotYourDepartment


def _review(
    db: Session,
    project_id: ProjectId,
    *,
    department_id: DepartmentId | None,
    findings: Findings,
    by: Actor,
    at: datetime,
) -> ProjectReview:
    """Write a review, or write it anew. Raises NotStanding, ReviewPublished, and what is wrong with the findings."""
    project = project_of(db, project_id)
    require("project.review", by, project)
    require_begun(db, project.cycle_id, Phase.REVIEW, at)
    if not project.is_standing:
        raise NotStanding
    if project.verdict is not None:
        raise ReviewPublished
    if has_begun(db, project.cycle_id, Phase.VOTING, at):
        raise VotingBegan
    kind = ReviewKind.FORMAL if department_id is None else ReviewKind.TECHNICAL
    criteria = rules_of(project.cycle).criteria_of(kind)
    answers = check_answers(criteria, findings.answers, passes=findings.passes)
    cost = check_findings(project, findings)

    written = (each for each in reviews_of(db, [project_id]) if each.department_id == department_id)
    review = next(written, None) or ProjectReview(project_id=project_id, kind=kind, department_id=department_id)
    review.passes, review.answers, review.reason = findings.passes, dict(answers), findings.reason.strip()
    review.ground = "" if findings.passes else findings.ground.strip()
    review.cost, review.cost_reason = cost, findings.cost_reason.strip() if cost is not None else ""
    review.written_by, review.written_at = by.person_id, at
    db.add(review)
    db.flush()
    return review


def check_findings(project: Project, findings: Findings) -> Bani | None:
    """Return the cost as a review corrects it; None where it stands. Raises what is wrong with the findings."""
    if not 0 < len(findings.reason.strip()) <= LONGEST_REASON:
        raise ReasonsMissing(most=LONGEST_REASON)
    if not findings.passes and not findings.ground.strip():
        raise GroundMissing
    cost = _corrected(project, findings)
    ceiling, costs = project.pool.cost_ceiling, project.asked_cost if cost is None else cost
    if findings.passes and ceiling is not None and costs > ceiling:
        raise CostOverCeiling(cost=amount_in_words(costs), most=amount_in_words(ceiling))
    return cost


def _corrected(project: Project, findings: Findings) -> Bani | None:
    if not findings.cost.strip():
        return None
    try:
        cost = read_amount(findings.cost)
    except NotAnAmount:
        raise NotACost from None
    if cost <= 0 or cost % BANI_IN_A_LEU:
        raise NotACost
    if cost == project.asked_cost:
        return None
    if not findings.cost_reason.strip():
        raise CostReasonMissing
    return cost


def reviews_of(db: Session, project_ids: Collection[ProjectId]) -> Sequence[ProjectReview]:
    """Return what was found of some projects, the formal review of each first."""
    written = select(ProjectReview).where(ProjectReview.project_id.in_(project_ids))
    shown = written.options(joinedload(ProjectReview.department), joinedload(ProjectReview.writer))
    return db.scalars(shown.order_by(ProjectReview.project_id, ProjectReview.kind, ProjectReview.id)).all()
