"""Every no is a page in the reader's language, and a bug says nothing but its number."""

import logging

import pytest
from litestar import Litestar

from tests.web.reader import Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("path", "status", "heading", "said"),
    [
        ("/en/refuz/missing", 404, "This page does not exist", "check it"),
        ("/en/refuz/forbidden", 403, "This is not allowed", "You are not allowed to do this."),
        ("/en/refuz/withdrawn", 410, "This was withdrawn", "This was withdrawn: <b>a name</b> stood in it"),
        ("/en/refuz/busy", 503, "The service is busy", "Nothing was saved"),
        ("/en/refuz/refused", 409, "This cannot be done now", "Not today."),
        ("/en/nowhere", 404, "This page does not exist", "check it"),
        ("/en/note?pagina=x", 400, "This cannot be read", "The address is damaged"),
    ],
)
def test_a_refusal_is_a_page(reader: Reader, path: str, status: int, heading: str, said: str) -> None:
    page = reader.get(path, status=status)

    assert page.heading == heading
    assert said in page.text
    assert page.response.headers["cache-control"] == "no-store"
    assert page.html.html is not None
    assert page.html.html["lang"] == "en"


def test_who_comes_too_early_is_told_when_to_come_back(reader: Reader) -> None:
    assert reader.get("/refuz/busy", status=503).response.headers["retry-after"] == "5"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "TRACE"])
def test_a_method_that_a_page_does_not_have_is_refused(reader: Reader, method: str) -> None:
    response = reader.ask(method, "/note")

    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


def test_a_bug_is_a_number_and_never_a_traceback(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    page = reader.get("/en/refuz/bug", status=500)

    number = page.response.headers["x-request-id"]
    assert number in page.text
    assert "secret detail" not in page.response.text
    assert "RuntimeError" not in page.response.text
    logged = [record for record in caplog.records if record.name == "consult.errors"]
    assert [number in record.getMessage() for record in logged] == [True]
    assert logged[0].exc_info is not None


def test_when_even_the_page_of_a_failure_fails_a_sentence_is_left(
    reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    app = reader.client.app  # type: ignore[attr-defined]
    assert isinstance(app, Litestar)
    app.state.settings = None

    response = reader.ask("GET", "/en/refuz/bug")

    assert response.status_code == 500
    assert "Something went wrong with us" in response.text
    assert response.headers["x-request-id"] in response.text
    assert "content-security-policy" in response.headers
    assert any("failed twice" in record.getMessage() for record in caplog.records)


def test_a_database_that_is_away_is_busy_and_noted(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    page = reader.get("/en/refuz/away", status=503)

    assert "Nothing was saved" in page.text
    assert page.response.headers["retry-after"] == "5"
    assert any(record.name == "consult.errors" for record in caplog.records)


def test_a_refusal_is_not_logged_as_a_failure(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    reader.get("/refuz/refused", status=409)

    assert [record for record in caplog.records if record.name == "consult.errors"] == []
