"""The components as a browser shows them: legible, reachable, never wider than a small phone, silent under the CSP."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.browsers import chromium
from tests.web.ui.conftest import NOW, reading
from web.assets import asset_at
from web.headers import CONTENT_POLICY
from web.pages import render
from web.ui.gallery import PATH, gallery_context
from web.ui.theme import theme_css

ORIGIN = "http://gallery.test"
SMALLEST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def serve(route: Route) -> None:
    """Answer as the service would: the page under the content policy, the assets at their addresses."""
    path = urlsplit(route.request.url).path
    if path == PATH:
        with reading("ro"):
            page = render("ui/gallery.html", **gallery_context(NOW))
        headers = {"content-security-policy": CONTENT_POLICY}
        route.fulfill(body=page, content_type="text/html; charset=utf-8", headers=headers)
    elif path == "/tema.css":
        route.fulfill(body=theme_css("#0a5a66"), content_type="text/css")
    else:
        asset = asset_at(path)
        assert asset is not None, path
        route.fulfill(body=asset.body, content_type=asset.media_type)


def opened(browser: Browser, width: int, **options: object) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, **options)
    page.route("**/*", serve)
    page.goto(ORIGIN + PATH)
    return page


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(browser, width):
    page = opened(browser, width, bypass_csp=True)

    found = Axe().run(page)

    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_nothing_is_wider_than_a_small_phone(browser):
    page = opened(browser, 320)

    width = page.evaluate("document.documentElement.scrollWidth")

    page.close()
    assert width == 320


def test_every_target_can_be_hit_with_a_thumb(browser):
    page = opened(browser, 390)

    # Links inside a sentence are exempt; buttons and fields are larger by their own rule.
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
            .filter((target) => !target.closest("p, h2, h3, h4, h5, .skip-link, .table"))
            .map((target) => [target.outerHTML.slice(0, 80), target.getBoundingClientRect().height])"""
    )
    controls = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, .choice input, .input")]
            .map((target) => [target.outerHTML.slice(0, 80), target.getBoundingClientRect().height])"""
    )

    page.close()
    assert [box for box in boxes if box[1] < SMALLEST_TARGET] == []
    assert [box for box in controls if box[1] < 44] == []


def test_the_content_policy_is_never_broken_and_the_script_never_fails(browser):
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/*", serve)

    page.goto(ORIGIN + PATH)
    count = page.locator("#wording-count").inner_text()

    page.close()
    assert said == []
    assert count.startswith("21 ")


def test_a_text_that_was_not_sent_is_offered_again_and_forgotten_on_request(browser):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", serve)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(ORIGIN + PATH)
    page.fill("#reason", "Parcarea de lângă spital e mereu plină.")
    page.reload()

    offer = page.locator(".draft-found")
    offer.get_by_role("button").first.click()
    restored = page.input_value("#reason")
    page.reload()
    page.locator(".draft-found").get_by_role("button").nth(1).click()
    kept = page.evaluate("Object.keys(localStorage)")

    context.close()
    assert restored == "Parcarea de lângă spital e mereu plină."
    assert kept == []


def test_a_text_that_was_sent_is_forgotten_once_its_receipt_is_shown(browser):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*", serve)
    page.goto(ORIGIN + PATH)
    page.fill("#reason", "Parcarea de lângă spital e mereu plină.")

    page.locator("#specimen-error_summary .button").first.click()
    page.wait_for_load_state()
    kept = page.evaluate("Object.keys(localStorage)")

    context.close()
    assert kept == []
