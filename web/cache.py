"""Public pages are the same bytes for everybody, so each is made at most once in two seconds.

What reaches a public handler is what its page may depend on, and nothing else: the host, the address and the query
parameters that it names. Cookies and all other headers are taken away before it runs, and an answer cannot set a
cookie: a page that shows one person's facts to another cannot be written by mistake. Deadlines do not suffer, since a
page says when it will read differently.
"""

import hashlib
from asyncio import Future, get_running_loop, shield
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import cast
from urllib.parse import parse_qsl, urlencode

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from web.access import Door, door_of
from web.asgi import HTTPScope, header, headers_of
from web.compression import accepts_gzip, compressed, is_worth_compressing

HTTP_OK = 200

#: How old a page may be, and for how much longer a proxy may show it while it asks for the next.
FRESH_SECONDS = 2
STALE_SECONDS = 30
MOST_PAGES = 500
MOST_BYTES = 50 * 1024 * 1024

Key = tuple[str, str, str, str]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Copy:
    """An answer as it goes to everybody. `until`: on the monotonic clock; in the past for what is not kept."""

    status: int
    headers: Headers
    body: bytes
    gzipped: bytes | None
    etag: bytes | None
    until: float

    @property
    def size(self) -> int:
        """The bytes that it takes to keep."""
        return len(self.body) + len(self.gzipped or b"")


class PublicPages:
    """The pages that are being shown at this moment. One process has one, and one thread uses it."""

    def __init__(self, clock: Callable[[], datetime], ticks: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._ticks = ticks
        self._copies: OrderedDict[Key, Copy] = OrderedDict()
        self._size = 0
        self._being_made: dict[Key, Future[Copy | None]] = {}
        #: How often everything was forgotten: a page that was begun before is not kept.
        self._times_forgotten = 0

    def forget(self) -> None:
        """Keep no page any longer: one of them shows what nobody may read any more."""
        self._copies.clear()
        self._size = 0
        self._times_forgotten += 1

    async def answer(self, app: ASGIApp, scope: HTTPScope, receive: Receive, send: Send) -> None:
        """Send the page that a handler makes, or the copy of it; a stream passes, and no copy is kept."""
        bare = bare_request(scope)
        if scope["route_handler"].opt["is_streamed"]:
            await app(bare, receive, send)
            return
        await deliver(await self._copy(bare, app, receive), scope, send)

    async def _copy(self, scope: HTTPScope, app: ASGIApp, receive: Receive) -> Copy:
        """Return the page, made now unless it is fresh; who comes while it is being made waits for it."""
        key = key_of(scope)
        while True:
            kept = self._copies.get(key)
            if kept is not None and self._ticks() < kept.until:
                self._copies.move_to_end(key)
                return kept
            being_made = self._being_made.get(key)
            if being_made is None:
                return await self._make_once(key, scope, app, receive)
            copy = await shield(being_made)
            if copy is not None:
                return copy
            # Whoever was making it went away or failed: the next one tries.

    async def _make_once(self, key: Key, scope: HTTPScope, app: ASGIApp, receive: Receive) -> Copy:
        being_made = self._being_made[key] = get_running_loop().create_future()
        copy, times_forgotten = None, self._times_forgotten
        try:
            copy = await self._make(scope, app, receive)
            if times_forgotten == self._times_forgotten:
                self._keep(key, copy)
        finally:
            del self._being_made[key]
            being_made.set_result(copy)
        return copy

    async def _make(self, scope: HTTPScope, app: ASGIApp, receive: Receive) -> Copy:
        status, headers, body = await collect(scope, app, receive)
        now = self._ticks()
        if status != HTTP_OK:
            return Copy(status, headers, body, None, None, until=now)
        changes_at: datetime | None = scope["state"]["changes_at"]
        left = (changes_at - self._clock()).total_seconds() if changes_at else None
        if left is None or left <= 0:
            left = float("inf")
        if b"cache-control" not in dict(headers):
            headers.append((b"cache-control", freshness(left)))
        headers.append((b"vary", b"Accept-Encoding"))
        gzipped = compressed(body) if is_worth_compressing(headers, body) else None
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'.encode()
        return Copy(status, headers, body, gzipped, etag, until=now + min(FRESH_SECONDS, left))

    def _keep(self, key: Key, copy: Copy) -> None:
        replaced = self._copies.pop(key, None)
        self._size -= replaced.size if replaced else 0
        if copy.until <= self._ticks():
            return
        self._copies[key] = copy
        self._size += copy.size
        while len(self._copies) > MOST_PAGES or self._size > MOST_BYTES:
            _, oldest = self._copies.popitem(last=False)
            self._size -= oldest.size


def public_copies(app: ASGIApp) -> ASGIApp:
    """Answer every public route from the copies of this installation."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if door_of(scope["route_handler"].opt) is not Door.PUBLIC:
            await app(scope, receive, send)
            return
        pages: PublicPages = scope["litestar_app"].state.public_pages
        await pages.answer(app, cast("HTTPScope", scope), receive, send)

    return answer


def key_of(scope: HTTPScope) -> Key:
    """Return what a page may depend on: host, language, address, and the parameters that its handler names."""
    host = header(scope, b"host") or ""
    return host, scope["state"]["locale"], scope["path"], scope["query_string"].decode()


def bare_request(scope: HTTPScope) -> HTTPScope:
    """Return a request with nothing in it of the one who asks."""
    named = scope["route_handler"].opt["query"]
    query = parse_qsl(scope["query_string"].decode(), keep_blank_values=True)
    bare = dict(scope)
    bare["headers"] = [pair for pair in scope["headers"] if pair[0] == b"host"]
    bare["query_string"] = urlencode(sorted(pair for pair in query if pair[0] in named)).encode()
    bare["state"] = scope["state"] | {"changes_at": None}
    return cast("HTTPScope", bare)


async def collect(scope: HTTPScope, app: ASGIApp, receive: Receive) -> tuple[int, Headers, bytes]:
    """Run the handler and return its whole answer, without what must not be shared."""
    status, headers, body = 0, Headers(), bytearray()

    async def take(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = [pair for pair in headers_of(message) if pair[0] not in {b"set-cookie", b"content-length"}]
        elif message["type"] == "http.response.body":
            body.extend(message["body"])

    await app(scope, receive, take)
    return status, headers, bytes(body)


def freshness(left: float) -> bytes:
    """Return how long proxies may show a page that will read differently in so many seconds."""
    if left > FRESH_SECONDS + STALE_SECONDS:
        return f"public, max-age=0, s-maxage={FRESH_SECONDS}, stale-while-revalidate={STALE_SECONDS}".encode()
    return f"public, max-age=0, s-maxage={min(FRESH_SECONDS, int(left))}".encode()


async def deliver(copy: Copy, scope: HTTPScope, send: Send) -> None:
    """Send a page in the form that the client takes, or say that it has it already."""
    headers, body, status = list(copy.headers), copy.body, copy.status
    if copy.etag is not None:
        headers.append((b"etag", copy.etag))
        asked = header(scope, b"if-none-match") or ""
        if copy.etag.decode() in {each.strip() for each in asked.split(",")}:
            status, body = 304, b""
    if copy.gzipped is not None and status == HTTP_OK and accepts_gzip(scope):
        headers.append((b"content-encoding", b"gzip"))
        body = copy.gzipped
    if status == HTTP_OK:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
