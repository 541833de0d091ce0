"""Organisations at the desk: whose papers wait to be looked at, and what was concluded."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import Organisation, OrganisationId, Standing, members_of
from consult.identity.people import Person
from consult.identity.permissions import Within, may
from consult.identity.verification import (
    NOTE_LENGTH,
    organisation_at,
    organisations_at,
    refuse_organisation,
    verify_organisation,
)
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.keys import key_in


class DecisionForm(msgspec.Struct):
    """What an official concludes, and from what."""

    decision: Literal["verify", "refuse"]
    note: Annotated[str, text(NOTE_LENGTH, missing=N_("Write what you have seen, or why you refuse."))]


def by_standing(db: Session, authority_id: AuthorityId) -> dict[Standing, list[Organisation]]:
    """Return the organisations that registered here, those that wait first."""
    return {standing: organisations_at(db, authority_id, standing) for standing in Standing}


def papers(
    db: Session, authority_id: AuthorityId, organisation_id: OrganisationId
) -> tuple[Organisation, list[Person]]:
    """Return an organisation and who acts for it; raises NotFound."""
    return organisation_at(db, authority_id, organisation_id), members_of(db, organisation_id)


@get(links.DESK_ORGANISATIONS, opt=at_desk())
async def show_all(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """List the organisations that registered here."""
    return page(
        request,
        "identity/desk_organisations.html",
        organisations=await db.read(by_standing, authority.id),
        may_verify_residents=may("residence.verify", actor, Within(authority.id)),
    )


@get("/birou/organizatii/{organisation:str}", opt=at_desk())
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], organisation: FromPath[str]
) -> Response[str]:
    """Show the papers of an organisation."""
    shown, members = await db.read(papers, authority.id, OrganisationId(key_in(organisation)))
    return papers_page(request, shown, members, blank(DecisionForm), actor)


def papers_page(
    request: Request,
    organisation: Organisation,
    members: list[Person],
    form: Form[DecisionForm],
    actor: Actor,
    *,
    status: int = 200,
) -> Response[str]:
    """Return the page of an organisation's papers, with the decision for those who may take it."""
    is_member = any(member.id == actor.person_id for member in members)
    return page(
        request,
        "identity/desk_organisation.html",
        status=status,
        form=form,
        organisation=organisation,
        members=members,
        most=NOTE_LENGTH,
        may_decide=may("organisation.verify", actor, organisation) and not is_member,
    )


@post("/birou/organizatii/{organisation:str}", opt=at_desk("organisation.verify"))
async def decide(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], organisation: FromPath[str]
) -> Response[Any]:
    """Verify or refuse."""
    shown, members = await db.read(papers, authority.id, OrganisationId(key_in(organisation)))
    form = await read_form(request, DecisionForm)
    status = 422
    if form.data is not None:
        action, at = DECISIONS[form.data.decision], form.received_at
        try:
            where = await db.act_once(
                form, action, lambda _: links.DESK_ORGANISATIONS, shown.id, note=form.data.note, by=actor, at=at
            )
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            return see_other(request, where, flash=gettext(SAID[form.data.decision]) % {"name": shown.name})
    return papers_page(request, shown, members, form, actor, status=status)


DECISIONS = {"verify": verify_organisation, "refuse": refuse_organisation}
SAID = {"verify": N_("%(name)s is verified."), "refuse": N_("%(name)s was refused; its members are told why.")}

handlers = [show_all, show, decide]
