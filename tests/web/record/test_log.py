"""The plain files of the record: exactly the bytes that programs expect, kept no longer than they may be."""

import pytest

from consult.record.keys import load_key
from consult.record.tiles import MAX_BUNDLE_SIZE, entries_in
from consult.settings import Settings
from consult.store import Database
from tests.factories import a_recommendation
from tests.web.reader import Reader
from tests.web.record.conftest import Town

FOR_A_YEAR = "public, max-age=31536000, immutable"


def paths(reader: Reader) -> list[str]:
    return reader.ask("GET", "/log/1/files").text.splitlines()


def test_every_listed_file_is_there_with_its_right_length(reader: Reader, town: Town) -> None:
    answers = {path: reader.ask("GET", f"/log/1/{path}") for path in paths(reader)}

    assert list(answers)[:6] == ["checkpoint", "files", "key", "policy", "tile/0/000.p/6", "tile/entries/000.p/6"]
    assert len(answers) == 6 + 1 + 3  # one pack, three texts
    assert {path for path, answer in answers.items() if answer.status_code != 200} == set()
    assert all(answer.headers["content-length"] == str(len(answer.content)) for answer in answers.values())
    assert all("content-encoding" not in answer.headers for answer in answers.values())


def test_each_file_has_its_type_and_is_kept_as_long_as_it_holds(reader: Reader, town: Town) -> None:
    def described(path: str) -> tuple[str, str]:
        headers = reader.ask("GET", f"/log/1/{path}").headers
        return headers["content-type"], headers["cache-control"]

    text, binary = "text/plain; charset=utf-8", "application/octet-stream"
    assert described("checkpoint") == (text, "no-cache")
    assert described("files") == (binary, "no-cache")
    assert described("key")[0] == text
    assert described("tile/0/000.p/6") == (binary, FOR_A_YEAR)
    assert described("tile/entries/000.p/6") == (binary, FOR_A_YEAR)
    assert described(next(path for path in paths(reader) if path.startswith("pack/"))) == (binary, FOR_A_YEAR)


def test_no_cache_goes_on_giving_out_a_text_that_may_be_erased(reader: Reader, town: Town) -> None:
    path = next(path for path in paths(reader) if path.startswith("body/"))

    kept = reader.ask("GET", f"/log/1/{path}").headers["cache-control"]

    assert "immutable" not in kept
    assert "max-age=0" in kept


def test_the_key_is_the_one_that_signs(reader: Reader, town: Town, settings: Settings) -> None:
    assert reader.ask("GET", "/log/1/key").text == f"{load_key(settings.keys).verifying.vkey}\n"


def test_a_partial_tile_is_the_beginning_of_a_wider_one(reader: Reader, town: Town) -> None:
    wide = reader.ask("GET", "/log/1/tile/0/000.p/6").content
    narrow = reader.ask("GET", "/log/1/tile/0/000.p/4").content
    entries = reader.ask("GET", "/log/1/tile/entries/000.p/4").content

    assert len(wide) == 6 * 32
    assert narrow == wide[: 4 * 32]
    assert len(entries_in(entries, 4)) == 4
    assert len(entries) < MAX_BUNDLE_SIZE


def test_checkpoint_and_list_are_of_this_moment_however_often_they_were_just_asked_for(
    reader: Reader, town: Town, database: Database
) -> None:
    before = reader.ask("GET", "/log/1/checkpoint").text.splitlines()[1], len(paths(reader))
    database.act(a_recommendation, town.consultation)
    town.sequence()

    after = reader.ask("GET", "/log/1/checkpoint").text.splitlines()[1], len(paths(reader))

    assert before == ("6", 10)
    assert after == ("7", 11)


def test_head_says_what_get_says_without_the_file(reader: Reader, town: Town) -> None:
    for path in ("checkpoint", "files", "key", "tile/0/000.p/6"):
        got, headed = (reader.ask(method, f"/log/1/{path}") for method in ("GET", "HEAD"))

        assert headed.content == b""
        assert headed.status_code == 200
        assert headed.headers["content-length"] == got.headers["content-length"]


ABSENT = [
    "nothing",
    "key/key",
    "tile",
    "tile/0/000",
    "tile/0/000.p/7",
    "tile/0/000.p/0",
    "tile/0/001.p/1",
    "tile/1/000.p/1",
    "tile/64/000",
    "tile/00/000.p/6",
    "tile/-1/000.p/6",
    "tile/0/x036/x028/x797/x018/x963/967",
    "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
    "tile/entries/000.p/7",
    "tile/entries/x001/000",
    "tile/entries/x036/x028/x797/x018/x963/967",
    "tile/data/000",
    "body/" + "0" * 64,
    "body/" + "A" * 64,
    "pack/" + "0" * 64,
]


def test_what_is_not_there_is_said_in_plain_text_and_kept_by_nobody(reader: Reader, town: Town) -> None:
    for path in ABSENT:
        answer = reader.ask("GET", f"/log/1/{path}")

        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_files_have_no_language(reader: Reader, town: Town) -> None:
    assert [reader.ask("GET", f"/en/log/1/{path}").status_code for path in ("checkpoint", "key")] == [404, 404]


def test_before_the_first_signature_there_is_neither_checkpoint_nor_list(reader: Reader) -> None:
    assert [reader.ask("GET", f"/log/1/{path}").status_code for path in ("checkpoint", "files")] == [404, 404]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_can_be_written_there(reader: Reader, town: Town) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert reader.ask(method, "/log/1/checkpoint").status_code == 405


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whoever_pastes_the_origin_into_a_browser_is_led_to_the_explanation(reader: Reader) -> None:
    assert reader.ask("GET", "/log/1").headers["location"] == "/registru"
