"""Tiles lie where C2SP tlog-tiles says, and hold what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.record.faults import Fault
from consult.record.merkle import Node, leaf_hash, root_of
from consult.record.tiles import (
    ENTRIES,
    Tile,
    bundle,
    bundles_of,
    entries_in,
    hash_in_tile,
    is_tile_of,
    tile_with,
    tiles_of,
)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(0, 0), "tile/0/000"),
        (Tile(63, 999, 1), "tile/63/999.p/1"),
        (Tile(1, 1000, 255), "tile/1/x001/000.p/255"),
        (Tile(ENTRIES, 5, 17), "tile/entries/005.p/17"),
    ],
)
def test_a_tile_lies_at_the_path_of_the_standard(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert Tile.parse(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/00/000",
        "tile/64/000",
        "tile/0/0",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "tile/entries/000.p/",
        "tile/0/" + "x999/" * 5 + "999",
        "tile/0/" + "x999/" * 40 + "999",
        "checkpoint",
    ],
)
def test_anything_else_is_no_tile(path: str) -> None:
    assert Tile.parse(path) is None


def test_a_tree_of_70000_has_the_tiles_that_the_standard_gives_as_its_example() -> None:
    tiles = list(tiles_of(70_000))

    widths = {level: [tile.width for tile in tiles if tile.level == level] for level in range(4)}
    assert widths == {0: [256] * 273 + [112], 1: [256, 17], 2: [1], 3: []}
    assert [tile.width for tile in bundles_of(70_000)] == [256] * 273 + [112]


def test_a_tree_of_256_has_a_full_tile_and_a_tile_of_one_hash_above_it() -> None:
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]


@given(st.integers(0, 200_000), st.integers(0, 3), st.integers(0, 800), st.integers(1, 256))
def test_a_tile_belongs_to_a_tree_exactly_when_it_is_among_its_tiles(
    size: int, level: int, number: int, width: int
) -> None:
    tile = Tile(level, number, width)

    assert is_tile_of(tile, size) == (tile in set(tiles_of(size)))


@given(st.data())
def test_the_hash_of_a_node_is_found_in_its_tile(data: st.DataObject) -> None:
    leaves = [leaf_hash(str(number).encode()) for number in range(1024)]
    height = data.draw(st.integers(0, 9))
    node = Node(height, data.draw(st.integers(0, (1024 >> height) - 1)))
    tiles = {(0, number): b"".join(leaves[256 * number : 256 * number + 256]) for number in range(4)}
    tiles[1, 0] = b"".join(root_of(leaves[256 * number : 256 * number + 256]) for number in range(4))

    found = hash_in_tile(tiles[tile_with(node)], node)

    assert found == root_of(leaves[node.number << height : (node.number + 1) << height])


@given(st.lists(st.binary(max_size=40), max_size=256))
def test_the_entries_of_a_bundle_come_back(entries: list[bytes]) -> None:
    assert entries_in(bundle(entries), len(entries)) == entries


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x00", "cut short"),
        (b"\x00\x05abc", "cut short"),
        (b"\x00\x01a", "should hold 2 entries but holds 1"),
        (b"\x00\x01a\x00\x01b\x00\x01c", "3 bytes too many"),
    ],
)
def test_a_bundle_that_is_not_exactly_its_entries_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(Fault, match=sentence):
        entries_in(data, 2)
