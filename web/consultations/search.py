"""Search within a consultation: in its text, or in what was proposed."""

from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, FromQuery, Parameter

from consult.consultations.search import PAGE, search_proposals, search_text
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.database import Db
from web.given import After, Given, PageNumber, Request

Words = Annotated[str, Parameter(max_length=200)]

IN_PROPOSALS = "propuneri"


@get("/consultari/{reference:str}/cauta", opt=public("q", "unde", "pagina", "dupa"))
async def search(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    q: FromQuery[Words] = "",
    unde: FromQuery[str] = "",
    pagina: FromQuery[PageNumber] = 1,
    dupa: FromQuery[After] = 0,
) -> Response[str]:
    """Show where the newest text, or what was proposed, has some words."""
    if unde == IN_PROPOSALS:
        said = await db.read(search_proposals, authority.id, reference, q, after=dupa)
        return page(request, "consultations/search.html", found=said, words=q, where=unde, after=dupa)
    text = await db.read(search_text, authority.id, reference, q, page=pagina)
    return page(
        request,
        "consultations/search.html",
        found=text,
        words=q,
        where="",
        number=pagina,
        first=(pagina - 1) * PAGE + 1,
    )
