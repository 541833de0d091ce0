"""Which column of a table is what: the code of a line, its title, its amounts. Town halls do not agree on an order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult.library.sheets import NotATable, Row
from consult.links.addresses import fold
from consult.money import NotAnAmount, Unit, read_amount

#: The code of a chapter or an article of the budget classification: "65.02", "65.02.03.01", "A.1".
CODE = re.compile(r"[0-9A-Z]{1,4}(?:[.,][0-9A-Z]{1,4}){0,6}", re.ASCII)
DOTTED = re.compile(r"[0-9]{2}(?:[.,][0-9]{2,3})+", re.ASCII)
#: How the head of a column begins that holds titles; codes; or only counts the rows.
TITLES = ("denumire", "indicator", "explicati", "capitol/", "titlu", "name", "title")
CODES, COUNTS = ("cod", "simbol", "clasif"), ("nr", "rand", "crt")
#: A column is of a kind when this share of its cells are.
MOST = 0.6
#: How a table says that its amounts are in thousands.
IN_THOUSANDS = re.compile(r"[-–,(]?\s*(?:[iî]n\s+)?mii\s+(?:de\s+)?lei\s*\)?", re.IGNORECASE)
#: What stands above a table and what parts it are rows with fewer cells.
HEAD_CELLS = 2
#: So many rows may stand above the head: the name of the town, the number of the annex.
PREAMBLE = 30


@dataclass(frozen=True)
class Columns:
    """Where each thing stands. `head`: the row with the names of the columns; -1 where there is none.

    `code`: None where the lines have none. `names`: what the columns of `amounts` are called.
    """

    head: int
    code: int | None
    title: int
    amounts: Sequence[int]
    names: Sequence[str]


def find_columns(rows: Sequence[Row]) -> Columns:
    """Return the columns of a table with at least one line. Raises NotATable."""
    width = max(map(len, rows), default=0)
    words = [sum(letters(cell_of(row, column)) for row in rows) for column in range(width)]
    if not any(words):
        raise NotATable
    title = max(range(width), key=lambda column: words[column])
    head = next((number for number, row in enumerate(rows[:PREAMBLE]) if _is_head(row)), None)
    first = next(
        (number for number, row in enumerate(rows) if number > (head or -1) and _has_amounts(row, title)), None
    )
    if first is None:
        raise NotATable
    if head is None:
        head = _row_above(rows[:first], title)
    names = [fold(cell_of(rows[head], column)) if head >= 0 else "" for column in range(width)]
    body = rows[first:]
    code = _code(body, names, title)
    amounts = [
        column
        for column in range(width)
        if column not in {code, title} and not names[column].startswith(COUNTS) and _holds_amounts(body, column)
    ]
    if not amounts:
        raise NotATable
    return Columns(head, code, title, amounts, _names_of(rows, head, amounts))


def suggested_unit(rows: Sequence[Row]) -> Unit:
    """Return the unit that a table names above its lines or beside it; lei if it names none."""
    said = any(IN_THOUSANDS.search(cell) for row in rows[:PREAMBLE] for cell in row)
    return Unit.THOUSAND if said else Unit.LEU


def cell_of(row: Row, column: int) -> str:
    """Return a cell; rows are cut off after their last word."""
    return row[column] if column < len(row) else ""


def letters(words: str) -> int:
    """Return how many letters there are in a text."""
    return sum(map(str.isalpha, words))


def is_amount(words: str) -> bool:
    """Whether a cell says an amount."""
    try:
        read_amount(words)
    except NotAnAmount:
        return False
    return True


def _has_amounts(row: Row, title: int) -> bool:
    # The row under the head that only numbers the columns, "0 1 2 3", has no words in it.
    has_words = letters(cell_of(row, title)) > 1
    return has_words and any(is_amount(cell) for column, cell in enumerate(row) if column != title and cell.strip())


def _is_head(row: Row) -> bool:
    """Whether a row names columns: a year is one too, though it reads as an amount."""
    cells = [fold(cell).strip() for cell in row if cell.strip()]
    return len(cells) >= HEAD_CELLS and any(cell.startswith(TITLES) for cell in cells)


def _row_above(above: Sequence[Row], title: int) -> int:
    """Return the last row with words in several cells, of those above the first line; -1 if there is none."""
    for number in range(len(above) - 1, -1, -1):
        row = above[number]
        if letters(cell_of(row, title)) > 1 and sum(bool(cell.strip()) for cell in row) >= HEAD_CELLS:
            return number
    return -1


def _code(body: Sequence[Row], names: Sequence[str], title: int) -> int | None:
    for column, name in enumerate(names):
        if column != title and name.startswith(CODES):
            return column
    for column in range(len(names)):
        cells = [cell.strip() for row in body if (cell := cell_of(row, column)).strip()]
        if column != title and len(cells) > 1 and sum(map(bool, map(DOTTED.fullmatch, cells))) >= MOST * len(cells):
            return column
    return None


def _holds_amounts(body: Sequence[Row], column: int) -> bool:
    cells = [cell for row in body if (cell := cell_of(row, column)).strip()]
    return bool(cells) and sum(map(is_amount, cells)) >= MOST * len(cells)


def _names_of(rows: Sequence[Row], head: int, amounts: Sequence[int]) -> Sequence[str]:
    names: list[str] = []
    for number, column in enumerate(amounts, 1):
        name = " ".join(IN_THOUSANDS.sub(" ", cell_of(rows[head], column)).split()) if head >= 0 else ""
        # Two columns of one name could not be told apart; nor could one without any.
        names.append(name if name and name not in names else f"{name or 'Suma'} {number}")
    return names
