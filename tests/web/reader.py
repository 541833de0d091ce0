"""A reader without a script: opens pages, follows links, fills in forms, and sees what a person sees.

    page = reader.get("/consultari")
    page = page.follow("Parcări de reședință")
    page = page.form("Trimite propunerea").fill(wording="…", named=True).submit()
    assert page.heading == "Propunerea dumneavoastră e înregistrată"

Every page that is opened is held against the rules of the house (`tests.web.rules`). A status other than 200 must be
expected: `reader.get("/x", status=404)`, `form.submit(status=422)`. Redirects are followed as browsers do.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from urllib.parse import urljoin

import httpx
from bs4 import BeautifulSoup, Tag

from consult.identity.actors import Actor
from consult.identity.sessions import Certainty, begin_session
from consult.store import Database
from tests.web.rules import check_page, str_of, words
from web.sessions import SESSION

MOST_REDIRECTS = 5


class Clock:
    """The instant that the face believes in; a test moves it by setting `at`."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class Reader:
    """A browser in front of the face. `client` sends bare requests where a test needs what no browser does."""

    def __init__(self, client: httpx.Client, database: Database, clock: Clock) -> None:
        self.client = client
        self.database = database
        self.clock = clock

    def get(self, path: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> "Page":
        """Open an address, as if typed."""
        return self.open("GET", path, status=status, headers={"Sec-Fetch-Site": "none", **(headers or {})})

    def post(self, path: str, *, status: int = 200, **content: Any) -> "Page":  # Any: what httpx sends (data, files)
        """Send a form that no page shows, from our own site."""
        return self.open("POST", path, status=status, headers={"Sec-Fetch-Site": "same-origin"}, **content)

    def ask(self, method: str, path: str, **content: Any) -> httpx.Response:  # Any: as above
        """Send one request from our own site and return its bare answer, followed nowhere and held against no rule."""
        headers = {"Sec-Fetch-Site": "same-origin"} | content.pop("headers", {})
        return self.client.request(method, path, headers=headers, follow_redirects=False, **content)

    def open(
        self, method: str, path: str, *, status: int, headers: Mapping[str, str], **content: Any
    ) -> "Page":  # Any: as above
        """Send a request, follow where it leads, and return the page at the end."""
        response = self.client.request(method, path, headers=dict(headers), follow_redirects=False, **content)
        for _ in range(MOST_REDIRECTS):
            if not response.has_redirect_location:
                break
            address = urljoin(str(response.url), response.headers["location"])
            response = self.client.request("GET", address, headers=dict(headers), follow_redirects=False)
        assert response.status_code == status, f"{response.url}: {response.status_code}\n{plain(response)}"
        return Page(self, response)

    def sign_in(self, actor: Actor, *, certainty: Certainty = Certainty.TWO_FACTORS) -> Self:
        """Have a session of somebody, without the pages that give one."""
        token = self.database.act(begin_session, actor.person_id, certainty, device="Firefox, Linux", at=self.clock.at)
        self.client.cookies.set(SESSION, token)
        return self

    def sign_out(self) -> Self:
        """Be nobody again."""
        self.client.cookies.clear()
        return self


class Page:
    """A page as a person sees it."""

    def __init__(self, reader: Reader, response: httpx.Response) -> None:
        self._reader = reader
        self.response = response
        self.html = BeautifulSoup(response.text, "html.parser")
        check_page(response, self.html)

    @property
    def path(self) -> str:
        """Where the reader is."""
        return self.response.url.path

    @property
    def heading(self) -> str:
        """The page's one heading of the first level."""
        return words(self.select("h1"))

    @property
    def title(self) -> str:
        """What stands on the browser's tab."""
        return words(self.select("title"))

    @property
    def text(self) -> str:
        """Everything that stands in the page's main part."""
        return words(self.select("main"))

    @property
    def banner(self) -> str | None:
        """What has just been done, where the page says it."""
        found = self.html.select_one('[role="status"]')
        return words(found) if found else None

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary, in their order."""
        return [words(line) for line in self.html.select(".error-summary li")]

    def select(self, selector: str) -> Tag:
        """Return the first element that a CSS selector finds."""
        found = self.html.select_one(selector)
        assert found is not None, f"{self.response.url} has no {selector}"
        return found

    def texts(self, selector: str) -> list[str]:
        """Return what stands in every element that a CSS selector finds."""
        return [words(tag) for tag in self.html.select(selector)]

    def link(self, said: str) -> str:
        """Return the address of the first link with these words."""
        links = {words(link): str_of(link, "href") for link in reversed(self.html.select("a[href]"))}
        assert said in links, f"{self.response.url} has no link “{said}”, but {sorted(links)}"
        return links[said]

    def follow(self, said: str, *, status: int = 200) -> "Page":
        """Click on the first link with these words."""
        address = urljoin(str(self.response.url), self.link(said))
        return self._reader.open("GET", address, status=status, headers={"Sec-Fetch-Site": "same-origin"})

    def form(self, button: str | None = None) -> "PageForm":
        """Return the form that has a button with these words, or the only one that is posted."""
        for form in self.html.select("form"):
            for pressed in form.select("button"):
                if (words(pressed) == button) if button else str_of(form, "method") == "post":
                    return PageForm(self._reader, self, form, pressed)
        raise AssertionError(f"{self.response.url} has no form with “{button}”, but {self.texts('form button')}")


class PageForm:
    """A form as it stands on a page, with what is typed into it."""

    def __init__(self, reader: Reader, page: Page, form: Tag, button: Tag) -> None:
        self._reader = reader
        self._page = page
        self._form = form
        self._button = button
        self._files: dict[str, tuple[str, bytes]] = {}
        self.values: dict[str, list[str]] = {}
        for control in form.select("input[name], select[name], textarea[name]"):
            self.values.setdefault(str_of(control, "name"), []).extend(standing_in(control))

    def fill(self, **values: object) -> Self:
        """Type into fields by name: a text, True or False for a box, a list for several boxes, (name, bytes) a file."""
        for name, value in values.items():
            assert name in self.values, f"{self._page.response.url}: no field {name}, but {sorted(self.values)}"
            if isinstance(value, tuple):
                self._files[name] = value
            elif isinstance(value, bool):
                self.values[name] = [self._offered(name)[0]] if value else []
            else:
                asked = [str(each) for each in value] if isinstance(value, list) else [str(value)]
                offered = self._offered(name)
                assert not offered or set(asked) <= set(offered), f"{name} offers {offered}, not {asked}"
                self.values[name] = asked
        return self

    def submit(self, *, status: int = 200) -> Page:
        """Press the button."""
        values = {name: given for name, given in self.values.items() if given}
        if self._button.get("name"):
            values[str_of(self._button, "name")] = [str_of(self._button, "value")]
        action = str_of(self._button, "formaction") or str_of(self._form, "action") or self._page.path
        address = urljoin(str(self._page.response.url), action)
        headers = {"Sec-Fetch-Site": "same-origin"}
        if str_of(self._form, "method") != "post":
            return self._reader.open("GET", address, status=status, headers=headers, params=values)
        if self._form.get("enctype") == "multipart/form-data":
            # A browser sends an empty part for each file that was not chosen; httpx needs one part to send parts.
            files = {str_of(tag, "name"): ("", b"") for tag in self._form.select('input[type="file"]')} | self._files
            return self._reader.open("POST", address, status=status, headers=headers, data=values, files=files)
        return self._reader.open("POST", address, status=status, headers=headers, data=values)

    def _offered(self, name: str) -> list[str]:
        """Return the values between which a field lets choose; none for a field that is typed into."""
        boxes = self._form.select(f'input[type="radio"][name="{name}"], input[type="checkbox"][name="{name}"]')
        options = self._form.select(f'select[name="{name}"] option')
        return [str_of(choice, "value") for choice in [*boxes, *options]]


def standing_in(control: Tag) -> list[str]:
    """Return what a control sends if nobody touches it."""
    if control.name == "textarea":
        # HTML drops one line break after the opening tag; browsers send each as CRLF.
        return [control.get_text().removeprefix("\n").replace("\n", "\r\n")]
    if control.name == "select":
        options = control.select("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return [str_of(option, "value") for option in chosen]
    if control.get("type") in {"checkbox", "radio"}:
        return [str_of(control, "value")] if control.has_attr("checked") else []
    return [] if control.get("type") == "file" else [str_of(control, "value")]


def plain(response: httpx.Response) -> str:
    """Return the beginning of what an answer says, for a failing test."""
    return words(BeautifulSoup(response.text, "html.parser"))[:1000]
