"""A log of somebody else, made by a program of others: our verifier checks its tree, whatever its entries are."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from consult.record.merkle import HASH_SIZE, leaf_hash
from consult.record.reports import verify_log
from consult.record.tiles import TILE_WIDTH, bundle, entries_in
from tests.outsiders.programs import HERE, aics
from tests.outsiders.test_outsiders import run

pytestmark = pytest.mark.slow

#: Three levels need 65,536 entries; two full tiles and a partial one suffice here.
SIZE, KEPT = 600, 300
#: An entry in the first, full tile, and one in the last.
PLACES = (100, 555)


@dataclass(frozen=True)
class Foreign:
    """A log as a folder, its key as it was printed, and a checkpoint of half its size."""

    folder: Path
    vkey: str
    kept: Path


@pytest.fixture(scope="session")
def foreign(shared_by_workers: Path, tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    folder = tmp_path_factory.mktemp("foreign") / "log"
    done = run(aics(shared_by_workers) / "python", HERE / "foreign_log.py", folder, SIZE, KEPT)
    assert done.returncode == 0, done.stderr
    return Foreign(folder, done.stdout.strip(), folder.with_name("log.kept"))


@pytest.fixture
def copy(foreign: Foreign, tmp_path: Path) -> Path:
    return Path(shutil.copytree(foreign.folder, tmp_path / "copy"))


def test_the_tree_holds_whatever_the_entries_are(foreign: Foreign) -> None:
    report = verify_log(str(foreign.folder), foreign.vkey, hashes_only=True, since=foreign.kept)

    assert report.passed, report.sentences
    assert (report.facts["origin"], report.facts["size"]) == ("somebody.example/2026/shard", SIZE)


def test_its_partial_tiles_may_be_gone_where_a_full_one_holds_them(foreign: Foreign, copy: Path) -> None:
    shutil.copy(foreign.kept, copy / "checkpoint")

    report = verify_log(str(copy), foreign.vkey, hashes_only=True)

    assert not (copy / "tile/0/001.p").exists()
    assert report.facts.get("size") == KEPT, report.sentences


def test_the_log_of_somebody_else_is_not_taken_for_one_of_ours(foreign: Foreign) -> None:
    report = verify_log(str(foreign.folder), foreign.vkey)

    assert report.facts == {"where": "key", "fault": "The file is missing."}


def files_of(place: int) -> tuple[str, str, int]:
    """Return the bundle and the tile in which an entry stands, and how wide they are."""
    number = place // TILE_WIDTH
    width = min(TILE_WIDTH, SIZE - number * TILE_WIDTH)
    name = f"{number:03}" if width == TILE_WIDTH else f"{number:03}.p/{width}"
    return f"tile/entries/{name}", f"tile/0/{name}", width


def change_entry(folder: Path, place: int) -> bytes:
    file, _, width = files_of(place)
    entries = entries_in((folder / file).read_bytes(), width)
    entries[place % TILE_WIDTH] += b"!"
    (folder / file).write_bytes(bundle(entries))
    return entries[place % TILE_WIDTH]


def change_tile(folder: Path, place: int) -> None:
    write_hash(folder, place, bytes(HASH_SIZE))


def change_both(folder: Path, place: int) -> None:
    write_hash(folder, place, leaf_hash(change_entry(folder, place)))


def write_hash(folder: Path, place: int, hash_: bytes) -> None:
    file = folder / files_of(place)[1]
    tile = bytearray(file.read_bytes())
    start = place % TILE_WIDTH * HASH_SIZE
    tile[start : start + HASH_SIZE] = hash_
    file.write_bytes(tile)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("tamper", [change_entry, change_tile, change_both])
def test_a_copy_that_was_tampered_with_is_found_out(
    foreign: Foreign, copy: Path, tamper: Callable[[Path, int], object], place: int
) -> None:
    tamper(copy, place)

    report = verify_log(str(copy), foreign.vkey, hashes_only=True)

    assert not report.passed


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_changed_size_root_or_extension_is_found_out(foreign: Foreign, copy: Path, line: int) -> None:
    lines = (copy / "checkpoint").read_text(encoding="utf-8").split("\n")
    lines[line] = {1: str(SIZE - 1), 2: lines[2][::-1].removeprefix("=") + "=", 3: "extended by another"}[line]
    (copy / "checkpoint").write_text("\n".join(lines), encoding="utf-8")

    assert not verify_log(str(copy), foreign.vkey, hashes_only=True).passed


def test_a_log_that_was_cut_back_is_found_out_by_whoever_kept_a_checkpoint(foreign: Foreign, copy: Path) -> None:
    newest = copy / "checkpoint"
    kept = Path(shutil.copy(newest, copy.with_name("kept")))
    shutil.copy(foreign.kept, newest)

    report = verify_log(str(copy), foreign.vkey, hashes_only=True, since=kept)

    assert "it was cut back" in str(report.facts["fault"])
