"""What changed between two editions of a budget: lines added, removed, and changed by how much."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from consult.library.figures import FigureLine
from consult.money import Bani


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is not what it was; `before` and `after`: None where there was or is none."""

    before: FigureLine | None
    after: FigureLine | None

    @property
    def here(self) -> FigureLine:
        """The line as it is now, or as it was."""
        line = self.after or self.before
        assert line is not None, "a change has a side"
        return line

    @property
    def by(self) -> Bani:
        """By how much the amount changed."""
        after, before = (side.amount if side else 0 for side in (self.after, self.before))
        return Bani(after - before)


def compare_lines(before: Iterable[FigureLine], after: Iterable[FigureLine]) -> Iterator[LineChange]:
    """Yield what changed, in the order of the newer edition; what was removed comes last."""
    old = {line.key: line for line in before}
    for line in after:
        was = old.pop(line.key, None)
        if was is None or (was.amount, was.title) != (line.amount, line.title):
            yield LineChange(was, line)
    yield from (LineChange(was, None) for was in old.values())
