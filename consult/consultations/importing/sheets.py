"""The sheet onto which a file is read: line after line of plain text, and what could not be taken along."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from consult.consultations.grammar.tables import table_of
from consult.i18n import N_, gettext, spoken


class Code(StrEnum):
    """What the clerk is told of a file besides its words."""

    TRACKED = "tracked-changes"
    COMMENTS = "comments"
    NOTES = "notes"
    PICTURES = "pictures"
    HIDDEN = "hidden-text"
    RUNNING = "headers-and-footers"
    CONTENTS = "contents"
    LAYOUT = "layout-tables"
    MERGED = "merged-cells"
    HYPHENS = "hyphens"
    SCANNED = "pages-without-text"
    PDF = "pdf"


SENTENCES = {
    Code.TRACKED: N_("Tracked changes: %(count)s. The text is read as if all of them had been accepted."),
    Code.COMMENTS: N_("Comments in the margin, left out: %(count)s."),
    Code.NOTES: N_("Footnotes: %(count)s. Each stands in square brackets behind the words it is about."),
    Code.PICTURES: N_("Pictures, left out: %(count)s. If one belongs to the act, add it as a document."),
    Code.HIDDEN: N_("Pieces of hidden text, left out: %(count)s."),
    Code.RUNNING: N_("Headers, footers and page numbers, left out: %(count)s."),
    Code.CONTENTS: N_("The table of contents is left out: the pages have one of their own."),
    Code.LAYOUT: N_("Tables of one row or one column, read as lines: %(count)s."),
    Code.MERGED: N_("Merged cells: %(count)s. The words stand in the first cell, the others are empty."),
    Code.HYPHENS: N_("Words parted at the end of a line and put together again: %(count)s."),
    Code.SCANNED: N_("Pages without text, perhaps scanned: %(pages)s. What they say is missing here."),
    Code.PDF: N_("A PDF says where letters stand, not which belong together: compare the text with the file."),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that the clerk should know of a file that was read."""

    code: Code
    facts: dict[str, str | int] = field(default_factory=dict)

    def explain(self) -> str:
        """Return the sentence with its facts, in the current locale."""
        return gettext(SENTENCES[self.code]) % {name: spoken(fact) for name, fact in self.facts.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its text, and what is to be said of it."""

    text: str
    remarks: tuple[Remark, ...] = ()


class Outcome(IntEnum):
    """How reading a file ended, as the status of the process that read it says; any other is an accident."""

    READ = 0
    UNREADABLE = 10
    LOCKED = 11
    SCANNED = 12


def raised(words: str) -> str:
    """Return what is set above the line: a figure there is an index, "7^1", and would be "71" without its sign."""
    return f"^{words}" if words.strip().isdecimal() else words


class Sheet:
    """A text while it is read from a file."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._counted: Counter[Code] = Counter()
        self._said: dict[Code, Remark] = {}

    def count(self, code: Code, times: int = 1) -> None:
        """Count something that will be said once, with its number."""
        if times:
            self._counted[code] += times

    def say(self, code: Code, **facts: str | int) -> None:
        """Note something that will be said once."""
        self._said[code] = Remark(code, facts)

    def write(self, words: str) -> None:
        """Write a paragraph; one without words parts what is above it from what is below."""
        lines = [" ".join(line.split()) for line in words.split("\n")]
        if any(lines):
            self.lines += [line for line in lines if line]
        else:
            self.part()

    def part(self) -> None:
        """Leave a line empty, where the page changes or the author left one."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def write_table(self, rows: Sequence[Sequence[str]], heads: int) -> None:
        """Write a table; one row or one column is no table but words laid out on a page, and so lines."""
        if len(rows) > 1 and max(map(len, rows)) > 1:
            self.lines += str(table_of([list(row) for row in rows], min(heads, len(rows) - 1))).split("\n")
            self.part()
            return
        self.count(Code.LAYOUT)
        for row in rows:
            for cell in row:
                self.write(cell)

    def reading(self) -> Reading:
        """Return what was read."""
        counted = [Remark(code, {"count": count}) for code, count in self._counted.items()]
        said = {remark.code: remark for remark in (*counted, *self._said.values())}
        return Reading("\n".join(self.lines).strip("\n"), tuple(said[code] for code in Code if code in said))
