"""The front page: what is open now, what comes next, and what was answered last."""

from collections.abc import Iterator
from datetime import datetime

from litestar import Response, get

from consult import links
from consult.consultations.pages import HomePage, home_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.consultations.stages import next_change, stages_of
from web.database import Db
from web.given import Given, Request


@get(links.HOME, opt=public())
async def home(request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]) -> Response[str]:
    """Show what is open now."""
    found = await db.read(home_page, authority.id, at=at)
    return page(
        request,
        "consultations/home.html",
        changes_at=min(changes(found, at), default=None),
        found=found,
        open=[(consultation, stages_of(consultation, steps, at)) for consultation, steps in found.open],
        at=at,
    )


def changes(found: HomePage, at: datetime) -> Iterator[datetime]:
    """Return the instants at which the page will say something else."""
    for consultation, steps in found.open:
        change = next_change(consultation, steps, at)
        assert change is not None, "what is open closes"
        yield change
    for step, _ in found.coming:
        assert step.starts_at is not None, "what comes has an hour"
        yield step.starts_at
