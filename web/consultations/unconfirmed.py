"""The composer for whoever has no account: the same pages, a name and an address, and a letter to confirm it by.

Whether an address has an account is told to its mailbox alone: the pages, their status and the work behind them are the
same.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from consult import links
from consult.consultations.consultations import find_published
from consult.consultations.unconfirmed import confirm_recommendation, confirmed_by, send_unconfirmed, to_confirm
from consult.i18n import current_locale, gettext
from consult.identity.actors import participant_label
from consult.identity.authorities import Authority
from consult.identity.limits import admit_proposal, network_of
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH, email_address, one_line
from consult.identity.registers import Register, register_key
from consult.identity.sessions import SignedIn
from consult.refusals import Refusal
from consult.settings import Settings
from web.access import ANYONE
from web.answers import page, see_other
from web.consultations.articles import change_asked
from web.consultations.attached import take_in
from web.consultations.composer import WORDS, Asked, Desk, Proposal, by_number, desk_for, place_in, words_of
from web.consultations.writing import OK, check_page, checked, go_on_writing, opening_page, writing_page
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.identity.visitors import address_of


class StrangersProposal(Proposal, kw_only=True):
    """A recommendation with what the law asks of its author: who they are and how they can be reached (art. 7(6))."""

    name: Annotated[str, line(NAME_LENGTH)] = ""
    email: Annotated[str, line(EMAIL_LENGTH)] = ""


class Confirmation(msgspec.Struct):
    """A button; the link says the rest."""


@get("/consultari/{reference:str}/propune/fara-cont", opt=ANYONE)
async def compose_without_account(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    at: Given[datetime],
    reference: FromPath[str],
    la: FromQuery[str | None] = None,
    pana: FromQuery[str | None] = None,
    fel: FromQuery[str | None] = None,
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show the page on which a recommendation is written; whoever is signed in gets the one of their account."""
    if visitor is not None:
        return see_other(request, links.asking(links.propose(reference), la=la, pana=pana, fel=fel))
    asked = Asked(la, pana or None, fel)
    return await opening_page(request, db, authority, reference, StrangersProposal, person_id=None, asked=asked, at=at)


@post("/consultari/{reference:str}/propune/fara-cont", opt=ANYONE)
async def check_or_send_without_account(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    reference: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what was written as it will stand, or send it: then a letter asks its author to confirm it."""
    form = await read_form(request, StrangersProposal)
    proposal = form.data
    await take_in(db, settings, form, sender=network_of(address_of(request)))

    async def desk() -> Desk:
        return await db.read(desk_for, authority.id, reference, place_in(form), None, attached=form.texts("attached"))

    if proposal is not None and proposal.step == "edit":
        return go_on_writing(request, form, proposal, await desk())
    form.check(one_line, form.text("name"))
    form.check(email_address, form.text("email"))
    if proposal is None or form.errors:
        return writing_page(request, form, await desk(), form.received_at, status=422)
    said = words_of(form, proposal)
    try:
        if proposal.step == "send":
            return see_other(request, await send(request, db, authority, reference, form, proposal))
        found = await db.read(
            by_number,
            authority.id,
            reference,
            checked,
            said=said,
            place=place_in(form),
            by=None,
            at=form.received_at,
        )
    except Refusal as refusal:
        status = refused(form, refusal, wording=WORDS.get(proposal.kind, ""))
        return writing_page(request, form, await desk(), form.received_at, status=status)
    author = participant_label(name=proposal.name if proposal.named else None)
    return check_page(request, form, found, said, author=author, has_account=False)


async def send(
    request: Request,
    db: Db,
    authority: Authority,
    reference: str,
    form: Form[StrangersProposal],
    proposal: StrangersProposal,
) -> str:
    """Keep a recommendation until it is confirmed, once however often it arrives; return the page that says so."""
    await db.act(admit_proposal, address_of(request), at=form.received_at)
    return await db.act_once(
        form,
        by_number,
        lambda _: links.propose_without_account(reference, part="trimis"),
        authority.id,
        reference,
        send_unconfirmed,
        said=words_of(form, proposal),
        place=place_in(form),
        named=proposal.named,
        name=proposal.name,
        email=proposal.email,
        locale=current_locale.get(),
        at=form.received_at,
    )


@get("/consultari/{reference:str}/propune/fara-cont/trimis", opt=ANYONE)
async def sent_without_account(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str]
) -> Response[str]:
    """Say that a letter is on its way, to whoever asked."""
    consultation = await db.read(find_published, authority.id, reference)
    return page(request, "consultations/unconfirmed.html", consultation=consultation)


@get("/propune/confirma/{token:str}", opt=ANYONE)
async def ask_to_confirm_proposal(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], token: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what the letter was about and a button: mail scanners open links, but press nothing."""
    done = await db.read(confirmed_by, token)
    if done is not None:
        return see_other(request, done)
    return await confirming_page(request, db, authority, blank(Confirmation), token, at)


@post("/propune/confirma/{token:str}", opt=ANYONE)
async def confirm_proposal(
    request: Request, db: Given[Db], authority: Given[Authority], token: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Receive the recommendation; it gets its number and is public."""
    form = await read_form(request, Confirmation)
    done = await db.read(confirmed_by, token)
    if done is not None:
        return see_other(request, done)
    try:
        where = await db.act_once_alone(
            register_key(Register.RECOMMENDATIONS, authority.id),
            form,
            confirm_recommendation,
            str,
            authority.id,
            token,
            at=form.received_at,
        )
    except Refusal as refusal:
        status = refused(form, refusal)
        return await confirming_page(request, db, authority, form, token, form.received_at, status=status)
    return see_other(request, where, flash=gettext("Your proposal is confirmed and has its number."))


async def confirming_page(
    request: Request,
    db: Db,
    authority: Authority,
    form: Form[Confirmation],
    token: str,
    at: datetime,
    *,
    status: int = OK,
) -> Response[str]:
    """Show what a link would confirm."""
    asked = await db.read(to_confirm, authority.id, token, at=at)
    it = asked.waiting
    author = participant_label(name=asked.name, is_verified=asked.is_verified)
    return page(
        request,
        "consultations/confirm_proposal.html",
        status=status,
        form=form,
        asked=asked,
        author=author,
        pieces=change_asked(it.kind, asked.current, it.wording),
        token=token,
    )


handlers = [
    compose_without_account,
    check_or_send_without_account,
    sent_without_account,
    ask_to_confirm_proposal,
    confirm_proposal,
]
