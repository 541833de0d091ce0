"""The bytes of every static path of the log, from the database: what the web face serves and what an export writes.

All but `checkpoint`, `files`, `key`, `policy` and `witnessed` are immutable: once a path has given these bytes it gives
them for ever, or, of a text that was erased, nothing any more. Only what entries refer to is here; a text that was kept
for something not public yet has no path. A log that another one continues stays here as it was last signed.
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
from consult.record.events import BodyErased
from consult.record.faults import Fault
from consult.record.keyring import handover_sizes, signing_keys
from consult.record.listing import BODY, DIGESTS, HANDOVER, OPENINGS, PACK, TIMESTAMPS, WITNESSED, paths_of
from consult.record.merkle import HASH_SIZE
from consult.record.openings import election_file
from consult.record.packs import KeptPack
from consult.record.stamping import stamped_days_until, timestamp_bytes
from consult.record.texts import FILES, files_named
from consult.record.tiles import ENTRIES, Tile, bundle
from consult.record.tree import (
    CURRENT,
    Head,
    LogNumber,
    SignedCheckpoint,
    checkpoint_of,
    newest_checkpoint,
    stored_tiles,
)
from consult.record.witnesses import cosigned_note, signed_roll, witnessed_checkpoint

_HASHED = re.compile(rf"({BODY}|{PACK}|{OPENINGS})/([0-9a-f]{{64}})", re.ASCII)
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


def checkpoint_bytes(db: Session, log: LogNumber = CURRENT) -> bytes | None:
    """Return the newest signed checkpoint, with the signatures of the witnesses who have cosigned it so far.

    Nothing before the first round of the sequencer.
    """
    newest = newest_checkpoint(db, log)
    return cosigned_note(db, newest, signed_roll(db, log)) if newest else None


def witnessed_bytes(db: Session, log: LogNumber = CURRENT) -> bytes | None:
    """Return the newest checkpoint at which the published quorum holds; nothing before there is one."""
    roll = signed_roll(db, log)
    witnessed = witnessed_checkpoint(db, roll, log)
    return cosigned_note(db, witnessed, roll) if witnessed else None


def policy_bytes(db: Session, log: LogNumber = CURRENT) -> bytes | None:
    """Return the policy by which a log wants to be judged, as its newest checkpoint has it."""
    keys = signing_keys(db, log)
    return signed_roll(db, log).policy(keys).encode() if keys else None


def key_bytes(db: Session, log: LogNumber = CURRENT) -> bytes | None:
    """Return the verifier keys as they are published: those that sign now, one a line."""
    return "".join(f"{key.vkey}\n" for key in signing_keys(db, log)).encode() or None


#: What makes each file that is another one tomorrow, but for the list of files.
GROWING = {"checkpoint": checkpoint_bytes, "key": key_bytes, "policy": policy_bytes, WITNESSED: witnessed_bytes}


def growing_files(db: Session, log: LogNumber = CURRENT) -> dict[str, bytes]:
    """Return every file that is another one tomorrow, but for the list of files; none before anything is signed.

    They belong together: read them in one snapshot.
    """
    files = {path: content(db, log) for path, content in GROWING.items()}
    return {path: content for path, content in files.items() if content is not None}


def immutable_bytes(db: Session, path: str, log: LogNumber = CURRENT) -> bytes | None:
    """Return what lies at a path that never changes: a tile, a bundle, a text or a pack; nothing if it is not there."""
    hashed = _HASHED.fullmatch(path)
    if hashed:
        if hashed[1] == BODY:
            return body_bytes(db, hashed[2], log)
        return pack_bytes(db, hashed[2]) if hashed[1] == PACK else election_file(db, hashed[2])
    handover = _HANDOVER.fullmatch(path)
    if handover:
        return handover_bytes(db, int(handover[1]), log)
    if daily := _DAILY.fullmatch(path):
        kind, day = (part for part in daily.groups() if part)
        return daily_bytes(db, kind, day, log)
    tile = Tile.parse(path)
    if tile is None:
        return None
    return (entries_bytes if tile.level == ENTRIES else tile_bytes)(db, tile, log)


def tile_bytes(db: Session, tile: Tile, log: LogNumber = CURRENT) -> bytes | None:
    """Return a tile of hashes; nothing if the tree has not that many."""
    level, number, width = tile
    stored = stored_tiles(db, [(level, number)], log).get((level, number))
    wanted = width * HASH_SIZE
    return stored.hashes[:wanted] if stored and len(stored.hashes) >= wanted else None


def entries_bytes(db: Session, tile: Tile, log: LogNumber = CURRENT) -> bytes | None:
    """Return a bundle of entries; nothing if the log has not that many."""
    here = Leaf.log == log, Leaf.idx >= tile.start, Leaf.idx < tile.start + tile.width
    entries = db.scalars(select(RecordedEvent.entry).join(Leaf).where(*here).order_by(Leaf.idx)).all()
    return bundle(entries) if len(entries) == tile.width else None


def body_bytes(db: Session, commitment: str, log: LogNumber = CURRENT) -> bytes | None:
    """Return salt and content of a text that an entry of the log refers to; nothing once it is erased."""
    entries = select(Leaf.idx).join(RecordedEvent).join(Head, (Head.log == Leaf.log) & (Leaf.idx < Head.size))
    public = entries.where(Leaf.log == log, RecordedEvent.commitment == commitment).exists()
    body = db.scalar(select(Body).where(Body.commitment == commitment, public))
    return body.file if body else None


def pack_bytes(db: Session, digest: str) -> bytes | None:
    """Return a frozen pack."""
    return db.scalar(select(KeptPack.content).where(KeptPack.digest == digest))


def handover_bytes(db: Session, size: int, log: LogNumber = CURRENT) -> bytes | None:
    """Return the checkpoint by which one key of a log handed over to another."""
    newest = newest_checkpoint(db, log)
    if newest is None or size not in handover_sizes(db, newest.size, log):
        return None
    signed = checkpoint_of(db, size, log)
    return signed.note if signed else None


def daily_bytes(db: Session, kind: str, written: str, log: LogNumber = CURRENT) -> bytes | None:
    """Return the digest of a day, or the time stamp over it; nothing if there is none, or no such day."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    digest = digest_of(db, day, log)
    if digest is None:
        return None
    return timestamp_bytes(db, day, log) if kind == TIMESTAMPS else digest.note


