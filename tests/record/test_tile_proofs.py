"""Proofs made from the files of a log alone, whoever serves them and however badly."""

from pathlib import Path

import pytest

from consult.record.checkpoints import Checkpoint
from consult.record.faults import Fault
from consult.record.merkle import is_consistent
from consult.record.notes import Note
from consult.record.sources import Folder, NotReached, open_site
from consult.record.tile_proofs import consistency_from
from consult.store import Database
from tests.record.logs import exported, record_events, sequence_all
from tests.record.test_sources import from_folder, served


@pytest.fixture
def old(sqlite: Database, tmp_path: Path) -> Path:
    sqlite.act(record_events, 255)
    sequence_all(sqlite)
    return exported(sqlite, tmp_path / "old")


@pytest.fixture
def new(old: Path, sqlite: Database, tmp_path: Path) -> Path:
    """The same log after 45 more entries, which fill its first tile."""
    sqlite.act(record_events, 45)
    sequence_all(sqlite)
    return exported(sqlite, tmp_path / "new")


def checkpoint_in(folder: Path) -> Checkpoint:
    return Checkpoint.parse(Note.parse((folder / "checkpoint").read_bytes()).text)


def test_a_proof_from_files_is_one(old: Path, new: Path) -> None:
    before, after = checkpoint_in(old), checkpoint_in(new)

    proof = consistency_from(Folder(new), before.size, after.size)

    assert is_consistent(before.size, after.size, before.root, after.root, proof)


def test_a_tile_that_became_full_since_is_read_from_its_beginning(old: Path, new: Path) -> None:
    before = checkpoint_in(old)

    proof = consistency_from(Folder(new), 100, before.size)

    assert proof == consistency_from(Folder(old), 100, before.size)


def test_an_address_that_fails_is_not_asked_for_another_tile_instead(old: Path) -> None:
    asked: list[str] = []

    def answer(path: str) -> tuple[int, bytes]:
        asked.append(path)
        return 500, b""

    with served(answer) as address, open_site(address) as site, pytest.raises(NotReached) as caught:
        consistency_from(site, 100, 255)

    assert caught.value.where == "tile/0/000.p/255"
    assert asked == ["tile/0/000.p/255"]


def test_a_missing_tile_is_named_as_it_was_asked_for_first(old: Path) -> None:
    (old / "tile/0/000.p/255").unlink()

    with served(from_folder(old)) as address, open_site(address) as site, pytest.raises(Fault) as caught:
        consistency_from(site, 100, 255)

    assert caught.value.where == "tile/0/000.p/255"


@pytest.mark.parametrize("change", [lambda content: content[:-32], lambda content: content + bytes(32)])
def test_a_tile_of_another_width_than_its_name_says_is_found(old: Path, change: object) -> None:
    tile = old / "tile/0/000.p/255"
    assert callable(change)
    tile.write_bytes(change(tile.read_bytes()))

    with pytest.raises(Fault, match="should have 8160 bytes") as caught:
        consistency_from(Folder(old), 100, 255)

    assert caught.value.where == "tile/0/000.p/255"
