r"""A table as plain text: one line a row, a bar around every cell, as it can be typed by hand and read as it stands.

    | Zona | Tarif   |
    | ---- | ------- |
    | A    | 5 lei   |

The rows above the line of dashes name the columns. Nothing is lost: within a cell a bar is written `\|`, a backslash
`\\` and a new line `\n`. So a table goes through texts, versions and comparisons as words do, and pages, documents and
programs get its cells back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_CELL = re.compile(r"((?:[^|\\]|\\.?)*)\|")
_RULE = re.compile(r":?-{3,}:?")
_ESCAPED = re.compile(r"\\([\\|n])")
_TO_ESCAPE = re.compile(r"[\\|\n]")
_MEANT = {"\\": "\\", "|": "|", "n": "\n"}
_WRITTEN = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all of one width; the first `heads` rows name the columns."""

    rows: tuple[tuple[str, ...], ...]
    heads: int = 0

    @property
    def head(self) -> tuple[tuple[str, ...], ...]:
        """The rows that name the columns."""
        return self.rows[: self.heads]

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """All other rows."""
        return self.rows[self.heads :]

    def __str__(self) -> str:
        lines = [_line(row) for row in self.rows]
        if self.heads:
            lines.insert(self.heads, _line(("---",) * len(self.rows[0])))
        return "\n".join(lines)


def is_row(line: str) -> bool:
    """Whether a line is a row of a table."""
    return _ROW.fullmatch(line) is not None


def table_of(rows: list[list[str]], heads: int = 0) -> Table:
    """Return a table of cells as they were found: their edges trimmed, short rows filled up with empty cells."""
    width = max((len(row) for row in rows), default=0)
    trimmed = [[_trimmed(cell) for cell in row] for row in rows]
    return Table(tuple(tuple(row + [""] * (width - len(row))) for row in trimmed), heads)


def read_table(text: str) -> Table:
    """Read the rows of a table, given as the lines of its plain form."""
    rows: list[list[str]] = []
    heads = 0
    for line in text.strip("\n").split("\n"):
        written = [cell.strip() for cell in _CELL.findall(line.strip()[1:])]
        if rows and not heads and all(map(_RULE.fullmatch, written)):
            heads = len(rows)
        else:
            rows.append([_ESCAPED.sub(lambda sign: _MEANT[sign[1]], cell) for cell in written])
    return table_of(rows, heads)


def blocks(text: str) -> Iterator[str | Table]:
    """Part a text into its words and its tables, in order."""
    if "|" not in text:
        yield text
        return
    for is_table, lines in groupby(text.split("\n"), key=is_row):
        block = "\n".join(lines)
        if is_table:
            yield read_table(block)
        elif block.strip():
            yield block


def _line(cells: tuple[str, ...]) -> str:
    written = (_TO_ESCAPE.sub(lambda sign: _WRITTEN[sign[0]], cell) for cell in cells)
    return f"| {' | '.join(written)} |"


def _trimmed(cell: str) -> str:
    return "\n".join(" ".join(line.split()) for line in cell.strip().split("\n"))
