"""People who vote: each opens the ballot, looks it over and sends it, and does not give up before it is receipted.

Whoever loses an answer, because something was killed, sends the same form again, as a browser does. Each receipt is
noted as it is read, to be compared with what is published in the end.
"""

import asyncio
import random
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlencode

from consult import links
from consult.budgeting.promises import read_promise
from consult.record.notes import VerifyingKey
from tests.benchmarks.faces import HOST
from web.sessions import SESSION

KEY = re.compile(rb'name="key" value="([^"]+)"')
SEEN = re.compile(rb'name="seen" value="(\d+)"')
PROMISE = re.compile(rb"<pre>(consult ballot promise.*?)</pre>", re.DOTALL)
CLOSED = b"The vote has ended"
OK, CONFLICT = 200, 409
#: What a browser, or the proxy before the service, tries again: it is away for a moment.
AWAY = frozenset({502, 503, 504})
PAUSE_SECONDS = 0.5
#: So many vote at once; one in so many votes a second time.
BROWSERS, CHANGE_THEIR_MIND = 48, 20
#: What people choose: projects of the whole town, and of one district.
CHOICES: Sequence[Sequence[str]] = (("1",), ("2",), ("1", "2"), ("1", "3"), ("2", "3", "4"), ("5",), ("2", "5", "6"))

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Receipt:
    """What a voter was told of a ballot. `commitment`: as the signed promise names it."""

    commitment: str
    choices: Mapping[str, int]
    word: str


@dataclass
class Log:
    """What the voters were answered. `receipts`: of each, by their number, in the order in which they voted.

    `answers`: what was asked, when it was answered, and how long that took, in seconds. `retries`: how often something
    was sent again. `late`: those who were told that the vote has ended.
    """

    receipts: dict[int, list[Receipt]] = field(default_factory=dict)
    answers: list[tuple[str, float, float]] = field(default_factory=list)
    retries: int = 0
    late: set[int] = field(default_factory=set)


class TooLate(Exception):  # noqa: N818 - the vote has ended
    """No ballot is taken in any more."""


@dataclass(frozen=True)
class Place:
    """Where people vote: the port of the service, the year of the cycle, and the key that signs promises."""

    port: int
    year: int
    promising: VerifyingKey


async def vote_all(place: Place, tokens: Mapping[int, str], log: Log) -> None:
    """Let everybody vote, each with the session of their number."""
    waiting = iter(tokens.items())

    async def come_one_by_one() -> None:
        browser = Browser(place.port, log)
        for voter, token in waiting:
            try:
                await votes(browser, place, voter, token, log)
            except TooLate:
                log.late.add(voter)
        browser.close()

    async with asyncio.TaskGroup() as people:
        for _ in range(BROWSERS):
            people.create_task(come_one_by_one())


async def votes(browser: "Browser", place: Place, voter: int, token: str, log: Log) -> None:
    """Vote; and some do it again. Raises TooLate."""
    ballot, check, receipt = (f"/en{links.vote(place.year, part)}" for part in ("", "verifica", "chitanta"))
    for time in range(1 if voter % CHANGE_THEIR_MIND else 2):
        marked = [("choices", f"{number}:1") for number in CHOICES[(voter + time) % len(CHOICES)]]
        word = f"w{voter:05}"
        page = await browser.ask(ballot, token)
        page = await browser.ask(check, token, [("key", found(KEY, page)), *marked])
        known = [("key", found(KEY, page)), ("seen", found(SEEN, page)), ("word", word)]
        page = await browser.ask(receipt, token, [*known, *marked])
        commitment = read_promise(found(PROMISE, page).replace("&#43;", "+").encode(), place.promising)
        choices = {marking.partition(":")[0]: 1 for _, marking in marked}
        log.receipts.setdefault(voter, []).append(Receipt(commitment, choices, word))


def found(what: re.Pattern[bytes], page: bytes) -> str:
    """Return what a page says in some place."""
    said = what.search(page)
    assert said is not None, f"{what.pattern!r} is not on the page:\n{page.decode()}"
    return said[1].decode()


class Browser:
    """One connection that is kept, and opened anew when it breaks."""

    def __init__(self, port: int, log: Log) -> None:
        self._port = port
        self._log = log
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, token: str, form: Fields | None = None) -> bytes:
        """Ask for a page, or send a form, until it is answered. Raises TooLate."""
        began = monotonic()
        while True:
            try:
                status, body = await self._exchange(by_http(path, token, form))
            except (OSError, EOFError):
                self.close()
            else:
                if status not in AWAY:
                    break
            self._log.retries += 1
            await asyncio.sleep(random.uniform(0, PAUSE_SECONDS))  # noqa: S311 - a pause, not a secret
        if status == CONFLICT and CLOSED in body:
            raise TooLate
        assert status == OK, f"{path}: {status}\n{body.decode()}"
        self._log.answers.append((path.rpartition("/")[2], monotonic(), monotonic() - began))
        return body

    def close(self) -> None:
        """Give up the connection."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = re.search(rb"content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        if b"connection: close" in head:
            self.close()
        return int(head.split()[1]), zlib.decompress(body, 31) if b"content-encoding: gzip" in head else body


def by_http(path: str, token: str, form: Fields | None) -> bytes:
    """Return a request as the proxy hands it over, which speaks TLS with the browser."""
    body = urlencode(form or ()).encode()
    said = {
        "host": HOST,
        "accept-encoding": "gzip",
        "cookie": f"__Host-{SESSION}={token}",
        "sec-fetch-site": "same-origin",
        "x-forwarded-proto": "https",
    }
    if form is not None:
        said |= {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
    lines: Iterable[str] = (f"{name}: {value}" for name, value in said.items())
    method = "GET" if form is None else "POST"
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + body
