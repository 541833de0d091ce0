"""The host name of a request: one of ours, or refused; it selects the authority whose pages are shown.

Only the Host header counts. An address made from a name that a stranger chose would end in letters and caches.
"""

from time import monotonic
from typing import ClassVar
from urllib.parse import urlsplit

from consult.i18n import N_
from consult.identity.authorities import ANY_HOST, Authority, authorities
from consult.refusals import NotFound, Refusal
from consult.settings import Settings
from web.asgi import App, HTTPScope, Receive, Send, header
from web.bodies import Malformed
from web.database import Db

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: How long the list of authorities is remembered; a new name or colour shows on every page after that.
REMEMBERED_SECONDS = 5


class UnknownHost(Malformed):
    """No service of this name is here."""

    sentence = N_("There is no site of this name here.")


class NotSetUp(Refusal):
    """The installation has no authority yet (`consult init`)."""

    sentence = N_("This installation is not set up yet.")
    status: ClassVar[int] = 503


class Hosts:
    """The names under which this installation is reached, and the authority of each."""

    def __init__(self, settings: Settings, db: Db) -> None:
        own = urlsplit(settings.base_url).hostname or ""
        self._own = LOOPBACK | {own} if own in LOOPBACK else frozenset({own})
        self._db = db
        self._authorities: dict[str, Authority] = {}
        self._remembered_until = 0.0

    def layer(self, app: App) -> App:
        """Refuse foreign names and note the authority."""

        async def answer(scope: HTTPScope, receive: Receive, send: Send) -> None:
            scope["state"]["authority"] = await self.authority(name_of(scope))
            await app(scope, receive, send)

        return answer

    async def authority(self, name: str) -> Authority:
        """Return the authority that a host name selects; raises UnknownHost, NotSetUp."""
        if not self._authorities or monotonic() > self._remembered_until:
            self._authorities = {each.host: each for each in await self._db.read(authorities)}
            self._remembered_until = monotonic() + REMEMBERED_SECONDS
        known = self._authorities
        if name not in self._own and name not in known:
            raise UnknownHost
        if not known:
            raise NotSetUp
        selected = known.get(name) or known.get(ANY_HOST)
        if selected is None and len(known) > 1:
            raise NotFound
        return selected or next(iter(known.values()))


def name_of(scope: HTTPScope) -> str:
    """Return the host name that a request asks for, without its port; raises UnknownHost."""
    asked = [value for name, value in scope["headers"] if name == b"host"]
    forwarded = header(scope, b"x-forwarded-host")
    if len(asked) != 1 or forwarded not in {None, asked[0].decode("latin-1")}:
        raise UnknownHost
    try:
        parts = urlsplit(f"//{asked[0].decode('ascii')}")
        name, _ = parts.hostname, parts.port
    except ValueError:
        raise UnknownHost from None
    if name is None or parts.netloc != asked[0].decode("ascii") or "@" in parts.netloc:
        raise UnknownHost
    return name.rstrip(".")
