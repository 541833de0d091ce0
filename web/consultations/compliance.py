"""How the law was kept in a consultation: every duty of its frozen rules, met or not, since when, with its entry."""

from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath

from consult.consultations.compliance import compliance_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request


@get("/consultari/{reference:str}/respectarea-legii", opt=public())
async def compliance(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
) -> Response[str]:
    """Show the duties of a consultation by the event that brings them."""
    found = await db.read(compliance_page, authority.id, reference, at=at)
    return page(request, "consultations/compliance.html", found=found)
