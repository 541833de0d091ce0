"""The witnesses whom the authority asks, what they cosigned, and how many of them make a checkpoint count as witnessed.

Who is a witness, and the quorum, are entries of the log; the rows here are how the service remembers whom to ask. A
cosignature is kept as the line that the witness gave. Whoever reads the log may trust other witnesses than these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, bindparam, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.record.entries import Leaf, RecordedEvent
from consult.record.events import QuorumChanged
from consult.record.events.log import SUBJECT, beginning_of
from consult.record.notes import MAX_SIGNATURES, VerifyingKey
from consult.record.roll import TYPES, Roll
from consult.record.tree import CURRENT, LogNumber, SignedCheckpoint, checkpoint_of, newest_checkpoint
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

WitnessId = NewType("WitnessId", int)
key_type(WitnessId)

#: A note is read with at most sixteen signatures; during a handover two of them are the log's.
MOST_WITNESSES = MAX_SIGNATURES - 2
#: A log that does not grow is cosigned again after so long: a signature also says that nothing newer was hidden.
FRESH = timedelta(days=1)


class Trouble(StrEnum):
    """Why a witness's signature is not there."""

    #: No answer, or none that can be read; it is asked again.
    UNREACHABLE = "unreachable"
    #: It does not know this log, or not its key: its keeper has yet to trust it.
    STRANGER = "stranger"
    #: It answered with something else than its signature over this checkpoint.
    NO_SIGNATURE = "no_signature"
    #: It has cosigned more entries than this log has: our database is older than what we published.
    AHEAD = "ahead"
    #: It has cosigned another log of this name: ours was rewritten, or there are two.
    FORK = "fork"


#: What must be looked into at once: the log may have been restored from a backup, or rewritten.
ALARMS = frozenset({Trouble.AHEAD, Trouble.FORK})


