"""The real face starts, and every page that a stranger can open without knowing anything keeps the rules."""

import threading

import pytest

from consult.identity.authorities import Authority
from consult.settings import Settings
from consult.store import Database
from tests.web.conftest import opened
from tests.web.reader import Reader
from web.access import Door, door_of
from web.app import from_environment
from web.ui import gallery

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_without_a_name_in_its_address_opens(reader: Reader, prefix: str) -> None:
    app = reader.client.app  # type: ignore[attr-defined]
    pages = [
        route.path
        for route in app.routes
        if not route.path_parameters
        and any(is_readable(handler) for handler in route.route_handlers)
        and route.path != gallery.PATH  # shows forms and links that lead nowhere
    ]
    opened = {path: reader.ask("GET", prefix + path).status_code for path in pages}

    assert len(pages) >= 5
    assert {path: status for path, status in opened.items() if status not in {200, 301, 303, 404}} == {}
    for path, status in opened.items():
        if status == 200 and not path.endswith(
            (".css", ".csv", ".json", ".atom", ".ics", ".tar", ".txt", ".xml", ".ico")
        ):
            reader.get(prefix + path)


def test_the_environment_says_which_installation_is_served_and_its_work_goes_on_beside(
    settings: Settings, database: Database, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULT_DATA", str(settings.data))
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("CONSULT_BASE_URL", settings.base_url)

    with opened(from_environment()) as client:
        title = client.get("/en/contact").text
        beside = {thread.name for thread in threading.enumerate()}

    assert authority.name in title
    assert {"keep_working", "keep_sequencing"} <= {name.partition("(")[2].rstrip(")") for name in beside}
    assert not any("keep_" in thread.name for thread in threading.enumerate())


def is_readable(handler: object) -> bool:
    return "GET" in handler.http_methods and door_of(handler.opt) in {Door.PUBLIC, Door.ANYONE}  # type: ignore[attr-defined]
