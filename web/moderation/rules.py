"""The rules of moderation, and how often they were applied: for everybody."""

from litestar import Response, get

from consult import links
from consult.consultations.moderation import moderated
from consult.identity.authorities import Authority
from consult.record.moderation_rules import EDITION, RULES
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request


@get(links.MODERATION, opt=public())
async def rules(request: Request, db: Given[Db], authority: Given[Authority]) -> Response[str]:
    """Show for what a proposal's words may be hidden, what happens then, and how often it happened."""
    counts = await db.read(moderated, authority)
    edition = EDITION.rpartition("-")[2]
    return page(request, "moderation/rules.html", rules=RULES.values(), edition=edition, counts=counts)


handlers = [rules]
