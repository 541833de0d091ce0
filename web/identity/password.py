"""Changing one's password, with the old one in hand."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.i18n import N_, gettext
from consult.identity.passwords import PasswordRule, hash_password
from consult.identity.recovery import change_password, rule_for
from consult.identity.sessions import SignedIn
from consult.identity.sign_in import WrongPassword, admit_sign_in, credentials_of, prove
from consult.refusals import Refusal
from web.access import signed_in
from web.answers import page, see_other
from web.database import Db
from web.fields import secret
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.hashing import Hashing
from web.identity.refused import refused
from web.identity.visitors import address_of, device_of, tried_first
from web.sessions import start_session


class ChangeForm(msgspec.Struct):
    """The old password, and the new one."""

    current: Annotated[str, secret(missing=N_("Write the password that you have now."))]
    password: Annotated[str, secret(missing=N_("Choose a password."))]


def change_page(request: Request, form: Form[ChangeForm], rule: PasswordRule, *, status: int = 200) -> Response[str]:
    """Return the page with the form."""
    return page(request, "identity/password.html", status=status, form=form, rule=rule)


@get(links.PASSWORD, opt=signed_in())
async def ask(request: Request, db: Given[Db], visitor: Given[SignedIn]) -> Response[str]:
    """Ask for the old password and a new one."""
    return change_page(request, blank(ChangeForm), await db.read(rule_of, visitor))


@post(links.PASSWORD, opt=signed_in())
async def change(request: Request, db: Given[Db], hashing: Given[Hashing], visitor: Given[SignedIn]) -> Response[Any]:
    """Change the password; every other browser is signed out, and this one gets a new session."""
    form = await read_form(request, ChangeForm)
    rule = await db.read(rule_of, visitor)
    if form.data is None:
        return change_page(request, form, rule, status=422)
    own_words = tried_first(request, visitor.actor.name, visitor.actor.email)
    device, at = device_of(request), form.received_at
    try:
        await db.act(admit_sign_in, visitor.actor.email, address_of(request), at=at)
        proof = await hashing.run(prove, await db.read(credentials_of, visitor.person_id), form.data.current)
        new = await hashing.run(hash_password, form.data.password, rule, own_words=own_words)
        token = await db.act(change_password, visitor, proof, new, device=device, at=at)
    except WrongPassword:
        form.add("current", gettext(N_("This is not the password that you have now.")))
        return change_page(request, form, rule, status=422)
    except Refusal as refusal:
        return change_page(request, form, rule, status=refused(form, refusal))
    response = see_other(request, links.ACCOUNT, flash=gettext(N_("The new password holds.")))
    start_session(request, response, token)
    return response


def rule_of(db: Session, visitor: SignedIn) -> PasswordRule:
    """Return the rule that the visitor's password must keep."""
    return rule_for(db, visitor.person_id)


handlers = [ask, change]
