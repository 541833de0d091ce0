"""What programs ask of every site by itself: where they may look, what there is to see, and the picture for a tab."""

import re
from collections.abc import Iterator
from datetime import datetime

from litestar import Litestar, MediaType, Response, get
from litestar.routes import BaseRoute

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.listings import list_consultations
from consult.i18n import DEFAULT_LOCALE, LOCALES
from consult.identity.authorities import Authority
from web.access import Door, door_of, public
from web.addresses import origin
from web.assets import assets
from web.database import Db
from web.given import Given, Request
from web.ui.gallery import PATH as GALLERY

#: Searches and filters show in ever new order what stands elsewhere. The pages of long lists are the way there.
COMBINED = ("Disallow: /*?", "Allow: /*?pagina=", "Allow: /tema.css")
#: As many consultations as one map of a site may name, in all languages (sitemaps.org: 50,000 addresses).
MOST = 10_000
FOR_A_DAY = "public, max-age=86400"


@get("/robots.txt", opt=public(), media_type=MediaType.TEXT)
async def robots(request: Request) -> Response[str]:
    """Say where programs may look: at what is public, once."""
    lines = ["User-agent: *", *closed(request.app), *COMBINED, "", f"Sitemap: {origin(request)}/sitemap.xml", ""]
    return Response("\n".join(lines), media_type=MediaType.TEXT, headers={"Cache-Control": FOR_A_DAY})


def closed(app: Litestar) -> Iterator[str]:
    """Return the lines for what is not the same for everybody: the desk, accounts, one-use links, forms."""
    prefixes = ["" if locale == DEFAULT_LOCALE else f"/{locale}" for locale in LOCALES]
    above = ""
    for path in sorted({*map(pattern, app.routes), GALLERY} - {""}):
        if above and path.startswith(above):
            continue
        above = f"{path}/"
        # With its end marked, or the account ("/cont") would close the contacts ("/contact").
        yield from (f"Disallow: {prefix}{each}" for prefix in prefixes for each in (f"{path}$", above))


def pattern(route: BaseRoute) -> str:
    """Return the address of a route that is not public, any value in the place of a parameter; empty for others."""
    doors = {door_of(handler.opt) for handler in getattr(route, "route_handlers", [])}
    return "" if Door.PUBLIC in doors or not doors - {None} else re.sub(r"\{[^}]*\}", "*", route.path)


@get("/sitemap.xml", opt=public())
async def sitemap(request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]) -> Response[str]:
    """Name every consultation, its text and its proposals, in every language."""
    found = await db.read(list_consultations, authority.id, size=MOST // len(LOCALES), at=at)
    site = origin(request)
    # Addresses are plain letters, digits and hyphens (consult.links), so none has to be escaped.
    named = "".join(
        f"<url><loc>{site}{links.in_language(path, locale)}</loc></url>"
        for path in places(found.consultations)
        for locale in LOCALES
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</urlset>'
    return Response(xml, media_type="application/xml; charset=utf-8")


def places(consultations: list[Consultation]) -> Iterator[str]:
    """Return the addresses that lead to everything else."""
    yield from (links.HOME, links.CONSULTATIONS, links.RECORD)
    for each in consultations:
        yield links.consultation(each.reference, each.title)
        yield links.draft_text(each.reference)
        yield links.register(each.reference)


@get("/favicon.ico", opt=public())
async def favicon() -> Response[bytes]:
    """Serve the crest to browsers that show a file, which names no picture of its own."""
    crest = assets()["crest.svg"]
    return Response(crest.body, media_type=crest.media_type, headers={"Cache-Control": FOR_A_DAY})


handlers = [robots, sitemap, favicon]
