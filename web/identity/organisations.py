"""Registering an organisation, and looking after it: who acts for it, and whom to invite."""

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
from consult.identity.actors import Actor, NotAMember, acting_as_member
from consult.identity.authorities import Authority
from consult.identity.memberships import end_membership, invite_member, invited_addresses
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH
from consult.identity.organisations import Organisation, OrganisationId, members_of, organisation_of
from consult.identity.people import Person, PersonId
from consult.identity.verification import OrganisationFacts, in_written_form, register_organisation
from consult.refusals import NotFound, Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.keys import key_in


class RegisterForm(msgspec.Struct):
    """What an organisation says of itself."""

    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write the organisation's name, as in its papers."))]
    registry_number: Annotated[str, line(20, missing=N_("Write the registry number, such as 1039/A/2019."))]
    fiscal_code: Annotated[str, line(20, missing=N_("Write the fiscal code."))]
    seat: Annotated[str, line(NAME_LENGTH, missing=N_("Write the address of the seat."))]
    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write the organisation's e-mail address."))]


class InviteForm(msgspec.Struct):
    """Whom to invite."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write the e-mail address of whom you invite."))]


class EndForm(msgspec.Struct):
    """Who shall no longer act for the organisation."""

    person: int


@dataclass(frozen=True)
class House:
    """What the members of an organisation see of it."""

    organisation: Organisation
    members: Sequence[Person]
    invited: Sequence[str]


def house_of(db: Session, person_id: PersonId, organisation_id: OrganisationId, *, at: datetime) -> House:
    """Read what the page shows; raises NotFound for whoever is no member."""
    membership_or_nothing(db, person_id, organisation_id)
    return House(
        organisation_of(db, organisation_id),
        members_of(db, organisation_id),
        invited_addresses(db, organisation_id, at=at),
    )


def membership_or_nothing(db: Session, person_id: PersonId, organisation_id: OrganisationId) -> Actor:
    """Return the person acting for the organisation. Raises NotFound: to others this page does not exist."""
    try:
        return acting_as_member(db, person_id, organisation_id)
    except NotAMember:
        raise NotFound from None


@get(links.NEW_ORGANISATION, opt=signed_in("organisation.register"))
async def ask_to_register(request: Request) -> Response[str]:
    """Ask what the organisation is."""
    return page(request, "identity/organisation_new.html", form=blank(RegisterForm))


@post(links.NEW_ORGANISATION, opt=signed_in("organisation.register"))
async def register(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Register the organisation; an official will look at its papers."""
    form = await read_form(request, RegisterForm)
    status = 422
    facts = OrganisationFacts(**{fact: form.text(fact) for fact in RegisterForm.__struct_fields__})
    if form.data is None:
        form.check(in_written_form, facts, at=form.received_at)
    else:
        try:
            where = await db.act_once(
                form,
                register_organisation,
                lambda organisation: links.organisation(organisation.id),
                authority.id,
                facts,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(
                request, where, flash=gettext(N_("The organisation is registered. An official looks at it."))
            )
    return page(request, "identity/organisation_new.html", status=status, form=form)


@get("/cont/organizatii/{organisation:str}", opt=signed_in())
async def show(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], organisation: FromPath[str]
) -> Response[str]:
    """Show an organisation to its members."""
    house = await db.read(house_of, actor.person_id, OrganisationId(key_in(organisation)), at=at)
    return house_page(request, house, blank(InviteForm))


def house_page(request: Request, house: House, form: Form[InviteForm], *, status: int = 200) -> Response[str]:
    """Return the page of an organisation for its members."""
    return page(request, "identity/organisation.html", status=status, form=form, house=house)


@post("/cont/organizatii/{organisation:str}/invita", opt=signed_in("organisation.invite"))
async def invite(request: Request, db: Given[Db], actor: Given[Actor], organisation: FromPath[str]) -> Response[Any]:
    """Invite somebody to act for the organisation too."""
    organisation_id = OrganisationId(key_in(organisation))
    member = await db.read(membership_or_nothing, actor.person_id, organisation_id)
    form = await read_form(request, InviteForm)
    status = 422
    if form.data is not None:
        own_page = links.organisation(organisation_id)
        try:
            where = await db.act_once(
                form, invite_member, lambda _: own_page, form.data.email, by=member, at=form.received_at
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where, flash=gettext(N_("The invitation is sent. It holds for two days.")))
    house = await db.read(house_of, actor.person_id, organisation_id, at=form.received_at)
    return house_page(request, house, form, status=status)


@post("/cont/organizatii/{organisation:str}/membri", opt=signed_in("organisation.invite"))
async def end(request: Request, db: Given[Db], actor: Given[Actor], organisation: FromPath[str]) -> Response[Any]:
    """Let a member, oneself included, no longer act for the organisation."""
    organisation_id = OrganisationId(key_in(organisation))
    member = await db.read(membership_or_nothing, actor.person_id, organisation_id)
    form = await read_form(request, EndForm)
    if form.data is None:
        raise NotFound
    person_id = PersonId(form.data.person)
    await db.act(end_membership, person_id, by=member, at=form.received_at)
    if person_id == actor.person_id:
        return see_other(request, links.ACCOUNT, flash=gettext(N_("You no longer act for this organisation.")))
    said = gettext(N_("From now on this person does not act for the organisation."))
    return see_other(request, links.organisation(organisation_id), flash=said)


handlers = [ask_to_register, register, show, invite, end]
