"""Bytes are kept once, whole, under their own hash."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.files import Blob, BlobMissing, keep, open_blob, put

CONTENT = b"Art. 1"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def files_under(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_bytes_are_found_again_by_their_hash(tmp_path: Path) -> None:
    kept = put(tmp_path / "files", CONTENT)

    with open_blob(tmp_path / "files", kept) as source:
        assert source.read() == CONTENT
    assert kept == SHA256


def test_the_same_bytes_are_kept_once_even_when_they_arrive_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as senders:
        kept = set(senders.map(lambda _: put(tmp_path, CONTENT), range(40)))

    assert kept == {SHA256}
    assert files_under(tmp_path) == [f"{SHA256[:2]}/{SHA256}"]


def test_bytes_that_were_cut_off_while_being_written_are_never_shown(tmp_path: Path) -> None:
    folder = tmp_path / SHA256[:2]
    folder.mkdir()
    (folder / "tmpabc.part").write_bytes(CONTENT[:3])

    with pytest.raises(BlobMissing):
        open_blob(tmp_path, SHA256)

    put(tmp_path, CONTENT)
    with open_blob(tmp_path, SHA256) as source:
        assert source.read() == CONTENT


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA256.upper(), SHA256 + "\n", SHA256[:-1], "0" * 64])
def test_what_is_not_the_hash_of_something_kept_names_no_file(tmp_path: Path, name: str) -> None:
    put(tmp_path, CONTENT)

    with pytest.raises(BlobMissing):
        open_blob(tmp_path, name)


def test_what_lies_under_a_hash_is_noted_once(db: Session) -> None:
    keep(db, sha256=SHA256, size=6, media_type="text/csv", at=NOON)
    keep(db, sha256=SHA256, size=6, media_type="text/plain", at=NOON.replace(hour=13))

    [blob] = db.scalars(select(Blob))
    assert (blob.sha256, blob.size, blob.media_type, blob.kept_at) == (SHA256, 6, "text/csv", NOON)
