"""The file of a consultation to print or to take along: how it stands, the document itself, and having it made."""

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.consultations.dossiers.dossiers import ask_for_dossier, dossier_page, dossier_to_give
from consult.files.formats import PDF
from consult.i18n import gettext
from consult.identity.authorities import Authority
from web.access import ANYONE, public
from web.addresses import origin
from web.answers import page, see_other
from web.consultations.text_files import KEPT_BRIEFLY, as_file, stem
from web.database import Db
from web.given import Given, Request


# Not kept as public pages are: whoever has just asked for the file is told how far it is now.
@get("/consultari/{reference:str}/dosar", opt=ANYONE)
async def show(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], reference: FromPath[str]
) -> Response[str]:
    """Show whether the file was made, when, and what has happened since."""
    found = await db.read(dossier_page, authority.id, reference, at=at)
    return page(request, "consultations/dossier.html", found=found)


@post("/consultari/{reference:str}/dosar", opt=ANYONE)
async def ask(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], reference: FromPath[str]
) -> Response[bytes]:
    """Have it made. The button needs no key: pressing it twice is as once."""
    await db.act(ask_for_dossier, authority.id, reference, site=origin(request), at=at)
    return see_other(request, links.dossier(reference), flash=gettext("The file is being made."))


@get("/consultari/{reference:str}/dosar.pdf", opt=public(is_streamed=True))
async def give(
    request: Request,  # noqa: ARG001 - every public file is asked for in a language
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
) -> Response[bytes]:
    """Give the file as it was made last."""
    consultation, content = await db.read(dossier_to_give, authority.id, reference)
    return as_file(content, PDF.media_type, f"dosar-{stem(consultation)}.pdf", kept=KEPT_BRIEFLY)


handlers = [show, ask, give]
