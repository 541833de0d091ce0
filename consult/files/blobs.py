"""The bytes of files, each kept once under its SHA-256: what is published can be proven never to have changed.

Bytes go to the disk before the act that refers to them, for an act has no effect outside the database. An act that
is refused leaves bytes that nothing names, which harms nobody and costs nothing when the same file is sent again.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.durable import sync_folder
from consult.refusals import NotFound
from consult.store import Base
from consult.store.upsert import insert_into

SHA256 = re.compile(r"[0-9a-f]{64}")


class Blob(Base):
    """What is known of some bytes, whoever refers to them."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str]
    kept_at: Mapped[datetime]


@dataclass(frozen=True)
class KeptFile:
    """A file whose bytes were checked and are kept under their hash, with the name by which readers find it."""

    name: str
    sha256: str
    size: int
    media_type: str


class BlobMissing(NotFound):
    """No such bytes are kept here."""


def put(folder: Path, content: bytes) -> str:
    """Keep bytes on the disk and return their SHA-256 in hex; on return they survive a power cut.

    Bytes that are there already are left alone. Nobody ever sees half a file.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(folder, sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(path)
    sync_folder(path.parent)
    sync_folder(folder)
    return sha256


def keep(db: Session, *, sha256: str, size: int, media_type: str, at: datetime) -> None:
    """Note, in the act that refers to a file, what lies under its hash; the first note stands."""
    row = insert_into(db, Blob).values(sha256=sha256, size=size, media_type=media_type, kept_at=at)
    db.execute(row.on_conflict_do_nothing(index_elements=[Blob.sha256]))


def open_blob(folder: Path, sha256: str) -> BinaryIO:
    """Return the bytes with this hash, to be read and closed; raises BlobMissing."""
    try:
        return path_of(folder, sha256).open("rb")
    except FileNotFoundError:
        raise BlobMissing from None


def remove(folder: Path, sha256: str) -> None:
    """Delete the bytes with this hash, which nothing names any more; without effect where they are gone already."""
    path_of(folder, sha256).unlink(missing_ok=True)


def path_of(folder: Path, sha256: str) -> Path:
    """Return where the bytes with this hash lie; what is not a hash names no file."""
    if not SHA256.fullmatch(sha256):
        raise BlobMissing
    return folder / sha256[:2] / sha256
