"""Nothing is changed at another site's request: refused before routing, so that no handler can forget it.

Browsers say where a request comes from (Sec-Fetch-Site since 2023 everywhere, Origin on every cross-site POST long
before), and pages cannot make them lie. So no token is needed, forms stay plain and public pages the same for
everybody. A client that says neither is no browser of ours: it may post, but not with somebody's cookie.
Source: the same rule as Go 1.25's net/http.CrossOriginProtection, except for that last sentence.
"""

from urllib.parse import urlsplit

from consult.i18n import N_
from consult.refusals import NotPermitted
from consult.settings import Settings
from web.access import SAFE
from web.asgi import App, HTTPScope, Layer, Receive, Send, header


class FromAnotherSite(NotPermitted):
    """Another site asks, in the name of a reader who does not know."""

    sentence = N_("This was sent from another site and was not accepted. Open the form here and send it again.")


def same_origin_only(settings: Settings) -> Layer:
    """Return the layer that lets change only what was asked for by our own pages."""

    def around(app: App) -> App:
        async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
            if scope["method"] not in SAFE and not is_ours(scope, settings):
                raise FromAnotherSite
            await app(scope, receive, send)

        return answer

    return around


def is_ours(scope: HTTPScope, settings: Settings) -> bool:
    """Whether a request comes from our own pages, from the reader's own hand, or from nobody's browser."""
    site = header(scope, b"sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = header(scope, b"origin")
    if origin is None:
        return header(scope, b"cookie") is None
    parts = urlsplit(origin)
    # Where people come by TLS, a page that somebody on the way made of our plain address is another site.
    return parts.netloc == header(scope, b"host") and (parts.scheme == "https" or not settings.is_secure)
