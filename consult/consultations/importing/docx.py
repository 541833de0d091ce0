"""A Word document (.docx) as plain text: its words as they will stand when every tracked change is accepted.

The numbers that Word draws are written out, since in an act they are the name of the provision. Source: ECMA-376,
part 1, section 17.
"""

import re
from collections.abc import Iterator
from unicodedata import category

from consult.consultations.importing.docx_lists import Lists, is_on
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

MAIN = "word/document.xml"
NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}
#: What stands for a sign rather than for words.
SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
#: Never part of the text: properties, and what was struck out.
SILENT = frozenset({"pPr", "rPr", "sectPr", "instrText", "delText", "delInstrText", "tblPr", "tblGrid", "sdtPr"})
INSERTED = frozenset({"ins", "moveTo"})
STRUCK = frozenset({"del", "moveFrom"})
PICTURES = frozenset({"drawing", "pict", "object"})
#: The bit of `tblLook` by which a table's first row is set apart.
FIRST_ROW = 0x0020
SYMBOL = re.compile("0*[0-9A-Fa-f]{2,4}")


def read_docx(content: bytes) -> Reading:
    """Read a document. Raises Unreadable."""
    package = Package(content)
    document = package.part(MAIN)
    if document is None:
        raise Unreadable
    return _Document(package).read(document)


class _Document:
    def __init__(self, package: Package) -> None:
        self._sheet = Sheet()
        self._lists = Lists(package.part("word/numbering.xml"), package.part("word/styles.xml"))
        parts = {kind: package.part(name) for kind, name in NOTES.items()}
        self._notes = {
            (kind, attribute(note, "id")): note for kind, part in parts.items() if part is not None for note in part
        }
        running = [name for name in package.names if name.startswith(("word/header", "word/footer"))]
        for name in sorted(running):
            part = package.part(name)
            self._sheet.count(Code.RUNNING, int(part is not None and any(each.text for each in below(part, "t"))))
        self._joined = ""

    def read(self, document: Element) -> Reading:
        body = child(document, "body")
        self._blocks(body if body is not None else document)
        self._sheet.write(self._joined)
        self._sheet.count(Code.COMMENTS, sum(1 for _ in below(document, "commentReference")))
        return self._sheet.reading()

    def _blocks(self, parent: Element) -> None:
        for block in parent:
            match name_of(block):
                case "p":
                    self._paragraph(block)
                case "tbl":
                    self._table(block)
                case "del" | "moveFrom":
                    self._sheet.count(Code.TRACKED)
                case "ins" | "moveTo" | "sdt" | "sdtContent" | "customXml":
                    self._blocks(block)

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        if self._is_contents(properties):
            self._sheet.say(Code.CONTENTS)
            return
        if is_on(child(properties, "pageBreakBefore")):
            self._sheet.part()
        self._joined += "".join(self._words(paragraph))
        if child(properties, "rPr", "del") is not None:
            # The end of the paragraph is struck out: it goes on with the next.
            return
        before, *after = self._numbered(self._joined, paragraph).split("\f")
        self._joined = ""
        self._sheet.write(before)
        for rest in after:
            self._sheet.part()
            if rest.strip():
                self._sheet.write(rest)
        for box in _boxes(paragraph):
            self._blocks(box)
        if child(properties, "sectPr") is not None:
            self._sheet.part()

    def _numbered(self, words: str, paragraph: Element) -> str:
        """Return the words of a paragraph behind the number that is drawn in front of them; empty ones have none."""
        number = self._lists.number(child(paragraph, "pPr")) if words.strip() else ""
        return f"{number} {words}" if number else words

    def _is_contents(self, properties: Element | None) -> bool:
        style = attribute(child(properties, "pStyle"), "val")
        names = (attribute(child(each, "name"), "val").lower() for each in self._lists.styles_above(style))
        return any(name.startswith("toc ") for name in names)

    def _words(self, element: Element) -> Iterator[str]:
        for each in element:
            name = name_of(each)
            if (sign := _sign(name, each)) is not None:
                yield sign
            elif name in NOTES:
                yield from self._note(name, each)
            elif name == "AlternateContent":
                # The same thing once for new programs and once for old ones.
                yield from self._words(next(iter(each), each))
            elif not self._is_left_out(name, each):
                self._sheet.count(Code.TRACKED, int(name in INSERTED))
                is_raised = attribute(child(each, "rPr", "vertAlign"), "val") == "superscript"
                yield from [raised("".join(self._words(each)))] if is_raised else self._words(each)

    def _is_left_out(self, name: str, element: Element) -> bool:
        """Whether an element gives no words; it is counted where the clerk should know of it."""
        if name in STRUCK:
            self._sheet.count(Code.TRACKED)
        elif name in PICTURES:
            self._sheet.count(Code.PICTURES, int(not any(_boxes(element))))
        elif name == "r" and is_on(child(element, "rPr", "vanish")):
            self._sheet.count(Code.HIDDEN)
        else:
            return name in SILENT
        return True

    def _note(self, kind: str, reference: Element) -> Iterator[str]:
        note = self._notes.get((kind, attribute(reference, "id")))
        if note is not None:
            self._sheet.count(Code.NOTES)
            words = " ".join("".join(self._words(paragraph)).strip() for paragraph in children(note, "p"))
            yield f" [{words.strip()}]"

    def _table(self, table: Element) -> None:
        rows: list[list[str]] = []
        heads = 0
        for row in self._rows(table):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self._sheet.count(Code.TRACKED)
                continue
            self._sheet.count(Code.TRACKED, int(child(properties, "ins") is not None))
            if is_on(child(properties, "tblHeader")) and heads == len(rows):
                heads += 1
            before = attribute(child(properties, "gridBefore"), "val")
            rows.append([*([""] * int(before) if before.isdecimal() else []), *self._cells(row)])
        if rows:
            self._sheet.write_table(rows, heads or int(_names_columns(table)))

    def _rows(self, element: Element) -> Iterator[Element]:
        for each in element:
            if name_of(each) == "tr":
                yield each
            elif name_of(each) in {"sdt", "sdtContent", "customXml", *INSERTED}:
                yield from self._rows(each)

    def _cells(self, element: Element) -> Iterator[str]:
        for each in element:
            if name_of(each) == "tc":
                yield self._cell(each)
                span = attribute(child(each, "tcPr", "gridSpan"), "val", "1")
                further = int(span) - 1 if span.isdecimal() else 0
                self._sheet.count(Code.MERGED, int(further > 0))
                yield from [""] * min(further, 100)
            elif name_of(each) in {"sdt", "sdtContent", "customXml", *INSERTED}:
                yield from self._cells(each)

    def _cell(self, cell: Element) -> str:
        merged = child(cell, "tcPr", "vMerge")
        self._sheet.count(Code.MERGED, int(attribute(merged, "val") == "restart"))
        return "\n".join(words for each in cell for words in self._in_cell(each) if words.strip())

    def _in_cell(self, block: Element) -> Iterator[str]:
        """Yield the words of a cell; those of a table within it row by row."""
        match name_of(block):
            case "p":
                yield self._numbered("".join(self._words(block)), block).replace("\f", "\n")
                yield from (words for box in _boxes(block) for each in box for words in self._in_cell(each))
            case "tbl":
                yield from (" – ".join(filter(None, self._cells(row))) for row in self._rows(block))
            case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo":
                yield from (words for each in block for words in self._in_cell(each))


