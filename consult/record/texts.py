"""The texts and policy packs that lie beside the entries: each must be the one to which an entry commits.

A text may be missing for one reason only: that the log itself says, further on, that it was erased.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from typing import Any

from consult.i18n import N_
from consult.record.entry_form import BODY_ALGORITHM, SALT_SIZE
from consult.record.events import (
    BallotsOpened,
    BodyErased,
    CycleAnnounced,
    ElectionClosed,
    ElectionOpened,
    PackFrozen,
    PaperBallotsListed,
    ResultsConfirmed,
)
from consult.record.faults import Fault, found_in
from consult.record.listing import BODY, OPENINGS, PACK, Listing
from consult.record.sources import Source
from consult.record.tiles import Tile, is_outgrown

#: The acts that name files by their hashes: of which kind they are, and the facts that name one or several.
FILES: Mapping[str, tuple[str, ...]] = {
    PackFrozen.type: (PACK, "pack"),
    CycleAnnounced.type: (PACK, "pack", "rules"),
    ElectionOpened.type: (OPENINGS, "paper"),
    ElectionClosed.type: (OPENINGS, "listing"),
    PaperBallotsListed.type: (OPENINGS, "listing"),
    BallotsOpened.type: (OPENINGS, "openings"),
    ResultsConfirmed.type: (OPENINGS, "results", "ballots", "conflicts"),
}

#: No pack or text is larger; the bound stops an address that never ends.
MAX_FILE_SIZE = 1 << 32

#: So many files are named in one sentence.
MOST_SHOWN = 12

#: No text that anybody typed is longer.
MAX_TEXT = 1 << 20
#: Takes a text that is here and holds, once: its commitment and its content; nothing of one that nobody can have typed.
Read = Callable[[str, bytes], None]

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def files_named(type_: str, facts: Mapping[str, Any]) -> Iterator[Any]:  # Any: what JSON can say
    """Yield the hashes of the files that an act of `FILES` names."""
    for fact in FILES[type_][1:]:
        stated = facts.get(fact)
        yield from stated if isinstance(stated, list) else [stated]


def pass_over(_commitment: str, _content: bytes) -> None:
    """Meet a text without looking at it."""


class Texts:
    """What the entries say of texts and packs, as far as they were read, and what is really there."""

    def __init__(
        self, source: Source, listing: Listing, erased: Collection[bytes] = (), read: Read = pass_over
    ) -> None:
        self._source = source
        self._listing = listing
        self._read = read
        #: The commitment of each text that is not listed, and the first entry that commits to it.
        self._missing: dict[bytes, int] = {}
        self.erased: set[bytes] = set(erased)

    def follow(self, index: int, entry: Mapping[str, Any]) -> None:  # Any: what JSON can say
        """Check the files that an entry commits to: the text that it is about, and what it names by a hash."""
        body, facts = entry.get("body"), entry.get("facts")
        if body is not None:
            if not isinstance(body, dict) or body.get("alg") != BODY_ALGORITHM or not isinstance(body.get("size"), int):
                raise Fault(N_("The entry does not say in the known way which text it is about."))
            commitment = _digest(body.get("c"))
            if not self._is_there(BODY, commitment, size=SALT_SIZE + body["size"]):
                self._missing.setdefault(commitment, index)
        if entry.get("type") == BodyErased.type:
            self.erased.add(_digest(facts.get("erased") if isinstance(facts, dict) else None))
        type_ = entry.get("type")
        if isinstance(type_, str) and type_ in FILES:
            kind = FILES[type_][0]
            for named in files_named(type_, facts if isinstance(facts, dict) else {}):
                digest = _digest(named)
                if not self._is_there(kind, digest):
                    raise Fault(N_("Its text %(path)s is not in the list of files."), path=f"{kind}/{digest.hex()}")

    def check(self) -> None:
        """After the last entry: no text is missing but those that were erased, and none is here that none speaks of."""
        for commitment, index in self._missing.items():
            if commitment not in self.erased:
                with found_in(f"entry {index}"):
                    sentence = N_(
                        "Its text %(path)s is not in the list of files, and no entry says it was erased. If another log"
                        " continues this one, it may say so: name it with --continued-by."
                    )
                    raise Fault(sentence, path=f"{BODY}/{commitment.hex()}")
        for kind, digests in self._listing.hashed.items():
            for digest in digests.never_met():
                with found_in(f"{kind}/{digest.hex()}"):
                    raise Fault(N_("No entry refers to this file."))

    def still_here(self) -> Iterator[str]:
        """Return the erased texts that are listed, or lie in the folder; another file that is not listed is a fault."""
        self._check_outgrown()
        for commitment in self.erased:
            if self._listing.hashed[BODY].find(commitment) is not None:
                yield f"{BODY}/{commitment.hex()}"
        for path in self._source.paths():
            if path in self._listing:
                continue
            kind, _, name = path.partition("/")
            if kind != BODY or not _DIGEST.fullmatch(name) or bytes.fromhex(name) not in self.erased:
                with found_in(path):
                    raise Fault(N_("The file is not in the list of files."))
            yield path

    def _check_outgrown(self) -> None:
        """Tell whoever fetched the list of files again, as it grew, which of the files before to delete."""
        tiles = ((path, Tile.parse(path)) for path in self._source.paths() if path not in self._listing)
        outgrown = [path for path, tile in tiles if tile and is_outgrown(tile, self._listing.size)]
        if outgrown:
            with found_in(outgrown[0]):
                sentence = N_(
                    "The log has grown since these partial tiles were taken, and has wider ones in their place. Delete "
                    "them, or let “consult record mirror” do it: %(paths)s."
                )
                shown = (*outgrown[:MOST_SHOWN], *(["…"] if outgrown[MOST_SHOWN:] else []))
                raise Fault(sentence, paths=", ".join(shown))

    def _is_there(self, kind: str, digest: bytes, *, size: int | None = None) -> bool:
        """Check that a file is what its name and its entry promise; tell whether it is listed."""
        digests = self._listing.hashed[kind]
        place = digests.find(digest)
        if place is None:
            return False
        if not digests.meet(place):
            return True
        path = f"{kind}/{digest.hex()}"
        with found_in(path), self._source.open(path, MAX_FILE_SIZE) as file:
            found, length, typed = sha256(), 0, b""
            while chunk := file.read(1 << 20):
                found.update(chunk)
                length += len(chunk)
                typed = typed + chunk if length <= MAX_TEXT else b""
            if found.digest() != digest or size not in (None, length):
                raise Fault(N_("The content is not the one that the entry in the record commits to."))
        if kind == BODY:
            self._read(digest.hex(), typed[SALT_SIZE:])
        return True


def _digest(stated: object) -> bytes:
    """Return a SHA-256 that an entry states."""
    if not isinstance(stated, str) or not _DIGEST.fullmatch(stated):
        raise Fault(N_("The entry does not say in the known way which text it is about."))
    return bytes.fromhex(stated)
