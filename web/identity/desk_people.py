"""Officials: who holds which office. Administrators give and take them, never their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.appointments import close_account, reset_second_factor, set_roles
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.names import EMAIL_LENGTH
from consult.identity.nominations import Waiting, nominate, waiting_nominations
from consult.identity.offices import ROLE_DUTIES, ROLE_NAMES, Official, Role, officials_of
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


class NominationForm(msgspec.Struct):
    """Whom an administrator offers which roles."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write the e-mail address."))]
    roles: Annotated[list[Role], several(len(Role), missing=N_("Choose at least one role."))]


class RolesForm(msgspec.Struct):
    """The roles that an official shall have; with none, they are no official any more."""

    roles: Annotated[list[Role], several(len(Role))] = []


class SureForm(msgspec.Struct):
    """A button that says it all."""


@dataclass(frozen=True)
class Officials:
    """What the page of all officials shows."""

    officials: Sequence[Official]
    waiting: Sequence[Waiting]


def all_officials(db: Session, authority_id: AuthorityId, *, at: datetime) -> Officials:
    """Read who is an official, and who was asked to become one."""
    return Officials(officials_of(db, authority_id), waiting_nominations(db, authority_id, at=at))


def one_official(db: Session, authority_id: AuthorityId, person_id: PersonId) -> Official:
    """Return an official of this authority; raises NotFound for anybody else."""
    for official in officials_of(db, authority_id):
        if official.person.id == person_id:
            return official
    raise NotFound


@get(links.DESK_PEOPLE, opt=at_desk())
async def show_all(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], at: Given[datetime]
) -> Response[str]:
    """List the officials; administrators may ask others to become one."""
    shown = await db.read(all_officials, authority.id, at=at)
    return officials_page(request, shown, blank(NominationForm), actor, authority)


def officials_page(
    request: Request,
    shown: Officials,
    form: Form[NominationForm],
    actor: Actor,
    authority: Authority,
    *,
    status: int = 200,
) -> Response[str]:
    """Return the page of all officials."""
    return page(
        request,
        "identity/desk_people.html",
        status=status,
        form=form,
        shown=shown,
        actor=actor,
        may_manage=may("people.manage", actor, Within(authority.id)),
        role_names=ROLE_NAMES,
        role_options=role_options(),
    )


@post(links.DESK_PEOPLE, opt=at_desk("people.manage"))
async def offer(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Offer roles to the reader of a mailbox."""
    form = await read_form(request, NominationForm)
    at, status = form.received_at, 422
    if form.data is not None:
        email, roles = form.data.email, form.data.roles
        try:
            where = await db.act_once(
                form, nominate, lambda _: links.DESK_PEOPLE, authority.id, email, roles, by=actor, at=at
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where, flash=gettext(N_("The invitation is sent. It holds for two days.")))
    shown = await db.read(all_officials, authority.id, at=at)
    return officials_page(request, shown, form, actor, authority, status=status)


@get("/birou/oameni/{person:str}", opt=at_desk("people.manage"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], person: FromPath[str]
) -> Response[str]:
    """Show an official's roles, to be changed."""
    require("people.manage", actor, Within(authority.id))
    official = await db.read(one_official, authority.id, PersonId(key_in(person)))
    form = blank(RolesForm, roles=[role for role in Role if role in official.roles])
    return official_page(request, official, form, actor)


def official_page(
    request: Request, official: Official, form: Form[RolesForm], actor: Actor, *, status: int = 200
) -> Response[str]:
    """Return the page of one official."""
    return page(
        request,
        "identity/desk_person.html",
        status=status,
        form=form,
        official=official,
        is_oneself=official.person.id == actor.person_id,
        role_names=ROLE_NAMES,
        role_options=role_options(),
    )


@post("/birou/oameni/{person:str}", opt=at_desk("people.manage"))
async def change(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], person: FromPath[str]
) -> Response[Any]:
    """Give and take roles."""
    require("people.manage", actor, Within(authority.id))
    official = await db.read(one_official, authority.id, PersonId(key_in(person)))
    form = await read_form(request, RolesForm)
    at, status = form.received_at, 422
    if form.data is not None:
        try:
            await db.act(set_roles, authority.id, official.person.id, form.data.roles, by=actor, at=at)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(
                request, links.DESK_PEOPLE, flash=said_of(official, N_("The roles of %(name)s are changed."))
            )
    return official_page(request, official, form, actor, status=status)


@post("/birou/oameni/{person:str}/al-doilea-pas", opt=at_desk("people.manage"))
async def reset(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], person: FromPath[str]
) -> Response[Any]:
    """Let an official set up the second step anew."""
    form = await read_form(request, SureForm)
    official = await db.read(one_official, authority.id, PersonId(key_in(person)))
    person_id = official.person.id
    where = await db.act_once(
        form,
        reset_second_factor,
        lambda _: links.DESK_PEOPLE,
        authority.id,
        person_id,
        by=actor,
        at=form.received_at,
    )
    said = said_of(official, N_("%(name)s sets up the second step anew at the next sign-in."))
    return see_other(request, where, flash=said)


@post("/birou/oameni/{person:str}/inchide", opt=at_desk("people.manage"))
async def close(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], person: FromPath[str]
) -> Response[Any]:
    """Close the account of an official who has left."""
    form = await read_form(request, SureForm)
    official = await db.read(one_official, authority.id, PersonId(key_in(person)))
    person_id, at = official.person.id, form.received_at
    where = await db.act_once(
        form, close_account, lambda _: links.DESK_PEOPLE, authority.id, person_id, by=actor, at=at
    )
    return see_other(request, where, flash=said_of(official, N_("The account of %(name)s is closed.")))


def role_options() -> list[tuple[str, str, str]]:
    """Return the roles as a form offers them: value, name and duty, in the current locale."""
    return [(role.value, gettext(ROLE_NAMES[role]), gettext(ROLE_DUTIES[role])) for role in Role]


def said_of(official: Official, sentence: str) -> str:
    """Return a sentence about an official, in the current locale."""
    return gettext(sentence) % {"name": official.person.name}


handlers = [show_all, offer, show, change, reset, close]
