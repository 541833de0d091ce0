"""An OpenDocument text (.odt) as plain text, as it will stand when every tracked change is accepted.

What was struck out lies apart in such a file, among the tracked changes, and what was added lies in its place: so the
text is read and the changes are only counted. Source: OASIS OpenDocument 1.3, part 3, sections 5 to 9.
"""

import re
from collections.abc import Iterator

from consult.consultations.importing.odt_lists import OUTLINE, Lists, whole
from consult.consultations.importing.sheets import Code, Reading, Sheet, raised
from consult.consultations.importing.xml import (
    Element,
    Package,
    Unreadable,
    attribute,
    below,
    child,
    children,
    name_of,
)

#: What holds paragraphs and is none.
HOLDERS = frozenset({"section", "list-item", "list-header", "text-box", "index-body", "numbered-paragraph"})
CONTENTS = frozenset({"table-of-content", "alphabetical-index", "illustration-index", "table-index"})
SIGNS = {"tab": " ", "line-break": "\n"}
MOST_SPACES = 1000
RAISED = re.compile("super|[1-9]")
#: A row or a cell may say that it is repeated; spreadsheets pasted into a text say it of thousands of empty ones.
MOST_REPEATED = 100


def read_odt(content: bytes) -> Reading:
    """Read a document. Raises Unreadable."""
    package = Package(content)
    document, styles = package.part("content.xml"), package.part("styles.xml")
    body = child(document, "body", "text")
    if document is None or body is None:
        raise Unreadable
    return _Document(document, styles).read(body)


class _Document:
    def __init__(self, document: Element, styles: Element | None) -> None:
        self._sheet = Sheet()
        self._lists = Lists.of(styles, document)
        known = [style for part in (styles, document) if part is not None for style in below(part, "style")]
        self._begins_page = {
            attribute(style, "name")
            for style in known
            if attribute(child(style, "paragraph-properties"), "break-before") == "page"
        }
        self._raised = {
            attribute(style, "name")
            for style in known
            if RAISED.match(attribute(child(style, "text-properties"), "text-position"))
        }
        running = [each for kind in ("header", "footer") for each in below(styles, kind)] if styles is not None else []
        self._sheet.count(Code.RUNNING, sum("".join(each.itertext()).strip() != "" for each in running))
        #: The number of the list item that has been begun and whose first paragraph is still to come.
        self._number = ""

    def read(self, body: Element) -> Reading:
        changes = child(body, "tracked-changes")
        self._sheet.count(Code.TRACKED, sum(1 for _ in children(changes, "changed-region")))
        self._blocks(body)
        return self._sheet.reading()

    def _blocks(self, parent: Element) -> None:
        for block in parent:
            name = name_of(block)
            if name in {"p", "h"}:
                self._paragraph(block)
            elif name == "list":
                for item in self._items(block, "", 1):
                    self._paragraph(item)
            elif name == "table":
                self._table(block)
            elif name in CONTENTS:
                self._sheet.say(Code.CONTENTS)
            elif name in HOLDERS:
                self._blocks(block)

    def _paragraph(self, paragraph: Element) -> None:
        if attribute(paragraph, "style-name") in self._begins_page:
            self._sheet.part()
        self._sheet.write(self._numbered(paragraph))
        for box in below(paragraph, "text-box"):
            self._blocks(box)

    def _items(self, listed: Element, style: str, depth: int) -> Iterator[Element]:
        """Yield the paragraphs of a list, having set the number of each; a list within it is one deeper."""
        style = attribute(listed, "style-name", style)
        goes_on = attribute(listed, "continue-numbering") == "true" or attribute(listed, "continue-list")
        if depth == 1 and not goes_on:
            self._lists.restart(style)
        for item in listed:
            is_first = name_of(item) == "list-item"
            for block in item:
                if name_of(block) == "list":
                    yield from self._items(block, style, depth + 1)
                elif name_of(block) in {"p", "h"}:
                    start = attribute(item, "start-value")
                    if is_first and "".join(block.itertext()).strip():
                        self._number = self._lists.advance(style, depth, whole(start, 1) if start else None)
                        is_first = False
                    yield block
                elif name_of(block) == "table":
                    self._table(block)

    def _numbered(self, paragraph: Element) -> str:
        """Return the words of a paragraph behind the number that is drawn in front of them."""
        words = "".join(self._words(paragraph))
        number, self._number = self._number, ""
        if name_of(paragraph) == "h" and not number and words.strip():
            number = self._lists.advance(OUTLINE, whole(attribute(paragraph, "outline-level"), 1))
        return f"{number} {words}" if number else words

    def _words(self, element: Element) -> Iterator[str]:
        yield _flowing(element.text)
        for each in element:
            name = name_of(each)
            if name == "s":
                yield " " * min(whole(attribute(each, "c"), 1), MOST_SPACES)
            elif name in SIGNS:
                yield SIGNS[name]
            elif name == "note":
                self._sheet.count(Code.NOTES)
                note = child(each, "note-body")
                paragraphs = [] if note is None else [part for part in note if name_of(part) in {"p", "h"}]
                yield f" [{' '.join(''.join(self._words(part)).strip() for part in paragraphs)}]"
            elif name == "annotation":
                self._sheet.count(Code.COMMENTS)
            elif name == "frame":
                self._sheet.count(Code.PICTURES, int(child(each, "text-box") is None))
            elif attribute(each, "style-name") in self._raised:
                yield raised("".join(self._words(each)))
            elif name != "hidden-text":
                yield from self._words(each)
            yield _flowing(each.tail)

    def _table(self, table: Element) -> None:
        rows: list[list[str]] = []
        heads = 0
        for row, is_head in self._rows(table):
            times = min(whole(attribute(row, "number-rows-repeated"), 1), MOST_REPEATED)
            heads += times if is_head and heads == len(rows) else 0
            rows += [[*self._cells(row)] for _ in range(times)]
        while rows and not any(rows[-1]):
            rows.pop()
        if rows:
            self._sheet.write_table(rows, heads)

    def _rows(self, element: Element, *, is_head: bool = False) -> Iterator[tuple[Element, bool]]:
        for each in element:
            name = name_of(each)
            if name == "table-row":
                yield each, is_head
            elif name in {"table-header-rows", "table-rows", "table-row-group"}:
                yield from self._rows(each, is_head=is_head or name == "table-header-rows")

    def _cells(self, row: Element) -> Iterator[str]:
        for each in row:
            if name_of(each) not in {"table-cell", "covered-table-cell"}:
                continue
            spans = [whole(attribute(each, f"number-{of}-spanned"), 1) for of in ("columns", "rows")]
            self._sheet.count(Code.MERGED, int(max(spans) > 1))
            words = "\n".join(words for block in each for words in self._in_cell(block) if words.strip())
            yield from [words] * min(whole(attribute(each, "number-columns-repeated"), 1), MOST_REPEATED)

    def _in_cell(self, block: Element) -> Iterator[str]:
        """Yield the words of a cell; those of a table within it row by row."""
        match name_of(block):
            case "p" | "h":
                yield self._numbered(block)
                yield from (words for box in below(block, "text-box") for each in box for words in self._in_cell(each))
            case "list":
                yield from (self._numbered(item) for item in self._items(block, "", 1))
            case "table":
                yield from (" – ".join(filter(None, self._cells(row))) for row, _ in self._rows(block))
            case "section":
                yield from (words for each in block for words in self._in_cell(each))


def _flowing(words: str | None) -> str:
    """Return words as they flow: a line end in the file is a space on the page."""
    return (words or "").replace("\n", " ")
