"""Projects that exclude each other: two plans for the same place, of which at most one can be carried out.

Officials declare it with a reason before people vote, the ballot says it, and the count chooses at most one of the two.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from consult.budgeting.cycles import CycleId
from consult.budgeting.days import has_begun
from consult.budgeting.phases import Phase
from consult.budgeting.planning import rules_of
from consult.budgeting.project_withdrawals import NotStanding, VotingBegan
from consult.budgeting.projects import Project, ProjectId, find_project, project_of, project_subject
from consult.counting.command import Rule
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.events import ProjectConflictDeclared
from consult.refusals import NotFound, Refusal
from consult.store import Base

LONGEST_REASON = 1_000
#: The counting rules that choose one project after another, and so can pass one over because of another.
KNOWING = frozenset({Rule.GREEDY_VOTES, Rule.GREEDY_COST, Rule.MAJORITY_JUDGEMENT})


class NoSuchRival(Refusal):
    """There is no such project, or it is this one."""

    sentence = N_("Write the number of another project of this cycle, for the same part of the town.")
    field = "other"


class ConflictAlready(Refusal):
    """That the two exclude each other is declared once."""

    sentence = N_("That these two projects exclude each other is declared already.")
    field = "other"


class ConflictsUnknown(Refusal):
    """Equal Shares and the like pay for projects together; they cannot be told to leave one out."""

    sentence = N_("The counting rule of this cycle cannot take into account that two projects exclude each other.")


class ProjectConflict(Base):
    """That at most one of two projects can be carried out. Told of each pair once, the earlier project first."""

    __tablename__ = "project_conflict"
    __table_args__ = (CheckConstraint("one_id < other_id", name="each_pair_once"),)

    one_id: Mapped[ProjectId] = mapped_column(ForeignKey("project.id"), primary_key=True)
    other_id: Mapped[ProjectId] = mapped_column(ForeignKey("project.id"), primary_key=True)
    reason: Mapped[str]
    declared_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    declared_at: Mapped[datetime]


def declare_conflict(
    db: Session, project_id: ProjectId, *, other: int, reason: str, by: Actor, at: datetime
) -> ProjectConflict:
    """Declare that a project and another of its pool, named by its number, exclude each other; everybody reads why.

    Raises NotPermitted, NotStanding, VotingBegan, ConflictsUnknown, NoSuchRival, ConflictAlready.
    """
    project = project_of(db, project_id)
    require("project.review", by, project)
    if not project.is_standing:
        raise NotStanding
    if has_begun(db, project.cycle_id, Phase.VOTING, at):
        raise VotingBegan
    if rules_of(project.cycle).rule not in KNOWING:
        raise ConflictsUnknown
    rival = _rival(db, project, other)
    one, last = sorted((project, rival), key=lambda each: each.id)
    if db.get(ProjectConflict, (one.id, last.id)) is not None:
        raise ConflictAlready

    conflict = ProjectConflict(one_id=one.id, other_id=last.id, reason=reason, declared_by=by.person_id, declared_at=at)
    db.add(conflict)
    db.flush()
    event = ProjectConflictDeclared(
        subject=project_subject(project), number=project.number, other=rival.number, reason=reason
    )
    record(db, event, by=by, at=at)
    return conflict


def conflicts_in(db: Session, cycle_id: CycleId) -> Sequence[tuple[int, int]]:
    """Return the pairs of numbers of a cycle's projects that exclude each other."""
    one, other = aliased(Project), aliased(Project)
    pairs = (
        select(one.number, other.number)
        .join_from(ProjectConflict, one, one.id == ProjectConflict.one_id)
        .join(other, other.id == ProjectConflict.other_id)
    )
    found = db.execute(pairs.where(one.cycle_id == cycle_id).order_by(one.number, other.number))
    return [(first, second) for first, second in found]


def rivals_of(db: Session, project: Project) -> Sequence[tuple[int, str]]:
    """Return the numbers of the projects that exclude one, each with the reason."""
    own = (ProjectConflict.one_id == project.id) | (ProjectConflict.other_id == project.id)
    found = (
        select(Project.number, ProjectConflict.reason)
        .join_from(
            ProjectConflict, Project, (Project.id == ProjectConflict.one_id) | (Project.id == ProjectConflict.other_id)
        )
        .where(own, Project.id != project.id)
        .order_by(Project.number)
    )
    return [(number, reason) for number, reason in db.execute(found)]


def _rival(db: Session, project: Project, number: int) -> Project:
    """Return the project of a number that competes for the same money. Raises NoSuchRival."""
    try:
        rival = find_project(db, project.cycle_id, number)
    except NotFound:
        raise NoSuchRival from None
    if rival.id == project.id or rival.pool_id != project.pool_id or not rival.is_standing:
        raise NoSuchRival
    return rival
