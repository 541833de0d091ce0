"""A text in Markdown as plain text: without its signs, but with every number as its author typed it.

Markdown counts the items of a list anew; an act's numbers are its own ("1.", "2.", "2^1."), so they are taken from the
source and not from the count. Source: CommonMark 0.31, and tables as GitHub writes them.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.token import Token

from consult.consultations.importing.sheets import Code, Reading, Sheet


def read_markdown(text: str) -> Reading:
    """Read a text."""
    # Four spaces begin no code in an act, and HTML is words like any others.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")
    sheet = Sheet()
    _Writer(sheet).write(parser.parse(text))
    return sheet.reading()


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._number = ""
        self._link = ""
        self._rows: list[list[str]] = []
        self._heads = 0

    def write(self, tokens: Sequence[Token]) -> None:
        for token, following in zip(tokens, [*islice(tokens, 1, None), None], strict=True):
            match token.type:
                case "inline":
                    self._inline(token, in_cell=following is not None and following.type in {"th_close", "td_close"})
                case "list_item_open":
                    self._number = f"{token.info}{token.markup}" if token.info else "-"
                case "tr_open":
                    self._rows.append([])
                case "thead_close":
                    self._heads = len(self._rows)
                case "table_close":
                    self._sheet.write_table(self._rows, self._heads)
                    self._rows, self._heads = [], 0
                case "fence" | "code_block":
                    self._sheet.write(token.content)
                case "heading_open" | "hr":
                    self._sheet.part()

    def _inline(self, token: Token, *, in_cell: bool) -> None:
        words = "".join(self._words(token.children or ()))
        if in_cell:
            self._rows[-1].append(words)
            return
        number, self._number = self._number, ""
        self._sheet.write(f"{number} {words}" if number else words)

    def _words(self, tokens: Sequence[Token]) -> Iterator[str]:
        for token in tokens:
            match token.type:
                case "softbreak" | "hardbreak":
                    yield "\n"
                case "image":
                    self._sheet.count(Code.PICTURES)
                    yield token.content
                case "link_open":
                    self._link = str(token.attrGet("href") or "")
                case "link_close":
                    yield f" ({self._link})"
                case _:
                    yield token.content
