"""The host name selects the authority, and only names of ours are answered."""

import pytest
from litestar.types import ControllerRouterHandler

from consult.identity.authorities import ANY_HOST
from consult.settings import Settings
from consult.store import Database
from tests.factories import an_authority
from tests.web.conftest import opened
from tests.web.core.sample import sign_in_page
from tests.web.reader import Reader
from web.app import installed, routed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "izvoru.test.evil.example",
        "evil.example#izvoru.test",
        "user@izvoru.test",
        "izvoru.test:port",
        "izvoru.test/x",
        "izvoru.test, evil.example",
        "",
        "127.0.0.1",
        "șoimi.test",
    ],
)
def test_an_unknown_host_is_refused(reader: Reader, host: str) -> None:
    response = reader.ask("GET", "/note", headers={"Host": host.encode()})

    assert response.status_code == 400
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["izvoru.test", "IZVORU.test", "izvoru.test:8000", "izvoru.test."])
def test_our_name_is_known_in_every_spelling(reader: Reader, host: str) -> None:
    assert reader.ask("GET", "/note", headers={"Host": host}).status_code == 200


def test_a_forwarded_name_never_counts(reader: Reader) -> None:
    assert reader.ask("GET", "/note", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400
    assert reader.ask("GET", "/note", headers={"X-Forwarded-Host": "izvoru.test"}).status_code == 200


def test_the_name_selects_the_authority(reader: Reader, database: Database) -> None:
    database.act(an_authority, host="alt.test", name="Comuna Alta", colour="#7a1f3d")

    page = reader.get("/intra", headers={"Host": "alt.test"})

    assert page.title == "Sign in – Comuna Alta"
    assert page.select('meta[name="theme-color"]')["content"] == "#7a1f3d"
    assert reader.get("/intra").title == "Sign in – Municipiul Izvoru"


def test_an_installation_that_is_not_set_up_says_so(
    settings: Settings, database: Database, handlers: tuple[ControllerRouterHandler, ...]
) -> None:
    app = installed(routed(handlers, sign_in_page), settings, database)
    with opened(app) as client:
        before = client.get("/note")
        database.act(an_authority, host=ANY_HOST)
        after = client.get("/note")

    assert (before.status_code, after.status_code) == (503, 200)


def test_a_try_on_ones_own_machine_may_be_reached_by_every_name_of_it(
    settings: Settings, database: Database, handlers: tuple[ControllerRouterHandler, ...]
) -> None:
    database.act(an_authority, host=ANY_HOST)
    own = Settings(settings.data, settings.keys, settings.database_url, "http://127.0.0.1:8000")
    app = installed(routed(handlers, sign_in_page), own, database)
    with opened(app, base_url="http://127.0.0.1:8000") as client:
        answers = [client.get("/note", headers={"Host": host}) for host in ("127.0.0.1:8000", "localhost", "[::1]:80")]
        foreign = client.get("/note", headers={"Host": "rebound.example"})

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert foreign.status_code == 400
