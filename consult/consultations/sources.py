"""The file from which a draft's text was read: kept as it came, by its hash, for as long as the draft.

It stays at the desk. A department's file may hold comments, struck-out sentences and the names of those who wrote
them, so it becomes public only if somebody adds it to the documents, as its own decision.
"""

import re
from collections import Counter
from datetime import datetime

import msgspec
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from consult.consultations.consultations import ConsultationId
from consult.consultations.drafts import DraftText, find_for_desk, save_text
from consult.consultations.grammar.plain_text import normalise
from consult.consultations.importing.sheets import Reading, Remark
from consult.consultations.versions import Version
from consult.files.blobs import keep
from consult.files.uploads import CheckedFile
from consult.identity.actors import Actor
from consult.identity.people import PersonId
from consult.refusals import NotFound
from consult.store import Base

WORD = re.compile(r"\w+")


class DraftSource(Base):
    """A file from which the text of a draft was read, and what was read."""

    __tablename__ = "draft_source"

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    text: Mapped[str] = mapped_column(deferred=True)
    #: As JSON: what could not be taken along, as said to the clerk.
    remarks: Mapped[bytes]
    added_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]

    @property
    def said(self) -> tuple[Remark, ...]:
        """What could not be taken along."""
        return msgspec.json.decode(self.remarks, type=tuple[Remark, ...])


def import_text(
    db: Session,
    consultation_id: ConsultationId,
    *,
    file: CheckedFile,
    reading: Reading,
    edition: int,
    by: Actor,
    at: datetime,
) -> DraftText:
    """Save what was read from a file as the text being prepared, and keep the file. Raises as `save_text`.

    `file` was checked and its bytes lie under their hash (consult.files); `edition`: as in `save_text`.
    """
    saved = save_text(db, consultation_id, text=reading.text, edition=edition, by=by, at=at)
    if db.get(DraftSource, (consultation_id, file.sha256)) is None:
        source = DraftSource(
            consultation_id=consultation_id,
            sha256=file.sha256,
            name=file.name,
            size=file.size,
            media_type=file.media_type,
            text=reading.text,
            remarks=msgspec.json.encode(reading.remarks),
            added_by=by.person_id,
            added_at=at,
        )
        db.add(source)
        db.flush()
        keep(db, sha256=file.sha256, size=file.size, media_type=file.media_type, at=at)
    saved.source_sha256 = file.sha256
    db.flush()
    return saved


def source_of(db: Session, latest: DraftText | None, version: Version | None) -> DraftSource | None:
    """Return the file from which a text being prepared was read; none if a version is public that was made of it."""
    if latest is None or latest.source_sha256 is None:
        return None
    key = latest.consultation_id, latest.source_sha256
    source = db.get_one(DraftSource, key, options=[undefer(DraftSource.text)])
    return None if version is not None and version.published_at >= source.added_at else source


def find_source(db: Session, consultation_id: ConsultationId, sha256: str, *, by: Actor) -> DraftSource:
    """Return a file of the official's own authority from which a draft was read. Raises NotFound."""
    find_for_desk(db, consultation_id, by)
    source = db.get(DraftSource, (consultation_id, sha256))
    if source is None:
        raise NotFound
    return source


def left_out(source: str, text: str) -> list[str]:
    """Return the lines of a file that have words which are not in the text made of it, in any order."""
    there = Counter(words_in(text))
    missing = []
    for line in normalise(source).text.split("\n"):
        words = Counter(words_in(line))
        if words - there:
            missing.append(line)
        there -= words
    return missing


def words_in(text: str) -> list[str]:
    """Return the words of a text, however they are spaced and spelled with capitals."""
    return WORD.findall(normalise(text).text.casefold())
