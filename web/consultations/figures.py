"""The figures of a draft budget: chapters with their parts and shares, one line, all lines, what changed, the file."""

import re
from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from consult.consultations.figure_pages import PAGE, figures_file, figures_page
from consult.identity.authorities import Authority
from consult.refusals import NotFound
from web.access import public
from web.answers import page
from web.consultations.documents import attachment
from web.database import Db
from web.given import Given, PageNumber, Request
from web.spreadsheets import MEDIA_TYPE

VERSION = re.compile(r"v(?P<number>[1-9][0-9]{0,5})\.csv", re.ASCII)


@get("/consultari/{reference:str}/cifre", opt=public("rand", "q", "versiune", "vedere", "pagina"))
async def figures(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    rand: FromQuery[str] = "",
    q: FromQuery[str] = "",
    versiune: FromQuery[PageNumber | None] = None,
    vedere: FromQuery[str] = "",
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """Show the figures by chapter, or a line with its parts, or all lines, or those that say some words."""
    words = " ".join(q.split())
    found = await db.read(
        figures_page,
        authority.id,
        reference,
        version=versiune,
        key=rand,
        words=words,
        view=vedere,
        page=pagina,
    )
    is_open = found.consultation.is_open_at(at)
    return page(
        request,
        "consultations/figures.html",
        found=found,
        words=words,
        view=vedere if vedere in {"tot", "schimbari"} and not words else "",
        pinned=versiune,
        pagina=pagina,
        size=PAGE,
        is_open=is_open,
        changes_at=found.consultation.closes_at if is_open else None,
    )


@get("/consultari/{reference:str}/cifre/{name:str}", opt=public())
async def figures_csv(
    db: Given[Db], authority: Given[Authority], reference: FromPath[str], name: FromPath[str]
) -> Response[Any]:
    """Hand out the figures of a version (`v1.csv`), byte for byte as their hash in the public record was made."""
    version = VERSION.fullmatch(name)
    if version is None:
        raise NotFound
    content = await db.read(figures_file, authority.id, reference, int(version["number"]))
    headers = {"Content-Disposition": attachment(f"buget-{reference}-{name}")}
    return Response(content.encode(), media_type=MEDIA_TYPE, headers=headers)


handlers = [figures, figures_csv]
