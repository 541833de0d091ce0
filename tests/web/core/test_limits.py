"""What is too large, too slow or no address of ours is refused before anybody looks into it."""

import asyncio
from typing import Any

import pytest
from litestar.types import Receive

from consult.store import Database
from tests.web.core.sample import notes
from tests.web.reader import Reader
from web.limits import MOST_BYTES, TooLarge, TooSlow, counted, timed

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@on_one_database
@pytest.mark.parametrize(
    "path",
    [
        "/note/%00",
        "/note/%ff",
        "/note/%zz",
        "/note/..%2fintra",
        "/note/%2e%2e/intra",
        "/note%5c..%5cintra",
        "/note/%EF%BC%91",
        "/note/+1",
        "/note/%0d%0aSet-Cookie:a=b",
        "/<script>",
        "/en/%3Cscript%3E",
        "/note//1",
    ],
)
def test_an_address_that_none_of_our_pages_has_does_not_exist(reader: Reader, path: str) -> None:
    reader.get(path, status=404)


@on_one_database
@pytest.mark.parametrize("path", ["//evil.example", "//evil.example/note", "/\\evil.example"])
def test_a_path_that_looks_like_a_host_is_no_page(reader: Reader, path: str) -> None:
    assert reader.ask("GET", "http://izvoru.test" + path).status_code == 404


@on_one_database
@pytest.mark.parametrize(
    "query",
    [
        "stare=a&stare=b",
        "x=1&x=2",
        "stare=%00",
        "stare=a%0d%0ab",
        "stare=%ff",
        "stare=%ED%A0%80",
        "pagina=0",
        "pagina=-1",
        "pagina=9223372036854775808",
        "pagina=1e309",
        "pagina=１２",
        "pagina=1_0",
        "pagina=%2B1",
        "&".join(f"a{number}=1" for number in range(60)),
    ],
)
@pytest.mark.parametrize("path", ["/note", "/en/note"])
def test_a_parameter_that_cannot_be_read_in_one_way_is_refused(reader: Reader, path: str, query: str) -> None:
    reader.get(f"{path}?{query}", status=400)


@on_one_database
@pytest.mark.parametrize("query", ["stare='\"", "stare=%25_", "stare={{7*7}}", "stare=;select", "stare=%F0%9F%8C%B3"])
def test_odd_text_in_a_parameter_is_text(reader: Reader, query: str) -> None:
    page = reader.get(f"/note?{query}")

    assert "state 49" not in page.text


@on_one_database
def test_an_address_of_eight_kilobytes_is_too_long(reader: Reader) -> None:
    reader.get("/note?stare=" + "x" * 8192, status=414)
    reader.get("/" + "x" * 8192, status=414)


@on_one_database
def test_cookies_of_64_kilobytes_and_a_hundred_headers_are_too_much(reader: Reader) -> None:
    reader.get("/note", headers={"Cookie": "a=" + "x" * 65536}, status=431)
    reader.get("/note", headers={f"X-{number}": "1" for number in range(101)}, status=431)


@on_one_database
@pytest.mark.parametrize("accepted", ["*", ";;;", "text/html;q=x", "x" * 10_000, "%00", "ro;q=-1"])
def test_garbage_in_what_a_browser_would_like_changes_nothing(reader: Reader, accepted: str) -> None:
    reader.get("/note", headers={"Accept": accepted, "Accept-Language": accepted, "Accept-Encoding": accepted})


@on_one_database
def test_a_body_that_is_too_large_is_refused_with_and_without_saying_so(writer: Reader, database: Database) -> None:
    body = b"wording=" + b"x" * MOST_BYTES
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    said = writer.ask("POST", "/en/note/scrie", headers=kind, content=body)
    unsaid = writer.ask("POST", "/en/note/scrie", headers=kind | {"Content-Length": "8"}, content=body)
    mad = writer.ask("POST", "/en/note/scrie", headers=kind | {"Content-Length": "-8"}, content=body)

    assert [said.status_code, unsaid.status_code, mad.status_code] == [413, 413, 400]
    assert "16 MB" in said.text
    assert database.read(notes) == []


@on_one_database
@pytest.mark.parametrize(("locale", "words"), [("", "mai mult de 16 MB"), ("/en", "more than 16 MB")])
def test_whoever_sends_too_much_is_told_the_limit_and_the_way_back(writer: Reader, locale: str, words: str) -> None:
    page = writer.post(f"{locale}/note/scrie", status=413, content=bytes(MOST_BYTES + 1))

    assert words in page.text
    assert ("Go there with the button “Back”" if locale else "Mergeți acolo cu butonul „Înapoi”") in page.text


def test_what_is_too_large_is_heard_out_so_that_its_sender_hears_the_answer() -> None:
    pieces = [{"type": "http.request", "body": bytes(6), "more_body": left > 0} for left in (4, 3, 2, 1, 0)]

    async def sender() -> Any:
        return pieces.pop(0)

    async def heard() -> None:
        receive = counted(sender, 10)
        await receive()
        await receive()

    with pytest.raises(TooLarge):
        asyncio.run(heard())

    assert pieces == []


def test_a_body_that_stops_coming_is_given_up() -> None:
    async def silent() -> Any:
        await asyncio.sleep(3600)

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    for sender in (silent, gone):
        with pytest.raises(TooSlow):
            asyncio.run(receive_once(sender))


async def receive_once(sender: Receive) -> None:
    await timed(sender, patience=0.01)()
