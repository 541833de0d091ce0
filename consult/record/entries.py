"""Public acts as rows: written in the act's own transaction, read as the register that anyone may page through.

The bytes of an entry are fixed when the act happens. Its place in the log is given later by the sequencer, to what is
committed only; until then the row waits in `pending`, and an act that was rolled back never was.
"""

import secrets
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NewType

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, join, mapped_column

from consult.record import canonical
from consult.record.entry_form import Event, Signer, encode_entry
from consult.record.merkle import HASH_SIZE, leaf_hash
from consult.record.tree import CURRENT, Head, LogNumber
from consult.store import Base
from consult.store.base import KEY, table_of
from consult.store.rows import write

#: The trigger that lets each act wait for its place.
WAITS = "event_waits"

Last = tuple[int, bytes]
Row = dict[str, Any]  # Any: a row has columns of all types
EventId = NewType("EventId", str)
Base.registry.update_type_annotation_map({EventId: String(32)})


class RecordedEvent(Base):
    """One public act, as the bytes that enter the log. Append-only."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("subject", "ordinal"),)

    #: Random: it stands in the address of the act's receipt and tells nothing of what happened before.
    id: Mapped[EventId] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str]
    #: The how-manieth act about its subject this is; unique, so that the chain of `prev` cannot fork.
    ordinal: Mapped[int]
    at: Mapped[datetime]
    entry: Mapped[bytes] = mapped_column(LargeBinary)
    #: Its leaf hash.
    leaf: Mapped[bytes] = mapped_column(LargeBinary(HASH_SIZE))
    #: The text that it is about; no foreign key, since the text may be erased.
    commitment: Mapped[str | None] = mapped_column(String(64), index=True)

    @property
    def stated(self) -> dict[str, Any]:  # Any: what JSON can say
        """What the entry says (see `entry_form`)."""
        return canonical.read_back(self.entry)


class Pending(Base):
    """An act that has no place in the log yet. A queue is a state, not a position, so nothing can be passed over.

    The database itself adds the row together with the act's (`WAITS`), so that none is recorded and then forgotten.
    """

    __tablename__ = "pending"

    n: Mapped[int] = mapped_column(KEY, primary_key=True)
    event_id: Mapped[EventId] = mapped_column(ForeignKey("event.id"), unique=True)


class Leaf(Base):
    """The place of an act in a log. Append-only; `idx` has no gap.

    A place beyond the head of its log is none: the key was lost before it was signed, and its act stands in the next.
    """

    __tablename__ = "leaf"
    __table_args__ = (
        UniqueConstraint("event_id", "log"),
        Index(None, "log", "type", "idx"),
        Index(None, "log", "procedure", "idx"),
    )

    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    idx: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[EventId] = mapped_column(ForeignKey("event.id"))
    #: What readers filter by, repeated here so that a page of the register is one walk along an index.
    type: Mapped[str] = mapped_column(String(64))
    procedure: Mapped[str]


#: Made once: every act asks it but for those that begin something.
LAST_ABOUT = (
    select(RecordedEvent.ordinal, RecordedEvent.leaf)
    .where(RecordedEvent.subject == bindparam("subject"))
    .order_by(RecordedEvent.ordinal.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Entry:
    """An act and its place: in which log, and where. Both are None while the sequencer has not come by."""

    log: int | None
    index: int | None
    event: RecordedEvent


def append(db: Session, event: Event, *, signer: Signer, at: datetime) -> RecordedEvent:
    """Record a public act, in the transaction that carries it out."""
    return write(db, RecordedEvent(**_follow(_last_about(db, event), event, signer=signer, at=at)))


def append_all(db: Session, events: Iterable[Event], *, signer: Signer, at: datetime) -> None:
    """Record public acts about one and the same thing, each after the one before, at the cost of one statement."""
    rows: list[Row] = []
    for event in events:
        last = (rows[-1]["ordinal"], rows[-1]["leaf"]) if rows else _last_about(db, event)
        rows.append(_follow(last, event, signer=signer, at=at))
    if rows:
        db.execute(insert(table_of(RecordedEvent)), rows)


def procedure_of(subject: str) -> str:
    """Return the procedure that a subject belongs to: `consult:izvoru/consultari/112-2026` and all below it."""
    return "/".join(subject.split("/")[:3])


#: Not a join: SQLite would gather every leaf there is before it looks for the one.
SIGNED = select(Head.size).where(Head.log == Leaf.log).scalar_subquery()
IN_PLACE = (Leaf.event_id == RecordedEvent.id) & (Leaf.idx < SIGNED)
#: Acts that have a place in a log; and those that wait for one as well.
ENTRIES = select(Leaf.log, Leaf.idx, RecordedEvent).select_from(join(RecordedEvent, Leaf, IN_PLACE))
ACTS = select(Leaf.log, Leaf.idx, RecordedEvent).select_from(join(RecordedEvent, Leaf, IN_PLACE, isouter=True))
HISTORY = ACTS.where(RecordedEvent.subject == bindparam("subject")).order_by(RecordedEvent.ordinal)


def entry_of(db: Session, event_id: str) -> Entry | None:
    """Return an act by its id, sequenced or not."""
    return _first(db, ACTS.where(RecordedEvent.id == event_id))


def entry_at(db: Session, index: int, log: LogNumber = CURRENT) -> Entry | None:
    """Return the act at a place in a log."""
    return _first(db, ENTRIES.where(Leaf.log == log, Leaf.idx == index))


def entries_at(db: Session, index: int) -> list[Entry]:
    """Return the acts at this place in each log, the newest log first."""
    chosen = ENTRIES.where(Leaf.idx == index).order_by(Leaf.log.desc())
    return [Entry(*row) for row in db.execute(chosen)]


def entry_with_text(db: Session, commitment: str) -> Entry | None:
    """Return the act whose text has this commitment."""
    return _first(db, ACTS.where(RecordedEvent.commitment == commitment))


def previous_of(db: Session, event: RecordedEvent) -> Entry | None:
    """Return the act about the same subject just before this one."""
    before = RecordedEvent.subject == event.subject, RecordedEvent.ordinal == event.ordinal - 1
    return _first(db, ACTS.where(*before))


def history(db: Session, subject: str) -> list[Entry]:
    """Return all acts about a subject, in the order in which they happened, sequenced or not."""
    return [Entry(*row) for row in db.execute(HISTORY, {"subject": subject})]


def waiting_since(db: Session) -> datetime | None:
    """Return when the act happened that has waited the longest for its place in the log; None if none waits."""
    return db.scalar(select(func.min(RecordedEvent.at)).join(Pending))


#: By what a page of a log is found.
WANTED = {
    "log": Leaf.log == bindparam("log"),
    "before": Leaf.idx < bindparam("before"),
    "type_": Leaf.type == bindparam("type_"),
    "procedure": Leaf.procedure == bindparam("procedure"),
}


def newest_entries(
    db: Session,
    *,
    before: int | None = None,
    type_: str | None = None,
    procedure: str | None = None,
    limit: int = 50,
    log: int | None = None,
) -> list[Entry]:
    """Return a page of a log, newest first. `before`: the last index of the page before; None for the first page.

    `log`: its number; None for the one that goes on.
    """
    wanted = {"log": log, "before": before, "type_": type_, "procedure": procedure}
    by = tuple(name for name, value in wanted.items() if value is not None)
    return [Entry(*row) for row in db.execute(_newest(by), wanted | {"limit": limit})]


@cache
def _newest(by: tuple[str, ...]) -> Select[int, int, RecordedEvent]:
    """Make the statement of `newest_entries`, once."""
    chosen = ENTRIES.where(*(WANTED[name] for name in by)).order_by(Leaf.idx.desc())
    if "log" not in by:
        chosen = chosen.where(Leaf.log == CURRENT)
    return chosen.limit(bindparam("limit", type_=Integer()))


def count_before(db: Session, at: datetime, log: LogNumber = CURRENT) -> int:
    """Return how many entries were made before an instant; times in the log run backwards by a few minutes at most."""
    time = select(RecordedEvent.at).join(Leaf).where(Leaf.log == log)
    places = range(db.scalar(select(Head.size).where(Head.log == log)) or 0)
    # A few reads by the key of the table, at any length of the log; an index of times would cost every act.
    return bisect_left(places, at, key=lambda index: db.scalars(time.where(Leaf.idx == index)).one())


def _last_about(db: Session, event: Event) -> Last | None:
    """Return the place among the acts about its subject, and the leaf, of the one that an act follows; None if none."""
    row = None if event.begins else db.execute(LAST_ABOUT, {"subject": event.subject}).first()
    return (row.ordinal, row.leaf) if row else None


def _follow(last: Last | None, event: Event, *, signer: Signer, at: datetime) -> Row:
    ordinal, leaf = last or (-1, None)
    entry = encode_entry(event, signer=signer, at=at, prev=leaf)
    return {
        "id": EventId(secrets.token_hex(16)),
        "type": event.type,
        "subject": event.subject,
        "ordinal": ordinal + 1,
        "at": at.astimezone(UTC).replace(microsecond=0),
        "entry": entry,
        "leaf": leaf_hash(entry),
        "commitment": event.body.c if event.body else None,
    }


def _first(db: Session, chosen: Select[int, int, RecordedEvent]) -> Entry | None:
    row = db.execute(chosen).first()
    return Entry(*row) if row else None
