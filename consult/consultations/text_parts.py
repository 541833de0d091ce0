"""The parts in which a long text is shown: by its chapters, as people know it, and none too long for a slow phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from consult.consultations.grammar.kinds import FRAMES, Kind
from consult.consultations.passages import Head

#: A text of at most so many articles and provisions is shown at once, and a chapter too.
ARTICLES, PROVISIONS = 100, 400
#: Chapters that have no more articles than this together stand on one page, and a title with what it is the title of.
FEW = 20


@dataclass(frozen=True)
class TextPart:
    """A stretch of a text that is shown at once; it begins with `heads`, the pieces that stand on their own."""

    number: int
    heads: Sequence[Head]


def parts_of(heads: Sequence[Head]) -> list[TextPart]:
    """Cut a text into the parts that are shown at once; a short one is one part."""
    joined: list[Sequence[Head]] = []
    for stretch in stretches_of(heads):
        if joined and belong_together(joined[-1], stretch):
            joined[-1] = [*joined[-1], *stretch]
        else:
            joined.append(stretch)
    return [TextPart(number, stretch) for number, stretch in enumerate(joined, start=1)]


def belong_together(before: Sequence[Head], after: Sequence[Head]) -> bool:
    """Whether two stretches are one part: few articles in both, or none in one of them."""
    numbers = articles_in(before), articles_in(after)
    return (min(numbers) == 0 or sum(numbers) <= FEW) and is_short([*before, *after])


def stretches_of(heads: Sequence[Head]) -> Iterator[Sequence[Head]]:
    """Yield a short text whole; a long one by its widest divisions, and those that are still too long by narrower."""
    if is_short(heads):
        yield heads
        return
    divisions = [at for at, head in enumerate(heads) if at and head.kind in FRAMES]
    if not divisions:
        yield from equal_stretches(heads)
        return
    widest = min(heads[at].depth for at in divisions)
    starts = [at for at in divisions if heads[at].depth == widest]
    for start, end in pairwise([0, *starts, len(heads)]):
        yield from stretches_of(heads[start:end])


def equal_stretches(heads: Sequence[Head]) -> Iterator[Sequence[Head]]:
    """Yield a text without divisions where an article begins, by so many articles or provisions."""
    start = 0
    for at in range(1, len(heads)):
        if not is_short(heads[start : at + 1]):
            yield heads[start:at]
            start = at
    yield heads[start:]


def is_short(heads: Sequence[Head]) -> bool:
    """Whether a stretch can be shown at once."""
    return articles_in(heads) <= ARTICLES and heads[-1].position - heads[0].position < PROVISIONS


def articles_in(heads: Sequence[Head]) -> int:
    """Return how many articles begin in a stretch."""
    return sum(head.kind == Kind.ARTICLE for head in heads)
