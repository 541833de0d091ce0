"""No page is forgotten: each address of the house is opened, by those whom it is for, in both languages."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from litestar.handlers import HTTPRouteHandler

from consult.identity.vault import Vault
from consult.links import in_language
from consult.record.keys import create_key
from consult.settings import Settings
from consult.store import Database
from tests.databases import KINDS, MigratedDatabases
from tests.journey.lived_in import TODAY, Town, a_lived_in_town
from tests.journey.pages import LOOKS, Look, Shown, looks
from tests.tiers import sample
from tests.web.conftest import BASE_URL, opened, routed_once
from tests.web.reader import Clock, Page, PageForm, Reader
from web.app import HANDLERS, installed
from web.identity.sign_in import sign_in_page
from web.sessions import SESSION

KB = 1024
#: What a page weighs on its way, compressed; a long text may weigh more (it is split where it is very long).
TYPICAL, LONG_TEXT = 15 * KB, 60 * KB
#: Pages on which the whole text of an act stands, or the whole vocabulary of the record.
LONG = ("/text", "/verifica", "/previzualizare", "/versiune", "/schema")
#: Where the rules of a whole act stand, each with its article and examples: a sheet to read and print.
RULES, WHOLE_PACK = "/reguli/", 20 * KB

#: Fields into which something is typed.
TYPED = ':is(textarea, input:is([type="text"], [type="email"], [type="password"], [type="date"]))[name]'


class House:
    """A lived-in town hall, its clock standing still, and a reader who can be anybody in it."""

    def __init__(self, reader: Reader, town: Town) -> None:
        self.reader = reader
        self.town = town
        self._opened: dict[tuple[Look, str], Page] = {}

    def become(self, who: str) -> None:
        """Sit down at the browser of somebody, or of a reader whom nobody knows."""
        self.reader.sign_out()
        if who:
            self.reader.client.cookies.set(SESSION, self.town.sessions[who])

    def open(self, look: Look, locale: str = "ro") -> Page:
        """Open a page, once; it is held against the rules of the house."""
        self.become(look.who)
        if (look, locale) not in self._opened:
            self._opened[look, locale] = self.reader.get(in_language(look.at(self.town), locale))
        return self._opened[look, locale]


@pytest.fixture(scope="module", params=KINDS)
def house(
    request: pytest.FixtureRequest, databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("house")
    Vault.create(folder / "keys")
    create_key(folder / "keys", "izvoru.test/log/1")
    url = databases.fresh_url(request.param)
    settings = Settings(data=folder, keys=folder / "keys", database_url=url, base_url=BASE_URL, demo=True)
    database = Database(url)
    town = a_lived_in_town(database, settings)
    clock = Clock(TODAY)
    with opened(installed(routed_once(HANDLERS, sign_in_page), settings, database, clock=clock)) as client:
        yield House(Reader(client, database, clock), town)
    database.close()


only_sqlite = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


def test_every_address_has_its_line_in_the_table() -> None:
    routes = {
        route.path
        for route in routed_once(HANDLERS, sign_in_page).routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
    }

    assert routes == set(LOOKS)


@pytest.mark.parametrize(
    ("house", "locale"),
    [
        ("sqlite", "ro"),
        pytest.param("postgresql", "ro", marks=pytest.mark.slow),
        pytest.param("sqlite", "en", marks=pytest.mark.slow),
    ],
    indirect=["house"],
)
def test_every_page_keeps_the_rules_of_the_house(house: House, locale: str) -> None:
    headings = {look: house.open(look, locale).heading for look in looks(Shown.PAGE)}

    assert [look for look, heading in headings.items() if not heading] == []


@only_sqlite
def test_every_form_that_is_sent_empty_says_what_is_missing(house: House) -> None:
    silent = []
    for look in sample(list(looks(Shown.PAGE)), 3):
        page = house.open(look)
        for form in page.html.select(f'form[method="post"]:has({TYPED})'):
            empty = PageForm(house.reader, page, form, form.select("button")[-1])
            typed = {str(tag["name"]) for tag in form.select(TYPED)}
            empty.values = {name: [""] if name in typed else given for name, given in empty.values.items()}

            answer = empty.submit(status=422)

            if not answer.errors or not answer.title.startswith("Eroare: "):
                silent.append(answer.path)
    assert silent == []


@only_sqlite
def test_every_file_is_there(house: House) -> None:
    for look in looks(Shown.FILE):
        house.become(look.who)

        answer = house.reader.ask("GET", look.at(house.town))

        assert answer.status_code == 200, answer.url
        assert answer.content, answer.url
        assert not answer.headers["content-type"].startswith("text/html"), answer.url


@only_sqlite
def test_what_leads_on_leads_to_a_page(house: House) -> None:
    for shown, status in ((Shown.LEADS_ON, 301), (Shown.LEADS_FOR_NOW, 303)):
        for look in looks(shown):
            house.become(look.who)

            answer = house.reader.ask("GET", look.at(house.town))

            assert answer.status_code == status, answer.url
            house.reader.get(answer.headers["location"])


@pytest.mark.slow
@only_sqlite
def test_no_page_leads_where_its_reader_may_not_go(house: House) -> None:
    """Whatever a page offers to somebody is there for them: nobody meets a closed door that a page has shown them."""
    offered = {
        (look.who, urldefrag(urljoin(str(page.response.url), str(link["href"]))).url): look
        for look in looks(Shown.PAGE)
        for page in [house.open(look)]
        for link in page.html.select("a[href]")
    }

    closed = []
    for (who, address), look in offered.items():
        if address.startswith(BASE_URL):
            house.become(who)
            status = house.reader.ask("GET", address).status_code
            if status >= 400:
                closed.append(f"{look.at(house.town)} leads {who} to {address}: {status}")
    assert closed == []


def most_for(path: str) -> int:
    """Return what a page may weigh, by its address."""
    if path.startswith(RULES):
        return WHOLE_PACK
    return LONG_TEXT if path.endswith(LONG) else TYPICAL


@only_sqlite
def test_pages_are_light(house: House) -> None:
    heavy = []
    for look in looks(Shown.PAGE):
        house.become(look.who)
        address = look.at(house.town)
        with house.reader.client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
            weight = sum(map(len, answer.iter_raw()))
        if weight > most_for(address.partition("?")[0]):
            heavy.append(f"{address}: {weight}")
    assert heavy == []
