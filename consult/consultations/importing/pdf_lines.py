"""The lines of a PDF's pages: what is written in each, where it stands, and how large its letters are.

A PDF knows letters and their places, no words, lines or paragraphs; PDFium puts letters into lines, and here each line
gets its measures, by which `pdf` tells a paragraph from a page number.
"""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from consult.consultations.importing.xml import Unreadable

#: No act has more pages; a file that says so is made to keep us busy.
MOST_PAGES = 2_000
#: What PDFium writes for a hyphen at the end of a line, between the halves of a word.
PARTING = frozenset({0x02, 0xFFFE})
LINE_ENDS = frozenset({0x0A, 0x0D})
LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
#: How far above the line an index stands, as a share of the letters' size.
RAISED = 0.2


class Locked(Exception):  # noqa: N818 - read as a sentence
    """The file asks for a password."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed. Lengths are in points, from the left and from the foot of the page.

    `first_word`: how wide its first word is. `is_parted`: its last word goes on in the next line.
    """

    words: str
    left: float
    right: float
    base: float
    size: float
    first_word: float
    is_parted: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page from its head to its foot, and whether it shows pictures."""

    lines: Sequence[Line]
    has_pictures: bool


@dataclass(frozen=True, slots=True)
class _Letter:
    code: int
    index: int


def read_pages(content: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF. Raises Locked, Unreadable."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        if getattr(problem, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Locked from problem
        raise Unreadable from problem
    if len(document) > MOST_PAGES:
        raise Unreadable
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
            has_pictures = any(True for _ in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        except pypdfium2.PdfiumError as problem:
            raise Unreadable from problem
        yield Page([*_lines(text.raw)], has_pictures)


def _lines(text: ctypes.c_void_p) -> Iterator[Line]:
    letters = [_Letter(pdfium.FPDFText_GetUnicode(text, at), at) for at in range(pdfium.FPDFText_CountChars(text))]
    row: list[_Letter] = []
    for letter in letters:
        if letter.code in PARTING or letter.code in LINE_ENDS:
            yield from _line(text, row, is_parted=letter.code in PARTING)
            row = []
        else:
            row.append(letter)
    yield from _line(text, row, is_parted=False)


def _line(text: ctypes.c_void_p, row: Sequence[_Letter], *, is_parted: bool) -> Iterator[Line]:
    shown = [letter for letter in row if not chr(letter.code).isspace() and letter.code]
    if not shown:
        return
    base = median(_origin(text, letter.index) for letter in shown)
    size = median(pdfium.FPDFText_GetFontSize(text, letter.index) for letter in shown)
    left, _, _, _ = _box(text, shown[0].index)
    _, right, _, _ = _box(text, shown[-1].index)
    first = [*_until_space(row[row.index(shown[0]) :])][-1]
    _, first_end, _, _ = _box(text, first.index)
    words = "".join(_marked(text, row, base, size)).translate(LIGATURES).strip()
    yield Line(words, left, right, base, size, first_end - left, is_parted)


def _marked(text: ctypes.c_void_p, row: Sequence[_Letter], base: float, size: float) -> Iterator[str]:
    """Yield the letters of a line; figures above it are an index, "7^1", and would be "71" without its sign."""

    def is_raised(letter: _Letter) -> bool:
        return chr(letter.code).isdecimal() and _box(text, letter.index)[2] - base > RAISED * size

    for raised, letters in groupby(row, key=is_raised):
        written = "".join(chr(letter.code) for letter in letters if letter.code)
        yield f"^{written}" if raised else written


def _until_space(letters: Sequence[_Letter]) -> Iterator[_Letter]:
    for letter in letters:
        if chr(letter.code).isspace():
            return
        yield letter


def _origin(text: ctypes.c_void_p, index: int) -> float:
    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, across, up)
    return up.value


def _box(text: ctypes.c_void_p, index: int) -> tuple[float, float, float, float]:
    """Return the left, right, lower and upper edge of a letter."""
    left, right, lower, upper = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, lower, upper)
    return left.value, right.value, lower.value, upper.value