def files_bytes(db: Session, log: LogNumber = CURRENT) -> bytes | None:
    """Return the list of all files that goes with the newest checkpoint. Raises ErasedJustNow."""
    newest = newest_checkpoint(db, log)
    return "".join(f"{path}\n" for path in paths(db, newest)).encode() if newest else None


def paths(db: Session, newest: SignedCheckpoint) -> Iterator[str]:
    """Return every path of a log at its newest checkpoint, in the order of `files`. Raises ErasedJustNow."""
    log, size = newest.log, newest.size
    unsigned = (
        exists().where(Pending.event_id == RecordedEvent.id, RecordedEvent.type == BodyErased.type),
        exists().where(Leaf.log == CURRENT, Leaf.log == log, Leaf.type == BodyErased.type, Leaf.idx >= size),
    )
    if db.scalar(select(or_(*unsigned))):
        raise ErasedJustNow
    is_witnessed = witnessed_checkpoint(db, signed_roll(db, log), log) is not None
    return paths_of(
        size,
        _named(db, newest, PACK),
        _bodies(db, newest),
        _named(db, newest, OPENINGS),
        is_witnessed=is_witnessed,
        handovers=handover_sizes(db, size, log),
        digests=map(str, days_until(db, size, log)),
        timestamps=map(str, stamped_days_until(db, size, log)),
    )


def _named(db: Session, newest: SignedCheckpoint, kind: str) -> list[str]:
    """Return the files of a kind that entries of a log name by their hash."""
    types = [type_ for type_, (kind_of_file, *_) in FILES.items() if kind_of_file == kind]
    here = Leaf.log == newest.log, Leaf.idx < newest.size
    naming = select(RecordedEvent).join(Leaf).where(*here, Leaf.type.in_(types))
    events = db.scalars(naming)
    return sorted({named for event in events for named in files_named(event.type, event.stated["facts"])})


def _bodies(db: Session, newest: SignedCheckpoint) -> Iterator[str]:
    """Return the commitments of the texts in a log, a page at a time: there may be millions."""
    here = Leaf.log == newest.log, Leaf.idx < newest.size
    public = select(Leaf.idx).join(RecordedEvent).where(RecordedEvent.commitment == Body.commitment, *here)
    chosen = select(Body.commitment).where(public.exists()).order_by(Body.commitment).limit(1_000)
    page = db.scalars(chosen).all()
    while page:
        yield from page
        page = db.scalars(chosen.where(Body.commitment > page[-1])).all()
