"""Files that people choose for a form: kept at once, and waiting until it is sent, so that no page loses them.

One that is never sent is deleted. What a file then belongs to, and how many may come together, its own room says.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import jobs
from consult.files.sealing import SealedFile
from consult.record.entry_form import Commitment
from consult.store import Base

#: How long a file waits for its form to be sent.
WAITS = timedelta(days=1)
#: The place of a file that waits; once it belongs to something, its place there, from 1.
WAITING = 0
DELETE = "delete-files"


class HeldFile(Base):
    """What is known of a person's file, while it waits for a form and after."""

    __abstract__ = True

    #: Random: its public address tells nothing, and as long as it waits nobody else knows it.
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    #: SHA-256(salt || content), as the record says it. Under this hash salt and content lie on the disk, as one file.
    commitment: Mapped[str] = mapped_column(String(64), unique=True)
    #: When a file that still waits is deleted; none once it was sent, and while a draft holds it.
    kept_until: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def sha256(self) -> str:
        """The hash of what lies on the disk: the salt, then the content."""
        return self.commitment

    @property
    def committed(self) -> Commitment:
        """What the record says of this file."""
        return Commitment(self.commitment, self.size)


Kind = TypeVar("Kind", bound=HeldFile)


def hold(db: Session, kind: type[Kind], file: SealedFile, *, at: datetime) -> Kind:
    """Keep a file until its form is sent; by its id the form knows it."""
    held = kind(
        id=secrets.token_hex(16),
        position=WAITING,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        commitment=file.commitment,
        kept_until=at + WAITS,
    )
    db.add(held)
    db.flush()
    return held


def waiting(db: Session, kind: type[Kind], ids: Sequence[str]) -> list[Kind]:
    """Return those of some files that wait for a form, in the order in which it names them."""
    if not ids:
        return []
    found = db.scalars(select(kind).where(kind.id.in_(ids), kind.position == WAITING))
    return sorted(found, key=lambda each: ids.index(each.id))


def keep_waiting(db: Session, kind: type[HeldFile], ids: Collection[str], *, until: datetime | None) -> None:
    """Let files that wait be kept until an instant; None as long as a draft is kept that holds them."""
    if ids:
        db.execute(update(kind).where(kind.id.in_(ids), kind.position == WAITING).values(kept_until=until))


def put_in_order(files: Iterable[HeldFile]) -> None:
    """Let files wait no longer: each has its place among those of what it now belongs to."""
    for position, file in enumerate(files, start=WAITING + 1):
        file.position, file.kept_until = position, None


def forget_held(db: Session, kind: type[HeldFile], *, at: datetime) -> None:
    """Let go of the files whose form was never sent."""
    delete_held(db, kind, kind.kept_until < at, at=at)


def delete_held(db: Session, kind: type[HeldFile], which: ColumnElement[bool], *, at: datetime) -> None:
    """Delete files: from the tables at once, from the disk by the worker, once this is certain."""
    delete_later(db, db.scalars(delete(kind).where(which).returning(kind.commitment)).all(), at=at)


def delete_later(db: Session, commitments: Sequence[str], *, at: datetime) -> None:
    """Let the worker delete files from the disk that no row names any more, once this is certain."""
    if commitments:
        jobs.enqueue(db, DELETE, at=at, files=list(commitments))
