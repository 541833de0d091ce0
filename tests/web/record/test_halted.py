"""While the database may be from before an erasure, nobody's words are shown, and what shows none is."""

import pytest
from sqlalchemy import select

from consult import links
from consult.record.bodies import Body
from consult.record.high_water import HighWater
from consult.settings import Settings
from consult.store import Database
from tests.web.reader import Reader
from tests.web.record.conftest import Town


@pytest.fixture
def paths(town: Town, database: Database) -> list[str]:
    """Where the words of a proposal can be read."""
    commitment = database.read(lambda db: db.scalars(select(Body.commitment)).first())
    return [
        "/en/consultari/1-2026/propuneri",
        "/en/consultari/1-2026/propuneri/1-2026",
        "/en",
        "/en/registru",
        links.RECORD_ARCHIVE,
        f"/log/1/body/{commitment}",
    ]


@pytest.fixture(params=["missing", "cut short"])
def forgetful(request: pytest.FixtureRequest, settings: Settings, paths: list[str]) -> HighWater:
    """An installation in which nothing remembers how far was signed."""
    high_water = HighWater(settings.high_water_file)
    if request.param == "missing":
        high_water.path.unlink()
    else:
        high_water.path.write_bytes(b"izvoru.test/log/1")
    return high_water


def test_nothing_that_people_wrote_is_shown_while_it_may_have_been_erased(
    reader: Reader, forgetful: HighWater, paths: list[str]
) -> None:
    answers = [reader.ask("GET", path) for path in paths]

    assert [answer.status_code for answer in answers] == [503] * len(paths)
    assert "it could be a text that was erased" in answers[0].text
    assert answers[0].headers["retry-after"] == "60"


def test_what_holds_nobodys_words_is_shown_even_then(reader: Reader, forgetful: HighWater) -> None:
    status = reader.get(f"/en{links.STATUS}")

    assert "consult record recover" in status.text
    assert status.text.count("stopped") == 2
    for path in ("/log/1/checkpoint", "/log/1/key", "/log/1/tile/0/000.p/6", f"/en{links.SIGN_IN}"):
        assert reader.ask("GET", path).status_code == 200, path


def test_without_its_keys_the_record_takes_nothing_in_but_all_of_it_is_read(
    reader: Reader, settings: Settings, paths: list[str]
) -> None:
    (settings.keys / "log-1.key").unlink()

    assert {path: reader.ask("GET", path).status_code for path in paths} == dict.fromkeys(paths, 200)
    assert reader.get(f"/en{links.STATUS}").text.count("stopped") == 1
