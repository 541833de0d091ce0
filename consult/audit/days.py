"""The digest of each day, held against the entries: it was spread on that day, so it covers what had happened by then.

A digest of another day in its place would let an operator show, on paper, less than there was. What the digest of a day
cannot lack is all that was entered before the day began; witnesses may be an hour behind.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from consult.audit import rules
from consult.audit.failures import Breach, Words
from consult.audit.times import TOLERANCE
from consult.i18n import N_, ZONE
from consult.record.checkpoints import Checkpoint
from consult.record.daily_notes import digest_path, listed_days
from consult.record.faults import found_in
from consult.record.notes import MAX_NOTE_SIZE, Note
from consult.record.sources import Source, read_all

#: So long a digest waits for witnesses before it leaves out what they have not signed (`consult.record.digests`).
SETTLING = timedelta(hours=1)


class Day(NamedTuple):
    """A digest. `size`: how many entries it covers; `begins` and `ends`: its day in Bucharest."""

    size: int
    path: str
    begins: datetime
    ends: datetime


class Days:
    """The digests of a log, met one after the other as its entries are read."""

    def __init__(self, days: list[Day]) -> None:
        """Take the digests of days in any order."""
        self._left = sorted(days, reverse=True)

    def passing(self, index: int, at: datetime, newest: datetime | None) -> Iterator[tuple[str, Breach]]:
        """Judge the digests that end just before an entry; `newest`: the latest time of those that they cover."""
        while self._left and self._left[-1].size <= index:
            day = self._left.pop()
            yield from ((day.path, breach) for breach in _covered(day, newest))
            earliest = day.begins - SETTLING - TOLERANCE
            if at < earliest:
                found = Words(N_("without entry %(index)s, of %(at)s"), {"index": index, "at": at})
                yield day.path, Breach(rules.SPREAD, found, Words(N_("every entry before %(day)s"), {"day": earliest}))

    def close(self, newest: datetime | None) -> Iterator[tuple[str, Breach]]:
        """Judge the digests that cover all there is."""
        for day in self._left:
            yield from ((day.path, breach) for breach in _covered(day, newest))


def _covered(day: Day, newest: datetime | None) -> Iterator[Breach]:
    latest = day.ends + TOLERANCE
    if newest and newest > latest:
        yield Breach(rules.SPREAD, newest, Words(N_("at the latest %(day)s"), {"day": latest}))


def days_in(source: Source) -> Days:
    """Read the digests of a log's folder."""
    return Days([_read(source, day) for day, _ in listed_days(source)])


def _read(source: Source, day: str) -> Day:
    path = digest_path(day)
    data = read_all(source, path, MAX_NOTE_SIZE)
    with found_in(path):
        size = Checkpoint.parse(Note.parse(data).text).size
    on = date.fromisoformat(day)
    begins, ends = (datetime(each.year, each.month, each.day, tzinfo=ZONE) for each in (on, on + timedelta(days=1)))
    return Day(size, path, begins, ends)
