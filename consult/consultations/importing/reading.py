"""Which module reads which format."""

from collections.abc import Callable

from consult.consultations.importing.docx import read_docx
from consult.consultations.importing.markdown import read_markdown
from consult.consultations.importing.odt import read_odt
from consult.consultations.importing.pdf import read_pdf
from consult.consultations.importing.sheets import Reading
from consult.consultations.importing.xlsx import read_xlsx
from consult.consultations.importing.xml import Unreadable


def _read_text(content: bytes) -> Reading:
    return Reading(content.decode("utf-8-sig"))


READERS: dict[str, Callable[[bytes], Reading]] = {
    "DOCX": read_docx,
    "ODT": read_odt,
    "PDF": read_pdf,
    "MD": lambda content: read_markdown(content.decode("utf-8-sig")),
    "TXT": _read_text,
    "XLSX": read_xlsx,
    "CSV": _read_text,
}


def read(format_name: str, content: bytes) -> Reading:
    """Return the text of a file in one of the formats above, of a table its rows; a plain text in UTF-8.

    Raises Unreadable, and of a PDF Locked and Scanned.
    """
    try:
        return READERS[format_name](content)
    except (RecursionError, UnicodeDecodeError) as problem:
        raise Unreadable from problem
