"""The front page: what is open now, what comes next, and what was answered last."""

from collections.abc import Iterator
from datetime import datetime

from litestar import Response, get

from consult import links
from consult.consultations.pages import HomePage, home_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.ui.dates import deadline


@get(links.HOME, opt=public())
async def home(request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]) -> Response[str]:
    """Show what is open now."""
    found = await db.read(home_page, authority.id, at=at)
    return page(
        request, "consultations/home.html", changes_at=min(changes(found, at), default=None), found=found, at=at
    )


def changes(found: HomePage, at: datetime) -> Iterator[datetime]:
    """Return the instants at which the page will say something else."""
    for consultation in found.open:
        assert consultation.closes_at is not None, "what is open has an end"
        words = deadline(consultation.closes_at, at)
        assert words.changes_at is not None, "what is open closes"
        yield words.changes_at
    for step, _ in found.coming:
        assert step.starts_at is not None, "what comes has an hour"
        yield step.starts_at
