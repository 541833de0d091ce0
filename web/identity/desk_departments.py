"""Departments: administrators keep their names and say who works in each."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.departments import (
    DepartmentId,
    Staffed,
    change_department,
    close_department,
    departments_of,
    found_department,
    who_answer,
)
from consult.identity.names import NAME_LENGTH
from consult.identity.people import PersonId
from consult.identity.permissions import Within, may, require
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import line, several
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.keys import key_in

MOST_MEMBERS = 500


class DepartmentForm(msgspec.Struct):
    """What a department is called and who works in it."""

    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write the name of the department."))]
    members: Annotated[list[int], several(MOST_MEMBERS)] = []


class CloseForm(msgspec.Struct):
    """A button that says it all."""


Offered = Sequence[tuple[int, str]]


def departments_and_officials(db: Session, authority_id: AuthorityId) -> tuple[list[Staffed], Offered]:
    """Read the departments, and the officials who can work in one, as the form offers them."""
    return departments_of(db, authority_id), [
        (each.person_id, each.name) for each in who_answer(db, authority_id).values()
    ]


@get(links.DESK_DEPARTMENTS, opt=at_desk())
async def show_all(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """List the departments with those who work there; administrators may add one."""
    return await departments_page(request, db, authority, actor, blank(DepartmentForm))


async def departments_page(
    request: Request, db: Db, authority: Authority, actor: Actor, form: Form[DepartmentForm], *, status: int = 200
) -> Response[str]:
    """Return the page of all departments."""
    departments, officials = await db.read(departments_and_officials, authority.id)
    return page(
        request,
        "identity/desk_departments.html",
        status=status,
        form=form,
        departments=departments,
        officials=officials,
        may_manage=may("people.manage", actor, Within(authority.id)),
    )


@post(links.DESK_DEPARTMENTS, opt=at_desk("people.manage"))
async def found(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Add a department."""
    require("people.manage", actor, Within(authority.id))
    form = await read_form(request, DepartmentForm)
    status = 422
    if form.data is not None:
        name, members = form.data.name, [PersonId(key) for key in form.data.members]
        try:
            where = await db.act_once(
                form,
                found_department,
                lambda _: links.DESK_DEPARTMENTS,
                authority.id,
                name=name,
                members=members,
                by=actor,
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where, flash=gettext(N_("The department is added.")))
    return await departments_page(request, db, authority, actor, form, status=status)


@get(f"{links.DESK_DEPARTMENTS}/{{department:str}}", opt=at_desk("people.manage"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], department: FromPath[str]
) -> Response[str]:
    """Show who works in a department, to be changed."""
    require("people.manage", actor, Within(authority.id))
    staffed, officials = await one(db, authority.id, DepartmentId(key_in(department)))
    members = [each.person_id for each in staffed.members]
    form = blank(DepartmentForm, name=staffed.department.name, members=members)
    return department_page(request, staffed, officials, form)


@post(f"{links.DESK_DEPARTMENTS}/{{department:str}}", opt=at_desk("people.manage"))
async def change(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], department: FromPath[str]
) -> Response[Any]:
    """Change a department's name and members."""
    require("people.manage", actor, Within(authority.id))
    staffed, officials = await one(db, authority.id, DepartmentId(key_in(department)))
    form = await read_form(request, DepartmentForm)
    status = 422
    if form.data is not None:
        name, members = form.data.name, [PersonId(key) for key in form.data.members]
        try:
            await db.act(change_department, staffed.department.id, name=name, members=members, by=actor)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, links.DESK_DEPARTMENTS, flash=gettext(N_("The department is changed.")))
    return department_page(request, staffed, officials, form, status=status)


@post(f"{links.DESK_DEPARTMENTS}/{{department:str}}/inchide", opt=at_desk("people.manage"))
async def close(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], department: FromPath[str]
) -> Response[Any]:
    """Close a department."""
    form = await read_form(request, CloseForm)
    staffed, _ = await one(db, authority.id, DepartmentId(key_in(department)))
    where = await db.act_once(
        form,
        close_department,
        lambda _: links.DESK_DEPARTMENTS,
        staffed.department.id,
        by=actor,
        at=form.received_at,
    )
    return see_other(request, where, flash=gettext(N_("The department is closed; what it had is nobody's now.")))


async def one(db: Db, authority_id: AuthorityId, department_id: DepartmentId) -> tuple[Staffed, Offered]:
    """Return an open department of this authority, and who could work there. Raises NotFound."""
    departments, officials = await db.read(departments_and_officials, authority_id)
    for each in departments:
        if each.department.id == department_id:
            return each, officials
    raise NotFound


def department_page(
    request: Request, staffed: Staffed, officials: Offered, form: Form[DepartmentForm], *, status: int = 200
) -> Response[str]:
    """Return the page of one department."""
    return page(
        request,
        "identity/desk_department.html",
        status=status,
        form=form,
        department=staffed.department,
        officials=officials,
        closing=blank(CloseForm),
    )


handlers = [show_all, found, show, change, close]
