"""The pages that the law wants on every public site, each linked from every footer."""

from litestar import Response, get

from consult.settings import Settings
from web.access import public
from web.answers import page
from web.given import Given, Request


@get("/accesibilitate", opt=public())
async def accessibility(request: Request) -> Response[str]:
    """Show the accessibility statement of Directive (EU) 2016/2102, art. 7 (OUG 112/2018)."""
    return page(request, "about/accessibility.html")


@get("/date-personale", opt=public())
async def personal_data(request: Request) -> Response[str]:
    """Say what is kept of people, why, for how long, and what of it is public (GDPR, art. 13)."""
    return page(request, "about/personal_data.html")


@get("/contact", opt=public())
async def contact(request: Request) -> Response[str]:
    """Show how to reach the person responsible for civil society (Law 52/2003, art. 7(7))."""
    return page(request, "about/contact.html")


@get("/despre", opt=public())
async def about(request: Request) -> Response[str]:
    """Say what this service is, for whom, and how to take part."""
    return page(request, "about/about.html")


@get("/cod-sursa", opt=public())
async def source_code(request: Request, settings: Given[Settings]) -> Response[str]:
    """Say under which licence the service is published and where its source code is."""
    return page(request, "about/source_code.html", source_url=settings.source_url)


handlers = [accessibility, personal_data, contact, about, source_code]
