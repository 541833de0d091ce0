"""Declaring at the desk that two projects exclude each other."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from consult import links
from consult.budgeting.cycles import lock_of
from consult.budgeting.project_conflicts import declare_conflict
from consult.i18n import gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from web.access import at_desk
from web.database import Db
from web.desk.notices import Deed
from web.desk.project_reviews import desk_project, project_at_desk
from web.desk.review_form import ConflictForm
from web.forms import Form, read_form
from web.given import Given, Request
from web.keys import key_in


@post("/birou/buget/{year:str}/proiecte/{number:str}/conflict", opt=at_desk("project.review"))
async def exclude(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Declare that a project and another exclude each other."""
    form: Form[ConflictForm] = await read_form(request, ConflictForm)
    found = await db.read(desk_project, authority.id, key_in(year), key_in(number), actor=actor)
    if form.data is not None:
        where = links.desk_project(found.cycle.year, found.project.number)
        told = gettext("It is public on both projects, and at most one of them can be chosen.")
        deed = Deed(request, db, form, actor, lambda _: where, told, alone=lock_of(found.cycle.id))
        done = await deed.do(declare_conflict, found.project.id, other=form.data.other, reason=form.data.why)
        if done is not None:
            return done
    return project_at_desk(request, found, conflict=form, status=422)


handlers = [exclude]
