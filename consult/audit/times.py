"""By when, at the latest, somebody outside had seen an entry: so no entry can say that it happened later.

That does not rule out that it was dated back before anybody saw it. What outsiders know of this is the other side
of the same signatures: an entry was not among those that were signed at a time that is later than its own.

A bound says: at this time, by a clock that is not the authority's, the log had at least so many entries. Witnesses give
one with each cosignature, under the newest checkpoint and under the digest of each day; an authority of time stamps
(RFC 3161) gives one over such a digest.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from consult.audit.failures import Place
from consult.record.checkpoints import Checkpoint
from consult.record.daily_notes import digest_path, listed_days, timestamp_path
from consult.record.faults import found_in
from consult.record.notes import MAX_NOTE_SIZE, Note, VerifyingKey
from consult.record.quorum import MAX_POLICY_SIZE, WitnessPolicy
from consult.record.sources import Missing, Source, read_all
from consult.record.timestamps import MAX_ANSWER_SIZE, read_timestamp

#: How far clocks may differ, and how long an act may take until it is committed.
TOLERANCE = timedelta(minutes=5)
#: So many gaps are told one by one; of the rest their number is enough.
MOST_GAPS = 20
#: The notes of a log's folder that bear cosignatures.
NOTES = ("checkpoint", "witnessed")
POLICY = "policy"


class Bound(NamedTuple):
    """That somebody had seen the first `size` entries at an instant."""

    size: int
    at: datetime
    by: str


class Bounds:
    """For each entry, in order, the earliest time at which somebody outside is known to have seen it."""

    def __init__(self, bounds: Sequence[Bound]) -> None:
        """Take bounds in any order."""
        #: The bound with the fewest entries is the last.
        self._to_pass = sorted(bounds, key=lambda each: (-each.size, each.at))
        #: The latest of those that the entries have passed.
        self._passed: Bound | None = None
        #: The last is the bound with the fewest entries; one that a larger log had met earlier says nothing.
        self._left: list[Bound] = []
        for bound in self._to_pass:
            if not self._left or bound.at < self._left[-1].at:
                self._left.append(bound)
        self.size = max((bound.size for bound in bounds), default=0)

    def covering(self, index: int) -> Bound | None:
        """Return the earliest bound of an entry. Entries are asked for in their order."""
        while self._left and self._left[-1].size <= index:
            self._left.pop()
        return self._left[-1] if self._left else None

    def lacking(self, index: int) -> Bound | None:
        """Return the latest bound without an entry. Entries are asked for in their order."""
        while self._to_pass and self._to_pass[-1].size <= index:
            bound = self._to_pass.pop()
            if self._passed is None or bound.at > self._passed.at:
                self._passed = bound
        return self._passed


class Gap(NamedTuple):
    """An entry whose date is before a bound in which it is missing: dated back, or entered long after it happened."""

    place: Place
    bound: Bound


class Gaps:
    """All such entries, of which the first are kept to be told."""

    def __init__(self) -> None:
        self.told: list[Gap] = []
        self.count = 0

    def add(self, place: Place, bound: Bound) -> None:
        """Note an entry."""
        self.count += 1
        if self.count <= MOST_GAPS:
            self.told.append(Gap(place, bound))


def bounds_in(source: Source) -> list[Bound]:
    """Return every time at which somebody outside had seen a log, as its files tell."""
    data = _read_if_there(source, POLICY, MAX_POLICY_SIZE)
    if data is None:
        return []
    with found_in(POLICY):
        keys = [witness.key for witness in WitnessPolicy.parse(data).witnesses if witness.key]
    bounds = [bound for name in NOTES for bound in _cosigned(source, name, keys)]
    for day, is_stamped in listed_days(source):
        bounds += _cosigned(source, digest_path(day), keys)
        if is_stamped:
            bounds.append(_stamped(source, day))
    return bounds


def _cosigned(source: Source, name: str, keys: Sequence[VerifyingKey]) -> Iterator[Bound]:
    data = _read_if_there(source, name, MAX_NOTE_SIZE)
    if data is None:
        return
    with found_in(name):
        note = Note.parse(data)
        size = Checkpoint.parse(note.text).size
        for cosignature in note.cosigned_by(keys):
            yield Bound(size, cosignature.at, cosignature.key.name)


def _stamped(source: Source, day: str) -> Bound:
    """Return the bound that a time stamp gives. A false one could only accuse, since it says what was seen by when."""
    data = read_all(source, digest_path(day), MAX_NOTE_SIZE)
    with found_in(timestamp_path(day)):
        stamped = read_timestamp(read_all(source, timestamp_path(day), MAX_ANSWER_SIZE), data)
        return Bound(Checkpoint.parse(Note.parse(data).text).size, stamped.at, stamped.by)


def _read_if_there(source: Source, path: str, limit: int) -> bytes | None:
    """Return the content of a file that a log need not have."""
    try:
        return read_all(source, path, limit)
    except Missing:
        return None