def _names_columns(table: Element) -> bool:
    """Whether the table's style sets its first row apart, as Word does unless told otherwise."""
    look = child(table, "tblPr", "tblLook")
    first = attribute(look, "firstRow")
    if first:
        return first in {"1", "true", "on"}
    try:
        return bool(int(attribute(look, "val", "0"), 16) & FIRST_ROW)
    except ValueError:
        return False


def _boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes that are anchored in an element, each once."""
    for each in element:
        name = name_of(each)
        if name == "txbxContent":
            yield each
        elif name == "AlternateContent":
            yield from _boxes(next(iter(each), each))
        elif name not in STRUCK:
            yield from _boxes(each)


def _sign(name: str, element: Element) -> str | None:
    """Return the letters that an element stands for; None if it holds others."""
    if name == "t":
        return (element.text or "").replace("\n", " ")
    if name == "br":
        return "\f" if attribute(element, "type") == "page" else "\n"
    if name == "sym":
        return _symbol(attribute(element, "char"))
    return SIGNS.get(name)


def _symbol(code: str) -> str:
    """Return a sign of a symbol font, which everybody's fonts have too; those of its own range are mostly bullets."""
    sign = chr(int(code, 16)) if SYMBOL.fullmatch(code) else ""
    return "•" if category(sign or " ") == "Co" else sign
