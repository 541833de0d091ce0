"""The desk's pages of projects: which wait for what, the reviews of each, the verdicts on all, the appeals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.checklists import Answered
from consult.budgeting.cycles import Cycle, find_announced, lock_of
from consult.budgeting.project_appeals import (
    LONGEST_APPEAL,
    ProjectAppeal,
    decide_project_appeal,
    find_project_appeal,
)
from consult.budgeting.project_conflicts import rivals_of
from consult.budgeting.project_questions import LONGEST_QUESTION, ProjectQuestion, ask_author, questions_of
from consult.budgeting.projects import Outcome, Project, ProjectId, find_project, projects_of
from consult.budgeting.reviews import ProjectReview, review_formally, review_technically, reviews_of
from consult.budgeting.verdicts import checklist_of, is_complete, publish_verdicts
from consult.budgeting.winners import has_won
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.departments import DepartmentId, departments_of
from consult.identity.permissions import Within, may, require
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.desk.review_form import ConflictForm, Office, ReviewForm, findings_of, offices_of
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class PublishForm(msgspec.Struct):
    """Nothing is asked; pressing the button is the answer."""


class QuestionForm(msgspec.Struct):
    """What a reviewer asks the author. `department`: for which one; 0 for the town hall."""

    question: Annotated[str, text(LONGEST_QUESTION, missing=N_("Write what you ask."))]
    department: int = 0


class DecisionForm(msgspec.Struct):
    """How an appeal is decided, and why."""

    outcome: Annotated[Outcome, asks(N_("Choose how the appeal is decided."))]
    reasons: Annotated[str, text(LONGEST_APPEAL, missing=N_("Write why: everybody reads it."))]


@dataclass(frozen=True)
class DeskList:
    """The projects of a cycle as officials see them. `reviewed`: those whose review is complete."""

    cycle: Cycle
    projects: Sequence[Project]
    reviews: Mapping[ProjectId, Sequence[ProjectReview]]
    reviewed: frozenset[ProjectId]
    may_publish: bool

    @property
    def waiting(self) -> Sequence[Project]:
        """Those on which no verdict is published."""
        return [each for each in self.projects if each.is_standing and each.verdict is None]


def desk_list(db: Session, authority_id: AuthorityId, year: int, *, actor: Actor) -> DeskList:
    """Read the list of a cycle's projects at the desk. Raises NotFound."""
    require("draft.read", actor, Within(authority_id))
    cycle = find_announced(db, authority_id, year)
    projects = projects_of(db, cycle.id)
    written = reviews_of(db, [each.id for each in projects])
    reviews = {each.id: [one for one in written if one.project_id == each.id] for each in projects}
    reviewed = frozenset(key for key, own in reviews.items() if is_complete(own))
    return DeskList(cycle, projects, reviews, reviewed, may("verdicts.publish", actor, cycle))


@dataclass(frozen=True)
class DeskProject:
    """One project at the desk. `offices`: the reviews of it that the reader may write."""

    cycle: Cycle
    project: Project
    reviews: Sequence[ProjectReview]
    offices: Sequence[Office]
    questions: Sequence[ProjectQuestion]
    rivals: Sequence[tuple[int, str]]
    appeal: ProjectAppeal | None
    may_decide: bool
    has_won: bool

    def checklist(self, review: ProjectReview) -> Sequence[Answered]:
        """Return what one review found of each criterion."""
        return checklist_of(self.project, [review])

    def office(self, department: int) -> Office | None:
        """Return the office of a department, or the first that the reader has."""
        meant = (each for each in self.offices if each.id == department)
        return next(meant, self.offices[0] if self.offices else None)


def desk_project(db: Session, authority_id: AuthorityId, year: int, number: int, *, actor: Actor) -> DeskProject:
    """Read a project at the desk. Raises NotFound."""
    require("draft.read", actor, Within(authority_id))
    cycle = find_announced(db, authority_id, year)
    project = find_project(db, cycle.id, number)
    reviews = reviews_of(db, [project.id])
    staffed = departments_of(db, authority_id)
    appeal = find_project_appeal(db, project.id) if project.appealed_at is not None else None
    mine = [each.department for each in staffed if actor.person_id in {one.person_id for one in each.members}]
    may_review = project.is_standing and project.verdict is None and may("project.review", actor, project)
    has_reviewed = any(each.written_by == actor.person_id for each in reviews)
    return DeskProject(
        cycle=cycle,
        project=project,
        reviews=reviews,
        offices=[*offices_of(project, reviews, mine, actor)] if may_review else [],
        questions=questions_of(db, [project.id]),
        rivals=rivals_of(db, project),
        appeal=appeal,
        may_decide=project.appeal_waits and not has_reviewed and may("project_appeal.decide", actor, project),
        has_won=has_won(db, project),
    )


