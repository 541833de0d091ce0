"""Following one consultation: by a button for whoever is signed in, by a confirmed address for everybody else."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.consultations.consultations import find_published
from consult.consultations.following import (
    admit_follower,
    as_followed,
    ask_to_follow,
    confirm_following,
    follow,
    followed_by,
    leave,
    mailbox_to_confirm,
    unfollow,
)
from consult.i18n import N_, current_locale, gettext
from consult.identity.authorities import Authority
from consult.identity.names import EMAIL_LENGTH
from consult.identity.sessions import SignedIn
from consult.refusals import Refusal
from web.access import ANYONE
from web.answers import page, see_other
from web.database import Db
from web.fields import line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.refused import refused
from web.identity.visitors import address_of

PATH = "/consultari/{reference:str}/urmareste"
LEAVING = f"{links.LEAVE_CONSULTATION}/{{token:str}}"
LEFT = "/urmarire/incheiata"


class AddressForm(msgspec.Struct):
    """Where the letters shall go."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write your e-mail address."))]


class FollowForm(msgspec.Struct):
    """The button of somebody who is signed in. It needs no key: pressing it twice is as once."""

    step: Literal["follow", "leave"] = "follow"


class Button(msgspec.Struct):
    """A button; the link says the rest."""


@get(PATH, opt=ANYONE)
async def show(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    reference: FromPath[str],
) -> Response[str]:
    """Show the button to whoever is signed in, and ask everybody else for an address."""
    return await shown(request, db, authority, visitor, reference, blank(AddressForm))


@post(PATH, opt=ANYONE)
async def begin(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    visitor: Given[SignedIn | None],
    reference: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to the next
    """Begin or end the letters of whoever is signed in; else send the letter that asks for a confirmation."""
    if visitor is not None and visitor.actor.is_confirmed:
        return await chosen(request, db, authority, visitor, reference)
    form: Form[AddressForm] = await read_form(request, AddressForm)
    if form.data is None:
        return await shown(request, db, authority, None, reference, form, status=422)
    email = form.data.email
    try:
        await db.act(admit_follower, email, address_of(request), at=form.received_at)
        where = await db.act_once(
            form,
            ask_to_follow,
            lambda _: links.follow(reference, "trimis"),
            authority.id,
            reference,
            email=email,
            locale=current_locale.get(),
            at=form.received_at,
        )
    except Refusal as refusal:
        return await shown(request, db, authority, None, reference, form, status=refused(form, refusal))
    return see_other(request, where)


async def chosen(
    request: Request, db: Db, authority: Authority, visitor: SignedIn, reference: str
) -> Response[Any]:  # Any: as above
    """Begin or end the letters to an account."""
    form: Form[FollowForm] = await read_form(request, FollowForm)
    consultation = await db.read(find_published, authority.id, reference)
    actor = visitor.actor
    if form.data is not None and form.data.step == "leave":
        await db.act(unfollow, consultation.id, email=actor.email)
        said = gettext("You get no more letters about this consultation.")
    else:
        await db.act(follow, consultation.id, email=actor.email, locale=actor.locale, at=form.received_at)
        said = gettext("You follow this consultation: we write to you at each step.")
    return see_other(request, links.follow(reference), flash=said)


@get(f"{PATH}/trimis", opt=ANYONE)
async def letter_sent(request: Request, reference: FromPath[str]) -> Response[str]:
    """Say that a letter is on its way, to whoever asked."""
    return page(request, "identity/letter_sent.html", again=links.follow(reference))


@get(f"{PATH}/confirma/{{token:str}}", opt=ANYONE)
async def ask_to_confirm(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    token: FromPath[str],
) -> Response[str]:
    """Show a button: mail scanners open links, but press nothing."""
    consultation = await db.read(find_published, authority.id, reference)
    email = await db.read(mailbox_to_confirm, reference, token, at=at)
    form = blank(Button)
    return page(
        request, "consultations/follow_confirm.html", consultation=consultation, form=form, email=email, token=token
    )


@post(f"{PATH}/confirma/{{token:str}}", opt=ANYONE)
async def confirm(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], token: FromPath[str]
) -> Response[Any]:  # Any: as above
    """Begin to write, in the language in which the button was pressed."""
    form: Form[Button] = await read_form(request, Button)
    where = await db.act_once(
        form,
        confirm_following,
        lambda _: links.follow(reference),
        authority.id,
        reference,
        token,
        locale=current_locale.get(),
        at=form.received_at,
    )
    return see_other(request, where, flash=gettext("You follow this consultation: we write to you at each step."))


@get(LEAVING, opt=ANYONE)
async def ask_to_leave(request: Request, db: Given[Db], token: FromPath[str]) -> Response[Any]:  # Any: as above
    """Show a button, or that it was pressed already."""
    consultation = await db.read(followed_by, token)
    if consultation is None:
        return see_other(request, LEFT)
    return page(request, "consultations/follow_leave.html", consultation=consultation, form=blank(Button), token=token)


@post(LEAVING, opt=ANYONE)
async def end(request: Request, db: Given[Db], token: FromPath[str]) -> Response[bytes]:
    """Send no more letters, whether the button was pressed here or in the reader's mail program (RFC 8058).

    Nothing of what was sent is looked at: the link says it all, and pressing twice does no harm.
    """
    await db.act(leave, token)
    return see_other(request, LEFT)


@get(LEFT, opt=ANYONE)
async def left(request: Request) -> Response[str]:
    """Say that it is over."""
    return page(request, "consultations/follow_left.html")


async def shown(
    request: Request,
    db: Db,
    authority: Authority,
    visitor: SignedIn | None,
    reference: str,
    form: Form[AddressForm],
    *,
    status: int = 200,
) -> Response[str]:
    """Return the page, for an account or for an address. Raises NotFound."""
    email = visitor.actor.email if visitor and visitor.actor.is_confirmed else ""
    consultation, follows = await db.read(as_followed, authority.id, reference, email)
    return page(
        request,
        "consultations/follow.html",
        status=status,
        consultation=consultation,
        email=visitor.actor.email if visitor and visitor.actor.is_confirmed else "",
        follows=follows,
        form=form,
    )


handlers = [show, begin, letter_sent, ask_to_confirm, confirm, ask_to_leave, end, left]
