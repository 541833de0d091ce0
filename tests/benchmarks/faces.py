"""Asking the face without a network in between: what is measured is our own work alone, as ASGI sees it.

What a page costs is the process's CPU time, all of its threads together, in the quietest of several blocks of requests:
whoever else uses the machine can only make it look dearer. PostgreSQL's own processes are not in it; its statements are
counted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, repeat
from statistics import median
from time import process_time, sleep
from typing import Any, cast
from urllib.parse import urlencode

from litestar import Litestar
from sqlalchemy import event

from consult.settings import Settings
from consult.store import Database
from tests.benchmarks.towns import AT, Town
from web.app import HANDLERS, installed, routed
from web.cache import FRESH_SECONDS, PublicPages
from web.identity.sign_in import sign_in_page
from web.sessions import SESSION

HOST = "consult.example.org"
#: A statement that reads or writes; what begins and ends a transaction, or the turn to write one, is not counted.
STATEMENT = re.compile(r"\s*(SELECT (?!pg_advisory_)|INSERT|UPDATE|DELETE|WITH)", re.ASCII)

Pairs = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Request:
    """What a browser sends. `form`: of a POST. `token`: of a session."""

    path: str
    form: dict[str, str] | None = None
    token: str = ""
    etag: str = ""
    address: str = "203.0.113.1"

    @property
    def headers(self) -> Pairs:
        """The headers that matter to us."""
        said = {
            "host": HOST,
            "accept-encoding": "gzip, br",
            "sec-fetch-site": "same-origin",
            "content-type": "application/x-www-form-urlencoded" if self.form is not None else "",
            "cookie": f"__Host-{SESSION}={self.token}" if self.token else "",
            "if-none-match": self.etag,
        }
        return [(name.encode(), value.encode()) for name, value in said.items() if value]


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: Pairs = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header by its lower-case name."""
        return dict(self.headers).get(name.encode(), b"").decode()

    @property
    def size(self) -> int:
        """Bytes of the body, compressed as they are."""
        return len(self.body)

    @property
    def size_with_headers(self) -> int:
        """Bytes on the wire by HTTP/1.1, the status line included."""
        return self.size + sum(len(name) + len(value) + 4 for name, value in self.headers) + 19


class Face:
    """The pages of a town."""

    def __init__(self, database: Database, settings: Settings, town: Town, *, is_cached: bool = False) -> None:
        self.town = town
        self._app: Litestar = installed(routed(HANDLERS, sign_in_page), settings, database, clock=lambda: AT)
        # Either no copy of a page ever grows old, or each has by the time of the next request.
        ticks = repeat(0.0) if is_cached else count(step=2.0 * FRESH_SECONDS)
        self._app.state.public_pages = PublicPages(lambda: AT, ticks.__next__)
        self.statements = 0
        event.listen(database.engine, "before_cursor_execute", self._count)

    async def ask(self, request: Request) -> Answer:
        """Send a request and return its whole answer."""
        sent = urlencode(request.form).encode() if request.form is not None else b""
        path, _, query = request.path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "POST" if request.form is not None else "GET",
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [*request.headers, (b"content-length", str(len(sent)).encode())],
            "client": (request.address, 40_000),
            "server": (HOST, 443),
            "state": {},
        }
        answer = Answer()

        async def receive() -> dict[str, Any]:  # Any: ASGI's own messages
            return {"type": "http.request", "body": sent, "more_body": False}

        async def send(message: dict[str, Any]) -> None:  # Any: as above
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message["headers"])
            else:
                answer.body += message.get("body", b"")

        await self._app(cast("Any", scope), cast("Any", receive), cast("Any", send))
        return answer

    def _count(self, *execution: Any) -> None:  # Any: what SQLAlchemy tells of an execution
        self.statements += STATEMENT.match(execution[2]) is not None


@dataclass(frozen=True)
class Asked:
    """Something that is asked again and again. `status`: the only right answer."""

    requests: Iterator[Request]
    status: int = 200


@dataclass(frozen=True)
class Cost:
    """What one request costs, and how many bytes it brings."""

    statements: int
    milliseconds: float
    size: int


async def cost_of(faces: Sequence[tuple[Face, Asked]], *, blocks: int, requests: int) -> list[Cost]:
    """Ask the same of several faces by turns, so that all of them see the same moments of the machine.

    What a process looks at anew every few seconds for all pages (the authorities, the state of the record) falls on
    whichever request comes then, and is none of the page's: the fewest statements count, as the least time does.
    """
    costs: list[list[Cost]] = [[] for _ in faces]
    for _ in range(blocks + 1):
        for own, (face, asked) in zip(costs, faces, strict=True):
            own.append(await block(face, asked, requests))
    return [
        Cost(min(each.statements for each in own), min(each.milliseconds for each in own), own[-1].size)
        for own in costs
    ]


async def block(face: Face, asked: Asked, requests: int) -> Cost:
    """Ask several times in a row."""
    spent, size, face.statements = 0.0, 0, 0
    for _ in range(requests):
        request = next(asked.requests)
        began = process_time()
        answer = await face.ask(request)
        spent += process_time() - began
        assert answer.status == asked.status, f"{request.path}: {answer.status}\n{answer.body[:500]!r}"
        size = answer.size
    return Cost(round(face.statements / requests), spent * 1000 / requests, size)


def yardstick() -> tuple[float, float]:
    """Return what a fixed piece of Python costs now, at least and usually, in milliseconds of CPU time.

    The second is the higher above the first, the busier others keep the machine, and the dearer our work looks.
    """
    costs = []
    for _ in range(100):
        began = process_time()
        counted: dict[str, int] = {}
        for number in range(20_000):
            name = str(number % 100)
            counted[name] = counted.get(name, 0) + number
        costs.append((process_time() - began) * 1000)
        sleep(0.01)
    return min(costs), median(costs)
