"""The composer: choose what it is about, write, check, send. No words are stored until they are saved or sent.

What was written travels in the form, so that a page left open all night can still be sent, and a session that ended
meanwhile loses nothing either (`web.kept`).
"""

from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from consult import links
from consult.consultations.submissions import AlreadyProposed
from consult.consultations.unsent import send_begun
from consult.identity.actors import Actor, AsMember, acting_as_member, participant_label
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.organisations import OrganisationId
from consult.identity.registers import Register, register_key
from consult.refusals import NotFound, Refusal
from consult.settings import Settings
from web.access import signed_in
from web.answers import see_other
from web.consultations.attached import take_in
from web.consultations.composer import (
    WORDS,
    Asked,
    Desk,
    Proposal,
    as_typed,
    begun_as,
    by_number,
    desk_for,
    place_in,
    words_of,
)
from web.consultations.unsent import save, unsent_in
from web.consultations.writing import check_page, checked, go_on_writing, opening_page, writing_page
from web.database import Db
from web.forms import Form, blank, read_form
from web.given import Given, Request


@get("/consultari/{reference:str}/propune", opt=signed_in("recommendation.submit"))
async def compose(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    reference: FromPath[str],
    la: FromQuery[str | None] = None,
    pana: FromQuery[str | None] = None,
    fel: FromQuery[str | None] = None,
    ciorna: FromQuery[int | None] = None,
) -> Response[str]:
    """Show the page on which a recommendation is written, or first the choice of what it is about."""
    if ciorna is not None:
        unsent = await db.read(unsent_in, authority.id, reference, ciorna, actor.person_id)
        form = blank(Proposal, **as_typed(unsent))
        return writing_page(request, form, await desk_with(db, form, authority.id, reference, actor), at)
    asked = Asked(la, pana or None, fel)
    return await opening_page(
        request, db, authority, reference, Proposal, person_id=actor.person_id, asked=asked, at=at
    )


@post("/consultari/{reference:str}/propune", opt=signed_in("recommendation.submit"))
async def check_or_send(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    actor: Given[Actor],
    reference: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what was written as it will stand, or send it."""
    form = await read_form(request, Proposal)
    proposal = form.data
    await take_in(db, settings, form, sender=f"person:{actor.person_id}")

    if proposal is not None and proposal.step == "edit":
        return go_on_writing(request, form, proposal, await desk_with(db, form, authority.id, reference, actor))
    earlier = ""
    try:
        if proposal is not None and not form.errors:
            return await stepped(request, db, form, authority.id, reference, proposal, actor)
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal, wording=WORDS.get(proposal.kind, "") if proposal else "")
        if isinstance(refusal, AlreadyProposed):
            earlier = links.recommendation(reference, str(refusal.facts["reference"]))
    desk = await desk_with(db, form, authority.id, reference, actor)
    return writing_page(request, form, desk, form.received_at, status=422, earlier=earlier)


async def desk_with(db: Db, form: Form[Proposal], authority_id: AuthorityId, reference: str, actor: Actor) -> Desk:
    """Read what lies beside a form."""
    held = form.texts("attached")
    return await db.read(desk_for, authority_id, reference, place_in(form), actor.person_id, attached=held)


async def stepped(
    request: Request,
    db: Db,
    form: Form[Proposal],
    authority_id: AuthorityId,
    reference: str,
    proposal: Proposal,
    actor: Actor,
) -> Response[Any]:  # Any: a page, or the way to the next
    """Do what the button that was pressed says: keep a draft, send, or show what would be sent."""
    by = await speaking_for(db, actor, proposal.acting_for)
    if proposal.step == "save":
        return await save(request, db, form, authority_id, reference, proposal, by)
    if proposal.step == "send":
        return see_other(request, await send(db, form, authority_id, reference, proposal, by))
    said, place = words_of(form, proposal), place_in(form)
    found = await db.read(
        by_number, authority_id, reference, checked, said=said, place=place, by=by, at=form.received_at
    )
    return check_page(request, form, found, said, author=appears_as(by, named=proposal.named), has_account=True)


async def send(
    db: Db, form: Form[Proposal], authority_id: AuthorityId, reference: str, proposal: Proposal, by: Actor
) -> str:
    """Send a recommendation, once however often it arrives; return the page that confirms it."""
    return await db.act_once_alone(
        register_key(Register.RECOMMENDATIONS, authority_id),
        form,
        by_number,
        lambda sent: links.confirmation(reference, sent.reference),
        authority_id,
        reference,
        send_begun,
        begun=begun_as(proposal),
        said=words_of(form, proposal),
        place=place_in(form),
        named=proposal.named,
        by=by,
        at=form.received_at,
    )


async def speaking_for(db: Db, actor: Actor, organisation_id: int | None) -> Actor:
    """Return whoever is signed in, as themselves or for an organisation of theirs. Raises NotAMember."""
    if organisation_id is None:
        return actor
    return await db.read(acting_as_member, actor.person_id, OrganisationId(organisation_id))


def appears_as(by: Actor, *, named: bool) -> str:
    """Return under which name everybody will read what an actor sends."""
    organisation = by.capacity.name if isinstance(by.capacity, AsMember) else None
    return participant_label(name=by.name if named else None, organisation=organisation, is_verified=by.is_verified)
