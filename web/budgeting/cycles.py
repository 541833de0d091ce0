"""Participatory budgets in public: all years, one year with its money, days and rules, how votes are counted."""

from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath

from consult import links
from consult.budgeting.cycle_pages import all_cycles, cycle_page, next_change
from consult.budgeting.days import last_day
from consult.budgeting.progress_pages import carried_out_before
from consult.i18n import ZONE
from consult.identity.authorities import Authority
from consult.policy.deadlines import last_instant
from consult.policy.voting_counts import command_line
from consult.policy.voting_packs import find_voting_pack
from consult.policy.voting_words import example_in_words, rules_in_words
from web.access import public
from web.answers import page
from web.budgeting.phase_names import PHASE_NAMES
from web.database import Db
from web.given import Given, Request
from web.keys import key_in

#: Of the rules these stand on the cycle's page; all are on that of the method.
IN_SHORT = ("proposing", "voting", "ballot", "winners", "tie")


@get(links.BUDGETS, opt=public())
async def cycles(request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]) -> Response[str]:
    """List the participatory budgets of all years."""
    found = await db.read(all_cycles, authority.id)
    earlier = await db.read(carried_out_before, authority.id, at)
    changes = [moment for each in found if (moment := next_change(each.parts.phases, at))]
    if earlier:
        changes.append(last_instant(at.astimezone(ZONE).date(), ZONE))
    return page(
        request,
        "budgeting/cycles.html",
        changes_at=min(changes, default=None),
        found=found,
        earlier=earlier,
        names=PHASE_NAMES,
        at=at,
    )


@get(f"{links.BUDGETS}/{{year:str}}", opt=public())
async def cycle(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], year: FromPath[str]
) -> Response[str]:
    """Show a year's participatory budget: how far it has come, the money, the rules in short, the days."""
    found = await db.read(cycle_page, authority.id, key_in(year))
    earlier = await db.read(carried_out_before, authority.id, at, year=found.cycle.year)
    changes = [next_change(found.parts.phases, at), last_instant(at.astimezone(ZONE).date(), ZONE) if earlier else None]
    return page(
        request,
        "budgeting/cycle.html",
        changes_at=min((moment for moment in changes if moment), default=None),
        found=found,
        earlier=earlier,
        lines=[line for line in rules_in_words(found.rules) if line.name in IN_SHORT],
        names=PHASE_NAMES,
        last_day=last_day,
        at=at,
    )


@get(f"{links.BUDGETS}/{{year:str}}/metoda", opt=public())
async def method(request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str]) -> Response[str]:
    """Explain how the votes are counted, with the cycle's own numbers and what anybody types to count again."""
    found = await db.read(cycle_page, authority.id, key_in(year))
    pack = find_voting_pack(found.cycle.pack)
    return page(
        request,
        "budgeting/method.html",
        found=found,
        pack=pack,
        lines=rules_in_words(found.rules),
        examples=[example_in_words(example) for example in pack.examples],
        commands=[
            (pool, command_line(found.rules, pool.kind, f"{found.cycle.year}-{pool.key}.pb"))
            for pool in found.parts.pools
        ],
    )


handlers = [cycles, cycle, method]
