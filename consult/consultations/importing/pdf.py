"""A PDF with text as plain text: paragraphs put together from the lines in which they were printed.

What stands on every page is left out, a footnote stands behind the words it is about, and a word that was parted at
the end of a line is whole again. Where the page does not tell, lines stay lines: the grammar joins them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from consult.consultations.grammar.lines import marker_on
from consult.consultations.grammar.neighbours import Before
from consult.consultations.importing.pdf_lines import Line, Page, read_pages
from consult.consultations.importing.sheets import Code, Reading, Sheet

FIGURES = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"[-–—. ]*(?:pag(?:ina|\.)? ?)?\d{1,4}(?: ?(?:/|din|of) ?\d{1,4})?[-–—. ]*", re.IGNORECASE)
#: Running heads and page numbers stand among so many lines at the head or the foot of a page.
EDGE = 3
#: A line that stands in one place on so many pages of a long document, or of a short one, stands on all of them.
OFTEN, OFTEN_IN_SHORT = 3, 2
SHORT = 4
#: A footnote's letters are at most this large, as a share of the others.
SMALL = 0.92
NOTE = re.compile(r"\^?(?P<sign>\d{1,3}|\*{1,3})[.)]? *(?P<words>\S.*)")
#: A gap between two lines, in sizes of their letters, that parts them as an empty line does.
GAP = 2.2
#: How much further in than the line above a paragraph begins, in sizes of its letters.
INDENT = 0.8
HYPHENATED = re.compile(r"\w+-\w+")
PARTED = re.compile(r"\w+\n\w+")
LONGEST_WORD = 60
#: Hyphens that belong to the word: "într-o", "s-au", "cumpărându-le", "22-lea".
PROCLITIC = re.compile(
    r"(?:\d|\b(?:[a-zăâîșț]{1,2}|într|dintr|printr|ne|vă|le|și|își|ex|non|sud|nord|prim))\Z", re.IGNORECASE
)
ENCLITIC = re.compile(
    r"(?:o|un|una|unul|i|l|le|lea|lor|mi|ți|și|ne|vă|v|se|ul|ului|urile|uri|a|au|ar|am|ai|est|vest"
    r"|ministru|limită|verbale?|media|șef|cadru|tip|pilot)\b",
    re.IGNORECASE,
)


class Scanned(Exception):  # noqa: N818 - read as a sentence
    """The file holds pictures of pages and no text."""


def read_pdf(content: bytes) -> Reading:
    """Read a document. Raises Scanned, Locked, Unreadable."""
    return assembled([*read_pages(content)])


def assembled(pages: Sequence[Page]) -> Reading:
    """Put the lines of pages together to paragraphs. Raises Scanned."""
    if not any(page.lines for page in pages):
        raise Scanned
    sheet = Sheet()
    sheet.say(Code.PDF)
    empty = [number for number, page in enumerate(pages, start=1) if not page.lines]
    if empty:
        sheet.say(Code.SCANNED, pages=", ".join(map(str, empty)))
    sheet.count(Code.PICTURES, sum(page.has_pictures and bool(page.lines) for page in pages))
    body = [*_without_running(pages, sheet)]
    writer = _Writer(sheet, body)
    for lines in body:
        writer.read(lines)
    writer.finish()
    return sheet.reading()


def _without_running(pages: Sequence[Page], sheet: Sheet) -> Iterator[list[Line]]:
    """Yield the lines of each page without those that stand on many pages, whatever figures are in them."""
    often = Counter(key for page in pages for key in {_place(page.lines[at]) for at in _edges(page)})
    enough = OFTEN if len(pages) > SHORT else OFTEN_IN_SHORT
    for page in pages:
        # From the outside in: what stands above or below a line of the text is no running head.
        kept = [*page.lines]
        for end in (0, -1):
            while kept and len(page.lines) - len(kept) < 2 * EDGE and _runs(kept[end], often, enough):
                sheet.count(Code.RUNNING)
                kept.pop(end)
        yield kept


def _edges(page: Page) -> set[int]:
    count = len(page.lines)
    return {*range(min(EDGE, count)), *range(max(count - EDGE, 0), count)}


def _place(line: Line) -> tuple[str, int]:
    return FIGURES.sub("#", line.words), round(line.base / 4)


def _runs(line: Line, often: Counter[tuple[str, int]], enough: int) -> bool:
    return PAGE_NUMBER.fullmatch(line.words) is not None or often[_place(line)] >= enough


class _Writer:
    """Joins lines to paragraphs. `edge`: where the lines of the text end on the right."""

    def __init__(self, sheet: Sheet, pages: Sequence[Sequence[Line]]) -> None:
        lines = [line for page in pages for line in page]
        self._sheet = sheet
        self._size = median(line.size for line in lines) if lines else 0
        rights = sorted(line.right for line in lines)
        self._edge = rights[int(len(rights) * 0.95)] if rights else 0
        #: Words that have their hyphen in the middle of a line, and so keep it at the end of one.
        self._hyphenated = {word.lower() for line in lines for word in HYPHENATED.findall(line.words)}
        self._paragraph = ""
        self._last: Line | None = None
        self._notes: list[str] = []

    def read(self, lines: Sequence[Line]) -> None:
        """Read a page, its footnotes first."""
        at = self._first_note(lines)
        notes = dict(self._read_notes(lines[at:]))
        for above, line in zip([None, *lines], lines[:at], strict=False):
            words = self._with_notes(line.words, notes)
            if self._last is not None and self._joins(self._last, line, words, is_next_page=above is None):
                self._join(words)
            else:
                self.finish()
                if self._last and above and self._last.base - line.base > GAP * max(line.size, self._last.size):
                    self._sheet.part()
                self._paragraph = words
            self._last = line
        self._notes += [f"[{words}]" for words in notes.values()]

    def finish(self) -> None:
        """Write the paragraph that is being put together, and the footnotes whose sign was not found in it."""
        for words in (self._paragraph, *self._notes):
            if words:
                self._sheet.write(words)
        self._paragraph = ""
        self._notes.clear()

    def _first_note(self, lines: Sequence[Line]) -> int:
        at = len(lines)
        while at > 1 and lines[at - 1].size < SMALL * self._size:
            at -= 1
        while at < len(lines) and not NOTE.fullmatch(lines[at].words):
            at += 1
        return at

    def _read_notes(self, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
        sign, words = "", ""
        for line in lines:
            begins = NOTE.fullmatch(line.words)
            if begins and (not sign or line.words.startswith(("^", "*")) or begins["sign"].isdecimal()):
                if sign:
                    yield sign, words
                sign, words = begins["sign"], begins["words"]
            else:
                words = f"{words} {line.words}"
        if sign:
            yield sign, words

    def _with_notes(self, words: str, notes: dict[str, str]) -> str:
        """Put a page's footnotes where their signs are."""
        for sign in [*notes]:
            # Behind a figure it is the index of a number, "art. 7^1", and no footnote's sign.
            mark = rf"(?<!\d)\^{sign}(?!\d)" if sign.isdecimal() else re.escape(sign)
            if found := re.search(mark, words):
                self._sheet.count(Code.NOTES)
                words = f"{words[: found.start()]} [{notes.pop(sign)}]{words[found.end() :]}"
        return words

    def _joins(self, last: Line, line: Line, words: str, *, is_next_page: bool) -> bool:
        """Whether a line goes on with the paragraph of the line above it."""
        if last.is_parted:
            return True
        if abs(last.size - line.size) > 1 or (marker_on(words) and not Before(last.words, apart=False).goes_on):
            return False
        if not is_next_page:
            if not 0 < last.base - line.base <= GAP * line.size:
                return False
            if line.left - last.left > INDENT * line.size:
                return False
        # It is full if the first word of the next line had no room left in it.
        return last.right + line.first_word + line.size / 4 > self._edge

    def _join(self, words: str) -> None:
        if self._last is not None and self._last.is_parted:
            parted = PARTED.search(f"{self._paragraph[-LONGEST_WORD:]}\n{words}")
            is_known = parted is not None and parted[0].replace("\n", "-").lower() in self._hyphenated
            is_hyphenated = is_known or PROCLITIC.search(self._paragraph) or ENCLITIC.match(words)
            self._sheet.count(Code.HYPHENS, int(not is_hyphenated))
            self._paragraph += f"-{words}" if is_hyphenated else words
        else:
            self._paragraph += f" {words}"
