"""Files under /static and the theme: small, kept for a year, gone when they change."""

import gzip

import pytest

from consult.store import Database
from tests.factories import an_authority
from tests.web.reader import Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def addresses(reader: Reader) -> list[str]:
    page = reader.get("/note")
    return [str(tag["href"]) for tag in page.html.select('link[rel="stylesheet"]')] + [
        str(page.select("script[src]")["src"])
    ]


def test_whatever_a_page_refers_to_is_there_for_a_year(reader: Reader) -> None:
    for address in addresses(reader):
        answer = reader.ask("GET", address)
        assert answer.status_code == 200, address
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].split(";")[0] in {"text/css", "text/javascript"}


def test_whoever_has_a_file_is_told_so(reader: Reader) -> None:
    sheet = addresses(reader)[0]
    etag = reader.ask("GET", sheet).headers["etag"]

    assert reader.ask("GET", sheet, headers={"If-None-Match": etag}).status_code == 304


def test_a_first_visit_is_at_most_thirty_kilobytes(reader: Reader) -> None:
    page = reader.ask("GET", "/intra")
    files = [reader.ask("GET", address) for address in [*addresses(reader), "/static/crest.svg"]]

    assert sum(len(gzip.compress(answer.content)) for answer in [page, *files]) <= 30 * 1024


@pytest.mark.parametrize("name", ["consult-000000000000.css", "consult.css", "..%2fapp.py", "app.py"])
def test_a_file_of_another_edition_does_not_exist(reader: Reader, name: str) -> None:
    assert reader.ask("GET", f"/static/{name}").status_code == 404


def test_each_authority_has_its_own_colours(reader: Reader, database: Database) -> None:
    database.act(an_authority, host="alt.test", colour="#7a1f3d")

    here = reader.ask("GET", "/tema.css")
    there = reader.ask("GET", "/tema.css", headers={"Host": "alt.test"})

    assert "#0a5a66" in here.text
    assert "#7a1f3d" in there.text
    assert "immutable" not in here.headers["cache-control"]