@get("/birou/buget/{year:str}/proiecte", opt=at_desk("draft.read"))
async def projects(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """List the projects of a cycle with what each waits for."""
    found = await db.read(desk_list, authority.id, key_in(year), actor=actor)
    return page(request, "desk/budget_projects.html", found=found, form=blank(PublishForm))


@post("/birou/buget/{year:str}/proiecte", opt=at_desk("verdicts.publish"))
async def publish(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Publish the verdicts on all projects at once."""
    form = await read_form(request, PublishForm)
    found = await db.read(desk_list, authority.id, key_in(year), actor=actor)
    said = gettext("The results of the review are public, and the authors are written to.")
    where = links.desk_projects(found.cycle.year)
    deed = Deed(request, db, form, actor, lambda _: where, said, alone=lock_of(found.cycle.id))
    done = await deed.do(publish_verdicts, found.cycle.id)
    return done or page(request, "desk/budget_projects.html", status=422, found=found, form=form)


@get("/birou/buget/{year:str}/proiecte/{number:str}", opt=at_desk("draft.read"))
async def project(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
    directie: FromQuery[int] = 0,
) -> Response[str]:
    """Show a project with its reviews, and what the reader can do. `directie`: for which department they review."""
    found = await db.read(desk_project, authority.id, key_in(year), key_in(number), actor=actor)
    return project_at_desk(request, found, department=directie)


@post("/birou/buget/{year:str}/proiecte/{number:str}", opt=at_desk("project.review"))
async def review(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Write a review of a project."""
    form: Form[ReviewForm] = await read_form(request, ReviewForm)
    found = await db.read(desk_project, authority.id, key_in(year), key_in(number), actor=actor)
    if form.data is not None:
        said = form.data
        findings = findings_of(said)
        where = links.desk_project(found.cycle.year, found.project.number)
        told = gettext("The review is saved. Nobody outside sees it before the results of all projects.")
        deed = Deed(request, db, form, actor, lambda _: where, told)
        if said.department:
            facts = {"department_id": DepartmentId(said.department), "findings": findings}
            done = await deed.do(review_technically, found.project.id, **facts)
        else:
            done = await deed.do(review_formally, found.project.id, findings=findings)
        if done is not None:
            return done
    typed = form.text("department")
    return project_at_desk(request, found, form=form, department=int(typed) if typed.isdecimal() else 0, status=422)


@post("/birou/buget/{year:str}/proiecte/{number:str}/intrebari", opt=at_desk("project.review"))
async def ask(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Ask the author of a project something."""
    form: Form[QuestionForm] = await read_form(request, QuestionForm)
    found = await db.read(desk_project, authority.id, key_in(year), key_in(number), actor=actor)
    department = 0
    if form.data is not None:
        department = form.data.department
        where = links.desk_project(found.cycle.year, found.project.number)
        told = gettext("The question is public with the project, and its author is written to.")
        deed = Deed(request, db, form, actor, lambda _: where, told, alone=f"project:{found.project.id}")
        office = DepartmentId(department) if department else None
        facts = {"department_id": office, "question": form.data.question}
        done = await deed.do(ask_author, found.project.id, **facts)
        if done is not None:
            return done
    return project_at_desk(request, found, department=department, question=form, status=422)


@post("/birou/buget/{year:str}/proiecte/{number:str}/contestatie", opt=at_desk("project_appeal.decide"))
async def decide(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Decide the appeal about a project."""
    form: Form[DecisionForm] = await read_form(request, DecisionForm)
    found = await db.read(desk_project, authority.id, key_in(year), key_in(number), actor=actor)
    if form.data is not None:
        where = links.desk_project(found.cycle.year, found.project.number)
        told = gettext("The appeal is decided, in public; its author is written to.")
        deed = Deed(request, db, form, actor, lambda _: where, told)
        decided = msgspec.structs.asdict(form.data)
        done = await deed.do(decide_project_appeal, found.project.id, **decided)
        if done is not None:
            return done
    return project_at_desk(request, found, decision=form, status=422)


def project_at_desk(
    request: Request,
    found: DeskProject,
    *,
    department: int = 0,
    form: Form[ReviewForm] | None = None,
    question: Form[QuestionForm] | None = None,
    conflict: Form[ConflictForm] | None = None,
    decision: Form[DecisionForm] | None = None,
    status: int = 200,
) -> Response[str]:
    """Show a project at the desk, with what was typed into one of its forms."""
    office = found.office(department)
    review = form or (office.form if office else blank(ReviewForm))
    return page(
        request,
        "desk/budget_project.html",
        status=status,
        found=found,
        form=decision or conflict or question or review,
        question=question or blank(QuestionForm),
        conflict=conflict or blank(ConflictForm),
        office=office,
        review=review,
        decision=decision or blank(DecisionForm),
    )


handlers = [projects, publish, project, review, ask, decide]
