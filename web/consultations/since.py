"""What has changed since somebody commented, on a page of its own: its author finds it from theirs."""

from litestar import Response, get
from litestar.params import FromPath

from consult.consultations.since import since_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.consultations.articles import compared
from web.database import Db
from web.given import Given, Request


@get("/consultari/{reference:str}/propuneri/{number:str}/de-atunci", opt=public())
async def since(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str], number: FromPath[str]
) -> Response[str]:
    """Show the articles that a proposal is about, as its author read them and as they read now."""
    found = await db.read(since_page, authority.id, reference, number)
    changes = [compared(each.before, each.after) for each in found.articles]
    return page(
        request, "consultations/since.html", found=found, articles=list(zip(found.articles, changes, strict=True))
    )
