"""Every page as a browser shows it: nothing that axe finds, nothing that sticks out, nothing that breaks the policy."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from consult import clock as the_clock
from consult.i18n import LOCALES
from consult.links import in_language
from consult.settings import Settings
from tests.browsers import chromium
from tests.databases import MigratedDatabases
from tests.journey.lived_in import TODAY, Town, a_lived_in_town
from tests.journey.pages import AT_HOME, AT_THE_DESK, AT_THE_DOOR, PUBLIC, Look, Shown
from tests.journey.town_hall import Clock, TownHall, installed, opened, settings_in
from web.sessions import SESSION

pytestmark = pytest.mark.slow

KB = 1024
FIRST_VISIT = 30 * KB
SMALLEST = 320
#: A page is opened once in each language and seen at both widths: opening it costs more than looking again.
WIDTHS = (390, 1280)
#: Of all that axe finds only what is wrong is read, and only that need be described.
WRONG_ONLY = {"resultTypes": ["violations"]}
PARTS = pytest.mark.parametrize(
    "part", [PUBLIC, AT_THE_DOOR, AT_HOME, AT_THE_DESK], ids=["public", "at the door", "at home", "at the desk"]
)

Part = Mapping[str, Sequence[Look]]


class House:
    """A lived-in town hall behind a real server, and a browser in front of it."""

    def __init__(self, browser: Browser, hall: TownHall, town: Town) -> None:
        self.browser = browser
        self.hall = hall
        self.town = town

    def address(self, look: Look, locale: str) -> str:
        return self.hall.address + in_language(look.at(self.town), locale)

    @contextmanager
    def somebody(self, who: str, width: int, *, bypass_csp: bool = False) -> Iterator[Page]:
        """Give the browser of somebody; a reader whom nobody knows has no name."""
        context = self.browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=bypass_csp)
        if who:
            context.add_cookies([{"name": SESSION, "value": self.town.sessions[who], "url": self.hall.address}])
        yield context.new_page()
        context.close()


@pytest.fixture(scope="module")
def house(databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = settings_in(tmp_path_factory.mktemp("house"), databases.fresh_url("sqlite"))
    settings = Settings(made.data, made.keys, made.database_url, made.base_url, demo=True)
    with installed(settings) as database:
        town = a_lived_in_town(database, settings)
    clock = Clock(TODAY.year, TODAY.month, TODAY.day, 13)
    with ExitStack() as stack:
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(the_clock, "now", clock)
        hall = stack.enter_context(opened(settings, clock))
        yield House(stack.enter_context(chromium()), hall, town)


def by_person(part: Part) -> Mapping[str, Sequence[Look]]:
    """Return the pages of a part of the table, by whose they are."""
    pages = [look for those in part.values() for look in those if look.shown is Shown.PAGE]
    return {who: [look for look in pages if look.who == who] for who in sorted({look.who for look in pages})}


@pytest.mark.parametrize("locale", LOCALES)
@PARTS
def test_axe_finds_nothing(house: House, part: Part, locale: str) -> None:
    found = []
    for who, looks in by_person(part).items():
        with house.somebody(who, WIDTHS[0], bypass_csp=True) as page:
            for look in looks:
                page.goto(house.address(look, locale))
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 800})

                    result = Axe().run(page, options=WRONG_ONLY)

                    if result.violations_count:
                        found.append(f"{page.url} ({who}, {width} px): {result.generate_report()}")
    assert not found, "\n".join(found)


@PARTS
def test_nothing_sticks_out_on_the_smallest_screen_and_nothing_protests(house: House, part: Part) -> None:
    wrong: list[str] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            wrong.append(f"{said.location}: {said.text}")

    for who, looks in by_person(part).items():
        with house.somebody(who, SMALLEST) as page:
            page.on("console", hear)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            for look in looks:
                page.goto(house.address(look, "ro"))
                width = page.evaluate("document.documentElement.scrollWidth")
                if width > SMALLEST:
                    wrong.append(f"{page.url} ({who}) is {width} wide")
    assert not wrong, "\n".join(wrong)


def test_the_first_visit_is_light(house: House) -> None:
    with house.somebody("", 390) as page:
        carried: list[float] = []
        wire = page.context.new_cdp_session(page)
        wire.on("Network.loadingFinished", lambda event: carried.append(event["encodedDataLength"]))
        wire.send("Network.enable")

        page.goto(house.hall.address, wait_until="networkidle")

    assert len(carried) >= 4, "the page, its style, its theme and its crest"
    assert sum(carried) <= FIRST_VISIT
