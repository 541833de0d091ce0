"""The log as the product serves it: aics-tlog reads it over HTTP, tile by tile, and trusts nothing but the key."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from consult.record import canonical
from consult.record.events import BodyErased, RecommendationHidden
from consult.record.growing import entries_of
from consult.record.heads import read_head, read_keys
from consult.record.sources import Folder
from consult.store import Database
from tests.outsiders.conftest import Log
from tests.outsiders.programs import aics
from tests.outsiders.test_outsiders import run
from tests.record.test_sources import from_folder
from tests.record.test_sources import served as folder_served
from tests.web.record.test_live_log import served

pytestmark = pytest.mark.slow

#: Where the tamperings of the copies are, besides the last entry.
PLACES = (7, 128)


class Outsider:
    """Somebody who has the log's key and a checkpoint from before, and looks at an address."""

    def __init__(self, programs: Path, log: Log, address: str) -> None:
        self._program = programs / "aics-tlog"
        self._where = ("--tiles", address, "--log-key", log.vkey)
        self._kept = log.kept

    def ask(self, command: str, *words: object) -> str:
        """Return what the program says is wrong; nothing if it is content."""
        done = run(self._program, command, *self._where, *words)
        return "" if done.returncode == 0 else done.stdout + done.stderr

    def see_growth(self) -> str:
        return self.ask("verify-consistency", "--old-checkpoint", self._kept)

    def find(self, index: int, *words: object) -> str:
        return self.ask("verify-inclusion", "--index", index, *words)


@pytest.fixture
def programs(shared_by_workers: Path) -> Path:
    return aics(shared_by_workers)


@pytest.fixture
def face(log: Log, programs: Path) -> Iterator[Outsider]:
    with closing(Database(log.settings.database_url)) as database, served(log.settings, database) as address:
        yield Outsider(programs, log, address)


def entry_of(log: Log, type_: str) -> tuple[int, bytes]:
    """Return the last entry of a type, as it was exported."""
    source = Folder(log.now)
    checkpoint = read_head(source, read_keys(source)).checkpoint
    entries = [(index, entry) for index, _, entry in entries_of(source, checkpoint, {})]
    return next(found for found in reversed(entries) if canonical.load(found[1])["type"] == type_)


def test_the_served_checkpoint_is_signed_by_the_key_and_goes_on_from_what_was_kept(face: Outsider) -> None:
    assert not face.ask("verify-checkpoint")
    assert not face.see_growth()


@pytest.mark.parametrize("type_", [RecommendationHidden.type, BodyErased.type])
def test_what_was_moderated_and_erased_stands_in_the_served_log(
    face: Outsider, log: Log, tmp_path: Path, type_: str
) -> None:
    index, entry = entry_of(log, type_)
    (tmp_path / "entry").write_bytes(entry)
    (tmp_path / "other").write_bytes(entry + b" ")

    assert not face.find(index, "--leaf", tmp_path / "entry")
    assert face.find(index, "--leaf", tmp_path / "other")


def test_a_copy_that_was_tampered_with_is_rejected_over_http(programs: Path, log: Log, tampered: Path) -> None:
    with folder_served(from_folder(tampered)) as address:
        outsider = Outsider(programs, log, address)

        problems = (outsider.see_growth(), *(outsider.find(place) for place in PLACES))

    assert any(problems)
