"""The copies of public pages: how long one lives, how many there are, and what happens when making one fails."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from litestar.types import Message, Receive, Scope, Send

from tests.factories import NOW
from tests.web.reader import Clock
from web.access import public
from web.cache import FRESH_SECONDS, MOST_BYTES, MOST_PAGES, PublicPages, freshness

Making = Callable[[Scope], Awaitable[bytes]]


class Shop:
    """Public pages in front of a handler that counts how often it ran."""

    def __init__(self, making: Making | None = None, *, status: int = 200) -> None:
        self.clock = Clock(NOW)
        self.ticks = 1000.0
        self.made = 0
        self._making = making
        self._status = status
        self._pages = PublicPages(self.clock, lambda: self.ticks)

    async def _handler(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.made += 1
        body = await self._making(scope) if self._making else f"page {self.made}".encode()
        start: Any = {"type": "http.response.start", "status": self._status, "headers": []}
        await send(start)
        await send({"type": "http.response.body", "body": body, "more_body": False})

    async def ask(self, path: str = "/") -> bytes:
        scope: Any = {
            "type": "http",
            "path": path,
            "query_string": b"",
            "headers": [(b"host", b"izvoru.test")],
            "state": {"locale": "ro"},
            "route_handler": SimpleNamespace(opt=public()),
        }
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Any:
            raise AssertionError("a public page reads no body")

        await self._pages.answer(self._handler, scope, receive, send)
        body: Any = sent[1]
        return bytes(body["body"])


def test_a_copy_lives_for_two_seconds() -> None:
    async def scenario() -> None:
        shop = Shop()
        assert await shop.ask() == b"page 1"

        shop.ticks += FRESH_SECONDS - 0.01
        assert await shop.ask() == b"page 1"

        shop.ticks += 0.01
        assert await shop.ask() == b"page 2"

    asyncio.run(scenario())


def test_a_copy_ends_at_the_instant_at_which_the_page_changes() -> None:
    async def scenario() -> None:
        async def closes_soon(scope: Scope) -> bytes:
            scope["state"]["changes_at"] = NOW + timedelta(seconds=0.5)
            return f"open at {shop.clock.at.isoformat()}".encode()

        shop = Shop(closes_soon)
        first = await shop.ask()

        shop.ticks += 0.49
        assert await shop.ask() == first

        shop.ticks += 0.01
        shop.clock.at += timedelta(seconds=0.5)
        assert await shop.ask() != first
        assert shop.made == 2

    asyncio.run(scenario())


def test_what_is_not_a_page_is_made_each_time() -> None:
    async def scenario() -> None:
        shop = Shop(status=404)
        await shop.ask()
        await shop.ask()
        assert shop.made == 2

    asyncio.run(scenario())


def test_who_comes_while_a_page_is_made_waits_for_it() -> None:
    async def scenario() -> None:
        done = asyncio.Event()

        async def slow(_scope: Scope) -> bytes:
            await done.wait()
            return b"slow"

        shop = Shop(slow)
        waiting = [asyncio.create_task(shop.ask()) for _ in range(5)]
        await asyncio.sleep(0)
        done.set()

        assert await asyncio.gather(*waiting) == [b"slow"] * 5
        assert shop.made == 1

    asyncio.run(scenario())


def test_when_one_who_waits_goes_away_the_others_still_get_the_page() -> None:
    async def scenario() -> None:
        done = asyncio.Event()

        async def slow(_scope: Scope) -> bytes:
            await done.wait()
            return b"slow"

        shop = Shop(slow)
        maker, leaving, staying = (asyncio.create_task(shop.ask()) for _ in range(3))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.sleep(0)
        done.set()

        assert await asyncio.gather(maker, staying) == [b"slow", b"slow"]
        assert shop.made == 1

    asyncio.run(scenario())


def test_when_the_one_who_makes_a_page_goes_away_the_next_one_makes_it() -> None:
    async def scenario() -> None:
        started = asyncio.Event()

        async def slow_at_first(_scope: Scope) -> bytes:
            if shop.made == 1:
                started.set()
                await asyncio.sleep(3600)
            return b"made by the second"

        shop = Shop(slow_at_first)
        maker = asyncio.create_task(shop.ask())
        await started.wait()
        waiting = asyncio.create_task(shop.ask())
        await asyncio.sleep(0)
        maker.cancel()

        assert await waiting == b"made by the second"

    asyncio.run(scenario())


def test_a_handler_that_fails_fails_for_each_and_is_tried_by_each() -> None:
    async def scenario() -> None:
        async def broken(_scope: Scope) -> bytes:
            await asyncio.sleep(0)
            raise RuntimeError("broken")

        shop = Shop(broken)
        outcomes = await asyncio.gather(*(shop.ask() for _ in range(3)), return_exceptions=True)

        assert [type(outcome) for outcome in outcomes] == [RuntimeError] * 3
        assert shop.made == 3

    asyncio.run(scenario())


def test_the_copies_that_were_asked_for_longest_ago_make_room() -> None:
    async def scenario() -> None:
        shop = Shop()
        for number in range(MOST_PAGES):
            await shop.ask(f"/{number}")
        await shop.ask("/0")
        await shop.ask("/one-more")

        made = shop.made
        await shop.ask("/0")
        assert shop.made == made
        await shop.ask("/1")
        assert shop.made == made + 1

    asyncio.run(scenario())


def test_large_copies_make_room_sooner() -> None:
    async def scenario() -> None:
        async def large(_scope: Scope) -> bytes:
            return bytes(MOST_BYTES // 3)

        shop = Shop(large)
        for path in ("/1", "/2", "/3", "/4"):
            await shop.ask(path)
        await shop.ask("/4")
        assert shop.made == 4
        await shop.ask("/1")
        assert shop.made == 5

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (3600, b"public, max-age=0, s-maxage=2, stale-while-revalidate=30"),
        (20, b"public, max-age=0, s-maxage=2"),
        (1.5, b"public, max-age=0, s-maxage=1"),
        (0.5, b"public, max-age=0, s-maxage=0"),
    ],
)
def test_a_proxy_is_told_to_keep_a_page_no_longer_than_it_is_true(left: float, said: bytes) -> None:
    assert freshness(left) == said
