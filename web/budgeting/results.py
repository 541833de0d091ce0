"""The results of a participatory budget in public: who won, why, and how anybody counts again."""

from datetime import timedelta

from litestar import Response, get
from litestar.params import FromPath

from consult import links
from consult.budgeting.planning import rules_of
from consult.budgeting.result_pages import results_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.keys import key_in


@get(f"{links.BUDGETS}/{{year:str}}/rezultate", opt=public())
async def results(request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str]) -> Response[str]:
    """Show the winners of each pot, why each project won or lost, and the files to count again."""
    found = await db.read(results_page, authority.id, key_in(year))
    published = found.cycle.results_published_at
    assert published is not None, "results that are confirmed are published"
    return page(
        request,
        "budgeting/results.html",
        found=found,
        challenged_until=published + timedelta(days=rules_of(found.cycle).challenge_days),
    )


handlers = [results]
