"""What two sequences have in common, in time that stays proportional to their length.

`difflib` finds the runs that a person would find, but its time grows with the square of the length or worse; so it
sees only what is left between common beginnings, common ends and the items that occur exactly once on both sides.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

Item = TypeVar("Item", bound=Hashable)

#: Pairs of items that difflib may look at in one go: two stretches of some hundred words each.
_SMALL = 30_000
#: Each level splits at items that are unique within their stretch; what is still too long here is left as it is.
_DEEPEST = 12


class Run(NamedTuple):
    """`length` items that are the same in both, from `old` in the one and from `new` in the other."""

    old: int
    new: int
    length: int


def common_runs(old: Sequence[Item], new: Sequence[Item]) -> list[Run]:
    """Return the runs that both have in common, in order, none touching the one before it on both sides."""
    runs: list[Run] = []
    for run in _runs(old, new, Run(0, 0, 0), 0):
        last = runs[-1] if runs else None
        if last and last.old + last.length == run.old and last.new + last.length == run.new:
            runs[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            runs.append(run)
    return runs


def rising(values: Sequence[int]) -> set[int]:
    """Return the places of a longest rising subsequence: what did not move, when the rest did."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value)
        if at == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[at] = value
            places[at] = place
        before.append(places[at - 1] if at else -1)
    kept: set[int] = set()
    place = places[-1] if places else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept


def _runs(old: Sequence[Item], new: Sequence[Item], at: Run, level: int) -> Iterator[Run]:
    """Yield the common runs of two stretches that begin at `at`."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start:
        yield Run(at.old, at.new, start)
    inner = Run(at.old + start, at.new + start, 0)
    yield from _between(old[start : len(old) - end], new[start : len(new) - end], inner, level)
    if end:
        yield Run(at.old + len(old) - end, at.new + len(new) - end, end)


def _between(old: Sequence[Item], new: Sequence[Item], at: Run, level: int) -> Iterator[Run]:
    if not old or not new:
        return
    if len(old) * len(new) <= _SMALL:
        for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            if block.size:
                yield Run(at.old + block.a, at.new + block.b, block.size)
        return
    anchors = _anchors(old, new) if level < _DEEPEST else []
    past_old = past_new = 0
    for here, there in anchors:
        gap = Run(at.old + past_old, at.new + past_new, 0)
        yield from _runs(old[past_old:here], new[past_new:there], gap, level + 1)
        yield Run(at.old + here, at.new + there, 1)
        past_old, past_new = here + 1, there + 1
    if anchors:
        yield from _runs(old[past_old:], new[past_new:], Run(at.old + past_old, at.new + past_new, 0), level + 1)


def _anchors(old: Sequence[Item], new: Sequence[Item]) -> list[tuple[int, int]]:
    """Return the places of items that occur once in each and stand in the same order."""
    in_new = _only_once(new)
    pairs = [(here, in_new[item]) for item, here in _only_once(old).items() if item in in_new]
    pairs.sort()
    kept = rising([there for _, there in pairs])
    return [pair for place, pair in enumerate(pairs) if place in kept]


def _only_once(items: Sequence[Item]) -> dict[Item, int]:
    places: dict[Item, int] = {}
    repeated: set[Item] = set()
    for place, item in enumerate(items):
        if item in places:
            repeated.add(item)
        places[item] = place
    return {item: place for item, place in places.items() if item not in repeated}
