"""Proofs made from the files of a log alone, by whoever does not want to be given them."""

from consult.i18n import N_
from consult.record.faults import Fault, found_in
from consult.record.growing import read_tile
from consult.record.merkle import HASH_SIZE, Node, consistency_nodes, fold
from consult.record.sources import Source
from consult.record.tiles import TILE_HEIGHT, TILE_WIDTH, Tile, hash_in_tile, tile_with


def consistency_from(source: Source, old: int, new: int) -> list[bytes]:
    """Return the hashes that should show that a log of one size is the beginning of the same log at a later one."""
    tiles: dict[tuple[int, int], bytes] = {}

    def hash_of(node: Node) -> bytes:
        place = tile_with(node)
        if place not in tiles:
            tiles[place] = hashes_of(source, *place, size=new)
        return hash_in_tile(tiles[place], node)

    return [fold(nodes, hash_of) for nodes in consistency_nodes(old, new)]


def hashes_of(source: Source, level: int, number: int, *, size: int) -> bytes:
    """Return a tile of a log of this size; of one that has become full since, the beginning."""
    width = min(TILE_WIDTH, (size >> (TILE_HEIGHT * level)) - number * TILE_WIDTH)
    tile = Tile(level, number, width)
    path, hashes = read_tile(source, tile, TILE_WIDTH * HASH_SIZE)
    facts = {"expected": (width if path == tile.path else TILE_WIDTH) * HASH_SIZE, "found": len(hashes)}
    if facts["found"] != facts["expected"]:
        with found_in(path):
            raise Fault(N_("The tile should have %(expected)d bytes but has %(found)d."), **facts)
    return hashes[: width * HASH_SIZE]
