"""Ballots on paper at the desk, while people vote: printed, given to whoever shows papers, taken back when torn."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.choices import BallotPaper
from consult.budgeting.cycles import Cycle
from consult.budgeting.elections import announced, election_of, paper_of
from consult.budgeting.paper_ballots import (
    MOST_SHEETS,
    Sheets,
    count_sheets,
    give_sheet,
    is_on_paper,
    print_sheets,
    spoil_sheet,
)
from consult.budgeting.paper_sheets import sheets_as_pdf
from consult.budgeting.projects import titles_of
from consult.budgeting.voting_rights import electorate_of
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.names import NAME_LENGTH
from consult.identity.permissions import require
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page
from web.budgeting.desk_cycles import cycle_at_desk
from web.budgeting.ties import LINKS
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

PART = "hartie"


class GiveForm(msgspec.Struct):
    """Whose papers were seen. `seen`: the official says so."""

    name: Annotated[str, line(NAME_LENGTH, missing=N_("Write the name as it stands in the identity card."))]
    born: Annotated[date, asks(N_("Write the birth date."))]
    link: Link
    seen: Annotated[bool, asks(N_("Confirm that you have seen the proof."))]


class PrintForm(msgspec.Struct):
    """How many ballots are printed into one file."""

    count: Annotated[int, asks(N_("Write how many."))]


class SpoilForm(msgspec.Struct):
    """The number of a ballot that was handed back."""

    number: Annotated[str, line(40, missing=N_("Write the number at the foot of the ballot."))]


def paper_at_desk(db: Session, authority_id: AuthorityId, year: int, by: Actor) -> tuple[Cycle, Sheets]:
    """Return a cycle in which people vote on paper, and how many ballots there are. Raises NotFound, NotPermitted."""
    cycle = announced(db, cycle_at_desk(db, authority_id, year, by).cycle.id)
    require("voters.admit", by, cycle)
    if not is_on_paper(cycle):
        raise NotFound
    return cycle, count_sheets(db, cycle.id)


def what_is_printed(db: Session, cycle: Cycle) -> tuple[BallotPaper, Mapping[str, str]]:
    """Return the ballot paper of a vote that was opened, and what its projects are called. Raises NotFound."""
    election = election_of(db, cycle.id)
    if election is None:
        raise NotFound
    return paper_of(db, election), titles_of(db, cycle.id)


@get(f"{links.DESK_BUDGETS}/{{year:str}}/hartie", opt=at_desk("voters.admit"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """Show how many ballots there are, and ask who is given one."""
    found = await db.read(paper_at_desk, authority.id, key_in(year), actor)
    return paper_page(request, *found)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/hartie", opt=at_desk("voters.admit"))
async def give(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Note that somebody is given a ballot."""
    form: Form[GiveForm] = await read_form(request, GiveForm)
    cycle, sheets = await db.read(paper_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        said, of = gettext("Give them one ballot from the pile, without looking at its number."), form.data
        deed = _deed(request, db, form, actor, cycle, said)
        done = await deed.do(give_sheet, cycle.id, of.name, of.born, of.link, vault=vault)
        if done is not None:
            return done
    return paper_page(request, cycle, sheets, giving=form)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/hartie/inapoiat", opt=at_desk("voters.admit"))
async def take_back(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Note that a ballot was handed back."""
    form: Form[SpoilForm] = await read_form(request, SpoilForm)
    cycle, sheets = await db.read(paper_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        said = gettext("It counts no more. Tear it, keep it, and give another in its place.")
        deed = _deed(request, db, form, actor, cycle, said)
        done = await deed.do(spoil_sheet, cycle.id, form.data.number, vault=vault)
        if done is not None:
            return done
    return paper_page(request, cycle, sheets, spoiling=form)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/hartie/tipar", opt=at_desk("voters.admit"))
async def print_(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Return new ballots as a file to print; the same ones if the form is sent again."""
    form: Form[PrintForm] = await read_form(request, PrintForm)
    cycle, sheets = await db.read(paper_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        try:
            numbers = await db.act_alone(
                f"paper:{cycle.id}",
                print_sheets,
                cycle.id,
                form.data.count,
                form.key,
                vault=vault,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            paper, titles = await db.read(what_is_printed, cycle)
            made = await run_sync(
                partial(sheets_as_pdf, paper, titles, numbers, title=cycle.title, authority=authority.name)
            )
            named = {"Content-Disposition": f'attachment; filename="buletine-{cycle.year}.pdf"'}
            return Response(made, status_code=200, media_type="application/pdf", headers=named)
    return paper_page(request, cycle, sheets, printing=form)


def _deed(request: Request, db: Db, form: Form[Any], actor: Actor, cycle: Cycle, said: str) -> Deed:
    """Return what is done strictly one after another, so that no more ballots are given than there are."""
    return Deed(request, db, form, actor, lambda _: links.desk_budget(cycle.year, PART), said, f"paper:{cycle.id}")


def paper_page(
    request: Request,
    cycle: Cycle,
    sheets: Sheets,
    *,
    giving: Form[GiveForm] | None = None,
    spoiling: Form[SpoilForm] | None = None,
    printing: Form[PrintForm] | None = None,
) -> Response[str]:
    """Return the page of the three forms, one of them with what is to be put right."""
    wrong = giving or spoiling or printing
    return page(
        request,
        "budgeting/desk_paper.html",
        status=422 if wrong else 200,
        cycle=cycle,
        sheets=sheets,
        form=wrong or blank(GiveForm),
        giving=giving or blank(GiveForm),
        spoiling=spoiling or blank(SpoilForm),
        printing=printing or blank(PrintForm),
        most=MOST_SHEETS,
        ties=[(link.value, gettext(LINKS[link])) for link in electorate_of(cycle).links],
    )


handlers = [show, give, take_back, print_]
