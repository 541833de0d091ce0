"""The right edge grows the same tree as all the leaves together would, wherever it is taken up again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.record.edge import Edge, edge_tiles
from consult.record.merkle import EMPTY_ROOT, leaf_hash, root_of
from consult.record.tiles import Tile, tiles_of

LEAVES = [leaf_hash(str(number).encode()) for number in range(70_000)]


def tile_by_definition(tile: Tile) -> bytes:
    """Return a tile's hashes as the standard defines them: each is the tree hash of 256**level leaves."""
    span = 256**tile.level
    first = tile.start
    return b"".join(root_of(LEAVES[at * span : (at + 1) * span]) for at in range(first, first + tile.width))


def test_an_empty_edge_has_the_empty_root() -> None:
    assert Edge().root() == EMPTY_ROOT
    assert Edge().partial_tiles() == []


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000])
def test_the_root_and_the_tiles_are_those_of_the_whole_tree(size: int) -> None:
    edge = Edge()

    tiles = dict([*edge.extend(LEAVES[:size]), *edge.partial_tiles()])

    assert edge.root() == root_of(LEAVES[:size])
    assert tiles.keys() == set(tiles_of(size))
    assert all(hashes == tile_by_definition(tile) for tile, hashes in tiles.items() if tile.level > 0)
    assert b"".join(tiles[tile] for tile in tiles_of(size) if tile.level == 0) == b"".join(LEAVES[:size])


@given(st.integers(0, 1_500), st.integers(0, 1_500))
def test_an_edge_taken_up_again_from_its_partial_tiles_grows_on_as_if_nothing_had_happened(
    size: int, more: int
) -> None:
    before = Edge()
    before.extend(LEAVES[:size])
    partial = before.partial_tiles()

    again = Edge(size, {tile.level: hashes for tile, hashes in partial})
    filled = again.extend(LEAVES[size : size + more])

    assert [tile for tile, _ in partial] == edge_tiles(size)
    assert filled == before.extend(LEAVES[size : size + more])
    assert again.root() == root_of(LEAVES[: size + more])
