"""Results at the desk: one official has the votes counted, a second one has them counted again and publishes."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.budgeting.cycles import Cycle, lock_of
from consult.budgeting.elections import election_of
from consult.budgeting.result_pages import ResultsPage, results_to_confirm
from consult.budgeting.results import CycleResult, confirm_results, count_votes, result_of
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.permissions import may
from consult.refusals import NotFound
from web.access import at_desk
from web.answers import page
from web.budgeting.desk_cycles import cycle_at_desk
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

PART = "rezultate"


class CountForm(msgspec.Struct):
    """An official has the votes counted."""


class ConfirmForm(msgspec.Struct):
    """A second official has read the count."""

    read: Annotated[bool, asks(N_("Confirm that you have read the results."))]


def results_at_desk(
    db: Session, authority_id: AuthorityId, year: int, by: Actor
) -> tuple[Cycle, CycleResult | None, ResultsPage | None]:
    """Return a cycle whose vote was closed, its count if there is one, and what the count says. Raises NotFound."""
    cycle = cycle_at_desk(db, authority_id, year, by).cycle
    election, result = election_of(db, cycle.id), result_of(db, cycle.id)
    if election is None or election.closed_at is None:
        raise NotFound
    return cycle, result, results_to_confirm(db, cycle) if election.openings else None


@get(f"{links.DESK_BUDGETS}/{{year:str}}/rezultate", opt=at_desk("draft.read"))
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[str]:
    """Show how far the count has come, and what it says."""
    return await results_page(request, db, authority, actor, year)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/rezultate", opt=at_desk("results.count"))
async def count(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Count the votes, for a second official to count again."""
    form: Form[CountForm] = await read_form(request, CountForm)
    cycle, _, _ = await db.read(results_at_desk, authority.id, key_in(year), actor)
    said = gettext("The votes are counted. An approver now has them counted again and publishes the results.")
    deed = Deed(request, db, form, actor, lambda _: links.desk_budget(cycle.year, PART), said, lock_of(cycle.id))
    done = await deed.do(count_votes, cycle.id)
    return done or await results_page(request, db, authority, actor, year, form)


@post(f"{links.DESK_BUDGETS}/{{year:str}}/rezultate/confirma", opt=at_desk("results.confirm"))
async def confirm(
    request: Request, db: Given[Db], authority: Given[Authority], actor: Given[Actor], year: FromPath[str]
) -> Response[Any]:
    """Count the votes again and publish the results."""
    form: Form[ConfirmForm] = await read_form(request, ConfirmForm)
    if form.data is not None:
        cycle, _, _ = await db.read(results_at_desk, authority.id, key_in(year), actor)
        said = gettext("The results are public and in the record.")
        deed = Deed(request, db, form, actor, lambda _: links.desk_budget(cycle.year, PART), said, lock_of(cycle.id))
        done = await deed.do(confirm_results, cycle.id)
        if done is not None:
            return done
    return await results_page(request, db, authority, actor, year, form)


async def results_page(
    request: Request, db: Db, authority: Authority, actor: Actor, year: str, form: Form[Any] | None = None
) -> Response[str]:
    """Show the count, or with it what could not be done."""
    cycle, result, found = await db.read(results_at_desk, authority.id, key_in(year), actor)
    return page(
        request,
        "budgeting/desk_results.html",
        status=422 if form else 200,
        cycle=cycle,
        result=result,
        found=found,
        form=form or blank(ConfirmForm),
        may_count=found and result is None and may("results.count", actor, cycle),
        may_confirm=result and not result.is_public and may("results.confirm", actor, result),
    )


handlers = [show, count, confirm]
