"""The list of all files of the log (`files`): what is not on it must not be there, what is on it must not be missing.

One path a line, in this order: `checkpoint`, `files`, `key`, `policy`, and `witnessed` as soon as enough witnesses have
cosigned; `handover/<size>` for each time that a key handed over to another; `digests/<day>` for the digest of each day,
and `timestamps/<day>.tsr` for each that was time-stamped; the tiles, level by level; the bundles of entries; then
`pack/<digest>`, `body/<commitment>` and `openings/<digest>`, each kind in ascending order. The list so follows from the
size of the log and from what its entries refer to, and but for witnesses and the days of digests no byte of it is free.
(`wget -x -nH -i files --base=<address of the log>/` makes a mirror.)
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from consult.i18n import N_
from consult.record.faults import Fault
from consult.record.tiles import Tile, bundles_of, is_tile_of, tiles_of

#: No list is longer; the bound stops an address that never ends.
MAX_LIST_SIZE = 1 << 32
FIRST = ("checkpoint", "files", "key", "policy")
#: The newest checkpoint at which the quorum holds; not there before the first.
WITNESSED = "witnessed"
#: What is another file tomorrow; all others never change.
GROWING = (*FIRST, WITNESSED)
#: The first checkpoint that covers the entry of a new key, kept for ever: `handover/<size>`.
HANDOVER = "handover"
#: What was spread on a day, kept for ever, and when by a stranger's clock.
DIGESTS, TIMESTAMPS = "digests", "timestamps"
#: What is named by a hash of its own content, in the order of the list.
PACK, BODY, OPENINGS = "pack", "body", "openings"
KINDS = (PACK, BODY, OPENINGS)

_HANDOVER = re.compile(rb"handover/([1-9][0-9]{0,17})\n")
_DAILY = re.compile(rb"(?:(digests)/(\d{4}-\d\d-\d\d)|(timestamps)/(\d{4}-\d\d-\d\d)\.tsr)\n", re.ASCII)
_HASHED = re.compile(rf"({'|'.join(KINDS)})/([0-9a-f]{{64}})", re.ASCII)


def paths_of(
    size: int,
    packs: Iterable[str],
    bodies: Iterable[str],
    openings: Iterable[str] = (),
    *,
    is_witnessed: bool = False,
    handovers: Iterable[int] = (),
    digests: Iterable[str] = (),
    timestamps: Iterable[str] = (),
) -> Iterator[str]:
    """Return the list of a log of this size, whose packs, bodies and files of elections have these digests, ascending.

    `handovers`: the sizes at which keys handed over, in ascending order; `digests` and `timestamps`: the days that have
    one, likewise.
    """
    return chain(
        FIRST,
        (WITNESSED,) if is_witnessed else (),
        (f"{HANDOVER}/{at}" for at in handovers),
        (f"{DIGESTS}/{day}" for day in digests),
        (f"{TIMESTAMPS}/{day}.tsr" for day in timestamps),
        _tiles_of_size(size),
        (f"{PACK}/{digest}" for digest in packs),
        (f"{BODY}/{digest}" for digest in bodies),
        (f"{OPENINGS}/{digest}" for digest in openings),
    )


class Digests:
    """A set of SHA-256 digests, added in ascending order: 33 bytes each, since a log may have millions."""

    def __init__(self) -> None:
        self._sorted = bytearray()
        self._met = array("B")
        #: The place from which on digests begin with these two bytes: among millions, a search is among few.
        self._begins = array("L")

    def __len__(self) -> int:
        return len(self._met)

    def add(self, digest: bytes) -> None:
        """Add a digest that is larger than all before it."""
        for _ in range(len(self._begins), _beginning(digest) + 1):
            self._begins.append(len(self))
        self._sorted += digest
        self._met.append(0)

    def find(self, digest: bytes) -> int | None:
        """Return the place of a digest, if it is here."""
        first, end = (*self._begins[_beginning(digest) : _beginning(digest) + 2], len(self), len(self))[:2]
        place = bisect_left(range(end), digest, lo=first, key=self._at)
        return place if place < end and self._at(place) == digest else None

    def meet(self, place: int) -> bool:
        """Note that an entry refers to this one; tell whether it is the first to do so."""
        first = not self._met[place]
        self._met[place] = 1
        return first

    def never_met(self) -> Iterator[bytes]:
        """Return those that no entry referred to."""
        return (self._at(place) for place, met in enumerate(self._met) if not met)

    def _at(self, place: int) -> bytes:
        return bytes(self._sorted[32 * place : 32 * place + 32])


class Listing:
    """A list that was read and has the form it must have for a log of this size."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.is_witnessed = False
        self.handovers: list[int] = []
        self.days: dict[str, list[str]] = {DIGESTS: [], TIMESTAMPS: []}
        self._taken: list[bytes] = []
        self.hashed = {kind: Digests() for kind in KINDS}

    def __contains__(self, path: str) -> bool:
        hashed = _HASHED.fullmatch(path)
        if hashed:
            return self.hashed[hashed[1]].find(bytes.fromhex(hashed[2])) is not None
        tile = Tile.parse(path)
        if tile:
            return is_tile_of(tile, self.size)
        grows = path in FIRST or (self.is_witnessed and path == WITNESSED)
        return grows or path in self.kept_notes()

    def takes(self, line: bytes) -> bool:
        """Take a line, if it is one that does not follow from the size of the log."""
        if line == f"{WITNESSED}\n".encode():
            self.is_witnessed = True
        elif handover := _HANDOVER.fullmatch(line):
            self.handovers.append(int(handover[1]))
        elif daily := _DAILY.fullmatch(line):
            kind, day = (part.decode() for part in daily.groups() if part)
            self.days[kind].append(day)
        else:
            return False
        self._taken.append(line)
        return True

    def check_notes(self) -> None:
        """Check that these lines stood in their order, each once."""
        if self.handovers != sorted({at for at in self.handovers if at <= self.size}):
            raise Fault(N_("The handovers of keys are out of order, or larger than the log."))
        if not all(_is_day(day) for days in self.days.values() for day in days):
            raise Fault(N_("The list names a day that no calendar has."))
        if any(days != sorted(set(days)) for days in self.days.values()):
            raise Fault(N_("The digests of the days are out of order, or stand there twice."))
        if not set(self.days[TIMESTAMPS]) <= set(self.days[DIGESTS]):
            raise Fault(N_("There is a time stamp of a day that has no digest."))
        expected = chain((WITNESSED,) if self.is_witnessed else (), self.kept_notes())
        if self._taken != [f"{path}\n".encode() for path in expected]:
            raise Fault(N_("What was signed once and is kept does not stand in its place in the list."))

    def kept_notes(self) -> Iterator[str]:
        """Return the paths of what was signed once and is kept for ever."""
        yield from (f"{HANDOVER}/{at}" for at in self.handovers)
        yield from (f"{DIGESTS}/{day}" for day in self.days[DIGESTS])
        yield from (f"{TIMESTAMPS}/{day}.tsr" for day in self.days[TIMESTAMPS])


