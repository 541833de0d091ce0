"""Two tables as one tracked change: rows that came and went, and in the rows that stayed, the words of their cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from consult.consultations.alignment import Run, common_runs
from consult.consultations.grammar.tables import Table, read_table
from consult.consultations.tracked_changes import Mark, Segment, word_changes

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of either table: what became of it, and of the words in each cell."""

    mark: Mark
    cells: tuple[tuple[Segment, ...], ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class TableChange:
    """All rows of both tables, in order."""

    rows: tuple[RowChange, ...]

    @property
    def width(self) -> int:
        """How many cells its longest row has."""
        return max((len(row.cells) for row in self.rows), default=0)


def table_changes(old: str, new: str) -> TableChange:
    """Compare two tables in their plain form; an empty one for a table that came or went."""
    before = read_table(old) if old else Table(())
    after = read_table(new) if new else Table(())
    runs = common_runs(before.rows, after.rows)
    rows: list[RowChange] = []
    at_old = at_new = 0
    for run in [*runs, Run(len(before.rows), len(after.rows), 0)]:
        gap = before.rows[at_old : run.old], after.rows[at_new : run.new]
        rows += _replaced(*gap, heads=(before.heads - at_old, after.heads - at_new))
        at_old, at_new = run.old + run.length, run.new + run.length
        same = after.rows[run.new : at_new]
        rows += [_row(Mark.SAME, cells, is_head=place < after.heads) for place, cells in enumerate(same, start=run.new)]
    return TableChange(tuple(rows))


def _replaced(old: Sequence[Cells], new: Sequence[Cells], heads: tuple[int, int]) -> Iterator[RowChange]:
    """Pair the rows of a stretch in which all differ, the first with the first; what is left over came or went."""
    for place, (before, after) in enumerate(zip_longest(old, new)):
        if before is not None and after is not None and len(before) == len(after):
            cells = tuple(tuple(word_changes(*pair)) for pair in zip(before, after, strict=True))
            yield RowChange(Mark.SAME, cells, is_head=place < heads[1])
            continue
        if before is not None:
            yield _row(Mark.REMOVED, before, is_head=place < heads[0])
        if after is not None:
            yield _row(Mark.ADDED, after, is_head=place < heads[1])


def _row(mark: Mark, cells: Cells, *, is_head: bool) -> RowChange:
    return RowChange(mark, tuple((Segment(mark, cell),) if cell else () for cell in cells), is_head)
