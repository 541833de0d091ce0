"""The form of a project's review: for which office it is written, what it asks, and what that means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from consult.budgeting import project_conflicts
from consult.budgeting.planning import rules_of
from consult.budgeting.projects import Project
from consult.budgeting.reviews import LONGEST_REASON, Findings, ProjectReview
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.departments import Department, DepartmentId
from consult.identity.offices import Role
from consult.money import BANI_IN_A_LEU
from consult.policy.review_rules import Criterion, Met, ReviewKind
from web.fields import asks, line, several, text
from web.forms import Form, blank

#: More criteria than any pack has.
MOST_ANSWERS = 100


class ConflictForm(msgspec.Struct):
    """Another project that excludes this one, and why."""

    other: Annotated[int, asks(N_("Write the number of the other project."))]
    why: Annotated[str, text(project_conflicts.LONGEST_REASON, missing=N_("Write why: everybody reads it."))]


class ReviewForm(msgspec.Struct):
    """What a review found. `department`: for which one; 0 for the formal review, which is the town hall's.

    `answers`: of each criterion, as "name:answer".
    """

    passes: Annotated[Literal["yes", "no"], asks(N_("Choose whether the project passes."))]
    reason: Annotated[str, text(LONGEST_REASON, missing=N_("Write the reason: everybody reads it."))]
    department: int = 0
    answers: Annotated[list[str], several(MOST_ANSWERS)] = []
    ground: Annotated[str, line(300)] = ""
    cost: Annotated[str, line()] = ""
    cost_reason: Annotated[str, text(2000)] = ""


@dataclass(frozen=True)
class Office:
    """A review that the reader may write: the formal one, or a department's. `written`: as it stands so far."""

    department: Department | None
    criteria: Sequence[Criterion]
    written: ProjectReview | None

    @property
    def id(self) -> int:
        """The department's key; 0 for the formal review."""
        return self.department.id if self.department else 0

    @property
    def form(self) -> Form[ReviewForm]:
        """The form, with what was written before."""
        if self.written is None:
            return blank(ReviewForm, department=self.id)
        return blank(
            ReviewForm,
            department=self.id,
            passes="yes" if self.written.passes else "no",
            answers=[answer(name, met) for name, met in self.written.found.items()],
            reason=self.written.reason,
            ground=self.written.ground,
            cost=str(self.written.cost // BANI_IN_A_LEU) if self.written.cost else "",
            cost_reason=self.written.cost_reason,
        )


def offices_of(
    project: Project, reviews: Sequence[ProjectReview], departments: Sequence[Department], actor: Actor
) -> Iterator[Office]:
    """Yield the reviews that an official may write of a project. `departments`: those in which they work."""
    rules = rules_of(project.cycle)
    written: Mapping[DepartmentId | None, ProjectReview] = {each.department_id: each for each in reviews}
    if actor.roles & {Role.CLERK, Role.CONTACT_PERSON}:
        yield Office(None, rules.criteria_of(ReviewKind.FORMAL), written.get(None))
    if None in written and written[None].passes:
        for department in departments:
            yield Office(department, rules.criteria_of(ReviewKind.TECHNICAL), written.get(department.id))


def answer(criterion: str, met: Met) -> str:
    """Return the answer to a criterion as the form sends it."""
    return f"{criterion}:{met}"


def findings_of(said: ReviewForm) -> Findings:
    """Return what a form says that a review found."""
    pairs = (each.partition(":") for each in said.answers)
    answers = {name: Met(met) for name, _, met in pairs if met in frozenset(Met)}
    return Findings(said.passes == "yes", said.reason, said.ground, said.cost, said.cost_reason, answers)
