"""Moving the days of a cycle that were announced, at the desk: later, with a reason that everybody reads."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.budgeting.cycle_pages import CyclePage
from consult.budgeting.cycles import lock_of
from consult.budgeting.days import last_day
from consult.budgeting.phase_moves import move_phase
from consult.budgeting.phases import Phase
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.refusals import NotFound
from web.access import at_desk
from web.answers import page
from web.budgeting.desk_cycles import cycle_at_desk
from web.budgeting.phase_names import PHASE_NAMES
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class MoveForm(msgspec.Struct):
    """Which phase, to which days, and why."""

    phase: Annotated[Phase, asks(N_("Choose the phase."))]
    first: Annotated[date, asks(N_("Choose the day."))]
    last: Annotated[date, asks(N_("Choose the day."))]
    reason: Annotated[str, text(1000, missing=N_("Write why the days are moved: everybody will read it."))]


@get(f"{links.DESK_BUDGETS}/{{year:str}}/termene", opt=at_desk("cycle.move"))
async def ask_days(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    at: Given[datetime],
    year: FromPath[str],
) -> Response[str]:
    """Ask which phase is moved, to which days, and why."""
    found = await db.read(cycle_at_desk, authority.id, key_in(year), actor)
    return days_page(request, found, blank(MoveForm), at)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/termene", opt=at_desk("cycle.move"))
async def move(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Move the days of a phase."""
    form = await read_form(request, MoveForm)
    found = await db.read(cycle_at_desk, authority.id, key_in(year), actor)
    if form.data is not None:
        said = gettext("The days are moved. Everybody sees the old ones struck through, with the reason.")
        where = links.desk_budget(found.cycle.year)
        deed = Deed(request, db, form, actor, lambda _move: where, said, alone=lock_of(found.cycle.id))
        done = await deed.do(move_phase, found.cycle.id, **msgspec.structs.asdict(form.data))
        if done is not None:
            return done
    return days_page(request, found, form, form.received_at, status=422)


def days_page(
    request: Request, found: CyclePage, form: Form[MoveForm], at: datetime, *, status: int = 200
) -> Response[str]:
    """Show the form that moves days, to be filled in or put right. Raises NotFound for what is not announced."""
    if not found.cycle.is_public:
        raise NotFound
    return page(
        request,
        "budgeting/desk_cycle_days.html",
        status=status,
        found=found,
        form=form,
        names=PHASE_NAMES,
        last_day=last_day,
        movable=[each for each in found.parts.phases if at < each.ends_at],
    )


handlers = [ask_days, move]
