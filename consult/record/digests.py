"""The digest of a day: one checkpoint that is spread where no later hand can take it back.

It goes out by letter and by feed, hangs on the notice board and stands in the gazette. Whoever has kept one, on paper
even, can show years later that the record of that day was another one. So a digest is kept for ever as it went out,
with the cosignatures that there were, and lies in the log's folder as `digests/<day>`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import BigInteger, Index, LargeBinary, func, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import ZONE
from consult.record.checkpoints import Checkpoint
from consult.record.entries import append
from consult.record.entry_form import Signer
from consult.record.events import DigestPublished
from consult.record.events.log import DIGESTS_SUBJECT
from consult.record.notes import Note
from consult.record.proquints import words_of
from consult.record.roles import SERVICE
from consult.record.tree import CURRENT, Head, LogNumber, SignedCheckpoint, newest_checkpoint, newest_head
from consult.record.witnesses import Witness, cosigned_note, signed_roll, witnessed_checkpoint
from consult.store import Base
from consult.store.upsert import insert_into

#: Witnesses sign within minutes: a checkpoint that they have all signed is worth more than one that is newer by less.
SETTLING = timedelta(hours=1)


class Digest(Base):
    """What a log was on a day. Append-only."""

    __tablename__ = "digest"
    __table_args__ = (Index(None, "log", "size"),)

    #: In Bucharest.
    day: Mapped[date] = mapped_column(primary_key=True)
    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    #: The checkpoint as a signed note, with the cosignatures that it had when it went out.
    note: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]

    @property
    def checkpoint(self) -> Checkpoint:
        """The log at that size."""
        return Checkpoint.parse(Note.parse(self.note).text)

    @property
    def words(self) -> list[str]:
        """The root, to be read aloud."""
        return words_of(self.checkpoint.root)


NEWEST_FIRST = Digest.day.desc(), Digest.log.desc()


@dataclass(frozen=True)
class Cosigner:
    """Who had signed a digest when it went out, and when by their own clock."""

    name: str
    at: datetime


def logs_of_day(db: Session, at: datetime) -> list[int]:
    """Return the logs of which the day in which an instant lies has a digest, the first first.

    That is the log that goes on, and any that signed its last on this day.
    """
    *ended, goes_on = db.scalars(select(Head.log).order_by(Head.log)).all() or [1]
    last = [newest_checkpoint(db, log) for log in ended]
    return [*(each.log for each in last if each and _day_of(each.signed_at) == _day_of(at)), goes_on]


def keep_digest(db: Session, log: LogNumber = CURRENT, *, at: datetime) -> Digest | None:
    """Keep a log's digest of the day in which an instant lies; None if the day has one, or nothing was entered yet.

    The record says which it was, so that it can be taken back as little as any other act.
    """
    signed = _checkpoint_of_day(db, log, at)
    if signed is None:
        return None
    day = _day_of(at)
    note = cosigned_note(db, signed, signed_roll(db, log))
    added = insert_into(db, Digest).values(day=day, log=signed.log, size=signed.size, note=note, made_at=at)
    kept = db.scalar(added.on_conflict_do_nothing(index_elements=[Digest.day, Digest.log]).returning(Digest.day))
    if not kept:
        return None
    head = newest_head(db)
    # A log that ended takes in nothing any more; its last digest is cited by nobody.
    if head is not None and head.log == signed.log:
        said = DigestPublished(subject=DIGESTS_SUBJECT, day=day, size=signed.size, sha256=sha256(note).hexdigest())
        append(db, said, signer=Signer(SERVICE, SERVICE), at=at)
    return db.get(Digest, (day, signed.log))


def digest_of(db: Session, day: date, log: LogNumber = CURRENT) -> Digest | None:
    """Return a log's digest of a day."""
    return db.scalar(select(Digest).where(Digest.day == day, Digest.log == log))


def newest_digests(db: Session, *, limit: int, before: date | None = None) -> Sequence[Digest]:
    """Return the digests of so many days, the newest first; a day on which one log took over from another has two.

    `before`: the last day of the page before; None for the first page.
    """
    days = select(Digest.day).distinct().order_by(Digest.day.desc()).limit(limit)
    chosen = days if before is None else days.where(Digest.day < before)
    return db.scalars(select(Digest).where(Digest.day.in_(chosen)).order_by(*NEWEST_FIRST)).all()


def neighbours_of(db: Session, digest: Digest) -> tuple[Digest | None, Digest | None]:
    """Return the digests before and after one."""
    place, own = tuple_(Digest.day, Digest.log), tuple_(digest.day, digest.log)
    before = select(Digest).where(place < own).order_by(*NEWEST_FIRST)
    after = select(Digest).where(place > own).order_by(Digest.day, Digest.log)
    return db.scalar(before.limit(1)), db.scalar(after.limit(1))


def cosigners_of(db: Session, digest: Digest) -> list[Cosigner]:
    """Return who had signed a digest, of all who ever were witnesses."""
    names = {witness.key: witness.name for witness in db.scalars(select(Witness).order_by(Witness.id))}
    return [Cosigner(names[each.key], each.at) for each in Note.parse(digest.note).cosigned_by(names)]


def days_until(db: Session, size: int, log: LogNumber = CURRENT) -> Sequence[date]:
    """Return the days of all digests of a log up to this size, in ascending order."""
    return db.scalars(select(Digest.day).where(Digest.log == log, Digest.size <= size).order_by(Digest.day)).all()


def _day_of(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _checkpoint_of_day(db: Session, log: LogNumber, at: datetime) -> SignedCheckpoint | None:
    """Return the newest checkpoint, or the witnessed one where witnesses are still busy with what came after it."""
    newest = newest_checkpoint(db, log)
    if newest is None or newest.size == 0:
        return None
    witnessed = witnessed_checkpoint(db, signed_roll(db, log), log)
    if witnessed is None or witnessed.size == 0:
        return newest
    later = SignedCheckpoint.log == newest.log, SignedCheckpoint.size > witnessed.size
    after = db.scalar(select(func.min(SignedCheckpoint.signed_at)).where(*later))
    return witnessed if after is not None and after > at - SETTLING else newest
