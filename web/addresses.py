"""Whole addresses, for what leaves the site: feeds, calendars, files."""

from urllib.parse import urlsplit

from web.given import Request
from web.locale import local


def absolute(request: Request, path: str) -> str:
    """Return the whole address of a page in the reader's language, under the name by which the site was asked."""
    return f"{origin(request)}{local(path)}"


def origin(request: Request) -> str:
    """Return the scheme and the name of the site; the name was checked when the request arrived (`web.hosts`)."""
    scheme = urlsplit(request.app.state.settings.base_url).scheme
    return f"{scheme}://{request.headers['host']}"
