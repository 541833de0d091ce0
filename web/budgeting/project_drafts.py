"""Drafts of projects: listed on a page of one's own, gone on with, thrown away."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.project_drafts import KEPT_AFTER, ProjectDraft, discard_project_draft, project_drafts_of
from consult.i18n import gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import PersonId
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.forms import blank, read_form
from web.given import Given, Request
from web.keys import key_in


class Discarding(msgspec.Struct):
    """Nothing is asked; pressing the button is the answer."""


def drafts_here(db: Session, person_id: PersonId, authority_id: AuthorityId) -> Sequence[ProjectDraft]:
    """Return the drafts that a person can go on writing on this site."""
    return [each for each in project_drafts_of(db, person_id) if each.cycle.authority_id == authority_id]


@get(links.PROJECT_DRAFTS, opt=signed_in())
async def drafts(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """List the projects that one has begun and not sent."""
    found = await db.read(drafts_here, actor.person_id, authority.id)
    form = blank(Discarding)
    return page(request, "budgeting/project_drafts.html", drafts=found, form=form, days=KEPT_AFTER.days)


@post(links.discard_project_draft("{draft:str}"), opt=signed_in())
async def discard(
    request: Request, db: Given[Db], actor: Given[Actor], draft: FromPath[str]
) -> Response[Any]:  # Any: the way to the next page
    """Throw a draft away."""
    form = await read_form(request, Discarding)
    where = await db.act_once(
        form,
        discard_project_draft,
        lambda _: links.PROJECT_DRAFTS,
        key_in(draft),
        person_id=actor.person_id,
        at=form.received_at,
    )
    return see_other(request, where, flash=gettext("The draft is deleted."))


handlers = [drafts, discard]
