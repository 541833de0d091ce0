"""A table read from an Excel workbook: its first sheet with amounts, as rows of cells parted by semicolons.

Formulas are not computed: their last values are in the file. Only what a table needs is read of the format
(ECMA-376, part 1, chapter 18): values, shared texts, and how far a cell's words are set in.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from consult.consultations.importing.sheets import Reading
from consult.consultations.importing.xml import Element, Package, Unreadable, attribute, below, child, children
from consult.library.sheets import MOST_COLUMNS, MOST_ROWS, write_rows

SHEETS = "xl/worksheets/"
CELL = re.compile(r"(?P<column>[A-Z]{1,3})[0-9]+")
#: The digits behind the point that a table of money can mean: three for thousands of lei, and one to see more.
PLACES = Decimal("0.0001")
#: One step by which a cell is set in, as text.
STEP = "  "


def read_xlsx(content: bytes) -> Reading:
    """Return the sheet with the most rows as lines of text. Raises Unreadable."""
    package = Package(content)
    texts = _shared_texts(package)
    indents = _indents(package)
    names = sorted(name for name in package.names if name.startswith(SHEETS) and name.endswith(".xml"))
    tables = [list(_rows(sheet, texts, indents)) for name in names if (sheet := package.part(name)) is not None]
    if not tables:
        raise Unreadable
    longest = max(range(len(tables)), key=lambda place: len(tables[place]))
    return Reading(write_rows(tables[longest]))


def _rows(sheet: Element, texts: Sequence[str], indents: Sequence[int]) -> Iterator[Sequence[str]]:
    """Yield the rows that say something; one too many, if there are more than a table may have."""
    found = 0
    for row in children(child(sheet, "sheetData"), "row"):
        cells = {column: words for column, words in _cells(row, texts, indents) if words.strip()}
        if cells:
            yield [cells.get(column, "") for column in range(max(cells) + 1)]
            found += 1
        if found > MOST_ROWS:
            return


def _cells(row: Element, texts: Sequence[str], indents: Sequence[int]) -> Iterator[tuple[int, str]]:
    for place, cell in enumerate(children(row, "c")):
        reference = CELL.fullmatch(attribute(cell, "r"))
        column = _number(reference["column"]) if reference else place
        if column < MOST_COLUMNS:
            style = attribute(cell, "s", "0")
            indent = indents[int(style)] if style.isdecimal() and int(style) < len(indents) else 0
            yield column, STEP * indent + _words(cell, texts)


def _number(letters: str) -> int:
    """Return the place of a column: A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _words(cell: Element, texts: Sequence[str]) -> str:
    kind = attribute(cell, "t", "n")
    if kind == "inlineStr":
        return _text(child(cell, "is"))
    value = child(cell, "v")
    words = (value.text or "") if value is not None else ""
    if kind == "s":
        return texts[int(words)] if words.isdecimal() and int(words) < len(texts) else ""
    return _amount(words) if kind == "n" else words


def _amount(words: str) -> str:
    """Return a number as Romanian writes it: the file has "1234.5", or "30.000000000000004" for a sum."""
    try:
        number = Decimal(words).quantize(PLACES)
    except InvalidOperation:
        return words
    plain = f"{number:f}"
    return (plain.rstrip("0").rstrip(".") or "0").replace(".", ",")


def _shared_texts(package: Package) -> Sequence[str]:
    shared = package.part("xl/sharedStrings.xml")
    return [] if shared is None else [_text(item) for item in children(shared, "si")]


def _text(item: Element | None) -> str:
    """Return the words of a text, whose pieces may each look different."""
    return "" if item is None else " ".join("".join(piece.text or "" for piece in below(item, "t")).split("\n"))


def _indents(package: Package) -> Sequence[int]:
    """Return how far the words are set in, by the number of the cell's style."""
    styles = package.part("xl/styles.xml")
    if styles is None:
        return []
    formats = children(child(styles, "cellXfs"), "xf")
    said = [attribute(child(each, "alignment"), "indent", "0") for each in formats]
    return [int(indent) if indent.isdecimal() else 0 for indent in said]
