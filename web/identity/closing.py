"""Closing one's own account: what goes, what stays and why, and then the password and the code once more."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.consultations.closed_accounts import Closing, close_own_account, closing_of, is_closed
from consult.i18n import N_, gettext
from consult.identity.second_step import admit_code
from consult.identity.sessions import SignedIn
from consult.identity.sign_in import WrongPassword, admit_sign_in, credentials_of, prove
from consult.identity.vault import Vault
from consult.refusals import Refusal
from web.access import ANYONE, signed_in
from web.answers import page, see_other
from web.database import Db
from web.fields import secret
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.hashing import Hashing
from web.identity.refused import refused
from web.identity.visitors import address_of
from web.sessions import end_session


class CloseForm(msgspec.Struct):
    """The password, and the code where the account has a second step. `withdraw_name`: from signed proposals."""

    password: Annotated[str, secret(missing=N_("Write your password."))]
    code: Annotated[str, secret(40)] = ""
    withdraw_name: bool = False


def close_page(request: Request, form: Form[CloseForm], closing: Closing, *, status: int = 200) -> Response[str]:
    """Return the page that says what closing means."""
    return page(request, "identity/close_account.html", status=status, form=form, closing=closing)


@get(links.CLOSE_ACCOUNT, opt=signed_in())
async def ask(request: Request, db: Given[Db], visitor: Given[SignedIn]) -> Response[str]:
    """Say what closing the account means, and ask for the password."""
    return close_page(request, blank(CloseForm), await db.read(closing_of, visitor.person_id))


@post(links.CLOSE_ACCOUNT, opt=signed_in())
async def close(
    request: Request, db: Given[Db], hashing: Given[Hashing], vault: Given[Vault], visitor: Given[SignedIn]
) -> Response[Any]:
    """Close the account, once however often the button is pressed."""
    form = await read_form(request, CloseForm)
    person_id, at, status = visitor.person_id, form.received_at, 422
    if form.data is not None:
        try:
            await db.act(admit_sign_in, visitor.actor.email, address_of(request), at=at)
            if form.data.code:
                await db.act(admit_code, person_id, at=at)
            proof = await hashing.run(prove, await db.read(credentials_of, person_id), form.data.password)
            await db.act(
                close_own_account,
                person_id,
                proof,
                code=form.data.code,
                withdraws_name=form.data.withdraw_name,
                vault=vault,
                at=at,
            )
        except WrongPassword:
            form.add("password", gettext(N_("This is not the password that you have now.")))
        except Refusal as refusal:
            status = refused(form, refusal)
        if not form.errors or await db.read(is_closed, person_id):
            response = see_other(request, links.ACCOUNT_CLOSED)
            end_session(request, response)
            return response
    return close_page(request, form, await db.read(closing_of, person_id), status=status)


@get(links.ACCOUNT_CLOSED, opt=ANYONE)
async def closed(request: Request) -> Response[str]:
    """Say that it is done."""
    return page(request, "identity/account_closed.html")


handlers = [ask, close, closed]
