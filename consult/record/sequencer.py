"""Gives committed acts their place in the log, grows the tree, and only then signs what is durable.

Any number of processes may call `advance`; an advisory lock elects one. An index is given only to what is committed,
by the one holder of the lock, so there is no gap; a checkpoint is signed only in a later transaction than the one that
made its tree durable, so there is no fork. A crash in between leaves an unsigned head, which is signed first: the
signature is deterministic, so even signing it twice gives the same bytes. Nothing is added and nothing is signed where
the log is not the one that was signed (`continuity`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.continuity import check_continuity
from consult.record.edge import Edge, edge_tiles
from consult.record.entries import EventId, Leaf, Pending, RecordedEvent, procedure_of
from consult.record.high_water import HighWater
from consult.record.keyring import Keyring, key_changes, keyring_of
from consult.record.merkle import EMPTY_ROOT
from consult.record.notes import SigningKey
from consult.record.tree import CURRENT, Head, SignedCheckpoint, StoredTile, checkpoint_of, newest_head, stored_tiles
from consult.refusals import Refusal
from consult.store import Database

#: How many acts one round takes, so that no transaction is long.
BATCH = 5_000
#: Names the sequencer's advisory lock; any number that nothing else uses.
LOCK = 0x636F_6E73_756C_74


class SequencerAtWork(Refusal):
    """Another process is sequencing."""

    sentence = N_("The sequencer is at work: stop the service and the worker first.")


class Unplaced(NamedTuple):
    """What must be known of an act to give it its place."""

    id: EventId
    type: str
    subject: str
    leaf: bytes


def advance(database: Database, keys: Keyring | SigningKey, *, at: datetime, high_water: HighWater | None) -> int:
    """Do one round: sign what a crash left unsigned, take what waits, sign that. Return how many acts were taken.

    `high_water`: where to remember how far was signed; None only for a log that nobody goes on with. Raises
    RecordHalted.
    """
    if not database.read(_has_work):
        return 0
    keyring = keyring_of(keys)
    database.sequence(sign_head, keyring, high_water, at=at)
    taken = database.sequence(grow)
    database.sequence(sign_head, keyring, high_water, at=at)
    return taken


def grow(db: Session) -> int:
    """Give what waits its place in the log; return how much was taken."""
    if not is_elected(db):
        return 0
    head = head_of(db)
    waiting = db.execute(
        select(RecordedEvent.id, RecordedEvent.type, RecordedEvent.subject, RecordedEvent.leaf)
        .join(Pending)
        .order_by(Pending.n)
        .limit(BATCH)
    ).all()
    if not waiting:
        return 0
    give_places(db, head, [Unplaced(*row) for row in waiting])
    return len(waiting)


def give_places(db: Session, head: Head, acts: Sequence[Unplaced]) -> None:
    """Put acts at the end of a log."""
    places = [
        {"log": head.log, "idx": at, "event_id": act.id, "type": act.type, "procedure": procedure_of(act.subject)}
        for at, act in enumerate(acts, start=head.size)
    ]
    db.execute(insert(Leaf), places)
    placed = select(Leaf.event_id).where(Leaf.log == head.log, Leaf.idx >= head.size)
    taken = delete(Pending).where(Pending.event_id.in_(placed))
    db.execute(taken.execution_options(synchronize_session=False))
    grow_tree(db, head, [act.leaf for act in acts])


def sign_head(db: Session, keyring: Keyring, high_water: HighWater | None, *, at: datetime) -> None:
    """Sign the head, if nobody did. It was committed by an earlier transaction, so it can never be taken back.

    That it was signed is written down outside the database first: a signature that somebody may have seen is then never
    forgotten, whatever becomes of the database. Raises RecordHalted.
    """
    if not is_elected(db):
        return
    check_continuity(db, keyring, high_water)
    head = newest_head(db)
    if head is None or checkpoint_of(db, head.size) is not None:
        return
    if head.key is None:
        head.key = keyring.keys[0].verifying.vkey
    text = Checkpoint(keyring.name, head.size, head.root).text
    note = keyring.sign(text, key_changes(db, head.size))
    if high_water is not None:
        high_water.write(note)
    db.add(SignedCheckpoint(log=head.log, size=head.size, note=note, signed_at=at))


def _has_work(db: Session) -> bool:
    waiting = select(Pending.n).exists()
    same = (SignedCheckpoint.log == Head.log) & (SignedCheckpoint.size == Head.size)
    signed = select(Head.log).join(SignedCheckpoint, same).where(Head.log == CURRENT).exists()
    return bool(db.scalar(select(or_(waiting, ~signed))))


def head_of(db: Session) -> Head:
    """Return how far the log that goes on has grown."""
    head = newest_head(db)
    if head is None:
        head = Head(log=1, size=0, root=EMPTY_ROOT)
        db.add(head)
    return head


def is_elected(db: Session) -> bool:
    """Tell whether this process may sequence until its transaction ends. SQLite has one writer anyway."""
    if db.get_bind().dialect.name != "postgresql":
        return True
    return bool(db.scalar(select(func.pg_try_advisory_xact_lock(LOCK))))


def grow_tree(db: Session, head: Head, leaves: Sequence[bytes]) -> None:
    """Put leaves after those of the head, into the stored tiles and into the head itself."""
    stored = stored_tiles(db, (tile[:2] for tile in edge_tiles(head.size)), head.log)
    edge = Edge(head.size, {tile.level: tile.hashes for tile in stored.values()})
    if edge.root() != head.root:
        raise RuntimeError("the stored tiles do not give the root of the head; nothing is signed on top of them")
    for tile, hashes in [*edge.extend(leaves), *edge.partial_tiles()]:
        row = stored.get(tile[:2])
        if row is None:
            row = stored[tile[:2]] = StoredTile(log=head.log, level=tile.level, number=tile.number)
            db.add(row)
        row.hashes = hashes
    head.size, head.root = edge.size, edge.root()
