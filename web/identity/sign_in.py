"""Signing in: the password, then the code. What somebody was about to write when their session ended goes along."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromQuery

from consult import links
from consult.i18n import N_
from consult.identity import sessions as kept_sessions
from consult.identity.limits import TooManyTries
from consult.identity.second_step import HalfSessionEnded, admit_half_session, give_code
from consult.identity.sessions import SignedIn, half_session_of
from consult.identity.sign_in import Opened, WrongPassword, admit_sign_in, credentials, prove, sign_in
from consult.identity.two_factor import WrongCode
from consult.identity.vault import Vault
from web.access import ANYONE
from web.answers import page, safe_next, see_other
from web.database import Db
from web.fields import line, secret, verbatim
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.hashing import Hashing
from web.identity.landing import landing
from web.identity.refused import refused
from web.identity.visitors import address_of, device_of, with_next
from web.kept import LONGEST_KEPT, after_sign_in
from web.sessions import end_session, session_token, start_session

NOT_YET_SIGNED_IN = 401


class SignInForm(msgspec.Struct):
    """The first step. `kept` and `next`: what waits until somebody is signed in."""

    email: Annotated[str, line(254, missing=N_("Write your e-mail address."))]
    password: Annotated[str, secret(missing=N_("Write your password."))]
    kept: Annotated[str, verbatim(LONGEST_KEPT)] = ""
    next: Annotated[str, verbatim(2000)] = ""


class CodeForm(msgspec.Struct):
    """The second step: a code of the app, or a recovery code."""

    code: Annotated[str, secret(40, missing=N_("Write the code."))]
    kept: Annotated[str, verbatim(LONGEST_KEPT)] = ""
    next: Annotated[str, verbatim(2000)] = ""


def sign_in_page(request: Request, kept: str, next_path: str) -> Response[Any]:  # Any: as `SignInPage` has it
    """Answer a form of nobody's with the sign-in page, which carries what was written."""
    return password_page(request, blank(SignInForm, kept=kept, next=next_path), status=NOT_YET_SIGNED_IN)


def password_page(
    request: Request, form: Form[SignInForm], *, is_confirmed: bool = False, status: int = 200
) -> Response[str]:
    """Return the page of the first step. `is_confirmed`: the address has just been, by the link of its letter."""
    return page(
        request,
        "identity/sign_in.html",
        status=status,
        form=form,
        is_confirmed=is_confirmed,
        sign_up=with_next(links.SIGN_UP, form.text("next")),
        recovery=with_next(links.RECOVERY, form.text("next")),
        without_account=links.without_account(safe_next(form.text("next"))),
    )


def code_page(request: Request, form: Form[CodeForm], *, status: int = 200) -> Response[str]:
    """Return the page of the second step."""
    return page(request, "identity/code.html", status=status, form=form)


@get(links.SIGN_IN, opt=ANYONE)
async def password(
    request: Request,
    db: Given[Db],
    visitor: Given[SignedIn | None],
    next: FromQuery[str] = "",  # noqa: A002 - the word in the address
) -> Response[Any]:
    """Ask for address and password; whoever is signed in already is led on."""
    if visitor is None:
        return password_page(request, blank(SignInForm, next=next))
    if visitor.is_official and not visitor.passed_second_factor:
        return see_other(request, with_next(links.TWO_STEPS, next))
    return see_other(request, await landing(request, db, session_token(request), next))


@post(links.SIGN_IN, opt=ANYONE)
async def give_password(request: Request, db: Given[Db], hashing: Given[Hashing]) -> Response[Any]:
    """Check address and password, and go on to the code where there is one."""
    form = await read_form(request, SignInForm)
    if form.data is None:
        return password_page(request, form, status=422)
    email, at = form.data.email, form.received_at
    try:
        await db.act(admit_sign_in, email, address_of(request), at=at)
        proof = await hashing.run(prove, await db.read(credentials, email), form.data.password)
        opened = await db.act(sign_in, proof, device=device_of(request), replacing=session_token(request), at=at)
    except (WrongPassword, TooManyTries) as refusal:
        return password_page(request, form, status=refused(form, refusal))
    response = next_step(request, opened, form.data)
    start_session(request, response, opened.token)
    return response


def next_step(request: Request, opened: Opened, sent: SignInForm) -> Response[Any]:
    """Return what follows a right password."""
    if opened.awaits_code:
        if sent.kept:
            # Too long for an address, so it goes on from page to page.
            return code_page(request, blank(CodeForm, kept=sent.kept, next=sent.next))
        return see_other(request, with_next(links.SIGN_IN_CODE, sent.next))
    if opened.must_enrol:
        return see_other(request, with_next(links.TWO_STEPS, sent.next))
    return after_sign_in(request, kept=sent.kept, next_path=sent.next)


@get(links.SIGN_IN_CODE, opt=ANYONE)
async def code(
    request: Request,
    db: Given[Db],
    at: Given[datetime],
    next: FromQuery[str] = "",  # noqa: A002 - the word in the address
) -> Response[Any]:
    """Ask for the code; whoever has not given the password begins there."""
    if await db.read(half_session_of, session_token(request), at=at) is None:
        return see_other(request, with_next(links.SIGN_IN, next))
    return code_page(request, blank(CodeForm, next=next))


@post(links.SIGN_IN_CODE, opt=ANYONE)
async def check_code(request: Request, db: Given[Db], vault: Given[Vault]) -> Response[Any]:
    """Check the code and sign in."""
    form = await read_form(request, CodeForm)
    at, half = form.received_at, session_token(request)
    if form.data is None:
        return code_page(request, form, status=422)
    try:
        await db.act(admit_half_session, half, at=at)
        token = await db.act(give_code, half, form.data.code, device=device_of(request), vault=vault, at=at)
    except HalfSessionEnded as refusal:
        again = blank(SignInForm, kept=form.data.kept, next=form.data.next)
        again.refuse(refusal)
        return password_page(request, again, status=NOT_YET_SIGNED_IN)
    except (WrongCode, TooManyTries) as refusal:
        return code_page(request, form, status=refused(form, refusal))
    next_path = await landing(request, db, token, form.data.next)
    response = after_sign_in(request, kept=form.data.kept, next_path=next_path)
    start_session(request, response, token)
    return response


@post(links.SIGN_OUT, opt=ANYONE)
async def leave(request: Request, db: Given[Db]) -> Response[Any]:
    """Sign out of this browser."""
    await db.act(kept_sessions.end_session, session_token(request))
    response = see_other(request, "/")
    end_session(request, response)
    return response


handlers = [password, give_password, code, check_code, leave]
