"""At the desk: who is let to vote after showing what ties them to the place, and letters with codes."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.code_sheets import letters_as_pdf
from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.elections import voting_days
from consult.budgeting.letter_codes import MOST_CODES, CodeBatch, ask_for_codes, codes_asked, make_letter_codes
from consult.budgeting.voting_rights import count_voters, electorate_of, give_right
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.names import EMAIL_LENGTH, NAME_LENGTH
from consult.identity.permissions import require
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link, Proof
from web.access import at_desk
from web.addresses import absolute
from web.answers import page
from web.budgeting.ties import LINKS
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class VoterForm(msgspec.Struct):
    """Whose papers were seen, and what they show. `seen`: the official says so."""

    email: Annotated[str, line(EMAIL_LENGTH, missing=N_("Write the e-mail address of the participant."))]
    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write the name as it stands in the identity card."))]
    born: Annotated[date, asks(N_("Write the birth date."))]
    link: Link
    seen: Annotated[bool, asks(N_("Confirm that you have seen the proof."))]


class CodesForm(msgspec.Struct):
    """How many letters are to be sent."""

    count: int


class Confirmed(msgspec.Struct):
    """A button that asks for nothing."""


@dataclass(frozen=True)
class VotersPage:
    """A cycle, how many may vote in it, and the codes that one official asked for and another is to make."""

    cycle: Cycle
    voters: int
    asked: CodeBatch | None
    is_mine: bool


@get(links.desk_voters("{year:str}"), opt=at_desk("voters.admit"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """Show how many may vote, and ask who is to be let."""
    found = await db.read(cycle_with_voters, authority.id, key_in(year), actor=actor)
    return voters_page(request, found, blank(VoterForm), blank(CodesForm))


@post(links.desk_voters("{year:str}"), opt=at_desk("voters.admit"))
async def admit(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Let somebody vote who has shown what ties them to the place."""
    found = await db.read(cycle_with_voters, authority.id, key_in(year), actor=actor)
    form: Form[VoterForm] = await read_form(request, VoterForm)
    if form.data is not None:
        of = form.data
        said = gettext("%(email)s may vote now.") % {"email": of.email}
        deed = Deed(request, db, form, actor, lambda _: links.desk_voters(year), said)
        shown = {"name": of.name, "born": of.born, "vault": vault}
        done = await deed.do(give_right, found.cycle.id, of.email, of.link, **shown)
        if done is not None:
            return done
    return voters_page(request, found, form, blank(CodesForm), status=422)


@post(links.desk_voters("{year:str}", "cere-coduri"), opt=at_desk("voters.admit"))
async def ask(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Ask a second official for codes for letters."""
    found = await db.read(cycle_with_voters, authority.id, key_in(year), actor=actor)
    form: Form[CodesForm] = await read_form(request, CodesForm)
    if form.data is not None:
        said = gettext("A second official makes them now, on this page.")
        deed = Deed(request, db, form, actor, lambda _: links.desk_voters(year), said)
        done = await deed.do(ask_for_codes, found.cycle.id, form.data.count)
        if done is not None:
            return done
    return voters_page(request, found, blank(VoterForm), form, status=422)


@post(links.desk_voters("{year:str}", "coduri"), opt=at_desk("voters.admit"))
async def make_codes(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[bytes]:
    """Make the codes that another official asked for, and return the letters that they stand in, once."""
    found = await db.read(cycle_with_voters, authority.id, key_in(year), actor=actor)
    days = await db.read(voting_days, found.cycle.id)
    assert days, "an announced cycle has its days"
    at = (await read_form(request, Confirmed)).received_at
    codes = await db.act(make_letter_codes, found.cycle.id, vault=vault, by=actor, at=at)
    asked_at = absolute(request, links.vote(year, "drept"))
    wording = {"title": found.cycle.title, "authority": authority.name, "asked_at": asked_at}
    made = await run_sync(partial(letters_as_pdf, codes, days, **wording))
    named = {"Content-Disposition": f'attachment; filename="scrisori-{found.cycle.year}.pdf"'}
    return Response(made, status_code=200, media_type="application/pdf", headers=named)


def cycle_with_voters(db: Session, authority_id: AuthorityId, year: int, *, actor: Actor) -> VotersPage:
    """Return an announced cycle and how many may vote in it. Raises NotFound, NotPermitted."""
    cycle = find_announced(db, authority_id, year)
    require("voters.admit", actor, cycle)
    asked = codes_asked(db, cycle.id)
    is_mine = asked is not None and asked.created_by == actor.person_id
    return VotersPage(cycle, count_voters(db, cycle.id), asked, is_mine)


def voters_page(
    request: Request, found: VotersPage, form: Form[VoterForm], codes: Form[CodesForm], *, status: int = 200
) -> Response[str]:
    """Return the page of both forms."""
    electorate = electorate_of(found.cycle)
    return page(
        request,
        "budgeting/desk_voters.html",
        status=status,
        found=found,
        cycle=found.cycle,
        form=codes if codes.errors else form,
        voter=form,
        codes=codes,
        by_desk=Proof.DESK in electorate.proofs,
        by_roll=Proof.ROLL in electorate.proofs,
        by_letter=Proof.LETTER in electorate.proofs,
        most=MOST_CODES,
        ties=[(link.value, LINKS[link]) for link in electorate.links],
    )


handlers = [show, admit, ask, make_codes]
