"""Checks a whole log from its files alone: that nothing in it was changed, dropped or added since it was signed.

Every entry is hashed again, every tile compared, the root compared with the signed checkpoint, and every text and
policy pack with the entry that commits to it. Nothing is trusted but the key. The log is read once, from its first
entry to its last, in memory that does not grow with it (but for 33 bytes for each text, and some more for each that was
erased). Whether what the entries say was lawful is another question.

A text may be missing for one reason only: that the log itself says, further on, that it was erased.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from consult.i18n import N_
from consult.record import canonical
from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.edge import Edge
from consult.record.encoding import encode_base64
from consult.record.entry_form import BODY_ALGORITHM, SALT_SIZE, VERSION
from consult.record.events import BodyErased, PackFrozen
from consult.record.faults import Fault, found_in
from consult.record.handovers import Handovers, read_handovers
from consult.record.listing import BODY, PACK, WITNESSED, Listing, read_listing
from consult.record.merkle import HASH_SIZE, leaf_hash
from consult.record.notes import MAX_NOTE_SIZE, VerifyingKey
from consult.record.roll import TYPES, Roll
from consult.record.sources import Source, read_all
from consult.record.tiles import MAX_BUNDLE_SIZE, TILE_WIDTH, Tile, bundles_of, entries_in, split_hashes
from consult.record.witnessed import Witnessing, read_witnessing

MAX_KEY_SIZE = 1_000
MAX_LISTED_LINE = 200
#: No pack, text or list of files is larger; the bound stops an address that never ends.
MAX_FILE_SIZE = 1 << 32
#: How often a living log may grow between the reading of its checkpoint and of its list of files.
TRIES = 5

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True)
class Verified:
    """A log in which everything holds. `key`: the key that signed it; whose it is, the reader must know.

    `erased`: how many texts the log says were erased. `to_delete`: those of them that still lie here, which is no
    tampering; but whoever keeps this copy must delete them.
    """

    key: VerifyingKey
    checkpoint: Checkpoint
    packs: int
    bodies: int
    erased: int
    to_delete: tuple[str, ...]


@dataclass(frozen=True)
class _Texts:
    """What the entries say that counts beyond themselves, as far as they were read: about texts, and about witnesses.

    `missing`: the commitment of each text that is not listed, and the first entry that commits to it.
    """

    missing: dict[bytes, int] = field(default_factory=dict)
    erased: set[bytes] = field(default_factory=set)
    roll: Roll = field(default_factory=Roll)


#: Takes an entry whose hash is known to hold: its index, its leaf hash, and what it says. Any: what JSON can say.
Visit = Callable[[int, bytes, dict[str, Any]], None]


def pass_by(_index: int, _leaf: bytes, _entry: dict[str, Any]) -> None:
    """Visit an entry without looking at it."""


def verify(source: Source, trusted: VerifyingKey | None = None, *, visit: Visit = pass_by) -> Verified:
    """Check every file of a log; a fault says where it does not hold.

    `trusted`: the key that the reader got from elsewhere. Without it the log is checked against the key that lies in
    it, which shows only that it holds together. `visit`: is shown every entry in order, so that whoever asks what they
    mean need not read the log a second time; what it saw counts only if no fault is raised until the end.
    """
    keys = _read_keys(source)
    checkpoint, listing, witnessing, handovers = _read_head(source, keys)
    if trusted not in (None, *keys) and not listing.handovers:
        raise _another_key(keys)
    earlier = {WITNESSED: witnessing.checkpoint} if witnessing.checkpoint else {}

    def follow(index: int, leaf: bytes, entry: dict[str, Any]) -> None:  # Any: what JSON can say
        handovers.follow(index, entry)
        visit(index, leaf, entry)

    texts = _verify_entries(source, checkpoint, listing, earlier | handovers.checkpoints, follow)
    if set(handovers.trusted(keys)) != set(keys):
        with found_in("key"):
            raise Fault(N_("The keys are not those that sign by the entries of the log."))
    if trusted is not None and not set(handovers.trusted([trusted])) & set(keys):
        raise _another_key(keys)
    witnessing.check(texts.roll, keys, [*keys, *handovers.all_keys()])
    for commitment, index in texts.missing.items():
        if commitment not in texts.erased:
            with found_in(f"entry {index}"):
                path = f"{BODY}/{commitment.hex()}"
                raise Fault(
                    N_("Its text %(path)s is not in the list of files, and no entry says it was erased."), path=path
                )
    for kind, digests in listing.hashed.items():
        for digest in digests.never_met():
            with found_in(f"{kind}/{digest.hex()}"):
                raise Fault(N_("No entry refers to this file."))
    return Verified(
        trusted if trusted in keys else keys[0],
        checkpoint,
        packs=len(listing.hashed[PACK]),
        bodies=len(listing.hashed[BODY]),
        erased=len(texts.erased),
        to_delete=tuple(sorted(_still_here(source, listing, texts.erased))),
    )


def _still_here(source: Source, listing: Listing, erased: set[bytes]) -> Iterator[str]:
    """Return the erased texts that are listed, or lie in the folder; any other file that is not listed is a fault."""
    for commitment in erased:
        if listing.hashed[BODY].find(commitment) is not None:
            yield f"{BODY}/{commitment.hex()}"
    for path in source.paths():
        if path in listing:
            continue
        kind, _, name = path.partition("/")
        if kind != BODY or not _DIGEST.fullmatch(name) or bytes.fromhex(name) not in erased:
            with found_in(path):
                raise Fault(N_("The file is not in the list of files."))
        yield path


def _read_keys(source: Source) -> list[VerifyingKey]:
    """Return the keys that sign now by the log's own words; whether that is so shows at the end."""
    stated = read_all(source, "key", MAX_KEY_SIZE)
    with found_in("key"):
        try:
            keys = [VerifyingKey.parse(line) for line in stated.decode().removesuffix("\n").split("\n")]
        except UnicodeDecodeError:
            raise Fault(N_("The key is not UTF-8 text.")) from None
        if stated != "".join(f"{key.vkey}\n" for key in keys).encode():
            raise Fault(N_("The key does not end with one line end."))
        if len({key.name for key in keys}) > 1:
            raise Fault(N_("The keys are not of one log."))
    return keys


