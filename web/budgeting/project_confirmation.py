"""After sending a project: the page that confirms it, and the one on which its author takes it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.days import has_begun
from consult.budgeting.phases import Phase
from consult.budgeting.project_withdrawals import withdraw_project
from consult.budgeting.projects import Project, find_project
from consult.i18n import gettext
from consult.identity.actors import Actor, acting_as_member
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import require
from consult.record.entries import Entry, entry_of
from consult.refusals import Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.forms import blank, read_form
from web.given import Given, Request
from web.keys import key_in


class Withdrawal(msgspec.Struct):
    """Nothing is asked; pressing the button is the answer."""


@dataclass(frozen=True)
class OwnProject:
    """One's own project, its place in the record, and the capacity in which it was sent."""

    cycle: Cycle
    project: Project
    entry: Entry | None
    by: Actor
    may_withdraw: bool


def own_project(
    db: Session, authority_id: AuthorityId, year: int, number: int, *, actor: Actor, at: datetime
) -> OwnProject:
    """Read an author's own project. Raises NotFound, and NotPermitted for somebody else's."""
    cycle = find_announced(db, authority_id, year)
    project = find_project(db, cycle.id, number)
    by = actor
    if project.organisation_id is not None:
        by = acting_as_member(db, actor.person_id, project.organisation_id)
    require("project.withdraw", by, project)
    may_withdraw = project.is_standing and not has_begun(db, cycle.id, Phase.VOTING, at)
    return OwnProject(cycle, project, entry_of(db, project.event_id), by, may_withdraw)


@get("/buget/{year:str}/proiecte/{number:str}/confirmare", opt=signed_in("project.withdraw"))
async def confirmation(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Confirm to its author what was received, under which number, and what happens next."""
    sent = await db.read(own_project, authority.id, key_in(year), key_in(number), actor=actor, at=at)
    return page(request, "budgeting/project_confirmation.html", sent=sent)


@get("/buget/{year:str}/proiecte/{number:str}/retragere", opt=signed_in("project.withdraw"))
async def withdrawal(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Show what would be taken back, and that its number stays."""
    sent = await db.read(own_project, authority.id, key_in(year), key_in(number), actor=actor, at=at)
    return page(request, "budgeting/project_withdrawal.html", sent=sent, form=blank(Withdrawal))


@post("/buget/{year:str}/proiecte/{number:str}/retragere", opt=signed_in("project.withdraw"))
async def withdraw(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Take a project back."""
    form = await read_form(request, Withdrawal)
    at = form.received_at
    sent = await db.read(own_project, authority.id, key_in(year), key_in(number), actor=actor, at=at)
    place = links.project(sent.cycle.year, sent.project.number, "confirmare")
    try:
        where = await db.act_once(form, withdraw_project, lambda _: place, sent.project.id, by=sent.by, at=at)
    except Refusal as refusal:
        form.refuse(refusal)
        return page(request, "budgeting/project_withdrawal.html", status=422, sent=sent, form=form)
    return see_other(request, where, flash=gettext("Your project was withdrawn."))


handlers = [confirmation, withdrawal, withdraw]
