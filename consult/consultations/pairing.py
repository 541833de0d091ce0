"""Which provision of the old version is which of the new one: by equal words, by key, by alike words, in this order.

A key alone does not decide: where an article was inserted, every key behind it names another provision than before.
Words alone do not either: a provision that was rewritten under its number is still that provision.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

#: Shares of words in common, from 0 to 1: enough to stay the same under the same key, and under another one.
_ALIKE_UNDER_ITS_KEY = 0.5
_ALIKE_ELSEWHERE = 0.6
#: Characters. Shorter words, such as "abrogat", say nothing about which provision they were.
_TELLING = 20
#: A word that stands in more of the provisions still unpaired does not tell them apart.
_RARE = 10
_CANDIDATES = 5


@dataclass(frozen=True, eq=False)
class Unit:
    """What is paired: an article with all its words, or one paragraph; `key` is its name among its fellows."""

    key: str
    kind: str
    words: str

    @cached_property
    def bag(self) -> Counter[str]:
        """Its words, each with how often it occurs."""
        return Counter(self.words.lower().split())

    def likeness(self, other: "Unit") -> float:
        """Return the share of words that both have, from 0 to 1, whatever their order."""
        if self.kind != other.kind:
            return 0.0
        total = self.bag.total() + other.bag.total()
        return 2 * (self.bag & other.bag).total() / total if total else 1.0


@dataclass(slots=True)
class _Pairing:
    old: Sequence[Unit]
    new: Sequence[Unit]
    found: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def take(self, pairs: Iterable[tuple[int, int]]) -> None:
        for here, there in pairs:
            if here not in self.found and there not in self.taken:
                self.found[here] = there
                self.taken.add(there)

    def left_old(self) -> list[int]:
        return [at for at in range(len(self.old)) if at not in self.found]

    def left_new(self) -> list[int]:
        return [at for at in range(len(self.new)) if at not in self.taken]


def paired(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Return which place in `new` each place in `old` became; places without a counterpart are left out."""
    pairing = _Pairing(old, new)
    pairing.take(_under_the_same_key(pairing, 1.0))
    pairing.take(_with_the_same_words(pairing))
    pairing.take(_under_the_same_key(pairing, _ALIKE_UNDER_ITS_KEY))
    pairing.take(_with_like_words(pairing))
    pairing.take(_under_the_same_key(pairing, 0.0))
    return pairing.found


def _under_the_same_key(pairing: _Pairing, least: float) -> Iterator[tuple[int, int]]:
    there = {pairing.new[at].key: at for at in pairing.left_new()}
    for here in pairing.left_old():
        unit = pairing.old[here]
        other = there.get(unit.key)
        if other is None or unit.kind != pairing.new[other].kind:
            continue
        same = unit.words == pairing.new[other].words
        if same or (least < 1 and unit.likeness(pairing.new[other]) >= least):
            yield here, other


def _with_the_same_words(pairing: _Pairing) -> Iterator[tuple[int, int]]:
    there: dict[tuple[str, str], list[int]] = {}
    for at in pairing.left_new():
        there.setdefault((pairing.new[at].kind, pairing.new[at].words), []).append(at)
    here: dict[tuple[str, str], list[int]] = {}
    for at in pairing.left_old():
        here.setdefault((pairing.old[at].kind, pairing.old[at].words), []).append(at)
    for words, places in here.items():
        if len(words[1]) >= _TELLING and len(places) == len(there.get(words, ())):
            yield from zip(places, there[words], strict=True)


def _with_like_words(pairing: _Pairing) -> list[tuple[int, int]]:
    """Return the pairs of provisions that are alike under different keys, the most alike first."""
    holders: dict[str, list[int]] = {}
    for at in pairing.left_new():
        for word in pairing.new[at].bag:
            holders.setdefault(word, []).append(at)
    found = []
    for here in pairing.left_old():
        unit = pairing.old[here]
        shared = Counter(at for word in unit.bag for at in holders.get(word, ()) if len(holders[word]) <= _RARE)
        for there, _ in shared.most_common(_CANDIDATES):
            likeness = unit.likeness(pairing.new[there])
            if likeness >= _ALIKE_ELSEWHERE:
                found.append((likeness, here, there))
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return [(here, there) for _, here, there in found]
