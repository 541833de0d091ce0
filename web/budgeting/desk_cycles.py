"""The desk's pages of participatory budgets: set up from a pack, read by a second official, announced."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.announcing import announce_cycle, return_cycle, send_cycle, steps_to_announcement
from consult.budgeting.cycle_pages import CyclePage, page_of
from consult.budgeting.cycles import Cycle
from consult.budgeting.days import last_day
from consult.budgeting.phases import Phase
from consult.budgeting.planning import create_cycle, cycles_at_desk, edit_cycle, find_for_desk
from consult.counting.ties import TieRule
from consult.i18n import N_, ZONE, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import Within, may
from consult.policy.voting_packs import find_voting_pack, voting_pack_names
from consult.policy.voting_words import LINKS, PROOFS, rules_in_words, tie_in_words
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page
from web.budgeting.phase_names import PHASE_NAMES
from web.budgeting.plan_form import PlanForm, filled, plan_of
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

#: Years for which a cycle can be begun, from this one on.
YEARS_AHEAD = 3
SAVED = N_("Saved.")
OUT_OF_BOUNDS = N_("One of the numbers is too small or too large.")


class NewForm(msgspec.Struct):
    """For which year, and from which pack."""

    year: Annotated[int, asks(N_("Choose the year."))]
    pack: Annotated[str, asks(N_("Choose how people vote."))]


class SendForm(msgspec.Struct):
    """A clerk asks for the second pair of eyes."""


class AnnounceForm(msgspec.Struct):
    """A second official announces what they read."""

    edition: int


class ReturnForm(msgspec.Struct):
    """A second official sends the cycle back."""

    note: Annotated[str, text(2000, missing=N_("Write what should be changed."))]


def cycle_at_desk(db: Session, authority_id: AuthorityId, year: int, by: Actor) -> CyclePage:
    """Return a year's cycle, announced or not, to an official of its authority. Raises NotFound."""
    cycle_id = db.scalar(select(Cycle.id).where(Cycle.authority_id == authority_id, Cycle.year == year))
    if cycle_id is None:
        raise NotFound
    return page_of(db, find_for_desk(db, cycle_id, by))


@get(links.DESK_BUDGETS, opt=at_desk("draft.read"))
async def cycles(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[str]:
    """List the cycles, those being written too."""
    found = await db.read(cycles_at_desk, authority.id)
    may_prepare = may("cycle.prepare", actor, Within(authority.id))
    return page(request, "budgeting/desk_cycles.html", found=found, may_prepare=may_prepare)


@get(links.NEW_BUDGET, opt=at_desk("cycle.prepare"))
async def begin(request: Request, at: Given[datetime]) -> Response[str]:
    """Ask for which year a cycle is set up, and from which pack."""
    return new_page(request, blank(NewForm), at)


@post(links.NEW_BUDGET, opt=at_desk("cycle.prepare"))
async def create(request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor]) -> Response[Any]:
    """Begin a cycle."""
    form = await read_form(request, NewForm)
    if form.data is not None:
        deed = Deed(request, db, form, actor, lambda cycle: links.desk_budget(cycle.year), gettext(SAVED))
        done = await deed.do(create_cycle, authority.id, year=form.data.year, pack=form.data.pack)
        if done is not None:
            return done
    return new_page(request, form, form.received_at, status=422)


def new_page(request: Request, form: Form[NewForm], at: datetime, *, status: int = 200) -> Response[str]:
    """Show the packs to choose from, each with what it means and whether it was read in the city's own act."""
    packs = [find_voting_pack(name) for name in voting_pack_names()]
    first = at.astimezone(ZONE).year
    return page(
        request,
        "budgeting/desk_cycle_new.html",
        status=status,
        form=form,
        packs=packs,
        years=[(year, year) for year in range(first, first + YEARS_AHEAD)],
    )


@get(f"{links.DESK_BUDGETS}/{{year:str}}", opt=at_desk("draft.read"))
async def show(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
) -> Response[str]:
    """Show a cycle: the form while it is written, what was announced afterwards."""
    found = await db.read(cycle_at_desk, authority.id, key_in(year), actor)
    return cycle_page(request, found, actor, at)


