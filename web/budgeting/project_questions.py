"""The author answers what reviewers ask about their project: all questions, and a form for the first open one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.project_questions import LONGEST_ANSWER, ProjectQuestion, answer_question, questions_of
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.refusals import Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.budgeting.project_confirmation import OwnProject, own_project
from web.database import Db
from web.fields import text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class AnswerForm(msgspec.Struct):
    """What the author answers. `question`: its number within the project."""

    question: int
    answer: Annotated[str, text(LONGEST_ANSWER, missing=N_("Write your answer."))]


@dataclass(frozen=True)
class Asked:
    """One's own project with what was asked about it."""

    own: OwnProject
    questions: Sequence[ProjectQuestion]

    @property
    def waiting(self) -> ProjectQuestion | None:
        """The first question that can still be answered."""
        project = self.own.project
        if not project.is_standing or project.verdict is not None:
            return None
        return next((each for each in self.questions if each.answered_at is None), None)


def asked_of(db: Session, authority_id: AuthorityId, year: int, number: int, *, actor: Actor, at: datetime) -> Asked:
    """Read what was asked about an author's own project. Raises NotFound, NotPermitted."""
    own = own_project(db, authority_id, year, number, actor=actor, at=at)
    return Asked(own, questions_of(db, [own.project.id]))


@get("/buget/{year:str}/proiecte/{number:str}/intrebari", opt=signed_in("project_question.answer"))
async def questions(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Show the author what reviewers ask."""
    asked = await db.read(asked_of, authority.id, key_in(year), key_in(number), actor=actor, at=at)
    return page(request, "budgeting/project_questions.html", asked=asked, form=blank(AnswerForm))


@post("/buget/{year:str}/proiecte/{number:str}/intrebari", opt=signed_in("project_question.answer"))
async def answer(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Receive an answer."""
    form: Form[AnswerForm] = await read_form(request, AnswerForm)
    at = form.received_at
    asked = await db.read(asked_of, authority.id, key_in(year), key_in(number), actor=actor, at=at)
    project = asked.own.project
    place = links.project(asked.own.cycle.year, project.number, "intrebari")
    if form.data is not None:
        said = msgspec.structs.asdict(form.data)
        try:
            where = await db.act_once(
                form, answer_question, lambda _: place, project.id, **said, by=asked.own.by, at=at
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("Your answer is received; it is public with the project."))
    return page(request, "budgeting/project_questions.html", status=422, asked=asked, form=form)


handlers = [questions, answer]
