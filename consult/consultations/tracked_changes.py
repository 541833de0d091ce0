"""Two wordings of one provision as a tracked change: what stays, what is struck out, what is added, word by word.

Striking out what is added gives the old wording back to the letter, and the other way round.

Where two wordings part is worked out once for all who look at them, and kept as lengths under a digest that only this
process can make: of the words themselves, which may have to be erased, nothing is kept.
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import chain, pairwise
from threading import Lock

from consult.consultations.alignment import Run, common_runs

# A figure with its separators is one word ("1.500,50"); every other sign stands alone. The last one is empty and
# carries the white space at the end.
_WORD = re.compile(r"(\s*)(\d+(?:[.,]\d+)*|\w+|[^\w\s]|\Z)")
# "240 de lei" against "180 de euro" is one change, although "de" stays: so few words, so short, hold nothing together.
_WEAK_WORDS = 2
_WEAK_LENGTH = 3


class Mark(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words and what happened to it."""

    mark: Mark
    text: str


#: How long each segment is, in characters, and what happened to it.
_Lengths = Sequence[tuple[Mark, int]]

#: The changes last asked for, some kilobytes each at most.
KEPT = 2_000
_kept: OrderedDict[bytes, _Lengths] = OrderedDict()
_turn = Lock()
_secret = secrets.token_bytes(32)


def word_changes(old: str, new: str) -> list[Segment]:
    """Return the tracked change from one wording to the other; struck-out words stand before what replaces them."""
    if old == new:
        return [Segment(Mark.SAME, new)] if new else []
    key = blake2b(f"{len(old)} {old}{new}".encode(), key=_secret, digest_size=16).digest()
    with _turn:
        lengths = _kept.pop(key, None)
    segments = _compared(old, new) if lengths is None else list(_cut(old, new, lengths))
    with _turn:
        _kept[key] = lengths or [(segment.mark, len(segment.text)) for segment in segments]
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return segments


def _cut(old: str, new: str, lengths: _Lengths) -> Iterator[Segment]:
    """Yield the segments of a change of which it is known how long each is."""
    at_old = at_new = 0
    for mark, length in lengths:
        yield Segment(mark, old[at_old : at_old + length] if mark is Mark.REMOVED else new[at_new : at_new + length])
        at_old += length if mark is not Mark.ADDED else 0
        at_new += length if mark is not Mark.REMOVED else 0


def _compared(old: str, new: str) -> list[Segment]:
    """Work out a change, word by word."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    runs = _without_weak(common_runs([word for _, word in before], [word for _, word in after]), before, after)
    change = _Writer()
    at_old = at_new = 0
    for run in [*runs, Run(len(before), len(after), 0)]:
        change.replace(before[at_old : run.old], after[at_new : run.new])
        at_old, at_new = run.old + run.length, run.new + run.length
        change.keep(before[run.old : at_old], after[run.new : at_new])
    return change.segments()


_Words = Sequence[tuple[str, str]]


def written(words: _Words) -> str:
    """Return words, each after its white space, as they were written."""
    return "".join(chain.from_iterable(words))


class _Writer:
    """Puts segments together: one for words that stay, at most two, struck out and added, for words that change."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._parts: dict[Mark, list[str]] = {mark: [] for mark in Mark}

    def replace(self, removed: _Words, added: _Words) -> None:
        if removed and added and removed[0][0] == added[0][0]:
            self._write(Mark.SAME, removed[0][0])
            removed = [("", removed[0][1]), *removed[1:]]
            added = [("", added[0][1]), *added[1:]]
        self._write(Mark.REMOVED, written(removed))
        self._write(Mark.ADDED, written(added))

    def keep(self, words: _Words, new_words: _Words) -> None:
        if words == new_words:
            self._write(Mark.SAME, written(words))
            return
        for (space, word), (new_space, _) in zip(words, new_words, strict=True):
            if space == new_space:
                self._write(Mark.SAME, space)
            else:
                self._write(Mark.REMOVED, space)
                self._write(Mark.ADDED, new_space)
            self._write(Mark.SAME, word)

    def segments(self) -> list[Segment]:
        self._flush(*Mark)
        return self._segments

    def _write(self, mark: Mark, text: str) -> None:
        if not text:
            return
        if mark is Mark.SAME:
            self._flush(Mark.REMOVED, Mark.ADDED)
        else:
            self._flush(Mark.SAME)
        self._parts[mark].append(text)

    def _flush(self, *marks: Mark) -> None:
        for mark in marks:
            if self._parts[mark]:
                self._segments.append(Segment(mark, "".join(self._parts[mark])))
                self._parts[mark].clear()


def _without_weak(runs: list[Run], old: _Words, new: _Words) -> list[Run]:
    """Leave out the runs that stand between two replacements and are too slight to be read as staying."""
    borders = [Run(0, 0, 0), *runs, Run(len(old), len(new), 0)]
    replaced = [
        after.old > before.old + before.length and after.new > before.new + before.length
        for before, after in pairwise(borders)
    ]
    return [
        run
        for run, (left, right) in zip(runs, pairwise(replaced), strict=True)
        if not (left and right and _is_weak(old[run.old : run.old + run.length]))
    ]


def _is_weak(words: _Words) -> bool:
    return len(words) <= _WEAK_WORDS and all(len(word) <= _WEAK_LENGTH for _, word in words)
