"""Nothing is changed at the request of another site, whatever the route."""

import pytest

from consult.settings import Settings
from consult.store import Database
from tests.web.core.sample import notes
from tests.web.reader import Reader
from web.asgi import HTTPScope
from web.origin import is_ours

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PATHS = ("/note/scrie", "/intra", "/note", "/nicaieri", "/en/note/scrie")
METHODS = ("POST", "PUT", "PATCH", "DELETE", "PROPFIND")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://izvoru.test"},
        {"Sec-Fetch-Site": "", "Origin": "http://izvoru.test"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://izvoru.test.evil.example"},
        {"Origin": "http://izvoru.test:8000"},
    ],
)
def test_another_site_changes_nothing(writer: Reader, database: Database, headers: dict[str, str]) -> None:
    answers = {
        (method, path): writer.client.request(method, path, headers=headers, data={"wording": "Copaci."}).status_code
        for path in PATHS
        for method in METHODS
    }

    assert {asked: status for asked, status in answers.items() if status != 403} == {}
    assert database.read(notes) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://izvoru.test"},
    ],
)
def test_our_own_pages_do(writer: Reader, headers: dict[str, str]) -> None:
    response = writer.client.post("/note/scrie", headers=headers, data={"wording": ""})

    assert response.status_code == 422


def test_a_program_may_post_but_not_with_somebodys_cookie(reader: Reader, writer: Reader) -> None:
    assert writer.client.post("/intra", data={"password": "…"}).status_code == 403

    reader.sign_out()

    assert reader.client.post("/intra", data={"password": "…"}).status_code == 303


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_free_from_everywhere(reader: Reader, method: str) -> None:
    response = reader.client.request(method, "/note", headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code in {200, 204}


@pytest.mark.parametrize("field", ["_method", "X-HTTP-Method-Override"])
def test_a_method_cannot_be_disguised(writer: Reader, field: str, database: Database) -> None:
    writer.client.get("/note/scrie", headers={"Sec-Fetch-Site": "cross-site", field: "POST"}, params={field: "POST"})

    assert database.read(notes) == []


def test_where_people_come_by_tls_a_plain_page_of_the_same_name_is_another_site(settings: Settings) -> None:
    def asked(origin: bytes) -> HTTPScope:
        return {"headers": [(b"host", b"izvoru.test"), (b"origin", origin)]}  # type: ignore[typeddict-item]

    over_tls = Settings(settings.data, settings.keys, settings.database_url, "https://izvoru.test")

    assert is_ours(asked(b"https://izvoru.test"), over_tls)
    assert not is_ours(asked(b"http://izvoru.test"), over_tls)
    assert is_ours(asked(b"http://izvoru.test"), settings)
