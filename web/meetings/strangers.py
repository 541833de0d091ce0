"""Registering to speak without an account: a name, an address, and a letter to confirm it by.

Whether an address has an account is told to its mailbox alone: the pages and the work behind them are the same.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import current_locale
from consult.identity.actors import participant_label
from consult.identity.authorities import Authority
from consult.identity.limits import admit_proposal
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH, email_address, one_line
from consult.identity.sessions import SignedIn
from consult.meetings.meetings import Kind, Meeting, find_meeting
from consult.meetings.unconfirmed_speakers import ask_to_speak, confirm_speaker, speaker_confirmed, speaker_to_confirm
from consult.refusals import NotFound, Refusal
from web.access import ANYONE
from web.answers import page, see_other
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.identity.visitors import address_of

OK, UNPROCESSABLE = 200, 422
ASKING = links.speaking_without_account("{reference:str}")
SENT = links.speaking_without_account("{reference:str}", part="trimis")
CONFIRMING = links.speaker_confirmation("{token:str}")


class AskingForm(msgspec.Struct):
    """Who wants to speak, how they can be reached, and whether readers see their name."""

    name: Annotated[str, line(NAME_LENGTH)] = ""
    email: Annotated[str, line(EMAIL_LENGTH)] = ""
    named: bool = False


class Confirmation(msgspec.Struct):
    """A button; the link says the rest."""


def meeting_to_speak_at(db: Session, authority: Authority, reference: str) -> Meeting:
    """Return a meeting at which people register to speak. Raises NotFound of a session, where the chair gives it."""
    meeting = find_meeting(db, authority.id, reference)
    if meeting.kind is Kind.SESSION:
        raise NotFound
    return meeting


@get(ASKING, opt=ANYONE)
async def show(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    reference: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Ask who wants to speak; whoever is signed in registers by their account."""
    meeting = await db.read(meeting_to_speak_at, authority, reference)
    if visitor is not None:
        return see_other(request, links.meeting_registration(reference))
    return page(request, "meetings/stranger.html", meeting=meeting, form=blank(AskingForm))


@post(ASKING, opt=ANYONE)
async def ask(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Send the letter by which a turn is confirmed."""
    meeting = await db.read(meeting_to_speak_at, authority, reference)
    form = await read_form(request, AskingForm)
    form.check(one_line, form.text("name"))
    form.check(email_address, form.text("email"))
    status, asked = UNPROCESSABLE, form.data
    if asked is not None and not form.errors:
        try:
            return see_other(request, await send(request, db, meeting, form, asked))
        except Refusal as refusal:
            status = refused(form, refusal)
    return page(request, "meetings/stranger.html", status=status, meeting=meeting, form=form)


async def send(request: Request, db: Db, meeting: Meeting, form: Form[AskingForm], asked: AskingForm) -> str:
    """Keep who asked until it is confirmed, once however often it arrives; return the page that says so."""
    await db.act(admit_proposal, address_of(request), at=form.received_at)
    return await db.act_once(
        form,
        ask_to_speak,
        lambda _: links.speaking_without_account(meeting.reference, part="trimis"),
        meeting.id,
        name=asked.name,
        email=asked.email,
        named=asked.named,
        locale=current_locale.get(),
        at=form.received_at,
    )


@get(SENT, opt=ANYONE)
async def sent(request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str]) -> Response[str]:
    """Say that a letter is on its way, to whoever asked."""
    meeting = await db.read(meeting_to_speak_at, authority, reference)
    return page(request, "meetings/stranger_sent.html", meeting=meeting)


@get(CONFIRMING, opt=ANYONE)
async def ask_to_confirm(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], token: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Show what the letter was about and a button: mail scanners open links, but press nothing."""
    done = await db.read(speaker_confirmed, token)
    if done is not None:
        return see_other(request, done)
    return await confirming_page(request, db, authority, blank(Confirmation), token, at)


@post(CONFIRMING, opt=ANYONE)
async def confirm(
    request: Request, db: Given[Db], authority: Given[Authority], token: FromPath[str]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Give the turn, and show the list in which it stands."""
    form = await read_form(request, Confirmation)
    done = await db.read(speaker_confirmed, token)
    if done is not None:
        return see_other(request, done)
    try:
        where = await db.act_once(form, confirm_speaker, str, authority.id, token, at=form.received_at)
    except Refusal as refusal:
        status = refused(form, refusal)
        return await confirming_page(request, db, authority, form, token, form.received_at, status=status)
    return see_other(request, where)


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
    asked = await db.read(speaker_to_confirm, authority.id, token, at=at)
    label = participant_label(name=asked.name, is_verified=asked.is_verified)
    return page(
        request, "meetings/stranger_confirm.html", status=status, form=form, asked=asked, label=label, token=token
    )


handlers = [show, ask, sent, ask_to_confirm, confirm]
