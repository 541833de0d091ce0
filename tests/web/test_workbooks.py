"""Tables as workbooks: what was written comes back to the letter, nothing is computed, rows go out as they come."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from web.workbooks import MAIN, MOST_CHARACTERS, SHEET, workbook

NAMES = {"m": MAIN}


def sent(*parts: Sequence[Sequence[object]], title: str = "Registrul") -> list[bytes]:
    """Return a workbook piece by piece, as it goes out."""

    async def coming() -> AsyncIterator[Sequence[Sequence[object]]]:
        for part in parts:
            yield part

    async def pieces() -> list[bytes]:
        return [piece async for piece in workbook(title, ["Nr.", "Textul"], coming())]

    return asyncio.run(pieces())


def rows_of(content: bytes) -> list[list[str | None]]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        sheet = ET.fromstring(archive.read(SHEET))  # noqa: S314 - we have just written it
    rows = sheet.findall(".//m:row", NAMES)
    return [[cell.findtext(".//m:t", None, NAMES) or cell.findtext("m:v", None, NAMES) for cell in row] for row in rows]


def test_every_cell_comes_back_to_the_letter_and_a_number_as_a_number() -> None:
    written = [[1, 'a zis „da” & <plec>,\n"așa"'], [2, None], [3, " =1+1"]]

    read = rows_of(b"".join(sent(written)))

    assert read == [["Nr.", "Textul"], ["1", written[0][1]], ["2", None], ["3", " =1+1"]]


def test_a_cell_that_begins_like_a_formula_is_a_text_and_no_formula() -> None:
    content = b"".join(sent([["=HYPERLINK(1)", "@SUM(A1)"]]))

    with ZipFile(BytesIO(content)) as archive:
        sheet = archive.read(SHEET).decode()
    assert "<f>" not in sheet
    assert '<c s="0" t="inlineStr"><is><t xml:space="preserve">=HYPERLINK(1)</t></is></c>' in sheet


def test_what_no_workbook_can_hold_is_left_out_cut_or_written_otherwise() -> None:
    (_, (control, code, long)) = rows_of(b"".join(sent([["a\x00\x0bb\ufffe", "_x0041_", "ș" * 40_000]])))

    assert control == "ab"
    assert code == "_x005F_x0041_"
    assert long is not None
    assert (len(long), long[-1]) == (MOST_CHARACTERS, "…")


def test_rows_are_sent_as_they_come_and_the_same_table_is_the_same_file() -> None:
    part = [[number, f"Textul {number * 7919}"] for number in range(2000)]

    pieces = sent(part, part, part)

    assert len(pieces) == 4
    assert all(pieces)
    assert pieces == sent(part, part, part)


def test_the_head_is_printed_on_each_sheet_whatever_the_title_says() -> None:
    with ZipFile(BytesIO(b"".join(sent(title="Registrul [2026]: propuneri & 'altele'")))) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - as above

    (sheet,) = book.findall(".//m:sheet", NAMES)
    assert len(sheet.attrib["name"]) <= 31
    assert book.findtext(".//m:definedName", None, NAMES) == f"'{sheet.attrib['name']}'!$1:$1"