def _another_key(keys: Sequence[VerifyingKey]) -> Fault:
    fault = Fault(N_("This log's key is %(key)s, not the one that you gave."), key=", ".join(key.vkey for key in keys))
    fault.where = "key"
    return fault


def _read_head(source: Source, keys: Sequence[VerifyingKey]) -> tuple[Checkpoint, Listing, Witnessing, Handovers]:
    """Return the checkpoint, the list of files that goes with it, and what is published about witnesses and keys."""
    name = keys[0].name
    for tried in range(1, TRIES + 1):
        signed = read_all(source, "checkpoint", MAX_NOTE_SIZE)
        with found_in("checkpoint"):
            checkpoint, signers = open_checkpoint(signed, keys)
            if set(signers) != set(keys):
                raise Fault(N_("Not all of the keys that sign the log have signed it."))
            if checkpoint.origin != name:
                facts = {"origin": checkpoint.origin, "name": name}
                raise Fault(N_("This is the checkpoint of %(origin)s, not of %(name)s."), **facts)
        try:
            with found_in("files"), source.open("files", MAX_FILE_SIZE) as file:
                listing = read_listing(_lines_of(file), checkpoint.size)
            witnessing = read_witnessing(source, listing, name)
            return checkpoint, listing, witnessing, read_handovers(source, listing.handovers, name)
        except Fault:
            if tried == TRIES or read_all(source, "checkpoint", MAX_NOTE_SIZE) == signed:
                raise
    raise AssertionError("unreachable")


