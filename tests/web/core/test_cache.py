"""Public pages are the same for everybody, made once, and never older than they say."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from consult.identity.actors import Actor
from consult.store import Database
from tests.factories import an_authority
from tests.web.core.sample import runs
from tests.web.reader import Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_nothing_of_the_one_who_asks_reaches_a_public_page(reader: Reader, citizen: Actor) -> None:
    as_nobody = reader.get("/note").response

    reader.sign_in(citizen)
    reader.client.cookies.set("flash", "x")
    headers = {"Authorization": "Bearer x", "Accept-Language": "hu", "User-Agent": "x", "X-Forwarded-For": "192.0.2.1"}
    as_citizen = reader.get("/note?utm=1", headers=headers).response

    assert as_citizen.content == as_nobody.content
    assert "cookies {}" in as_nobody.text
    assert "headers {&#39;host&#39;: &#39;izvoru.test&#39;}" in as_nobody.text


def test_the_first_to_ask_leaves_nothing_for_the_next(reader: Reader, citizen: Actor) -> None:
    first = reader.sign_in(citizen).get("/note").response
    again = reader.sign_out().get("/note").response

    assert first.content == again.content
    assert "Ana" not in again.text
    assert runs["all_notes"] == 1


def test_a_public_page_cannot_set_a_cookie(reader: Reader) -> None:
    assert "set-cookie" not in reader.get("/note").response.headers


def test_a_page_is_made_once_for_those_who_come_together(reader: Reader) -> None:
    with ThreadPoolExecutor(8) as readers:
        pages = list(readers.map(lambda _: reader.ask("GET", "/note"), range(16)))

    assert {page.status_code for page in pages} == {200}
    assert len({page.content for page in pages}) == 1
    assert runs["all_notes"] == 1


def test_each_language_and_each_named_parameter_has_its_own_copy(reader: Reader) -> None:
    romanian = reader.get("/note")
    english = reader.get("/en/note")
    second = reader.get("/note?stare=noi&pagina=2")
    again = reader.get("/note?pagina=2&stare=noi&fbclid=1")

    assert runs["all_notes"] == 3
    assert romanian.html.html is not None
    assert english.html.html is not None
    assert (romanian.html.html["lang"], english.html.html["lang"]) == ("ro", "en")
    assert "page 2" in second.text
    assert again.response.content == second.response.content


def test_each_host_has_its_own_copy(reader: Reader, database: Database) -> None:
    database.act(an_authority, host="alt.test", name="Comuna Alta")

    here = reader.get("/note")
    there = reader.get("/note", headers={"Host": "alt.test"})

    assert here.title == "Notes – Municipiul Izvoru"
    assert there.title == "Notes – Comuna Alta"


def test_whoever_has_the_page_is_told_so(reader: Reader) -> None:
    page = reader.ask("GET", "/note")

    again = reader.ask("GET", "/note", headers={"If-None-Match": f'"other", {page.headers["etag"]}'})
    other = reader.ask("GET", "/note", headers={"If-None-Match": '"other"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == page.headers["etag"]
    assert again.headers["cache-control"] == page.headers["cache-control"]
    assert other.status_code == 200


def test_a_page_is_compressed_for_those_who_take_it(reader: Reader) -> None:
    small = reader.ask("GET", "/note", headers={"Accept-Encoding": "br, gzip"})
    large = reader.ask("GET", "/note", headers={"Accept-Encoding": "identity"})

    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in large.headers
    assert small.content == large.content
    assert int(small.headers["content-length"]) < int(large.headers["content-length"]) / 3
    assert small.headers["vary"] == large.headers["vary"] == "Accept-Encoding"


def test_what_is_not_a_page_is_not_kept(reader: Reader) -> None:
    moved = reader.ask("GET", "/en/note/veche")
    wrong = reader.ask("GET", "/note?pagina=0")

    assert (moved.status_code, moved.headers["location"]) == (301, "/en/note")
    assert (wrong.status_code, wrong.headers["cache-control"]) == (400, "no-store")
    assert "etag" not in wrong.headers


def test_a_stream_is_sent_as_it_is_made_and_still_knows_nobody(reader: Reader, citizen: Actor) -> None:
    reader.sign_in(citizen)

    sent = [reader.ask("GET", "/note/toate.txt").text for _ in range(2)]

    assert sent[0] == sent[1]
    assert sent[0].splitlines()[-1] == "999 {}"
    assert runs["stream"] == 2
