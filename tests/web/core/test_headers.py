"""What every answer carries, whatever it answers; and what is written of it."""

import logging

import pytest

from consult.identity.actors import Actor
from consult.settings import Settings
from consult.store import Database
from tests.web.conftest import opened
from tests.web.core.sample import HANDLERS, sign_in_page
from tests.web.reader import Reader
from web.app import installed, routed
from web.headers import ALWAYS

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

#: One address for each kind of answer.
ANSWERS = {
    "/note": 200,
    "/note/veche": 301,
    "/note/scrie": 303,
    "/note?pagina=0": 400,
    "/refuz/forbidden": 403,
    "/nicaieri": 404,
    "/refuz/refused": 409,
    "/refuz/withdrawn": 410,
    "/note?stare=" + "x" * 5000: 414,
    "/refuz/bug": 500,
    "/refuz/busy": 503,
}


@pytest.mark.parametrize(("path", "status"), ANSWERS.items(), ids=[str(status) for status in ANSWERS.values()])
def test_security_headers_stand_on_every_answer(reader: Reader, path: str, status: int) -> None:
    response = reader.ask("GET", path)

    assert response.status_code == status
    for name, value in ALWAYS.items():
        if name != b"cache-control":
            assert response.headers.get_list(name.decode()) == [value.decode()]
    assert (response.headers["cache-control"] == "no-store") == (status != 200)
    assert "server" not in response.headers
    assert "x-powered-by" not in response.headers
    assert "unsafe" not in response.headers["content-security-policy"]


def test_over_tls_browsers_are_told_to_stay_there(settings: Settings, database: Database, reader: Reader) -> None:
    assert "strict-transport-security" not in reader.ask("GET", "/note").headers

    over_tls = Settings(settings.data, settings.keys, settings.database_url, "https://izvoru.test")
    app = installed(routed(HANDLERS, sign_in_page), over_tls, database)
    with opened(app, base_url="https://izvoru.test") as client:
        assert client.get("/note").headers["strict-transport-security"].startswith("max-age=63072000")


@pytest.mark.parametrize("path", ["/note", "/intra", "/nicaieri", "/note/scrie"])
def test_head_is_get_without_the_body(reader: Reader, path: str) -> None:
    whole = reader.ask("GET", path)
    head = reader.ask("HEAD", path)

    assert head.status_code == whole.status_code
    assert head.content == b""
    for name in ("content-type", "cache-control", "etag"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_private_pages_are_small_too(writer: Reader) -> None:
    small = writer.ask("GET", "/note/scrie", headers={"Accept-Encoding": "gzip"})
    large = writer.ask("GET", "/note/scrie", headers={"Accept-Encoding": "gzip;q=0"})

    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in large.headers
    assert int(small.headers["content-length"]) < int(large.headers["content-length"]) / 2


def test_the_log_says_what_happened_and_nothing_personal(
    reader: Reader, citizen: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="consult.access")
    reader.sign_in(citizen)
    token = reader.client.cookies["session"]

    number = reader.ask("GET", "/en/note/1?stare=secret", headers={"User-Agent": "\x1b[31m"}).headers["x-request-id"]
    reader.ask("POST", "/note/scrie", data={"wording": "secret", "password": "secret"})
    reader.ask("GET", "/secret")

    lines = [record.getMessage() for record in caplog.records if record.name == "consult.access"]
    assert lines[0].startswith("GET /note/{number} 500 ")
    assert lines[0].endswith(f" ms {number}")
    assert lines[1].startswith("POST /note/scrie 422 ")
    assert lines[2].startswith("GET - 404 ")
    for personal in ("secret", token, "127.0.0.1", "testclient", "\x1b", "Ana"):
        assert personal not in "\n".join(lines)
