"""The author's appeal against the review of a project: one page that says what was found, and asks why not."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.budgeting.project_appeals import LONGEST_APPEAL, appeal_review
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.refusals import Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.budgeting.project_confirmation import own_project
from web.database import Db
from web.fields import text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class AppealForm(msgspec.Struct):
    """Why the author does not agree."""

    reasons: Annotated[str, text(LONGEST_APPEAL, missing=N_("Write why you do not agree."))]


@get("/buget/{year:str}/proiecte/{number:str}/contestatie", opt=signed_in("project.appeal"))
async def prepare(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Ask the author why the review should be looked at again."""
    own = await db.read(own_project, authority.id, key_in(year), key_in(number), actor=actor, at=at)
    return page(request, "budgeting/project_appeal.html", sent=own, form=blank(AppealForm))


@post("/buget/{year:str}/proiecte/{number:str}/contestatie", opt=signed_in("project.appeal"))
async def send(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Receive the appeal."""
    form: Form[AppealForm] = await read_form(request, AppealForm)
    at = form.received_at
    own = await db.read(own_project, authority.id, key_in(year), key_in(number), actor=actor, at=at)
    place = links.project(own.cycle.year, own.project.number, "confirmare")
    if form.data is not None:
        reasons = form.data.reasons
        try:
            where = await db.act_once(
                form, appeal_review, lambda _: place, own.project.id, reasons=reasons, by=own.by, at=at
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("Your appeal is received; you are told how it is decided."))
    return page(request, "budgeting/project_appeal.html", status=422, sent=own, form=form)


handlers = [prepare, send]