def cycle_page(
    request: Request,
    found: CyclePage,
    actor: Actor,
    at: datetime,
    *,
    form: Form[PlanForm] | None = None,
    returning: Form[ReturnForm] | None = None,
) -> Response[str]:
    """Show a cycle with its form, or with what was sent and could not be taken."""
    cycle = found.cycle
    return page(
        request,
        "budgeting/desk_cycle.html",
        status=422 if form or returning else 200,
        found=found,
        form=form or filled(cycle, found.parts),
        sending=blank(SendForm),
        announcing=blank(AnnounceForm, edition=cycle.edition),
        returning=returning or blank(ReturnForm),
        pack=find_voting_pack(cycle.pack),
        steps=steps_to_announcement(cycle, found.rules, found.parts, at),
        lines=rules_in_words(found.rules),
        names=PHASE_NAMES,
        last_day=last_day,
        at=at,
        phases=list(Phase),
        link_options=[(each.value, gettext(words)) for each, words in LINKS.items()],
        proof_options=[(each.value, gettext(words)) for each, words in PROOFS.items()],
        tie_options=[(each.value, tie_in_words(each)) for each in (TieRule.COST, TieRule.VOTES, TieRule.ID)],
        may_prepare=may("cycle.prepare", actor, cycle),
        may_announce=may("cycle.announce", actor, cycle),
        may_move=may("cycle.move", actor, cycle),
        may_admit=may("voters.admit", actor, cycle),
        on_paper=found.rules.on_paper,
    )


@post(f"{links.DESK_BUDGETS}/{{year:str}}", opt=at_desk("cycle.prepare"))
async def save(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    year: FromPath[str],
) -> Response[Any]:
    """Save what a cycle will say."""
    form = await read_form(request, PlanForm)
    found = await db.read(cycle_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        try:
            plan = plan_of(form.data, found.rules)
        except msgspec.ValidationError:
            form.add("", gettext(OUT_OF_BOUNDS))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            deed = Deed(request, db, form, actor, lambda cycle: links.desk_budget(cycle.year), gettext(SAVED))
            done = await deed.do(edit_cycle, found.cycle.id, plan=plan, edition=form.data.edition)
            if done is not None:
                return done
    return cycle_page(request, found, actor, form.received_at, form=form)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/trimite", opt=at_desk("cycle.prepare"))
async def send(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Ask for the second pair of eyes."""
    form: Form[SendForm] = await read_form(request, SendForm)
    said = gettext("An approver now reads the cycle and announces it, or sends it back.")
    return await step(request, db, authority, actor, year, form, said, send_cycle)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/anunta", opt=at_desk("cycle.announce"))
async def announce(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Announce a cycle, as the second pair of eyes."""
    form = await read_form(request, AnnounceForm)
    said = gettext("The cycle is announced. Its rules are fixed.")
    facts = {"edition": form.data.edition if form.data else 0}
    return await step(request, db, authority, actor, year, form, said, announce_cycle, **facts)


async def step(
    request: Request,
    db: Db,
    authority: Authority,
    actor: Actor,
    year: str,
    form: Form[Any],
    said: str,
    action: Any,  # any step of a cycle
    **facts: object,
) -> Response[Any]:
    """Take a step that one button means, or say above the form why it cannot be taken."""
    found = await db.read(cycle_at_desk, authority.id, key_in(year), actor)
    deed = Deed(request, db, form, actor, lambda _cycle: links.desk_budget(found.cycle.year), said)
    done = await deed.do(action, found.cycle.id, **facts)
    if done is not None:
        return done
    refused = filled(found.cycle, found.parts)
    for error in form.errors:
        refused.add("", error.message)
    return cycle_page(request, found, actor, form.received_at, form=refused)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/intoarce", opt=at_desk("cycle.announce"))
async def send_back(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Send a cycle back to whoever wrote it."""
    form = await read_form(request, ReturnForm)
    found = await db.read(cycle_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        said = gettext("The cycle went back to whoever wrote it, with your note.")
        deed = Deed(request, db, form, actor, lambda cycle: links.desk_budget(cycle.year), said)
        done = await deed.do(return_cycle, found.cycle.id, note=form.data.note)
        if done is not None:
            return done
    return cycle_page(request, found, actor, form.received_at, returning=form)


handlers = [cycles, begin, create, show, save, send, announce, send_back]
