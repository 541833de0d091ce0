"""The tree as static files (C2SP tlog-tiles): which tiles a tree has, where they lie, and what is in them.

A tile is up to 256 hashes side by side. On level 0 they are leaf hashes, on each level above the roots of full tiles
below. Entries lie beside them in bundles of up to 256. A narrower tile is the beginning of any wider one, so one
stored row serves every width.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consult.i18n import N_
from consult.record.encoding import MAX_NUMBER
from consult.record.faults import Fault
from consult.record.merkle import HASH_SIZE, Node, root_of

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
#: The length of an entry is written in two bytes.
MAX_ENTRY_SIZE = 0xFFFF
MAX_BUNDLE_SIZE = TILE_WIDTH * (2 + MAX_ENTRY_SIZE)
#: The "level" of bundles of entries, which lie beside the levels of hashes.
ENTRIES = -1

_PATH = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)


class Tile(NamedTuple):
    """Where a tile of hashes, or a bundle of entries, stands in the log, and how many it holds."""

    level: int
    number: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/000.p/17`."""
        groups = [f"{self.number % 1000:03}"]
        rest = self.number // 1000
        while rest:
            groups.append(f"x{rest % 1000:03}")
            rest //= 1000
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"

    @property
    def start(self) -> int:
        """The index of the first of its hashes or entries on its level."""
        return self.number * TILE_WIDTH

    @classmethod
    def parse(cls, path: str) -> "Tile | None":
        """Return the tile at a path, or nothing if this is not exactly a tile's path."""
        found = _PATH.fullmatch(path)
        # Twenty-five groups are more than any log has; the bound keeps the reading of the number short.
        if found is None or len(path) > 120:  # noqa: PLR2004 - said in the line above
            return None
        level, number, width = found.groups()
        tile = cls(
            ENTRIES if level == "entries" else int(level),
            int(number.replace("x", "").replace("/", "")),
            int(width) if width else TILE_WIDTH,
        )
        # No log is longer than its indexes can count; no database could even be asked for what lies beyond.
        return tile if tile.path == path and tile.start + TILE_WIDTH <= MAX_NUMBER else None


def tiles_of(size: int) -> Iterator[Tile]:
    """Return every tile of hashes of a tree of this size, level by level from the leaves, left to right."""
    level = 0
    while size:
        yield from _row(level, size)
        size //= TILE_WIDTH
        level += 1


def bundles_of(size: int) -> Iterator[Tile]:
    """Return every bundle of entries of a tree of this size, in order."""
    return _row(ENTRIES, size)


def _row(level: int, count: int) -> Iterator[Tile]:
    for number in range(count // TILE_WIDTH):
        yield Tile(level, number)
    if count % TILE_WIDTH:
        yield Tile(level, count // TILE_WIDTH, count % TILE_WIDTH)


def is_tile_of(tile: Tile, size: int) -> bool:
    """Tell whether a tree of this size has exactly this tile or bundle, with this width."""
    count = size >> (TILE_HEIGHT * max(tile.level, 0))
    return tile.width == min(TILE_WIDTH, count - tile.start)


def is_outgrown(tile: Tile, size: int) -> bool:
    """Tell whether a tree of this size has a wider tile in the place of this one."""
    return tile.width < min(TILE_WIDTH, (size >> (TILE_HEIGHT * max(tile.level, 0))) - tile.start)


def tile_with(node: Node) -> tuple[int, int]:
    """Return level and number of the tile from which the hash of a node is computed."""
    level, height = divmod(node.height, TILE_HEIGHT)
    return level, (node.number << height) // TILE_WIDTH


def hash_in_tile(hashes: bytes, node: Node) -> bytes:
    """Return the hash of a node from the bytes of the tile that `tile_with` names."""
    height = node.height % TILE_HEIGHT
    first = (node.number << height) % TILE_WIDTH
    return root_of(split_hashes(hashes)[first : first + (1 << height)])


def split_hashes(hashes: bytes) -> list[bytes]:
    """Return the hashes of a tile one by one."""
    return [hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries as a bundle: each with its length before it, in two bytes, big-endian."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def entries_in(data: bytes, width: int) -> list[bytes]:
    """Return the entries of a bundle; it must hold exactly `width` of them and nothing else."""
    entries: list[bytes] = []
    at = 0
    while at < len(data) and len(entries) < width:
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            raise Fault(N_("The bundle of entries is cut short in its entry number %(count)d."), count=len(entries) + 1)
        entries.append(data[at + 2 : end])
        at = end
    if len(entries) < width:
        facts = {"expected": width, "found": len(entries)}
        raise Fault(N_("The bundle should hold %(expected)d entries but holds %(found)d."), **facts)
    if at < len(data):
        facts = {"expected": width, "extra": len(data) - at}
        raise Fault(N_("After its %(expected)d entries the bundle holds %(extra)d bytes too many."), **facts)
    return entries