def _beginning(digest: bytes) -> int:
    return int.from_bytes(digest[:2], "big")


def read_listing(lines: Iterator[bytes], size: int) -> Listing:
    """Read the list of a log of this size, line by line."""
    listing = Listing(size)
    numbered = enumerate(lines, start=1)
    expected = chain(FIRST, _tiles_of_size(size))
    for place, path in enumerate(expected):
        line = next(numbered, (0, b""))[1]
        while place == len(FIRST) and listing.takes(line):
            line = next(numbered, (0, b""))[1]
        if line == path.encode() + b"\r\n":
            raise Fault(N_("The line ends of the list were changed to CRLF; its bytes must stay as they were."))
        if line != path.encode() + b"\n":
            raise Fault(N_("The line %(path)s is missing, or not in its place."), path=path)
    listing.check_notes()
    last = (-1, b"")
    for number, line in numbered:
        hashed = _HASHED.fullmatch(line[:-1].decode("ascii", "replace")) if line.endswith(b"\n") else None
        if hashed is None:
            raise Fault(N_("Line %(number)d does not name a file that the log can have."), number=number)
        here = (KINDS.index(hashed[1]), bytes.fromhex(hashed[2]))
        if here <= last:
            raise Fault(N_("Line %(number)d is out of order or stands there twice."), number=number)
        listing.hashed[hashed[1]].add(here[1])
        last = here
    return listing


def is_path_of_a_log(path: str) -> bool:
    """Tell whether a log of any size could have a file at this path."""
    if path in GROWING or _HASHED.fullmatch(path) or Tile.parse(path):
        return True
    line = f"{path}\n".encode()
    return bool(_HANDOVER.fullmatch(line) or _DAILY.fullmatch(line))


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _tiles_of_size(size: int) -> Iterator[str]:
    return (tile.path for tile in chain(tiles_of(size), bundles_of(size)))
