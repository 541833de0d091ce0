"""A forgotten password: ask for a letter, then choose a new one by its link. So do officials with their first one."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, current_locale, gettext
from consult.identity.names import EMAIL_LENGTH
from consult.identity.passwords import PasswordRule, hash_password
from consult.identity.people import Person
from consult.identity.recovery import (
    admit_recovery,
    ask_for_password,
    owner_of_link,
    rule_for,
    set_password_by_link,
)
from consult.refusals import Refusal
from web.access import ANYONE
from web.answers import page, see_other
from web.database import Db
from web.fields import line, secret, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.hashing import Hashing
from web.identity.refused import refused
from web.identity.visitors import address_of, tried_first, with_next

LETTER_SENT = f"{links.RECOVERY}/trimis"


class RecoveryForm(msgspec.Struct):
    """Whose password is forgotten. `next`: where they were going."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write your e-mail address."))]
    next: Annotated[str, verbatim(2000)] = ""


class NewPasswordForm(msgspec.Struct):
    """The password that holds from now on."""

    password: Annotated[str, secret(missing=N_("Choose a password."))]


def recovery_page(request: Request, form: Form[RecoveryForm], *, status: int = 200) -> Response[str]:
    """Return the page that asks for the address."""
    return page(request, "identity/recovery.html", status=status, form=form)


@get(links.RECOVERY, opt=ANYONE)
async def ask_for_address(
    request: Request,
    next: FromQuery[str] = "",  # noqa: A002 - the word in the address
) -> Response[str]:
    """Ask whose password is forgotten."""
    return recovery_page(request, blank(RecoveryForm, next=next))


@post(links.RECOVERY, opt=ANYONE)
async def send_link(request: Request, db: Given[Db]) -> Response[Any]:
    """Send a letter to the address: a link to a new password, or the news that it has no account."""
    form = await read_form(request, RecoveryForm)
    if form.data is None:
        return recovery_page(request, form, status=422)
    email, at = form.data.email, form.received_at
    try:
        await db.act(admit_recovery, email, address_of(request), at=at)
        where = await db.act_once(
            form,
            ask_for_password,
            lambda _: LETTER_SENT,
            email,
            locale=current_locale.get(),
            next_path=form.data.next,
            at=at,
        )
    except Refusal as refusal:
        return recovery_page(request, form, status=refused(form, refusal))
    return see_other(request, where)


@get(LETTER_SENT, opt=ANYONE)
async def link_sent(request: Request) -> Response[str]:
    """Say that a letter is on its way, to whoever asked, whatever it will say."""
    return page(request, "identity/letter_sent.html", again=links.RECOVERY)


def owner_and_rule(db: Session, token: str, *, at: datetime) -> tuple[Person, PasswordRule]:
    """Return whose password a link sets, and the rule that it must keep; raises LinkSpent."""
    person = owner_of_link(db, token, at=at)
    return person, rule_for(db, person.id)


@get("/recuperare/{token:str}", opt=ANYONE)
async def ask_for_password_by_link(
    request: Request, db: Given[Db], at: Given[datetime], token: FromPath[str]
) -> Response[str]:
    """Ask for the new password."""
    person, rule = await db.read(owner_and_rule, token, at=at)
    return page(
        request, "identity/new_password.html", form=blank(NewPasswordForm), email=person.email, rule=rule, token=token
    )


@post("/recuperare/{token:str}", opt=ANYONE)
async def set_by_link(request: Request, db: Given[Db], hashing: Given[Hashing], token: FromPath[str]) -> Response[Any]:
    """Set the new password; everybody who was signed in to this account is signed out."""
    form = await read_form(request, NewPasswordForm)
    person, rule = await db.read(owner_and_rule, token, at=form.received_at)
    status = 422
    if form.data is not None:
        own_words = tried_first(request, person.name, person.email)
        try:
            new = await hashing.run(hash_password, form.data.password, rule, own_words=own_words)
            next_path = await db.act(set_password_by_link, token, new, at=form.received_at)
        except Refusal as refusal:
            status = refused(form, refusal)
        else:
            where = with_next(links.SIGN_IN, next_path)
            return see_other(request, where, flash=gettext(N_("The new password holds. Sign in with it.")))
    return page(
        request,
        "identity/new_password.html",
        status=status,
        form=form,
        email=person.email,
        rule=rule,
        token=token,
    )


handlers = [ask_for_address, send_link, link_sent, ask_for_password_by_link, set_by_link]
