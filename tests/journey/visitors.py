"""People in front of a browser that runs no script. They know of a page what stands on it, and press what is there."""

import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pyotp
from playwright.sync_api import Browser, ConsoleMessage, Download, FilePayload, Locator, Response, Route

from consult import links
from consult.i18n import translations
from consult.links import in_language
from tests.journey.town_hall import TownHall

HEIGHT = 800
#: How long anybody waits, in milliseconds: for a page, on a loaded machine; and for what should stand on it already.
PATIENCE = 30_000
A_LOOK = 15_000
CLIENT_ERROR = 400

PASSWORD = "o vară lungă la Izvoru"


class Visitor:
    """Somebody with a browser of their own.

    Every step waits for the next page and looks at it: an answer that the step did not expect, a request that leaves
    the town hall, or a word of protest in the browser's console fails the story at that step.
    """

    def __init__(
        self, browser: Browser, town: TownHall, *, width: int, name: str = "", email: str = "", locale: str = "ro"
    ) -> None:
        self.town = town
        self.locale = locale
        self.email = email
        self.name = name
        context = browser.new_context(
            java_script_enabled=False,
            viewport={"width": width, "height": HEIGHT},
            base_url=town.address,
            accept_downloads=True,
        )
        context.set_default_timeout(A_LOOK)
        context.set_default_navigation_timeout(PATIENCE)
        self.page = context.new_page()
        self._protests: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("response", self._look)

    def _hear(self, said: ConsoleMessage) -> None:
        # A refusal is an answer like any other; what is missing besides the page itself, `_look` sees.
        if said.type in {"error", "warning"} and not said.text.startswith("Failed to load resource"):
            self._protests.append(said.text)

    def _look(self, answer: Response) -> None:
        is_page = answer.request.resource_type == "document"
        if not answer.url.startswith(self.town.address) or (answer.status >= CLIENT_ERROR and not is_page):
            self._protests.append(f"{answer.url}: {answer.status}")

    def _arrived(self, answer: Response | None, status: int) -> None:
        assert answer is not None
        assert answer.status == status, f"{answer.url}: {answer.status}\n{self.text}"
        assert not self._protests, f"{answer.url}: {self._protests}"

    # What they do.

    def opens(self, address: str, *, status: int = 200) -> Self:
        """Type an address, or click on one in a letter."""
        self._arrived(self.page.goto(address), status)
        return self

    def finds(self, address: str, text: str) -> Self:
        """Open a public page again until it says something: it may be two seconds old."""
        until = time.monotonic() + PATIENCE / 1000
        while text not in self.opens(address).text:
            assert time.monotonic() < until, f"{self.page.url} does not say “{text}”:\n{self.text}"
        return self

    def follows(self, words: str | re.Pattern[str], *, status: int = 200) -> Self:
        """Click on the first link with these words."""
        with self.page.expect_navigation() as arrival:
            self.page.get_by_role("link", name=words, exact=True).first.click()
        self._arrived(arrival.value, status)
        return self

    def presses(self, words: str, *, status: int = 200) -> Self:
        """Press the first button with these words."""
        with self.page.expect_navigation() as arrival:
            self._button(words).click()
        self._arrived(arrival.value, status)
        return self

    def presses_twice(self, words: str) -> Self:
        """Press a button again before the page is there, as impatient people do."""
        before = self.page.url
        # The browser gives up the first sending for the second: waiting for either would fail with the one given up.
        self._button(words).dblclick(no_wait_after=True)
        until = time.monotonic() + PATIENCE / 1000
        while self.page.url == before:
            assert time.monotonic() < until, f"{words} leads nowhere"
            self.page.wait_for_timeout(50)
        self.page.wait_for_load_state()
        assert not self._protests, self._protests
        return self

    def goes_back_and_sends_again(self, *, status: int = 200) -> Self:
        """Use the browser's way back to a form, of which it kept no copy, and let it send what led there again."""
        # Whoever sits before it is asked first; a browser whose requests are watched does not ask.
        self.page.route("**/*", Route.continue_)
        self._arrived(self.page.go_back(), status)
        self.page.unroute("**/*")
        return self

    def goes_back(self) -> Self:
        """Use the browser's way back."""
        self._arrived(self.page.go_back(), 200)
        return self

    def fills_in(self, texts: Mapping[str, str]) -> Self:
        """Write into fields, each found by the words above it."""
        for label, text in texts.items():
            self._field(label).fill(text)
        return self

    def ticks(self, *labels: str) -> Self:
        """Tick boxes, or choose among them, by the words beside them."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
        return self

    def chooses(self, label: str, file: FilePayload | Path) -> Self:
        """Choose a file to be sent."""
        self.page.get_by_label(label, exact=True).set_input_files(file)
        return self

    def downloads(self, words: str, folder: Path) -> Path:
        """Click on a link that gives a file, and keep it."""
        with self.page.expect_download() as arrival:
            self.page.get_by_role("link", name=words, exact=True).first.click()
        given: Download = arrival.value
        kept = folder / given.suggested_filename
        given.save_as(kept)
        return kept

    # What they do again and again, in their own language.

    def signs_up(self) -> Self:
        """Make an account, confirm the address by the letter, and sign in."""
        self.opens(in_language(links.SIGN_UP, self.locale)).fills_in({self.words("First name and name"): self.name})
        self._gives_the_password("Create the account")
        assert self.heading == self.words("Look into your mailbox")
        letter = self.town.link(self.email, self.words("Confirm your e-mail address"))
        self.opens(letter).presses(self.words("This is my address"))
        return self._gives_the_password("Sign in")

    def signs_in(self) -> Self:
        """Sign in by the page."""
        return self.opens(in_language(links.SIGN_IN, self.locale))._gives_the_password("Sign in")

    def _gives_the_password(self, button: str) -> Self:
        self.fills_in({self.words("E-mail address"): self.email, self.words("Password"): PASSWORD})
        return self.presses(self.words(button))

    def words(self, msgid: str) -> str:
        """Return what stands on the page for these English words."""
        return translations(self.locale).gettext(msgid)

    # What they see.

    @property
    def path(self) -> str:
        """Where they are."""
        return urlsplit(self.page.url).path

    @property
    def heading(self) -> str:
        """The page's one heading."""
        return plain(self.page.locator("h1"))

    @property
    def told(self) -> str:
        """What the page says has just been done."""
        return plain(self.page.get_by_role("status"))

    @property
    def text(self) -> str:
        """What can be read on the page without opening anything."""
        return plain(self.page.locator("main"))

    @property
    def errors(self) -> list[str]:
        """What the page says must be corrected."""
        return [plain(line) for line in self.page.locator(".error-summary li").all()]

    def written(self, label: str) -> str:
        """Return what stands in a field."""
        return self._field(label).input_value()

    def rows(self, caption: str = "") -> list[str]:
        """Return what stands in each row of the page's tables, or of the one with this caption."""
        table = self.page.locator("main table", has=self.page.locator("caption", has_text=caption))
        return [plain(row) for row in table.locator("tbody tr").all()]

    def sees(self, *texts: str) -> Self:
        """Find texts on the page."""
        shown = self.text
        for text in texts:
            assert text in shown, f"{self.page.url} does not say “{text}”:\n{shown}"
        return self

    def does_not_see(self, *texts: str) -> Self:
        """Look for texts in vain."""
        shown = self.text
        for text in texts:
            assert text not in shown, f"{self.page.url} says “{text}”:\n{shown}"
        return self

    def sees_no_button(self, words: str) -> Self:
        """Look for a button in vain."""
        assert self.page.get_by_role("button", name=words).count() == 0
        return self

    def _field(self, label: str) -> Locator:
        # A label may say one of several things, by what is chosen elsewhere: then the name that is read aloud counts.
        read_aloud = self.page.get_by_role("textbox", name=label, exact=True)
        return self.page.get_by_label(label, exact=True).or_(read_aloud)

    def _button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True).first


class Official(Visitor):
    """Somebody in office, with a telephone whose app shows codes."""

    def connects_the_app(self) -> list[str]:
        """Set up the second step; returns the recovery codes that are shown once."""
        self.presses(self.words("Set it up"))
        self.app = pyotp.TOTP(plain(self.page.locator("dd code")).replace(" ", ""))
        self.fills_in({self.words("The code that the app shows now"): self.code}).presses(self.words("Confirm"))
        return [plain(code) for code in self.page.locator("ol code").all()]

    @property
    def code(self) -> str:
        """What the app shows at this moment."""
        return self.app.at(self.town.clock())

    def comes_to_the_desk(self) -> Self:
        """Begin a working day: open the desk, and give the password and the code that it asks for."""
        desk = in_language(links.DESK, self.locale)
        self.opens(desk)._gives_the_password("Sign in")
        self.fills_in({self.words("Code"): self.code}).presses(self.words("Continue"))
        assert self.path == desk
        return self


def plain(element: Locator) -> str:
    """Return what a person reads in an element, with single spaces."""
    return re.sub(r"\s+", " ", element.inner_text()).strip()
