"""The bytes of every static path of the log, from the database: what the web face serves and what an export writes.

All but `checkpoint`, `files`, `key`, `policy` and `witnessed` are immutable: once a path has given these bytes it gives
them for ever, or, of a text that was erased, nothing any more. Only what entries refer to is here; a text that was kept
for something not public yet has no path.
"""

import re
from collections.abc import Iterator
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.record.bodies import Body
from consult.record.digests import days_until, digest_of
from consult.record.entries import Leaf, Pending, RecordedEvent
from consult.record.events import BodyErased, PackFrozen
from consult.record.faults import Fault
from consult.record.keyring import handover_sizes, published_keys
from consult.record.listing import BODY, DIGESTS, HANDOVER, PACK, TIMESTAMPS, WITNESSED, paths_of
from consult.record.merkle import HASH_SIZE
from consult.record.notes import VerifyingKey
from consult.record.packs import KeptPack
from consult.record.stamping import stamped_days_until, timestamp_bytes
from consult.record.tiles import ENTRIES, TILE_WIDTH, Tile, bundle
from consult.record.tree import SignedCheckpoint, newest_checkpoint, stored_tiles
from consult.record.witnesses import cosigned_note, signed_roll, witnessed_checkpoint

_HASHED = re.compile(rf"({BODY}|{PACK})/([0-9a-f]{{64}})", re.ASCII)
_DAILY = re.compile(rf"(?:({DIGESTS})/(\d{{4}}-\d\d-\d\d)|({TIMESTAMPS})/(\d{{4}}-\d\d-\d\d)\.tsr)", re.ASCII)
_HANDOVER = re.compile(rf"{HANDOVER}/([1-9][0-9]{{0,17}})", re.ASCII)


class ErasedJustNow(Fault):
    """A text is gone, and the newest checkpoint does not cover yet the entry that says so.

    For this second the log cannot be listed: whoever read the list would miss a text and not know why.
    """

    status = 503

    def __init__(self) -> None:
        super().__init__(
            N_("A text was erased a moment ago. The record is signed again within seconds: try again then.")
        )


def checkpoint_bytes(db: Session) -> bytes | None:
    """Return the newest signed checkpoint, with the signatures of the witnesses who have cosigned it so far.

    Nothing before the first round of the sequencer.
    """
    newest = newest_checkpoint(db)
    return cosigned_note(db, newest, signed_roll(db)) if newest else None


def witnessed_bytes(db: Session) -> bytes | None:
    """Return the newest checkpoint at which the published quorum holds; nothing before there is one."""
    roll = signed_roll(db)
    witnessed = witnessed_checkpoint(db, roll)
    return cosigned_note(db, witnessed, roll) if witnessed else None


def policy_bytes(db: Session, key: VerifyingKey) -> bytes:
    """Return the policy by which this log wants to be judged, as the newest checkpoint has it."""
    return signed_roll(db).policy(signing_keys(db, key)).encode()


def growing_files(db: Session, key: VerifyingKey) -> dict[str, bytes]:
    """Return every file that is another one tomorrow, but for the list of files; none before anything is signed.

    They belong together: read them in one snapshot.
    """
    checkpoint, witnessed = checkpoint_bytes(db), witnessed_bytes(db)
    if checkpoint is None:
        return {}
    files = {"checkpoint": checkpoint, "key": key_bytes(db, key), "policy": policy_bytes(db, key)}
    return files | ({WITNESSED: witnessed} if witnessed else {})


def immutable_bytes(db: Session, path: str) -> bytes | None:
    """Return what lies at a path that never changes: a tile, a bundle, a text or a pack; nothing if it is not there."""
    hashed = _HASHED.fullmatch(path)
    if hashed:
        return (body_bytes if hashed[1] == BODY else pack_bytes)(db, hashed[2])
    handover = _HANDOVER.fullmatch(path)
    if handover:
        return handover_bytes(db, int(handover[1]))
    if daily := _DAILY.fullmatch(path):
        kind, day = (part for part in daily.groups() if part)
        return daily_bytes(db, kind, day)
    tile = Tile.parse(path)
    if tile is None:
        return None
    return entries_bytes(db, tile.number, tile.width) if tile.level == ENTRIES else tile_bytes(db, *tile)


