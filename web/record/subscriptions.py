"""Asking for the digest of each day by letter, and leaving again: an address is all that is asked."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.i18n import N_, current_locale
from consult.identity.names import EMAIL_LENGTH
from consult.notifications.subscriptions import (
    address_to_subscribe,
    admit_subscription,
    ask_for_digests,
    is_subscribed,
    leave,
    subscribe,
)
from consult.refusals import Refusal
from web.access import ANYONE
from web.answers import page, see_other
from web.database import Db
from web.fields import line
from web.forms import blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.identity.visitors import address_of

LETTER_SENT = f"{links.SUBSCRIBE}/trimis"
BEGUN = f"{links.SUBSCRIBE}/inceput"
LEFT = f"{links.SUBSCRIBE}/incheiat"


class SubscribeForm(msgspec.Struct):
    """Where the letters shall go."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write your e-mail address."))]


class Button(msgspec.Struct):
    """A button; the link says the rest."""


@get(links.SUBSCRIBE, opt=ANYONE)
async def ask(request: Request) -> Response[str]:
    """Ask for the address."""
    return page(request, "record/subscribe.html", form=blank(SubscribeForm))


@post(links.SUBSCRIBE, opt=ANYONE)
async def send_letter(request: Request, db: Given[Db]) -> Response[Any]:  # Any: a page, or the way to the next
    """Send the letter that asks whether it was really its reader who asked."""
    form = await read_form(request, SubscribeForm)
    if form.data is None:
        return page(request, "record/subscribe.html", status=422, form=form)
    email = form.data.email
    try:
        await db.act(admit_subscription, email, address_of(request), at=form.received_at)
        where = await db.act_once(
            form,
            ask_for_digests,
            lambda _: LETTER_SENT,
            email=email,
            locale=current_locale.get(),
            at=form.received_at,
        )
    except Refusal as refusal:
        return page(request, "record/subscribe.html", status=refused(form, refusal), form=form)
    return see_other(request, where)


@get(LETTER_SENT, opt=ANYONE)
async def letter_sent(request: Request) -> Response[str]:
    """Say that a letter is on its way, to whoever asked."""
    return page(request, "identity/letter_sent.html", again=links.SUBSCRIBE)


@get(f"{links.SUBSCRIBE}/confirma/{{token:str}}", opt=ANYONE)
async def ask_to_confirm(request: Request, db: Given[Db], at: Given[datetime], token: FromPath[str]) -> Response[str]:
    """Show a button: mail scanners open links, but press nothing."""
    email = await db.read(address_to_subscribe, token, at=at)
    return page(request, "record/subscription.html", form=blank(Button), email=email, token=token)


@post(f"{links.SUBSCRIBE}/confirma/{{token:str}}", opt=ANYONE)
async def confirm(request: Request, db: Given[Db], token: FromPath[str]) -> Response[Any]:  # Any: as above
    """Begin to send the digests, in the language in which the button was pressed."""
    form = await read_form(request, Button)
    where = await db.act_once(form, subscribe, lambda _: BEGUN, token, locale=current_locale.get(), at=form.received_at)
    return see_other(request, where)


@get(BEGUN, opt=ANYONE)
async def begun(request: Request) -> Response[str]:
    """Say what happens from now on."""
    return page(request, "record/subscribed.html", is_over=False)


@get(f"{links.SUBSCRIBE}/renunta/{{token:str}}", opt=ANYONE)
async def ask_to_leave(request: Request, db: Given[Db], token: FromPath[str]) -> Response[Any]:  # Any: as above
    """Show a button, or that it was pressed already."""
    if not await db.read(is_subscribed, token):
        return see_other(request, LEFT)
    return page(request, "record/unsubscribe.html", form=blank(Button), token=token)


@post(f"{links.SUBSCRIBE}/renunta/{{token:str}}", opt=ANYONE)
async def end(request: Request, db: Given[Db], token: FromPath[str]) -> Response[bytes]:
    """Send no more letters, whether the button was pressed here or in the reader's mail program (RFC 8058).

    Nothing of what was sent is looked at: the link says it all, and pressing twice does no harm.
    """
    await db.act(leave, token)
    return see_other(request, LEFT)


@get(LEFT, opt=ANYONE)
async def left(request: Request) -> Response[str]:
    """Say that it is over."""
    return page(request, "record/subscribed.html", is_over=True)


handlers = [ask, send_letter, letter_sent, ask_to_confirm, confirm, begun, ask_to_leave, end, left]
