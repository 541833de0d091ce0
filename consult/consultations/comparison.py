"""Two versions of a draft: which provisions stayed, changed, moved, came and went, and which words in them.

Articles are paired first, then what is inside each pair of articles; only then are the words of a pair compared. So
an article that got another number because one was inserted before it is the same article, and its paragraphs are
compared with their own former selves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from consult.consultations.alignment import rising
from consult.consultations.outline import Outlined
from consult.consultations.pairing import Unit, paired
from consult.consultations.tracked_changes import Mark, Segment, word_changes


class State(StrEnum):
    """What became of a provision."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Compared(Outlined, Protocol):
    """What an element and a stored provision have in common that a comparison needs."""

    @property
    def label(self) -> str:
        """How it is cited."""

    @property
    def article_key(self) -> str:
        """The article, or the piece that stands on its own, that it is part of."""

    @property
    def position(self) -> int:
        """Its place in the order of the text."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one provision, its own words only.

    `old` or `new` is missing where it came or went. `segments` is the tracked change of heading and words, whole also
    where nothing changed. `renumbered`: it has another number; `moved`: it stands elsewhere among its fellows.
    """

    state: State
    old: Compared | None
    new: Compared | None
    segments: tuple[Segment, ...]
    renumbered: bool = False
    moved: bool = False

    @property
    def here(self) -> Compared:
        """The provision as it is now, or as it last was."""
        here = self.new or self.old
        assert here is not None  # one of them is always there
        return here


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What became of an article, or of another piece that stands on its own (a chapter's heading, an annex).

    `parts` begins with the piece itself; then its paragraphs and letters in the order of the new text, those that went
    standing where they were. `state` sums them up.
    """

    state: State
    parts: tuple[Change, ...]
    renumbered: bool = False
    moved: bool = False

    @property
    def is_same(self) -> bool:
        """Whether it is word for word, number for number, where it was."""
        return self.state is State.SAME and not self.renumbered and not self.moved

    @property
    def old(self) -> Compared | None:
        """The article as it was, if it was there."""
        return self.parts[0].old

    @property
    def new(self) -> Compared | None:
        """The article as it is, if it still is there."""
        return self.parts[0].new

    @property
    def here(self) -> Compared:
        """The article as it is now, or as it last was."""
        return self.parts[0].here


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything between two versions, in the order of the new text."""

    articles: tuple[ArticleChange, ...]

    @property
    def changed(self) -> tuple[ArticleChange, ...]:
        """What a reader wants to see."""
        return tuple(each for each in self.articles if not each.is_same)

    @property
    def touched(self) -> Iterator[Change]:
        """The provisions with other words, those with such a part, and those that came or went."""
        for article in self.articles:
            if article.state is not State.SAME:
                yield article.parts[0]
                yield from (part for part in article.parts[1:] if part.state is not State.SAME)

    def count(self, state: State) -> int:
        """Return how many articles and other pieces have this state."""
        return sum(article.state is state for article in self.articles)


def compare(old: Sequence[Compared], new: Sequence[Compared]) -> Changes:
    """Compare two versions, each given as all its provisions in the order of the text."""
    before, after = _articles(old), _articles(new)
    places = _in_order([_whole(each) for each in before], [_whole(each) for each in after])
    return Changes(
        tuple(
            _article_change(
                before[here] if here is not None else [], after[there] if there is not None else [], moved=moved
            )
            for here, there, moved in places
        )
    )


#: A place in the old version, a place in the new one (one of them may be missing), and whether it moved.
_Place = tuple[int | None, int | None, bool]


def _in_order(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[_Place]:
    """Yield the places of all pairs in the order of the new text, what went where it was, and whether a pair moved."""
    became = paired(old, new)
    olds = sorted(became)
    stayed = {olds[place] for place in rising([became[here] for here in olds])}
    was = {there: here for here, there in became.items()}
    past = 0
    for there in range(len(new)):
        here = was.get(there)
        if here in stayed:
            for gone in range(past, here):
                if gone not in became:
                    yield gone, None, False
            past = here + 1
        yield here, there, here is not None and here not in stayed
    for gone in range(past, len(old)):
        if gone not in became:
            yield gone, None, False


def _articles(provisions: Sequence[Compared]) -> list[list[Compared]]:
    return [list(group) for _, group in groupby(provisions, key=attrgetter("article_key"))]


def _words(provision: Compared) -> str:
    return "\n".join(part for part in (provision.heading, provision.body) if part)


def _whole(article: Sequence[Compared]) -> Unit:
    words = " ".join(word for provision in article for word in _words(provision).split())
    return Unit(article[0].key, article[0].kind, words)


def _part(provision: Compared, within: Compared) -> Unit:
    return Unit(provision.key.removeprefix(within.key), provision.kind, " ".join(_words(provision).split()))


def _article_change(old: Sequence[Compared], new: Sequence[Compared], *, moved: bool) -> ArticleChange:
    head = _change(old[0] if old else None, new[0] if new else None)
    before = [_part(provision, old[0]) for provision in old[1:]]
    after = [_part(provision, new[0]) for provision in new[1:]]
    parts = [
        _change(
            old[1 + here] if here is not None else None,
            new[1 + there] if there is not None else None,
            renumbered=here is not None and there is not None and before[here].key != after[there].key,
            moved=part_moved,
        )
        for here, there, part_moved in _in_order(before, after)
    ]
    state = head.state
    if state is State.SAME and any(part.state is not State.SAME for part in parts):
        state = State.CHANGED
    renumbered = head.old is not None and head.new is not None and head.old.key != head.new.key
    return ArticleChange(state, (head, *parts), renumbered, moved)


def _change(old: Compared | None, new: Compared | None, *, renumbered: bool = False, moved: bool = False) -> Change:
    before, after = _words(old) if old else "", _words(new) if new else ""
    segments = tuple(word_changes(before, after))
    if old is None:
        return Change(State.ADDED, old, new, segments)
    if new is None:
        return Change(State.REMOVED, old, new, segments)
    # Words that only flow into other lines have not changed.
    if before.split() == after.split():
        return Change(State.SAME, old, new, (Segment(Mark.SAME, after),) if after else (), renumbered, moved)
    return Change(State.CHANGED, old, new, segments, renumbered, moved)