def tile_bytes(db: Session, level: int, number: int, width: int = TILE_WIDTH) -> bytes | None:
    """Return the first `width` hashes of a tile; nothing if the tree has not that many."""
    stored = stored_tiles(db, [(level, number)]).get((level, number))
    wanted = width * HASH_SIZE
    return stored.hashes[:wanted] if stored and len(stored.hashes) >= wanted else None


def entries_bytes(db: Session, number: int, width: int = TILE_WIDTH) -> bytes | None:
    """Return the first `width` entries of a bundle; nothing if the log has not that many."""
    start = number * TILE_WIDTH
    entries = db.scalars(
        select(RecordedEvent.entry).join(Leaf).where(Leaf.idx >= start, Leaf.idx < start + width).order_by(Leaf.idx)
    ).all()
    return bundle(entries) if len(entries) == width else None


def body_bytes(db: Session, commitment: str) -> bytes | None:
    """Return salt and content of a text that an entry of the log refers to; nothing once it is erased."""
    public = select(Leaf.idx).join(RecordedEvent).where(RecordedEvent.commitment == commitment).exists()
    body = db.scalar(select(Body).where(Body.commitment == commitment, public))
    return body.file if body else None


def pack_bytes(db: Session, digest: str) -> bytes | None:
    """Return a frozen pack."""
    return db.scalar(select(KeptPack.content).where(KeptPack.digest == digest))


def handover_bytes(db: Session, size: int) -> bytes | None:
    """Return the checkpoint by which one key of the log handed over to another."""
    newest = newest_checkpoint(db)
    if newest is None or size not in handover_sizes(db, newest.size):
        return None
    return db.get_one(SignedCheckpoint, size).note


def daily_bytes(db: Session, kind: str, written: str) -> bytes | None:
    """Return the digest of a day, or the time stamp over it; nothing if there is none, or no such day."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    if kind == TIMESTAMPS:
        return timestamp_bytes(db, day)
    digest = digest_of(db, day)
    return digest.note if digest else None


def key_bytes(db: Session, key: VerifyingKey) -> bytes:
    """Return the verifier keys as they are published: those that sign now, one a line."""
    return "".join(f"{each.vkey}\n" for each in signing_keys(db, key)).encode()


def signing_keys(db: Session, key: VerifyingKey) -> list[VerifyingKey]:
    """Return the keys under the newest checkpoint. `key`: one of the log's."""
    newest = newest_checkpoint(db)
    return published_keys(db, key, newest.size if newest else 0)


def files_bytes(db: Session) -> bytes | None:
    """Return the list of all files that goes with the newest checkpoint. Raises ErasedJustNow."""
    newest = newest_checkpoint(db)
    return "".join(f"{path}\n" for path in paths(db, newest.size)).encode() if newest else None


def paths(db: Session, size: int) -> Iterator[str]:
    """Return every path of the log at this size, its newest, in the order of `files`. Raises ErasedJustNow."""
    unsigned = (
        exists().where(Pending.event_id == RecordedEvent.id, RecordedEvent.type == BodyErased.type),
        exists().where(Leaf.type == BodyErased.type, Leaf.idx >= size),
    )
    if db.scalar(select(or_(*unsigned))):
        raise ErasedJustNow
    is_witnessed = witnessed_checkpoint(db, signed_roll(db)) is not None
    return paths_of(
        size,
        _packs(db, size),
        _bodies(db, size),
        is_witnessed=is_witnessed,
        handovers=handover_sizes(db, size),
        digests=map(str, days_until(db, size)),
        timestamps=map(str, stamped_days_until(db, size)),
    )


def _packs(db: Session, size: int) -> list[str]:
    frozen = select(RecordedEvent).join(Leaf).where(Leaf.type == PackFrozen.type, Leaf.idx < size)
    return sorted({event.stated["facts"]["pack"] for event in db.scalars(frozen)})


def _bodies(db: Session, size: int) -> Iterator[str]:
    """Return the commitments of the texts in the log, a page at a time: there may be millions."""
    public = select(Leaf.idx).join(RecordedEvent).where(RecordedEvent.commitment == Body.commitment, Leaf.idx < size)
    chosen = select(Body.commitment).where(public.exists()).order_by(Body.commitment).limit(1_000)
    page = db.scalars(chosen).all()
    while page:
        yield from page
        page = db.scalars(chosen.where(Body.commitment > page[-1])).all()
