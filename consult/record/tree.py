"""The tree as it is stored: its tiles, how far it has grown, and what was signed of it.

There is one log, until its key is lost: then another one continues it (`continuation`), and the first stays as it was
last signed. What is asked of no log in particular is asked of the one that goes on.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Integer, LargeBinary, ScalarSelect, and_, false, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.record.faults import Fault
from consult.record.merkle import HASH_SIZE, Node, consistency_nodes, fold, inclusion_nodes
from consult.record.tiles import hash_in_tile, tile_with
from consult.store import Base

#: The number of a log, or what finds it where it is used in a query.
LogNumber = int | ScalarSelect[int]
#: What the name of a log ends with.
ORIGIN = re.compile(r".+/log/([1-9][0-9]{0,3})", re.ASCII)


class StoredTile(Base):
    """The hashes of a tile, as wide as the tree has made it; narrower ones are its beginning."""

    __tablename__ = "tile"

    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class Head(Base):
    """How far the tree of a log has grown: a row for each log, of which the last one goes on."""

    __tablename__ = "head"

    #: As at the end of the log's name.
    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(HASH_SIZE))
    #: The public half of the key that the log began with: what was signed must be checked when the key is long lost.
    #: None before anything was signed.
    key: Mapped[str | None]


class SignedCheckpoint(Base):
    """A checkpoint that was given out, or may have been. Append-only."""

    __tablename__ = "checkpoint"

    log: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    #: The signed note.
    note: Mapped[bytes] = mapped_column(LargeBinary)
    signed_at: Mapped[datetime]


#: The log that goes on.
CURRENT: ScalarSelect[int] = select(func.max(Head.log)).correlate(None).scalar_subquery()


def number_of(origin: str) -> int:
    """Return the number of a log: 1, or 2 if it continues one whose key was lost, and so on."""
    found = ORIGIN.fullmatch(origin)
    if found is None:
        raise Fault(N_("The name of the log, %(origin)s, does not end with its number."), origin=origin)
    return int(found[1])


def newest_head(db: Session) -> Head | None:
    """Return how far the log that goes on has grown; nothing before its first entry."""
    return db.scalar(select(Head).order_by(Head.log.desc()).limit(1))


def stored_tiles(
    db: Session, places: Iterable[tuple[int, int]], log: LogNumber = CURRENT
) -> dict[tuple[int, int], StoredTile]:
    """Return the tiles at these levels and numbers, in one query."""
    wanted = [and_(StoredTile.level == level, StoredTile.number == number) for level, number in places]
    found = db.scalars(select(StoredTile).where(StoredTile.log == log, or_(false(), *wanted)))
    return {(tile.level, tile.number): tile for tile in found}


def newest_checkpoint(db: Session, log: LogNumber = CURRENT) -> SignedCheckpoint | None:
    """Return the newest checkpoint; nothing before the first round of the sequencer."""
    chosen = select(SignedCheckpoint).where(SignedCheckpoint.log == log)
    return db.scalar(chosen.order_by(SignedCheckpoint.size.desc()).limit(1))


def checkpoint_of(db: Session, size: int, log: LogNumber = CURRENT) -> SignedCheckpoint | None:
    """Return the checkpoint that was signed at this size, if one was."""
    return db.scalar(select(SignedCheckpoint).where(SignedCheckpoint.log == log, SignedCheckpoint.size == size))


def inclusion_proof(db: Session, index: int, size: int, log: LogNumber = CURRENT) -> list[bytes]:
    """Return the hashes that lead from a leaf to the root of the tree at this size."""
    return _proof(db, inclusion_nodes(index, size), log)


def consistency_proof(db: Session, old: int, new: int, log: LogNumber = CURRENT) -> list[bytes]:
    """Return the hashes that show that the tree at one size is the beginning of the tree at a later one."""
    return _proof(db, consistency_nodes(old, new), log)


def _proof(db: Session, parts: Sequence[Sequence[Node]], log: LogNumber) -> list[bytes]:
    tiles = stored_tiles(db, {tile_with(node) for nodes in parts for node in nodes}, log)

    def hash_of(node: Node) -> bytes:
        return hash_in_tile(tiles[tile_with(node)].hashes, node)

    return [fold(nodes, hash_of) for nodes in parts]
