"""What a request tells besides the form: the network that it comes from, the device, and the site that it asks."""

from urllib.parse import quote

from web.answers import safe_next
from web.given import Request
from web.hosts import name_of

#: The first that is found names the browser: most claim to be several others as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def address_of(request: Request) -> str:
    """Return the network address of the sender, as the server (behind its trusted proxy) knows it."""
    return request.client.host if request.client else ""


def device_of(request: Request) -> str:
    """Return the sender's device in a few words, such as "Firefox, Linux", by which its owner knows it again."""
    said = request.headers.get("user-agent", "")
    names = [next((name for mark, name in marks.items() if mark in said), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in names if name)


def tried_first(request: Request, name: str, email: str) -> list[str]:
    """Return what would be tried as somebody's password: their name and mailbox, the town, the site's address."""
    return [name, email, request.scope["state"]["authority"].name, name_of(request.scope)]


def with_next(path: str, next_path: str) -> str:
    """Return an address that remembers where to go afterwards, if that is an address of ours."""
    return f"{path}?next={quote(safe_next(next_path), safe='/')}" if next_path else path
