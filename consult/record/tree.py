"""The tree as it is stored: its tiles, how far it has grown, and what was signed of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Integer, LargeBinary, and_, false, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.record.merkle import HASH_SIZE, Node, consistency_nodes, fold, inclusion_nodes
from consult.record.tiles import hash_in_tile, tile_with
from consult.store import Base


class StoredTile(Base):
    """The hashes of a tile, as wide as the tree has made it; narrower ones are its beginning."""

    __tablename__ = "tile"

    level: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class Head(Base):
    """How far the tree has grown: one row."""

    __tablename__ = "head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(HASH_SIZE))


class SignedCheckpoint(Base):
    """A checkpoint that was given out, or may have been. Append-only."""

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    #: The signed note.
    note: Mapped[bytes] = mapped_column(LargeBinary)
    signed_at: Mapped[datetime]


def stored_tiles(db: Session, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], StoredTile]:
    """Return the tiles at these levels and numbers, in one query."""
    wanted = [and_(StoredTile.level == level, StoredTile.number == number) for level, number in places]
    found = db.scalars(select(StoredTile).where(or_(false(), *wanted)))
    return {(tile.level, tile.number): tile for tile in found}


def newest_checkpoint(db: Session) -> SignedCheckpoint | None:
    """Return the newest checkpoint; nothing before the first round of the sequencer."""
    return db.scalar(select(SignedCheckpoint).order_by(SignedCheckpoint.size.desc()).limit(1))


def inclusion_proof(db: Session, index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from a leaf to the root of the tree at this size."""
    return _proof(db, inclusion_nodes(index, size))


def consistency_proof(db: Session, old: int, new: int) -> list[bytes]:
    """Return the hashes that show that the tree at one size is the beginning of the tree at a later one."""
    return _proof(db, consistency_nodes(old, new))


def _proof(db: Session, parts: Sequence[Sequence[Node]]) -> list[bytes]:
    tiles = stored_tiles(db, {tile_with(node) for nodes in parts for node in nodes})

    def hash_of(node: Node) -> bytes:
        return hash_in_tile(tiles[tile_with(node)].hashes, node)

    return [fold(nodes, hash_of) for nodes in parts]
