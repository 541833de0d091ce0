"""The right edge of the tree, from which it is grown and its root is known without the rest of it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from consult.record.merkle import root_of
from consult.record.tiles import TILE_HEIGHT, TILE_WIDTH, Tile, split_hashes


class Edge:
    """The right edge of a growing tree: on each level the hashes of the one tile that is not full yet.

    It is all that is needed to add leaves and to know the root, so both the sequencer and the verifier keep only this,
    however large the log is.
    """

    def __init__(self, size: int = 0, partial: Mapping[int, bytes] = MappingProxyType({})) -> None:
        """Take up a tree of this size again from its partial tiles, by level (see `edge_tiles`)."""
        self.size = size
        self._rows = [split_hashes(partial.get(level, b"")) for level in range(max(partial, default=-1) + 1)]

    def extend(self, leaves: Sequence[bytes]) -> list[tuple[Tile, bytes]]:
        """Grow by these leaf hashes and return the tiles that became full, in the order in which they did."""
        filled: list[tuple[Tile, bytes]] = []
        for leaf in leaves:
            self.size += 1
            self._add(0, leaf, filled)
        return filled

    def partial_tiles(self) -> list[tuple[Tile, bytes]]:
        """Return the tiles that are not full, none of them empty."""
        counts = [(level, self.size >> (TILE_HEIGHT * level)) for level in range(len(self._rows))]
        return [
            (Tile(level, count // TILE_WIDTH, len(row)), b"".join(row))
            for (level, count), row in zip(counts, self._rows, strict=True)
            if row
        ]

    def root(self) -> bytes:
        """Return the root of the whole tree."""
        pending: list[bytes] = []
        for row in self._rows:
            if row or pending:
                # What is unfinished below is the last, incomplete subtree of the level above.
                pending = [root_of(row + pending)]
        return root_of(pending)

    def _add(self, level: int, hash_: bytes, filled: list[tuple[Tile, bytes]]) -> None:
        if level == len(self._rows):
            self._rows.append([])
        row = self._rows[level]
        row.append(hash_)
        if len(row) == TILE_WIDTH:
            filled.append((Tile(level, (self.size >> (TILE_HEIGHT * (level + 1))) - 1), b"".join(row)))
            self._add(level + 1, root_of(row), filled)
            row.clear()


def edge_tiles(size: int) -> list[Tile]:
    """Return the tiles that are not full in a tree of this size, from the leaves up."""
    counts = [size >> shift for shift in range(0, size.bit_length(), TILE_HEIGHT)]
    return [
        Tile(level, count // TILE_WIDTH, count % TILE_WIDTH) for level, count in enumerate(counts) if count % TILE_WIDTH
    ]
