"""At the desk: who is let to vote after showing what ties them to the place, and codes for letters to addresses."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.codes import grouped
from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.voting_rights import MOST_CODES, count_voters, electorate_of, give_right, make_letter_codes
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.names import EMAIL_LENGTH
from consult.identity.permissions import require
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link, Proof
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page
from web.budgeting.voting import LINKS
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line
from web.forms import Form, blank, read_form
from web.given import Given, Request


class VoterForm(msgspec.Struct):
    """Whose papers were seen, and what they show. `seen`: the official says so."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write the e-mail address of the participant."))]
    link: Link
    seen: Annotated[bool, asks(N_("Confirm that you have seen the proof."))]


class CodesForm(msgspec.Struct):
    """How many letters are to be sent."""

    count: int


@get(links.desk_voters("{year:str}"), opt=at_desk("voters.admit"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """Show how many may vote, and ask who is to be let."""
    cycle, voters = await db.read(cycle_with_voters, authority.id, year, actor=actor)
    return voters_page(request, cycle, voters, blank(VoterForm), blank(CodesForm))


@post(links.desk_voters("{year:str}"), opt=at_desk("voters.admit"))
async def admit(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Let somebody vote who has shown what ties them to the place."""
    cycle, voters = await db.read(cycle_with_voters, authority.id, year, actor=actor)
    form: Form[VoterForm] = await read_form(request, VoterForm)
    if form.data is not None:
        said = gettext("%(email)s may vote now.") % {"email": form.data.email}
        deed = Deed(request, db, form, actor, lambda _: links.desk_voters(year), said)
        done = await deed.do(give_right, cycle.id, form.data.email, form.data.link)
        if done is not None:
            return done
    return voters_page(request, cycle, voters, form, blank(CodesForm), status=422)


@post(links.desk_voters("{year:str}", "coduri"), opt=at_desk("voters.admit"))
async def make_codes(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[str]:
    """Make codes for letters, and show them once."""
    cycle, voters = await db.read(cycle_with_voters, authority.id, year, actor=actor)
    form: Form[CodesForm] = await read_form(request, CodesForm)
    if form.data is not None:
        try:
            codes = await db.act(make_letter_codes, cycle.id, form.data.count, vault=vault, by=actor)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return page(request, "budgeting/desk_codes.html", cycle=cycle, codes=[grouped(code) for code in codes])
    return voters_page(request, cycle, voters, blank(VoterForm), form, status=422)


def cycle_with_voters(db: Session, authority_id: AuthorityId, year: str, *, actor: Actor) -> tuple[Cycle, int]:
    """Return an announced cycle and how many may vote in it. Raises NotFound, NotPermitted."""
    if not (year.isascii() and year.isdigit()):
        raise NotFound
    cycle = find_announced(db, authority_id, int(year))
    require("voters.admit", actor, cycle)
    return cycle, count_voters(db, cycle.id)


def voters_page(
    request: Request, cycle: Cycle, voters: int, form: Form[VoterForm], codes: Form[CodesForm], *, status: int = 200
) -> Response[str]:
    """Return the page of both forms."""
    electorate = electorate_of(cycle)
    return page(
        request,
        "budgeting/desk_voters.html",
        status=status,
        cycle=cycle,
        voters=voters,
        form=codes if codes.errors else form,
        voter=form,
        codes=codes,
        by_desk=Proof.DESK in electorate.proofs,
        by_letter=Proof.LETTER in electorate.proofs,
        most=MOST_CODES,
        ties=[(link.value, LINKS[link]) for link in electorate.links],
    )


handlers = [show, admit, make_codes]