class Witness(Base):
    """Somebody independent who is asked to cosign, and how far they were when they were last asked."""

    __tablename__ = "witness"
    __table_args__ = (
        Index(
            "uq_witness_current",
            "vkey",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[WitnessId] = mapped_column(primary_key=True)
    #: Who they are, for people.
    name: Mapped[str]
    vkey: Mapped[str]
    #: Where they are asked (C2SP tlog-witness); empty for one that sends its signatures by itself.
    url: Mapped[str]
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    #: The size that they last cosigned, as far as we know; they tell us when we are wrong.
    known_size: Mapped[int] = mapped_column(BigInteger, default=0)
    trouble: Mapped[Trouble | None] = mapped_column(state_column(Trouble))
    trouble_since: Mapped[datetime | None]
    #: How often in a row they could not be asked, and until when they are left in peace.
    failures: Mapped[int] = mapped_column(default=0)
    ask_after: Mapped[datetime | None]

    @property
    def key(self) -> VerifyingKey:
        """The key with which they cosign."""
        return VerifyingKey.parse(self.vkey)

    @property
    def is_alarmed(self) -> bool:
        """Whether what they say about the log must be looked into at once."""
        return self.trouble in ALARMS


class KeptCosignature(Base):
    """The line that a witness put under a checkpoint. Append-only."""

    __tablename__ = "cosignature"
    __table_args__ = (ForeignKeyConstraint(["log", "size"], [SignedCheckpoint.log, SignedCheckpoint.size]),)

    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    witness_id: Mapped[WitnessId] = mapped_column(ForeignKey("witness.id"), primary_key=True, autoincrement=False)
    #: When, by the witness's clock.
    at: Mapped[datetime] = mapped_column(primary_key=True)
    line: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Seen:
    """How far a witness has followed the log. `size` and `at`: of their last cosignature; None before the first."""

    witness: Witness
    size: int | None
    at: datetime | None


def current_witnesses(db: Session) -> list[Witness]:
    """Return the witnesses whom the authority asks, the first named first."""
    return list(db.scalars(select(Witness).where(Witness.removed_at.is_(None)).order_by(Witness.id)))


#: How far each witness is in the log that goes on. Statements of the page of the record are made once: making one costs
#: as much as running it.
LARGEST = (
    select(KeptCosignature.witness_id, func.max(KeptCosignature.size).label("size"))
    .where(KeptCosignature.log == CURRENT)
    .group_by(KeptCosignature.witness_id)
    .subquery()
)
SEEN = (
    select(Witness, LARGEST.c.size, func.max(KeptCosignature.at))
    .outerjoin(LARGEST, LARGEST.c.witness_id == Witness.id)
    .outerjoin(
        KeptCosignature,
        (KeptCosignature.witness_id == Witness.id)
        & (KeptCosignature.log == CURRENT)
        & (KeptCosignature.size == LARGEST.c.size),
    )
    .where(Witness.removed_at.is_(None))
    .group_by(Witness.id, LARGEST.c.size)
    .order_by(Witness.id)
)


def seen_by_witnesses(db: Session) -> list[Seen]:
    """Return each witness with the largest checkpoint of the log that they cosigned, and when they last did."""
    return [Seen(*row) for row in db.execute(SEEN)]


def quorum(db: Session) -> int:
    """Return how many witnesses must have cosigned, as it was last said; none before anything was."""
    said = db.scalar(
        select(RecordedEvent)
        .where(RecordedEvent.subject == SUBJECT, RecordedEvent.type == QuorumChanged.type)
        .order_by(RecordedEvent.ordinal.desc())
        .limit(1)
    )
    return int(said.stated["facts"]["quorum"]) if said else 0


def signed_roll(db: Session, log: LogNumber = CURRENT) -> Roll:
    """Return who witnesses a log, and the quorum, by the entries that its newest checkpoint covers."""
    return roll_at(db, newest_checkpoint(db, log))


_PLACE = select(Leaf.idx).where(Leaf.event_id == RecordedEvent.id, Leaf.log == bindparam("log")).scalar_subquery()
ON_ROLL = (
    select(RecordedEvent)
    .where(RecordedEvent.subject.in_(bindparam("subjects", expanding=True)), RecordedEvent.type.in_(TYPES))
    .where(bindparam("size") > _PLACE)
    .order_by(_PLACE)
)


def roll_at(db: Session, checkpoint: SignedCheckpoint | None) -> Roll:
    """Return who witnesses a log, and the quorum, by the entries that a checkpoint of it covers."""
    roll = Roll()
    if checkpoint is not None:
        subjects = [SUBJECT, beginning_of(checkpoint.log)]
        covered = {"log": checkpoint.log, "size": checkpoint.size, "subjects": subjects}
        for event in db.scalars(ON_ROLL, covered):
            roll.follow(event.type, event.stated["facts"])
    return roll


def cosigned_note(db: Session, checkpoint: SignedCheckpoint, roll: Roll) -> bytes:
    """Return a checkpoint with the latest signature of each witness who cosigned exactly this one."""
    rows = db.execute(
        select(Witness.vkey, KeptCosignature.line)
        .join(KeptCosignature)
        .where(KeptCosignature.log == checkpoint.log, KeptCosignature.size == checkpoint.size)
        .where(Witness.vkey.in_(roll.urls))
        .order_by(KeptCosignature.at)
    )
    lines: dict[str, bytes] = dict(rows.all())
    return checkpoint.note + b"".join(lines[vkey] for vkey in roll.urls if vkey in lines)


def witnessed_checkpoint(db: Session, roll: Roll, log: LogNumber = CURRENT) -> SignedCheckpoint | None:
    """Return the largest checkpoint at which the published quorum holds; nothing where no witness is asked for."""
    size = witnessed_size(db, roll, log)
    return checkpoint_of(db, size, log) if size is not None else None


def witnessed_size(db: Session, roll: Roll, log: LogNumber = CURRENT) -> int | None:
    """Return the size of that checkpoint."""
    if roll.quorum == 0:
        return None
    return db.scalar(
        select(KeptCosignature.size)
        .join(Witness)
        .where(KeptCosignature.log == log, Witness.vkey.in_(roll.urls))
        .group_by(KeptCosignature.size)
        .having(func.count(Witness.vkey.distinct()) >= roll.quorum)
        .order_by(KeptCosignature.size.desc())
        .limit(1)
    )


def best_note(db: Session, index: int, log: LogNumber = CURRENT) -> tuple[int, bytes] | None:
    """Return size and note of the checkpoint that says most about an entry: the witnessed one, else the newest.

    Nothing while no signed checkpoint holds the entry.
    """
    roll = signed_roll(db, log)
    covering: Iterable[SignedCheckpoint | None] = (witnessed_checkpoint(db, roll, log), newest_checkpoint(db, log))
    best = next((each for each in covering if each is not None and index < each.size), None)
    return (best.size, cosigned_note(db, best, roll)) if best else None
