"""Getting a time stamp for the digest of a day, beside the pages, and keeping it."""

from collections.abc import Sequence
from datetime import date, datetime

import httpx
from cryptography.x509 import Certificate
from sqlalchemy import ForeignKeyConstraint, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.record.digests import Digest, digest_of
from consult.record.faults import Fault
from consult.record.timestamps import MAX_ANSWER_SIZE, Timestamp, ask_for, read_timestamp, verify_timestamp
from consult.record.tree import CURRENT, LogNumber
from consult.store import Base, Database
from consult.store.upsert import insert_into

TIMEOUT_SECONDS = 30


class KeptTimestamp(Base):
    """The answer of an authority of time stamps, over the digest of a day. Append-only."""

    __tablename__ = "time_stamp"

    __table_args__ = (ForeignKeyConstraint(["day", "log"], [Digest.day, Digest.log]),)

    day: Mapped[date] = mapped_column(primary_key=True)
    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answer: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime]


def stamp_digest(
    database: Database,
    day: date,
    log: LogNumber = CURRENT,
    *,
    url: str,
    roots: Sequence[Certificate],
    at: datetime,
) -> None:
    """Ask for a time stamp over a log's digest of a day and keep it; nothing is done if it has one.

    `url`: of the authority of time stamps; `roots`: the certificates from which its own must descend. A fault is raised
    for an answer that is not what was asked for: a stamp that does not hold would be worse than none.
    """
    digest = database.read(digest_of, day, log)
    if digest is None or database.read(timestamp_bytes, day, log) is not None:
        return
    request = ask_for(digest.note)
    answer = _fetch(url, request.as_bytes())
    verify_timestamp(answer, digest.note, roots, request=request)
    database.act(keep_timestamp, day, answer, digest.log, at=at)


def keep_timestamp(db: Session, day: date, answer: bytes, log: LogNumber = CURRENT, *, at: datetime) -> None:
    """Keep a time stamp over a log's digest of a day; the first one, should two workers have asked."""
    kept = insert_into(db, KeptTimestamp).values(day=day, log=log, answer=answer, kept_at=at)
    db.execute(kept.on_conflict_do_nothing(index_elements=[KeptTimestamp.day, KeptTimestamp.log]))


def timestamp_bytes(db: Session, day: date, log: LogNumber = CURRENT) -> bytes | None:
    """Return the time stamp over a log's digest of a day."""
    return db.scalar(select(KeptTimestamp.answer).where(KeptTimestamp.day == day, KeptTimestamp.log == log))


def timestamp_of(db: Session, digest: Digest) -> Timestamp | None:
    """Return what the time stamp of a digest says."""
    answer = timestamp_bytes(db, digest.day, digest.log)
    return read_timestamp(answer, digest.note) if answer is not None else None


def stamped_days_until(db: Session, size: int, log: LogNumber = CURRENT) -> Sequence[date]:
    """Return the days that have a time stamp, of digests of a log up to this size, in ascending order."""
    chosen = select(KeptTimestamp.day).join(Digest)
    return db.scalars(chosen.where(Digest.log == log, Digest.size <= size).order_by(KeptTimestamp.day)).all()


def _fetch(url: str, question: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query"}
    received = bytearray()
    # A redirection is not followed: whom to ask was decided by whoever runs the installation.
    with httpx.stream("POST", url, content=question, headers=headers, timeout=TIMEOUT_SECONDS) as answer:
        if answer.status_code != httpx.codes.OK:
            raise Fault(N_("The address answers with status %(status)d."), status=answer.status_code)
        for chunk in answer.iter_bytes():
            received += chunk
            if len(received) > MAX_ANSWER_SIZE:
                raise Fault(N_("The file is longer than the %(limit)d bytes that it may have."), limit=MAX_ANSWER_SIZE)
    return bytes(received)
