"""Answering an invitation: to act for an organisation, or to hold an office."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, current_locale, gettext
from consult.identity.actors import Actor
from consult.identity.memberships import AskedToJoin, accept_membership, accept_waiting, asked_to_join
from consult.identity.names import NAME_LENGTH
from consult.identity.nominations import Offered, accept_nomination, offered_to
from consult.identity.offices import ROLE_DUTIES, ROLE_NAMES
from consult.identity.one_use_links import LinkId, LinkSpent, Purpose, look_at
from consult.identity.passwords import OFFICIAL, hash_password
from consult.identity.sessions import SignedIn
from consult.refusals import NotFound, Refusal
from web.access import ANYONE, signed_in
from web.answers import page, see_other
from web.database import Db
from web.fields import line, secret
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.hashing import Hashing
from web.identity.refused import refused
from web.identity.visitors import tried_first, with_next


class AcceptForm(msgspec.Struct):
    """A button; the link says the rest."""


class WaitingForm(msgspec.Struct):
    """Which of the invitations that wait is accepted."""

    invitation: int


class OfficeForm(msgspec.Struct):
    """What a new official chooses. `name`: asked only of whoever has no account."""

    password: Annotated[str, secret(missing=N_("Choose a password."))]
    name: Annotated[str, line(NAME_LENGTH)] = ""


def invitation_of(db: Session, token: str, *, at: datetime) -> AskedToJoin | Offered:
    """Return what an invitation says; raises LinkSpent."""
    link = look_at(db, token, Purpose.MEMBERSHIP, Purpose.NOMINATION, at=at)
    return asked_to_join(db, token, at=at) if link.purpose is Purpose.MEMBERSHIP else offered_to(db, token, at=at)


@get("/invitatie/{token:str}", opt=ANYONE)
async def show(
    request: Request, db: Given[Db], visitor: Given[SignedIn | None], at: Given[datetime], token: FromPath[str]
) -> Response[str]:
    """Show who invites to what, and how to accept."""
    invitation = await db.read(invitation_of, token, at=at)
    if isinstance(invitation, Offered):
        return office_page(request, blank(OfficeForm), invitation, token)
    return page(
        request,
        "identity/invitation.html",
        form=blank(AcceptForm),
        invitation=invitation,
        token=token,
        is_reader=visitor is not None and visitor.actor.email == invitation.email,
        other=visitor.actor.email if visitor is not None else "",
        sign_in=with_next(links.SIGN_IN, links.invitation(token)),
    )


def office_page(
    request: Request, form: Form[OfficeForm], offered: Offered, token: str, *, status: int = 200
) -> Response[str]:
    """Return the page on which an office is accepted."""
    return page(
        request,
        "identity/nomination.html",
        status=status,
        form=form,
        offered=offered,
        token=token,
        rule=OFFICIAL,
        role_names=ROLE_NAMES,
        role_duties=ROLE_DUTIES,
    )


@post("/invitatie/{token:str}/organizatie", opt=signed_in())
async def join(request: Request, db: Given[Db], actor: Given[Actor], token: FromPath[str]) -> Response[Any]:
    """Begin to act for the organisation."""
    form = await read_form(request, AcceptForm)
    where = await db.act_once(
        form,
        accept_membership,
        lambda organisation: links.organisation(organisation.id),
        token,
        by=actor,
        at=form.received_at,
    )
    return see_other(request, where, flash=gettext(N_("You act for this organisation now.")))


@post(links.INVITATIONS, opt=signed_in())
async def accept(request: Request, db: Given[Db], actor: Given[Actor]) -> Response[Any]:
    """Begin to act for an organisation whose invitation waits on one's own page; pressing again does no harm."""
    form = await read_form(request, WaitingForm)
    if form.data is None:
        raise NotFound
    try:
        joined = await db.act(accept_waiting, LinkId(form.data.invitation), by=actor, at=form.received_at)
    except LinkSpent:
        return see_other(request, links.ACCOUNT)
    return see_other(request, links.organisation(joined.id), flash=gettext(N_("You act for this organisation now.")))


@post("/invitatie/{token:str}/functie", opt=ANYONE)
async def take_office(request: Request, db: Given[Db], hashing: Given[Hashing], token: FromPath[str]) -> Response[Any]:
    """Take the offered office, with a password good enough for it."""
    form = await read_form(request, OfficeForm)
    offered = await db.read(offered_to, token, at=form.received_at)
    status = 422
    if form.data is not None:
        name, password = form.data.name, form.data.password
        own_words = tried_first(request, offered.name or name, offered.email)
        try:
            new = await hashing.run(hash_password, password, OFFICIAL, own_words=own_words)
            await db.act(
                accept_nomination,
                token,
                name=name,
                password_hash=new,
                locale=current_locale.get(),
                at=form.received_at,
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, links.SIGN_IN, flash=gettext(N_("You are an official now. Sign in.")))
    return office_page(request, form, offered, token, status=status)


handlers = [show, join, accept, take_office]
