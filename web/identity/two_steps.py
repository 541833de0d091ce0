"""The second step of signing in, from the account: setting it up, renewing it, leaving it."""

from dataclasses import dataclass
from io import BytesIO
from typing import Annotated, Any, Literal

import msgspec
import segno
from litestar import Response, get, post
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, gettext
from consult.identity.authorities import Authority
from consult.identity.recovery_codes import recovery_codes_left
from consult.identity.second_step import admit_code, enrol
from consult.identity.sessions import SignedIn
from consult.identity.two_factor import (
    awaited_secret,
    begin_enrolment,
    give_up_enrolment,
    is_enrolled,
    leave_second_factor,
    provisioning_uri,
    renew_recovery_codes,
)
from consult.identity.vault import Vault
from consult.refusals import NotFound, Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.fields import secret, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.landing import landing
from web.identity.refused import refused
from web.identity.visitors import device_of, with_next
from web.sessions import start_session

BEGIN = f"{links.TWO_STEPS}/incepe"
CHANGE = f"{links.TWO_STEPS}/schimba"
GIVE_UP = f"{links.TWO_STEPS}/renunta"
QR = f"{links.TWO_STEPS}/qr.svg"


class BeginForm(msgspec.Struct):
    """A button. `next`: where to go when all is set up."""

    next: Annotated[str, verbatim(2000)] = ""


class ConfirmForm(msgspec.Struct):
    """The first code of a new app."""

    code: Annotated[str, secret(40, missing=N_("Write the code."))]
    next: Annotated[str, verbatim(2000)] = ""


class ChangeForm(msgspec.Struct):
    """What is to change, and a code as the leave to change it."""

    change: Literal["codes", "telephone", "leave"]
    code: Annotated[str, secret(40, missing=N_("Write the code."))]


@dataclass(frozen=True)
class TwoSteps:
    """How things stand: `secret` waits for its first code."""

    is_enrolled: bool
    secret: str | None
    codes_left: int


def standing(db: Session, visitor: SignedIn, *, vault: Vault) -> TwoSteps:
    """Read how things stand."""
    return TwoSteps(
        is_enrolled(db, visitor.person_id),
        awaited_secret(db, visitor.person_id, vault=vault),
        recovery_codes_left(db, visitor.person_id),
    )


async def two_steps_page(
    request: Request,
    db: Db,
    visitor: SignedIn,
    form: Form[Any] | None = None,
    *,
    next_path: str = "",
    status: int = 200,
) -> Response[str]:
    """Return the page that fits: to begin, to give the first code, or to change what is set up."""
    shown = await db.read(standing, visitor, vault=request.app.state.vault)
    empty: Form[Any]
    if shown.secret is not None:
        template, empty = "two_steps_confirm", blank(ConfirmForm, next=next_path)
    elif shown.is_enrolled:
        template, empty = "two_steps", blank(ChangeForm, change="codes")
    else:
        template, empty = "two_steps_begin", blank(BeginForm, next=next_path)
    return page(
        request,
        f"identity/{template}.html",
        status=status,
        form=form or empty,
        two_steps=shown,
        is_official=visitor.is_official,
        qr=QR,
        begin=BEGIN,
        change=CHANGE,
        give_up=GIVE_UP,
    )


@get(links.TWO_STEPS, opt=signed_in())
async def show(
    request: Request,
    db: Given[Db],
    visitor: Given[SignedIn],
    next: FromQuery[str] = "",  # noqa: A002 - the word in the address
) -> Response[str]:
    """Show how things stand, and what can be done."""
    return await two_steps_page(request, db, visitor, next_path=next)


@post(BEGIN, opt=signed_in())
async def begin(request: Request, db: Given[Db], visitor: Given[SignedIn], vault: Given[Vault]) -> Response[Any]:
    """Make the first secret."""
    form = await read_form(request, BeginForm)
    await db.act(begin_enrolment, visitor.person_id, vault=vault, at=form.received_at)
    return see_other(request, with_next(links.TWO_STEPS, form.text("next")))


@get(QR, opt=signed_in())
async def qr_code(
    db: Given[Db], visitor: Given[SignedIn], vault: Given[Vault], authority: Given[Authority]
) -> Response[bytes]:
    """Show the waiting secret as an app reads it. No answer of ours is kept by anybody unless it says so."""
    secret_text = await db.read(awaited_secret, visitor.person_id, vault=vault)
    if secret_text is None:
        raise NotFound
    drawing = BytesIO()
    uri = provisioning_uri(secret_text, account=visitor.actor.email, issuer=authority.name)
    segno.make(uri, error="m").save(drawing, kind="svg", scale=5, border=4, light="white")
    return Response(drawing.getvalue(), media_type="image/svg+xml")


@post(links.TWO_STEPS, opt=signed_in())
async def confirm(request: Request, db: Given[Db], visitor: Given[SignedIn], vault: Given[Vault]) -> Response[Any]:
    """Put the new secret in force with its first code, and show the recovery codes, this once."""
    form = await read_form(request, ConfirmForm)
    if form.data is None:
        return await two_steps_page(request, db, visitor, form, status=422)
    at = form.received_at
    try:
        await db.act(admit_code, visitor.person_id, at=at)
        enrolled = await db.act(enrol, visitor, form.data.code, device=device_of(request), vault=vault, at=at)
    except Refusal as refusal:
        return await two_steps_page(request, db, visitor, form, status=refused(form, refusal))
    next_path = await landing(request, db, enrolled.token, form.data.next)
    response = codes_page(request, enrolled.recovery_codes, next_path)
    start_session(request, response, enrolled.token)
    return response


@post(CHANGE, opt=signed_in())
async def change(request: Request, db: Given[Db], visitor: Given[SignedIn], vault: Given[Vault]) -> Response[Any]:
    """Change what is set up, against a code."""
    form = await read_form(request, ChangeForm)
    if form.data is None:
        return await two_steps_page(request, db, visitor, form, status=422)
    person_id, code, at = visitor.person_id, form.data.code, form.received_at
    try:
        await db.act(admit_code, person_id, at=at)
        if form.data.change == "codes":
            return codes_page(request, await db.act(renew_recovery_codes, person_id, code=code, vault=vault, at=at))
        if form.data.change == "telephone":
            await db.act(begin_enrolment, person_id, code=code, vault=vault, at=at)
            return see_other(request, links.TWO_STEPS)
        await db.act(leave_second_factor, person_id, code=code, vault=vault, at=at)
    except Refusal as refusal:
        return await two_steps_page(request, db, visitor, form, status=refused(form, refusal))
    return see_other(request, links.ACCOUNT, flash=gettext(N_("The second step is off.")))


@post(GIVE_UP, opt=signed_in())
async def give_up(request: Request, db: Given[Db], visitor: Given[SignedIn]) -> Response[Any]:
    """Leave everything as it was before the new secret."""
    await db.act(give_up_enrolment, visitor.person_id)
    return see_other(request, links.ACCOUNT)


def codes_page(request: Request, codes: list[str], next_path: str = links.ACCOUNT) -> Response[str]:
    """Return the page that shows recovery codes, the only time that anybody can."""
    return page(request, "identity/recovery_codes.html", codes=codes, next=next_path)


handlers = [show, begin, qr_code, confirm, change, give_up]
