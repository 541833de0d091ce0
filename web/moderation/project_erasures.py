"""Anybody asks that a text about a project be erased: its author, or somebody whom the text is about."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.cycles import find_announced
from consult.budgeting.project_erasure_requests import ask_for_erasure
from consult.budgeting.projects import Project, find_project
from consult.i18n import current_locale
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.erasure_requests import Source
from consult.identity.limits import admit_stranger
from consult.identity.organisations import is_member
from consult.identity.sessions import SignedIn
from consult.refusals import Refusal
from web.access import ANYONE
from web.answers import page, see_other
from web.database import Db
from web.forms import blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.identity.visitors import address_of
from web.keys import key_in
from web.moderation.erasures import About, ErasureForm, form_page, whoever_asks

PATH = "/buget/{year:str}/proiecte/{number:str}/stergere"


def about_project(project: Project) -> About:
    """Return what a request about a project is about."""
    year, number = project.cycle.year, project.number
    own, public = links.project(year, number, "stergere"), links.project(year, number)
    return About(str(number), project.cycle.title, own, public, is_project=True)


def project_meant(db: Session, authority_id: AuthorityId, year: int, number: int) -> Project:
    """Read the project that somebody speaks of. Raises NotFound."""
    return find_project(db, find_announced(db, authority_id, year).id, number)


def is_author(db: Session, project: Project, visitor: SignedIn | None) -> bool:
    """Whether whoever is signed in proposed it, or is a member of the organisation for which it was proposed."""
    if visitor is None:
        return False
    if project.organisation_id is not None:
        return is_member(db, visitor.person_id, project.organisation_id)
    return visitor.person_id == project.person_id


@get(PATH, opt=ANYONE)
async def ask(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Ask what should be erased, and why."""
    project = await db.read(project_meant, authority.id, key_in(year), key_in(number))
    known = await db.read(whoever_asks, visitor)
    form = blank(ErasureForm, name=known.name if known else "", email=known.email if known else "")
    return form_page(request, about_project(project), form)


@post(PATH, opt=ANYONE)
async def send(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Take a request."""
    form = await read_form(request, ErasureForm)
    project = await db.read(project_meant, authority.id, key_in(year), key_in(number))
    about = about_project(project)
    if form.data is None:
        return form_page(request, about, form, status=422)
    own = await db.read(is_author, project, visitor)
    try:
        await db.act(admit_stranger, address_of(request), at=form.received_at)
        where = await db.act_once(
            form,
            ask_for_erasure,
            lambda _: f"{about.own}/primita",
            project.id,
            source=Source.AUTHOR if own else Source.READER,
            ground=form.data.ground,
            words=form.data.words,
            name=form.data.name,
            email=form.data.email,
            locale=current_locale.get(),
            by=visitor.person_id if visitor else None,
            at=form.received_at,
        )
    except Refusal as refusal:
        return form_page(request, about, form, status=refused(form, refusal))
    return see_other(request, where)


@get(f"{PATH}/primita", opt=ANYONE)
async def received(
    request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str], number: FromPath[str]
) -> Response[str]:
    """Say what happens with a request, and until when."""
    project = await db.read(project_meant, authority.id, key_in(year), key_in(number))
    return page(request, "moderation/erasure_received.html", about=about_project(project))


handlers = [ask, send, received]
