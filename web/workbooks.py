"""A table as a workbook (.xlsx, ECMA-376) that is sent row by row, so that a long one takes no more memory.

Only what a table needs: one sheet, a head that stays in sight and is printed on each page, A4 across. Every text is a
text in its cell (`inlineStr`), which no program computes, whatever it begins with.
"""

import re
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from io import RawIOBase
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from consult.files.formats import XLSX

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MEDIA_TYPE = XLSX.media_type
#: What a cell can hold (Excel's limit); what is longer ends with three dots.
MOST_CHARACTERS = 32_767
#: How wide every column is, in letters; long words go on in the next line.
WIDTH = 24
#: What XML cannot say, and what Excel would take for the code of a character.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
MAIN = f"{SCHEMAS}/spreadsheetml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = f"{SCHEMAS}/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{SCHEMAS}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    # The second style is the head's: bold. In both, long words go on in the next line.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf xfId="0"><alignment vertical="top" wrapText="1"/></xf>'
        '<xf xfId="0" fontId="1" applyFont="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
SHEET = "xl/worksheets/sheet1.xml"
SHEET_BEGINS = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
SHEET_ENDS = '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'


class _Sink(RawIOBase):
    """What was written and has not been sent yet; a stream that cannot be gone back in."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        """Say so."""
        return True

    def write(self, content: "ReadableBuffer", /) -> int:
        """Take it."""
        self._written += content
        return memoryview(content).nbytes

    def taken(self) -> bytes:
        """Return what is there, to be sent."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


async def workbook(
    title: str, head: Sequence[str], parts: AsyncIterable[Sequence[Sequence[object]]]
) -> AsyncIterator[bytes]:
    """Yield a workbook of one table, as its rows come. `title`: of its sheet."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, "xl/workbook.xml": _book(title)}.items():
            archive.writestr(_part(name), XML + content)
        with archive.open(_part(SHEET), "w", force_zip64=True) as sheet:
            sheet.write((XML + SHEET_BEGINS + _columns(len(head)) + "<sheetData>" + _row(head, style=1)).encode())
            async for rows in parts:
                sheet.write("".join(map(_row, rows)).encode())
                yield sink.taken()
            sheet.write(SHEET_ENDS.encode())
    yield sink.taken()


def _part(name: str) -> ZipInfo:
    # Without the time of day, so that the same table is the same file.
    part = ZipInfo(name)
    part.compress_type = ZIP_DEFLATED
    return part


def _book(title: str) -> str:
    # The head is printed on each page.
    name = escape(re.sub(r"[\[\]:*?/\\']", " ", title)[:31])
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f'<sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets>'
        f'<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">\'{name}\'!$1:$1</definedName>'
        "</definedNames></workbook>"
    )


def _columns(count: int) -> str:
    return f'<cols><col min="1" max="{count}" width="{WIDTH}" customWidth="1"/></cols>'


def _row(cells: Sequence[object], style: int = 0) -> str:
    return f"<row>{''.join(_cell(cell, style) for cell in cells)}</row>"


def _cell(cell: object, style: int) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, int):
        return f'<c s="{style}"><v>{cell}</v></c>'
    said = _LIKE_A_CODE.sub("_x005F_", _UNSPEAKABLE.sub("", str(cell)))
    if len(said) > MOST_CHARACTERS:
        said = f"{said[: MOST_CHARACTERS - 1]}…"
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(said)}</t></is></c>'
