"""At the desk: a roll of who may vote, read from a file by one official and confirmed by another."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.rolls import (
    Roll,
    confirm_roll,
    hash_roll,
    import_roll,
    people_on_roll,
    roll_waiting,
    throw_roll_away,
)
from consult.budgeting.voting_rights import electorate_of
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import require
from consult.identity.vault import Vault
from consult.policy.voting_rules import Proof
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page
from web.bodies import UploadedFile
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

PART = "lista"


class FileForm(msgspec.Struct):
    """A file with the roll."""

    file: Annotated[UploadedFile, asks(N_("Choose a file."))]


class Confirmed(msgspec.Struct):
    """A button that asks for nothing."""


@dataclass(frozen=True)
class RollPage:
    """A cycle, how many are on its roll, and the import that waits for a second official."""

    cycle: Cycle
    people: int
    waiting: Roll | None
    is_mine: bool


@get(links.desk_voters("{year:str}", PART), opt=at_desk("voters.admit"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """Show how many are on the roll; ask for a file, or for the second official's word."""
    return answer(request, await db.read(roll_page, authority.id, key_in(year), actor=actor), blank(FileForm))


@post(links.desk_voters("{year:str}", PART), opt=at_desk("voters.admit"))
async def read(
    request: Request,
    db: Given[Db],
    vault: Given[Vault],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Read a roll; of its names nothing is kept."""
    found = await db.read(roll_page, authority.id, key_in(year), actor=actor)
    form: Form[FileForm] = await read_form(request, FileForm)
    if form.data is not None:
        today = form.received_at.date()
        try:
            hashed = await run_sync(
                partial(hash_roll, form.data.file.content, vault=vault, cycle_id=found.cycle.id, today=today)
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            said = gettext("The roll was read. A second official confirms it now, on this page.")
            done = await _deed(request, db, form, actor, found.cycle, said).do(import_roll, found.cycle.id, hashed)
            if done is not None:
                return done
    return answer(request, found, form, status=422)


@post(links.desk_voters("{year:str}", f"{PART}/confirma"), opt=at_desk("voters.admit"))
async def confirm(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Let the people on an imported roll prove that they may vote."""
    found = await db.read(roll_page, authority.id, key_in(year), actor=actor)
    form: Form[Confirmed] = await read_form(request, Confirmed)
    said = gettext("Those on the roll can now prove by their name and birth date that they may vote.")
    done = await _deed(request, db, form, actor, found.cycle, said).do(confirm_roll, found.cycle.id)
    return done or answer(request, found, form, status=422)


@post(links.desk_voters("{year:str}", f"{PART}/renunta"), opt=at_desk("voters.admit"))
async def throw_away(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Forget an imported roll that was not confirmed."""
    found = await db.read(roll_page, authority.id, key_in(year), actor=actor)
    form: Form[Confirmed] = await read_form(request, Confirmed)
    said = gettext("The imported roll was thrown away.")
    done = await _deed(request, db, form, actor, found.cycle, said).do(throw_roll_away, found.cycle.id)
    return done or answer(request, found, form, status=422)


def roll_page(db: Session, authority_id: AuthorityId, year: int, *, actor: Actor) -> RollPage:
    """Return a cycle whose rules know a roll. Raises NotFound, NotPermitted."""
    cycle = find_announced(db, authority_id, year)
    require("voters.admit", actor, cycle)
    if Proof.ROLL not in electorate_of(cycle).proofs:
        raise NotFound
    waiting = roll_waiting(db, cycle.id)
    is_mine = waiting is not None and waiting.created_by == actor.person_id
    return RollPage(cycle, people_on_roll(db, cycle.id), waiting, is_mine)


def answer(request: Request, found: RollPage, form: Form[Any], *, status: int = 200) -> Response[str]:
    """Return the page of the roll."""
    return page(request, "budgeting/desk_roll.html", status=status, found=found, cycle=found.cycle, form=form)


def _deed(request: Request, db: Db, form: Form[Any], actor: Actor, cycle: Cycle, said: str) -> Deed:
    """Return what is done one import after another, so that no two add the same people."""
    return Deed(request, db, form, actor, lambda _: links.desk_voters(cycle.year, PART), said, f"roll:{cycle.id}")


handlers = [show, read, confirm, throw_away]
