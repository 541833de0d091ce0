"""The public pages as a browser shows them: legible to everybody, and as narrow as a small phone."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.browsers import chromium
from tests.factories import NOW
from tests.web.conftest import BASE_URL
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader

PAGES = (
    "/",
    "/consultari?stare=deschise",
    "/en/consultari?q=nimic",
    "/consultari/1-2026",
    "/en/consultari/2-2026",
    "/consultari/1-2026/text",
    "/consultari/2-2026/text?vedere=propuneri",
    "/consultari/1-2026/text?vedere=schimbari",
    "/consultari/1-2026/text?vedere=alaturi",
    "/consultari/1-2026/cauta?q=autoturism",
    "/en/consultari/1-2026/cauta?q=cereri&unde=propuneri",
    "/consultari/1-2026/text/v1",
    "/consultari/1-2026/text/art-2",
    "/consultari/1-2026/text/art-4-v1",
    "/consultari/1-2026/propuneri",
    "/en/consultari/1-2026/propuneri/5-2026",
    "/consultari/1-2026/raspuns",
    "/consultari/1-2026/schimbari",
)
#: Those that stand in columns where there is room.
WIDE = ("/", "/consultari/1-2026", "/consultari/1-2026/text", "/consultari/1-2026/text/art-2")
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8

pytestmark = [
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("lived_in"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def open_page(browser: Browser, reader: Reader, town: Town) -> Iterator[Page]:
    """A page of a browser that asks the face itself, with no network in between."""
    opened = town.publish(at=NOW + timedelta(days=11))
    town.say(opened, at=NOW + timedelta(days=11, hours=1))
    context = browser.new_context(bypass_csp=True)

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        path = address._replace(scheme="", netloc="").geturl()
        response = reader.client.get(path, follow_redirects=True)
        headers = {name: value for name, value in response.headers.items() if name != "content-encoding"}
        route.fulfill(status=response.status_code, headers=headers, body=response.content)

    page = context.new_page()
    page.route("**/*", answer)
    yield page
    context.close()


@pytest.mark.slow
def test_axe_finds_nothing_at_either_width(open_page: Page) -> None:
    for width, paths in ((390, PAGES), (1280, WIDE)):
        open_page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            open_page.goto(BASE_URL + path)
            found = Axe().run(open_page)
            assert found.violations_count == 0, f"{path} at {width}: {found.generate_report()}"


def test_nothing_is_wider_than_a_small_phone_and_every_target_is_large_enough(open_page: Page) -> None:
    open_page.set_viewport_size({"width": 320, "height": 800})
    for path in PAGES:
        open_page.goto(BASE_URL + path)
        width = open_page.evaluate("document.documentElement.scrollWidth")
        # Links within a sentence are exempt.
        heights = open_page.evaluate(
            """() => [...document.querySelectorAll("main a, main button, main input, main summary")]
                .filter((target) => !target.closest("p, dd, h1, h2, h3, h4, h5, .table, .bars, .causes, .details-body"))
                .map((target) => [target.textContent.trim(), target.getBoundingClientRect().height])"""
        )

        assert width == 320, path
        assert [target for target in heights if target[1] < SMALLEST_TARGET] == [], path
