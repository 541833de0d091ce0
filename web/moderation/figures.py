"""Moderation in figures: how often which rule was applied, what was appealed against, and both sides' reasons."""

from litestar import Response, get

from consult import links
from consult.consultations.moderation_figures import moderation_figures
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request


@get(links.MODERATION_FIGURES, opt=public())
async def figures(request: Request, db: Given[Db], authority: Given[Authority]) -> Response[str]:
    """Show the counts and the decided appeals."""
    found = await db.read(moderation_figures, authority)
    return page(request, "moderation/figures.html", found=found)


handlers = [figures]
