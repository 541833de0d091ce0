"""Proving that one may vote: from the day on which the cycle is announced until the vote ends."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.budgeting.letter_codes import redeem_code
from consult.budgeting.right_pages import RightPage, right_page
from consult.budgeting.rolls import prove_by_roll
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.limits import admit_letter_code, admit_name_on_roll
from consult.identity.names import NAME_LENGTH
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link, Proof
from consult.refusals import Refusal
from web.access import traceless
from web.answers import page, see_other
from web.budgeting.ties import LINKS
from web.database import Db
from web.fields import asks, line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.identity.visitors import address_of
from web.keys import key_in


class CodeForm(msgspec.Struct):
    """The code from a letter, and what ties its reader to the place. `of_age`: they say so, since no letter knows."""

    code: Annotated[str, line(40)]
    link: Link
    of_age: Annotated[bool, asks(N_("Confirm that you are old enough to vote here."))]


class RollForm(msgspec.Struct):
    """Who somebody is, as the roll has them, and what ties them to the place. Nothing of it is kept."""

    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write your name as it stands in the identity card."))]
    born: Annotated[date, asks(N_("Write your birth date."))]
    tie: Link


@get(links.vote("{year:str}", "drept"), opt=traceless())
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """Show how the right to vote is proven, and whether it is."""
    found = await read_right(request, db, authority, actor, year)
    return answer(request, found, blank(CodeForm))


@post(links.vote("{year:str}", "cod"), opt=traceless())
async def use_code(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Prove the right to vote by the code from a letter."""
    form: Form[CodeForm] = await read_form(request, CodeForm)
    found = await read_right(request, db, authority, actor, year)
    if form.data is not None:
        said = form.data
        try:
            await db.act(admit_letter_code, actor.person_id, at=form.received_at)
            await db.act(redeem_code, found.cycle.id, said.code, said.link, vault=vault, by=actor, at=form.received_at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, links.vote(year, "" if found.is_open else "drept"))
    return answer(request, found, form, status=422)


@post(links.vote("{year:str}", "lista"), opt=traceless())
async def use_roll(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Prove the right to vote by a name and a birth date that are on the roll."""
    form: Form[RollForm] = await read_form(request, RollForm)
    found = await read_right(request, db, authority, actor, year)
    if form.data is not None:
        said, at = form.data, form.received_at
        try:
            await db.act(admit_name_on_roll, actor.person_id, address_of(request), at=at)
            await db.act(prove_by_roll, found.cycle.id, said.name, said.born, said.tie, vault=vault, by=actor, at=at)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, links.vote(year, "" if found.is_open else "drept"))
    return answer(request, found, blank(CodeForm), form, status=422)


async def read_right(request: Request, db: Db, authority: Authority, actor: Actor, year: str) -> RightPage:
    """Read what somebody has proven and how they could. Raises NotFound, TooLateToProve."""
    at = request.scope["state"]["at"]
    return await db.read(right_page, authority.id, key_in(year), person_id=actor.person_id, at=at)


def answer(
    request: Request,
    found: RightPage,
    form: Form[CodeForm],
    roll: Form[RollForm] | None = None,
    *,
    status: int = 200,
) -> Response[str]:
    """Return the page that says how the right to vote is proven."""
    return page(
        request,
        "budgeting/vote_right.html",
        status=status,
        found=found,
        form=roll or form,
        code=form,
        roll=roll or blank(RollForm),
        by_desk=Proof.DESK in found.electorate.proofs,
        by_roll=found.people_on_roll > 0,
        by_letter=Proof.LETTER in found.electorate.proofs,
        ties=[(link.value, LINKS[link]) for link in found.electorate.links],
    )


handlers = [show, use_code, use_roll]