def _lines_of(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(MAX_LISTED_LINE):
        yield line


def _verify_entries(
    source: Source,
    checkpoint: Checkpoint,
    listing: Listing,
    earlier: Mapping[str, Checkpoint],
    visit: Visit,
) -> _Texts:
    """Grow the tree anew from the entries, comparing each tile as soon as it is known, and at the end the root.

    `earlier`: checkpoints that were signed on the way, by the file in which they lie.
    """
    edge, texts = Edge(), _Texts()
    for bundle in bundles_of(checkpoint.size):
        data = read_all(source, bundle.path, MAX_BUNDLE_SIZE)
        with found_in(bundle.path):
            entries = entries_in(data, bundle.width)
        hashes = [leaf_hash(entry) for entry in entries]
        # First the hashes: what an entry says matters only once it is known to be the entry.
        _compare(source, Tile(0, bundle.number, bundle.width), hashes)
        for tile, known in _grow(edge, hashes, earlier):
            if tile.level > 0:
                _compare(source, tile, split_hashes(known))
        for index, (entry, leaf) in enumerate(zip(entries, hashes, strict=True), start=bundle.start):
            with found_in(f"entry {index}"):
                stated = canonical.load(entry)
                _verify_content(source, listing, texts, index, stated)
            visit(index, leaf, stated)
    for tile, known in edge.partial_tiles():
        if tile.level > 0:
            _compare(source, tile, split_hashes(known))
    _compare_root(edge, checkpoint, "checkpoint")
    return texts


def _grow(edge: Edge, hashes: list[bytes], earlier: Mapping[str, Checkpoint]) -> Iterator[tuple[Tile, bytes]]:
    """Grow the tree by these leaves, comparing its root with what was signed on the way; return the full tiles."""
    start, end = edge.size, edge.size + len(hashes)
    for path, signed in sorted(earlier.items(), key=lambda each: each[1].size):
        if start < signed.size <= end:
            yield from edge.extend(hashes[edge.size - start : signed.size - start])
            _compare_root(edge, signed, path)
    yield from edge.extend(hashes[edge.size - start :])


def _compare_root(edge: Edge, signed: Checkpoint, path: str) -> None:
    if edge.root() != signed.root:
        with found_in(path):
            facts = {"signed": encode_base64(signed.root), "found": encode_base64(edge.root())}
            raise Fault(N_("The signed root is %(signed)s, but the root over the entries is %(found)s."), **facts)


def _compare(source: Source, tile: Tile, known: list[bytes]) -> None:
    """Compare the stored tile with the hashes that it must hold."""
    stored = read_all(source, tile.path, TILE_WIDTH * HASH_SIZE)
    if stored == b"".join(known):
        return
    with found_in(tile.path):
        if len(stored) != len(known) * HASH_SIZE:
            facts = {"expected": len(known) * HASH_SIZE, "found": len(stored)}
            raise Fault(N_("The tile should have %(expected)d bytes but has %(found)d."), **facts)
        place = next(at for at, pair in enumerate(zip(split_hashes(stored), known, strict=True)) if pair[0] != pair[1])
        if tile.level == 0:
            entries = tile.path.replace("tile/0/", "tile/entries/")
            sentence = N_(
                "The hash of entry %(index)d is not that of the entry in %(entries)s: one of them was changed."
            )
            raise Fault(sentence, index=tile.start + place, entries=entries)
        below = Tile(tile.level - 1, tile.start + place)
        raise Fault(N_("Its hash number %(number)d is not the root over %(below)s."), number=place, below=below.path)


def _verify_content(
    source: Source, listing: Listing, texts: _Texts, index: int, entry: dict[str, Any]
) -> None:  # Any: JSON
    """Check the files that an entry commits to: the text that it is about, and the pack that it freezes."""
    if entry.get("v") != VERSION:
        raise Fault(N_("The entry is written in a vocabulary that this program does not know."))
    body = entry.get("body")
    if body is not None:
        if not isinstance(body, dict) or body.get("alg") != BODY_ALGORITHM or not isinstance(body.get("size"), int):
            raise Fault(N_("The entry does not say in the known way which text it is about."))
        commitment = _digest(body.get("c"))
        if not _verify_hashed(source, listing, BODY, commitment, size=SALT_SIZE + body["size"]):
            texts.missing.setdefault(commitment, index)
    facts = entry.get("facts")
    if entry.get("type") in TYPES and isinstance(facts, dict):
        texts.roll.follow(entry["type"], facts)
    if entry.get("type") == BodyErased.type:
        texts.erased.add(_digest(facts.get("erased") if isinstance(facts, dict) else None))
    if entry.get("type") == PackFrozen.type:
        digest = _digest(facts.get("pack") if isinstance(facts, dict) else None)
        if not _verify_hashed(source, listing, PACK, digest):
            raise Fault(N_("Its text %(path)s is not in the list of files."), path=f"{PACK}/{digest.hex()}")


def _digest(stated: object) -> bytes:
    """Return a SHA-256 that an entry states."""
    if not isinstance(stated, str) or not _DIGEST.fullmatch(stated):
        raise Fault(N_("The entry does not say in the known way which text it is about."))
    return bytes.fromhex(stated)


def _verify_hashed(source: Source, listing: Listing, kind: str, digest: bytes, *, size: int | None = None) -> bool:
    """Check that a file has the content and the size that its name and its entry promise; tell whether it is listed."""
    digests = listing.hashed[kind]
    place = digests.find(digest)
    if place is None:
        return False
    if not digests.meet(place):
        return True
    path = f"{kind}/{digest.hex()}"
    with found_in(path), source.open(path, MAX_FILE_SIZE) as file:
        found, length = sha256(), 0
        while chunk := file.read(1 << 20):
            found.update(chunk)
            length += len(chunk)
        if found.digest() != digest or size not in (None, length):
            raise Fault(N_("The content is not the one that the entry in the record commits to."))
    return True
