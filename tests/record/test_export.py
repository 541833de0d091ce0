"""The export is the whole log as it was signed, and every path gives the same bytes as long as the log lives."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.record.bodies import keep_body
from consult.record.export import export
from consult.record.faults import Fault
from consult.record.sources import Folder
from consult.record.static import (
    ErasedJustNow,
    checkpoint_bytes,
    entries_bytes,
    files_bytes,
    immutable_bytes,
    tile_bytes,
)
from consult.record.tiles import ENTRIES, Tile, entries_in
from consult.record.verify import verify
from consult.store import Database
from tests.record.logs import KEY, erase_text, exported, record_events, record_texts, sequence_all


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257])
def test_a_log_of_any_size_is_exported_whole_and_verifies(database: Database, tmp_path: Path, count: int) -> None:
    database.act(record_events, count)
    sequence_all(database)

    folder = exported(database, tmp_path / "log")

    assert verify(Folder(folder), KEY.verifying).checkpoint.size == count
    assert database.read(files_bytes) == (folder / "files").read_bytes()
    assert (folder / "files").read_text().splitlines() == sorted(files_in(folder), key=order_of_the_list)


def order_of_the_list(path: str) -> tuple[int, bool, str]:
    first = ["checkpoint", "files", "key", "policy", "tile", "pack", "body"]
    return first.index(path.split("/", maxsplit=1)[0]), "entries" in path, path


def test_texts_and_packs_are_exported_under_their_own_hash(database: Database, tmp_path: Path) -> None:
    database.act(record_texts, 3)
    sequence_all(database)

    files = files_in(exported(database, tmp_path / "log"))

    hashed = {path: content for path, content in files.items() if path.startswith(("body/", "pack/"))}
    assert len(hashed) == 4
    assert all(path.split("/")[1] == sha256(content).hexdigest() for path, content in hashed.items())


def test_a_text_that_no_entry_refers_to_yet_is_not_public(database: Database, tmp_path: Path) -> None:
    commitment = database.act(lambda db: keep_body(db, {"reason": "O ciornă."}).commitment)
    sequence_all(database)

    folder = exported(database, tmp_path / "log")

    assert not (folder / "body").exists()
    assert database.read(immutable_bytes, f"body/{commitment}") is None


def test_only_what_was_signed_is_exported(database: Database, tmp_path: Path) -> None:
    database.act(record_events, 3)
    sequence_all(database)
    database.act(record_texts, 2)

    folder = exported(database, tmp_path / "log")

    assert verify(Folder(folder)).checkpoint.size == 3


def test_a_log_without_a_checkpoint_is_not_exported(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no checkpoint yet"):
        exported(database, tmp_path / "log")


def test_a_folder_that_holds_something_is_left_alone(database: Database, tmp_path: Path) -> None:
    sequence_all(database)
    (tmp_path / "diary").write_text("dear diary")

    with pytest.raises(Fault, match="not empty"):
        exported(database, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["diary"]


def test_a_path_gives_the_same_bytes_when_the_log_has_grown(database: Database, tmp_path: Path) -> None:
    database.act(record_texts, 20)
    sequence_all(database)
    before = files_in(exported(database, tmp_path / "before"))
    database.act(record_events, 250)
    sequence_all(database)

    def same(db: Session) -> dict[str, bytes | None]:
        return {path: immutable_bytes(db, path) for path in before if "/" in path}

    assert database.read(same) == {path: content for path, content in before.items() if "/" in path}


def test_what_the_log_does_not_have_has_no_bytes(database: Database) -> None:
    assert database.read(checkpoint_bytes) is None
    assert database.read(files_bytes) is None
    database.act(record_events, 3)
    sequence_all(database)

    assert database.read(tile_bytes, Tile(0, 0, 4)) is None
    assert database.read(tile_bytes, Tile(0, 0)) is None
    assert database.read(tile_bytes, Tile(1, 0, 1)) is None
    assert database.read(entries_bytes, Tile(ENTRIES, 0, 4)) is None
    assert database.read(entries_bytes, Tile(ENTRIES, 1, 1)) is None
    assert database.read(immutable_bytes, "body/" + "0" * 64) is None
    assert database.read(immutable_bytes, "pack/" + "0" * 64) is None
    assert database.read(immutable_bytes, "../etc/passwd") is None
    assert database.read(immutable_bytes, "checkpoint") is None


def test_a_narrower_bundle_is_the_beginning_of_a_wider_one(database: Database) -> None:
    database.act(record_events, 5)
    sequence_all(database)

    narrow, wide = database.read(entries_bytes, Tile(ENTRIES, 0, 2)), database.read(entries_bytes, Tile(ENTRIES, 0, 5))

    assert narrow is not None
    assert wide is not None
    assert entries_in(wide, 5)[:2] == entries_in(narrow, 2)


def test_the_export_is_one_snapshot(database: Database, tmp_path: Path) -> None:
    database.act(record_texts, 3)
    sequence_all(database)

    def export_while_others_write(db: Session) -> int:
        written = export(db, tmp_path / "first")
        database.act(record_events, 2)
        sequence_all(database)
        return written + export(db, tmp_path / "second")

    database.read(export_while_others_write)

    assert files_in(tmp_path / "first") == files_in(tmp_path / "second")


def test_the_log_is_not_listed_between_an_erasure_and_the_signature_that_covers_it(
    database: Database, tmp_path: Path
) -> None:
    database.act(record_texts, 2)
    sequence_all(database)
    database.act(erase_text, 1)

    with pytest.raises(ErasedJustNow):
        database.read(files_bytes)
    with pytest.raises(Fault, match="erased a moment ago"):
        exported(database, tmp_path / "log")

    sequence_all(database)
    assert verify(Folder(exported(database, tmp_path / "log")), KEY.verifying).erased == 1


def test_a_text_that_was_erased_is_in_no_export(database: Database, tmp_path: Path) -> None:
    database.act(record_texts, 2)
    content = database.act(erase_text, 1)
    sequence_all(database)

    files = files_in(exported(database, tmp_path / "log"))

    path = f"body/{sha256(content).hexdigest()}"
    assert path not in files
    assert path.encode() not in files["files"]
    assert database.read(immutable_bytes, path) is None
