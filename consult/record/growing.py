"""Grows the tree of a log anew from its entries: what anybody can check of any log in the tlog-tiles format.

Every entry is hashed again, every tile compared, and the root compared with what was signed, now and on the way. The
log is read once, from its first entry to its last, in memory that does not grow with it.
"""

from collections.abc import Callable, Iterator, Mapping

from consult.i18n import N_
from consult.record.checkpoints import Checkpoint
from consult.record.edge import Edge
from consult.record.encoding import encode_base64
from consult.record.faults import Fault, found_in
from consult.record.merkle import HASH_SIZE, leaf_hash
from consult.record.sources import Missing, Source, read_all
from consult.record.tiles import (
    MAX_BUNDLE_SIZE,
    TILE_WIDTH,
    Tile,
    bundles_of,
    entries_in,
    split_hashes,
)

#: Is told, now and then, how many entries were read, and of how many.
Progress = Callable[[int, int], None]


def unwatched(_count: int, _size: int) -> None:
    """Tell nobody."""


def entries_of(
    source: Source, signed: Checkpoint, earlier: Mapping[str, Checkpoint], progress: Progress = unwatched
) -> Iterator[tuple[int, bytes, bytes]]:
    """Return each entry of a log with its index and its leaf hash; a fault says where the log does not hold.

    An entry is returned only after its hash was compared with its tile, but the root is compared at the end: what was
    returned counts once there are no more. `earlier`: checkpoints that were signed on the way, by where they lie.
    """
    edge = Edge()
    #: The smallest last, to be taken from there as the tree grows.
    waiting = sorted(earlier.items(), key=lambda each: -each[1].size)
    for tile in bundles_of(signed.size):
        entries = _entries_in(source, tile)
        hashes = [leaf_hash(entry) for entry in entries]
        # First the hashes: what an entry says matters only once it is known to be the entry.
        _compare(source, Tile(0, tile.number, tile.width), hashes)
        for above, known in _grow(edge, hashes, waiting):
            if above.level > 0:
                _compare(source, above, split_hashes(known))
        yield from zip(range(tile.start, edge.size), hashes, entries, strict=True)
        progress(edge.size, signed.size)
    for above, known in edge.partial_tiles():
        if above.level > 0:
            _compare(source, above, split_hashes(known))
    _compare_root(edge, signed, "checkpoint")


def _grow(edge: Edge, hashes: list[bytes], waiting: list[tuple[str, Checkpoint]]) -> Iterator[tuple[Tile, bytes]]:
    """Grow the tree by these leaves, comparing its root with what was signed on the way; return the full tiles."""
    start, end = edge.size, edge.size + len(hashes)
    while waiting and waiting[-1][1].size <= end:
        place, signed = waiting.pop()
        yield from edge.extend(hashes[edge.size - start : signed.size - start])
        _compare_root(edge, signed, place)
    yield from edge.extend(hashes[edge.size - start :])


def _compare_root(edge: Edge, signed: Checkpoint, place: str) -> None:
    if edge.root() != signed.root:
        with found_in(place):
            facts = {"signed": encode_base64(signed.root), "found": encode_base64(edge.root())}
            raise Fault(N_("The signed root is %(signed)s, but the root over the entries is %(found)s."), **facts)


def _entries_in(source: Source, tile: Tile) -> list[bytes]:
    path, data = read_tile(source, tile, MAX_BUNDLE_SIZE)
    with found_in(path):
        return entries_in(data, tile.width if path == tile.path else TILE_WIDTH)[: tile.width]


def read_tile(source: Source, tile: Tile, limit: int) -> tuple[str, bytes]:
    """Return a tile or bundle, and where it was found: once the full one exists, a log may delete the narrower."""
    try:
        return tile.path, read_all(source, tile.path, limit)
    except Missing:
        full = Tile(tile.level, tile.number)
        if tile == full:
            raise
        try:
            return full.path, read_all(source, full.path, limit)
        except Missing:
            pass
        raise


def _compare(source: Source, tile: Tile, known: list[bytes]) -> None:
    """Compare the stored tile with the hashes that it must hold."""
    path, stored = read_tile(source, tile, TILE_WIDTH * HASH_SIZE)
    if path != tile.path:
        stored = stored[: tile.width * HASH_SIZE]
    if stored == b"".join(known):
        return
    with found_in(path):
        if len(stored) != len(known) * HASH_SIZE:
            facts = {"expected": len(known) * HASH_SIZE, "found": len(stored)}
            raise Fault(N_("The tile should have %(expected)d bytes but has %(found)d."), **facts)
        place = next(at for at, pair in enumerate(zip(split_hashes(stored), known, strict=True)) if pair[0] != pair[1])
        if tile.level == 0:
            entries = path.replace("tile/0/", "tile/entries/")
            sentence = N_(
                "The hash of entry %(index)d is not that of the entry in %(entries)s: one of them was changed."
            )
            raise Fault(sentence, index=tile.start + place, entries=entries)
        below = Tile(tile.level - 1, tile.start + place)
        raise Fault(N_("Its hash number %(number)d is not the root over %(below)s."), number=place, below=below.path)
