"""The list of consultations: by how far they have come, by words, in pages."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get
from litestar.params import FromQuery, Parameter

from consult import links
from consult.consultations.consultations import Stage
from consult.consultations.listings import PAGE, Listing
from consult.consultations.pages import list_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.consultations.words import GROUPS
from web.database import Db
from web.given import Given, PageNumber, Request
from web.ui.dates import deadline

#: What can be asked of the list, on the page and in its files.
QUERY = ("stare", "q", "pagina")

Words = Annotated[str, Parameter(max_length=200)]


@get(links.CONSULTATIONS, opt=public(*QUERY))
async def consultations(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    stare: FromQuery[str] = "",
    q: FromQuery[Words] = "",
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """Show published consultations, the newest first."""
    group = GROUPS.get(stare)
    found = await db.read(list_page, authority.id, group=group, words=q, page=pagina, at=at)
    return page(
        request,
        "consultations/consultations.html",
        changes_at=next_change(found.listing, at),
        found=found.listing,
        count=found.count,
        state=stare if group else "",
        words=q,
        number=pagina,
        first=(pagina - 1) * PAGE + 1,
        at=at,
    )


def next_change(found: Listing, at: datetime) -> datetime | None:
    """Return the instant at which one of the states shown will be another."""
    terms = [each.closes_at for each in found.consultations if each.stage is Stage.PROPOSALS and each.closes_at]
    changes = [deadline(term, at).changes_at for term in terms]
    return min((change for change in changes if change), default=None)
