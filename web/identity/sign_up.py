"""Signing up. Whether an address has an account is told to its mailbox, never on a page."""

from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery

from consult import links
from consult.i18n import N_, current_locale
from consult.identity import passwords
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH, email_address, one_line
from consult.identity.one_use_links import LinkUsed
from consult.identity.sign_up import address_to_confirm, admit_sign_up, confirm_address, sign_up
from consult.refusals import Refusal
from web.access import ANYONE
from web.answers import page, safe_next, see_other
from web.database import Db
from web.fields import line, secret, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.hashing import Hashing
from web.identity.refused import refused
from web.identity.sign_in import SignInForm, password_page
from web.identity.visitors import address_of, tried_first, with_next

LETTER_SENT = f"{links.SIGN_UP}/trimis"


class SignUpForm(msgspec.Struct):
    """What is asked of whoever wants to take part. `next`: where to go once the account is confirmed and open."""

    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write your name."))]
    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write your e-mail address."))]
    password: Annotated[str, secret(missing=N_("Choose a password."))]
    next: Annotated[str, verbatim(2000)] = ""


class ConfirmForm(msgspec.Struct):
    """A button; the link says the rest."""


def sign_up_page(request: Request, form: Form[SignUpForm], *, status: int = 200) -> Response[str]:
    """Return the page with the form."""
    sign_in = with_next(links.SIGN_IN, form.text("next"))
    return page(request, "identity/sign_up.html", status=status, form=form, rule=passwords.CITIZEN, sign_in=sign_in)


@get(links.SIGN_UP, opt=ANYONE)
async def ask_to_sign_up(
    request: Request,
    next: FromQuery[str] = "",  # noqa: A002 - the word in the address
) -> Response[str]:
    """Ask for name, address and password."""
    return sign_up_page(request, blank(SignUpForm, next=next))


@post(links.SIGN_UP, opt=ANYONE)
async def send_sign_up(request: Request, db: Given[Db], hashing: Given[Hashing]) -> Response[Any]:
    """Send a letter to the address: a link to confirm it, or the news that it has an account."""
    form = await read_form(request, SignUpForm)
    name, email = form.text("name"), form.text("email")
    own_words = tried_first(request, name, email)
    form.check(one_line, name)
    form.check(email_address, email)
    if form.data is not None:
        form.check(passwords.check_password, form.data.password, passwords.CITIZEN, own_words=own_words)
    if form.data is None or form.errors:
        return sign_up_page(request, form, status=422)
    password = form.data.password
    try:
        await db.act(admit_sign_up, email, address_of(request), at=form.received_at)
        password_hash = await hashing.run(passwords.hash_password, password, passwords.CITIZEN, own_words=own_words)
        where = await db.act_once(
            form,
            sign_up,
            lambda _: LETTER_SENT,
            email=email,
            name=name,
            password_hash=password_hash,
            locale=current_locale.get(),
            next_path=form.data.next,
            at=form.received_at,
        )
    except Refusal as refusal:
        return sign_up_page(request, form, status=refused(form, refusal))
    return see_other(request, where)


@get(LETTER_SENT, opt=ANYONE)
async def sign_up_sent(request: Request) -> Response[str]:
    """Say that a letter is on its way, to whoever asked, whatever it will say."""
    return page(request, "identity/letter_sent.html", again=links.SIGN_UP)


@get("/confirma/{token:str}", opt=ANYONE)
async def ask_to_confirm(request: Request, db: Given[Db], at: Given[datetime], token: FromPath[str]) -> Response[str]:
    """Show a button: mail scanners open links, but press nothing. Once it was pressed, show what comes next."""
    asked = await db.read(address_to_confirm, token, at=at)
    if asked.is_confirmed:
        form = blank(SignInForm, email=asked.email, next=safe_next(asked.next_path))
        return password_page(request, form, is_confirmed=True)
    return page(request, "identity/confirm.html", form=blank(ConfirmForm), email=asked.email, token=token)


@post("/confirma/{token:str}", opt=ANYONE)
async def confirm(request: Request, db: Given[Db], token: FromPath[str]) -> Response[Any]:
    """Confirm the address; the account begins."""
    form = await read_form(request, ConfirmForm)
    confirmed = links.address_confirmation(token)
    with suppress(LinkUsed):
        await db.act_once(form, confirm_address, lambda _: confirmed, token, at=form.received_at)
    return see_other(request, confirmed)


handlers = [ask_to_sign_up, send_sign_up, sign_up_sent, ask_to_confirm, confirm]
