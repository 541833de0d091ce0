"""A table as plain text: one row a line, cells parted by semicolons, as Romanian spreadsheets write and read it.

It is what a clerk corrects by hand and what the public downloads. What comes in may be parted by commas or tabs.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO

from consult.i18n import N_
from consult.refusals import Refusal

#: The longest table that is read, in rows and columns; the budget of a county has about two thousand rows.
MOST_ROWS, MOST_COLUMNS = 5_000, 40
DELIMITERS = ";\t,"
#: So many rows show how a table is parted.
SAMPLE = 200
#: What a spreadsheet would take for the beginning of a formula, and a list for its dash.
FORMULA = "=+-@\t\r'"

Row = Sequence[str]


class NotATable(Refusal):
    """There are no rows with words and amounts in it."""

    sentence = N_("No table was found: each line wants a title and an amount, parted by semicolons.")
    field = "text"


class TooManyRows(Refusal):
    """The table is longer than any budget."""

    sentence = N_("The table has %(rows)s rows; at most %(most)s are accepted.")
    field = "text"


def read_rows(text: str) -> list[Row]:
    """Return the rows of a table, without those that are empty; spaces before the words of a cell are kept.

    Raises NotATable, TooManyRows.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    sample = lines.split("\n", SAMPLE)[:SAMPLE]
    delimiter = max(DELIMITERS, key=lambda sign: _columns(sample, sign))
    try:
        rows = [_trimmed(row) for row in csv.reader(StringIO(lines), delimiter=delimiter)]
    except csv.Error:
        raise NotATable from None
    rows = [row[:MOST_COLUMNS] for row in rows if row]
    if len(rows) > MOST_ROWS:
        raise TooManyRows(rows=len(rows), most=MOST_ROWS)
    return rows


def write_rows(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as text."""
    written = StringIO()
    csv.writer(written, delimiter=";", lineterminator="\n").writerows(rows)
    return written.getvalue()


def harmless(words: str) -> str:
    """Return the words of a cell without what a spreadsheet would compute."""
    return words.strip().lstrip(FORMULA).strip()


def _columns(lines: Sequence[str], delimiter: str) -> int:
    """Return how many columns most rows have if they are parted by a sign: commas within amounts vary."""
    widths = Counter(line.count(delimiter) for line in lines if line.strip())
    return max(widths, key=lambda width: (width > 0) * widths[width], default=0)


def _trimmed(row: Sequence[str]) -> Row:
    cells = [" ".join(cell.split("\n")).rstrip() for cell in row]
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
