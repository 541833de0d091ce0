"""The box of ballots on paper at the desk, after the close: each typed by two officials, then listed by two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.choices import BallotPaper
from consult.budgeting.codes import grouped
from consult.budgeting.cycles import Cycle
from consult.budgeting.elections import announced, election_of, paper_of
from consult.budgeting.paper_ballots import Sheets, count_sheets, is_on_paper
from consult.budgeting.paper_counts import PaperCount, confirm_list, list_ballots, paper_count_of, return_list
from consult.budgeting.paper_entries import TypedBallot, enter_ballot, names_of, typed_ballots
from consult.budgeting.paper_listing import Invalidity, PaperBallot
from consult.budgeting.paper_marks import read_marks, write_marks
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import PersonId
from consult.identity.permissions import may
from consult.identity.vault import Vault
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page
from web.budgeting.desk_cycles import cycle_at_desk
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

PART = "urna"
#: Why a ballot does not count, as officials and readers are told.
INVALID = {
    Invalidity.BLANK: N_("Nothing is marked"),
    Invalidity.RULES: N_("More is marked than the rules let, or otherwise"),
    Invalidity.UNCLEAR: N_("What the voter wanted cannot be told"),
    Invalidity.SIGNED: N_("Something on it tells whose it is"),
}


class EntryForm(msgspec.Struct):
    """A ballot as one official reads it. `choices`: the numbers of the marked projects; `invalid`: why none counts."""

    number: Annotated[str, line(40, missing=N_("Write the number at the foot of the ballot."))]
    choices: Annotated[str, line(500)] = ""
    invalid: Invalidity | None = None


class ListForm(msgspec.Struct):
    """The box is empty: how many ballots lie unused, and why that is not what it should be."""

    unused: Annotated[int, asks(N_("Write how many."))]
    why: Annotated[str, text(500)] = ""


class ConfirmForm(msgspec.Struct):
    """A second official has compared the list with the sheets."""

    compared: Annotated[bool, asks(N_("Confirm that you have compared some sheets with what was typed."))]


class ReturnForm(msgspec.Struct):
    """A second official sends the list back."""


@dataclass(frozen=True)
class Box:
    """What the page of the box shows. `ballots`: those that wait for a second reading, or were read differently."""

    cycle: Cycle
    paper: BallotPaper
    sheets: Sheets
    ballots: Sequence[TypedBallot]
    alike: int
    names: Mapping[PersonId, str]
    count: PaperCount | None
    is_over: bool


def box_at_desk(db: Session, authority_id: AuthorityId, year: int, by: Actor) -> Box:
    """Return the box of a vote that is closed. Raises NotFound, NotPermitted."""
    cycle = announced(db, cycle_at_desk(db, authority_id, year, by).cycle.id)
    election = election_of(db, cycle.id)
    if election is None or election.closed_at is None or not is_on_paper(cycle):
        raise NotFound
    typed = list(typed_ballots(db, cycle.id).values())
    open_ones = [ballot for ballot in typed if ballot.standing != "alike"]
    return Box(
        cycle=cycle,
        paper=paper_of(db, election),
        sheets=count_sheets(db, cycle.id),
        ballots=open_ones,
        alike=len(typed) - len(open_ones),
        names=names_of(db, open_ones),
        count=paper_count_of(db, cycle.id),
        is_over=election.openings is not None,
    )


@get(f"{links.DESK_BUDGETS}/{{year:str}}/urna", opt=at_desk("draft.read"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """Show how far the box has come."""
    return box_page(request, await db.read(box_at_desk, authority.id, key_in(year), actor), actor)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/urna", opt=at_desk("paper.enter"))
async def enter(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Note what is read from a ballot."""
    form: Form[EntryForm] = await read_form(request, EntryForm)
    box = await db.read(box_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        try:
            choices = {} if form.data.invalid else read_marks(form.data.choices, box.paper)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            deed = _deed(request, db, form, actor, box, gettext("Noted. Type the next one."))
            done = await deed.do(enter_ballot, box.cycle.id, form.data.number, choices, form.data.invalid, vault=vault)
            if done is not None:
                return done
    return box_page(request, box, actor, entry=form)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/urna/lista", opt=at_desk("paper.enter"))
async def list_(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Say that the box is empty and everything typed."""
    form: Form[ListForm] = await read_form(request, ListForm)
    box = await db.read(box_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        said = gettext("The list is made. An approver now compares it with the sheets and publishes it.")
        deed = _deed(request, db, form, actor, box, said)
        done = await deed.do(list_ballots, box.cycle.id, form.data.unused, form.data.why)
        if done is not None:
            return done
    return box_page(request, box, actor, listing=form)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/urna/confirma", opt=at_desk("results.confirm"))
async def confirm(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Publish the list of ballots on paper."""
    form: Form[ConfirmForm] = await read_form(request, ConfirmForm)
    box = await db.read(box_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        said = gettext("The list of ballots on paper is public and in the record.")
        done = await _deed(request, db, form, actor, box, said).do(confirm_list, box.cycle.id)
        if done is not None:
            return done
    return box_page(request, box, actor, confirming=form)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/urna/intoarce", opt=at_desk("results.confirm"))
async def send_back(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Send the list back, so that more can be typed."""
    form: Form[ReturnForm] = await read_form(request, ReturnForm)
    box = await db.read(box_at_desk, authority.id, key_in(year), actor)
    done = await _deed(request, db, form, actor, box, gettext("The list is sent back.")).do(return_list, box.cycle.id)
    return done or box_page(request, box, actor, returning=form)


def _deed(request: Request, db: Db, form: Form[Any], actor: Actor, box: Box, said: str) -> Deed:
    """Return what is done strictly one after another: the same ballot may be typed at two desks at once."""
    year = box.cycle.year
    return Deed(request, db, form, actor, lambda _: links.desk_budget(year, PART), said, f"paper:{box.cycle.id}")


def box_page(
    request: Request,
    box: Box,
    actor: Actor,
    *,
    entry: Form[EntryForm] | None = None,
    listing: Form[ListForm] | None = None,
    confirming: Form[ConfirmForm] | None = None,
    returning: Form[ReturnForm] | None = None,
) -> Response[str]:
    """Return the page of the box, one of its forms with what is to be put right."""
    wrong = entry or listing or confirming or returning
    return page(
        request,
        "budgeting/desk_box.html",
        status=422 if wrong else 200,
        box=box,
        cycle=box.cycle,
        form=wrong or blank(EntryForm),
        entry=entry or blank(EntryForm),
        listing=listing or blank(ListForm),
        confirming=confirming or blank(ConfirmForm),
        returning=returning or blank(ReturnForm),
        may_enter=box.count is None and not box.is_over and may("paper.enter", actor, box.cycle),
        may_confirm=box.count is not None and not box.count.is_public and may("results.confirm", actor, box.count),
        invalid=[("", gettext("It counts")), *((each.value, gettext(words)) for each, words in INVALID.items())],
        read=lambda ballot: [(each.written_by, _as_read(each.read)) for each in ballot.entries],
        grouped=grouped,
    )


def _as_read(ballot: PaperBallot) -> str:
    return gettext(INVALID[ballot.invalid]) if ballot.invalid else write_marks(ballot.choices)


handlers = [show, enter, list_, confirm, send_back]
