"""What a file really is, judged by its bytes; its name is only a claim."""

from collections.abc import Sequence
from dataclasses import dataclass

import puremagic

from consult.files.archives import Archive

#: puremagic's own measure, below which its word is a guess that would only puzzle the reader.
SURE = 0.4


@dataclass(frozen=True)
class Format:
    """A kind of file that is received. `name`: as people call it, the same in every language."""

    name: str
    extensions: tuple[str, ...]
    media_type: str


PDF = Format("PDF", (".pdf",), "application/pdf")
DOCX = Format("DOCX", (".docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX = Format("XLSX", (".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
ODT = Format("ODT", (".odt",), "application/vnd.oasis.opendocument.text")
ODS = Format("ODS", (".ods",), "application/vnd.oasis.opendocument.spreadsheet")
TXT = Format("TXT", (".txt",), "text/plain")
CSV = Format("CSV", (".csv",), "text/csv")
MD = Format("MD", (".md", ".markdown"), "text/markdown")
PNG = Format("PNG", (".png",), "image/png")
JPG = Format("JPG", (".jpg", ".jpeg"), "image/jpeg")

FORMATS = (PDF, DOCX, ODT, XLSX, ODS, TXT, CSV, PNG, JPG)
#: Those from which the text of a draft can be read.
TEXTS = (DOCX, ODT, PDF, MD, TXT)
#: Those from which figures can be read.
TABLES = (CSV, XLSX)
#: How every ZIP archive begins, and so every office document.
ARCHIVE = b"PK\x03\x04"
#: Formats that are text, which no byte tells apart.
PLAIN = frozenset({TXT, CSV, MD})

#: Text that a browser or a program would take for more than text.
MARKUP = {"<!doctype": "HTML", "<html": "HTML", "<script": "HTML", "<svg": "SVG", "<?xml": "XML", "{\\rtf": "RTF"}
#: Streams by which the old Office container (MS-CFB) tells its programs apart; names are kept as UTF-16.
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS = {"WordDocument": "DOC", "Workbook": "XLS", "PowerPoint Document": "PPT"}
LOCKED_STREAM = "EncryptedPackage"


def names_of(formats: Sequence[Format]) -> str:
    """Return what formats are called, for a sentence."""
    return ", ".join(known.name for known in formats)


def binary_format(content: bytes) -> Format | None:
    """Return the format of bytes that begin as a PDF, a PNG or a JPEG does."""
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPG
    return None


def zipped_format(archive: Archive) -> Format | str:
    """Return the format of an archive, or the name of a format that is not received."""
    by_media_type = {known.media_type: known for known in (ODT, ODS)}
    if known := by_media_type.get(archive.first_words("mimetype").strip()):
        return known
    if "[Content_Types].xml" in archive.names:
        for folder, found in (("word/", DOCX), ("xl/", XLSX), ("ppt/", "PPTX")):
            if any(name.startswith(folder) for name in archive.names):
                return found
    return "ZIP"


def has_macros(archive: Archive) -> bool:
    """Whether an office document brings a program with it."""
    return "macroEnabled" in archive.first_words("[Content_Types].xml") or any(
        name.casefold().endswith("vbaproject.bin") or name.startswith(("Basic/", "Scripts/")) for name in archive.names
    )


def markup_name(text: str) -> str | None:
    """Return what a text really is, if a program would take it for more than text."""
    beginning = text[:1024].lstrip("\ufeff \t\r\n").casefold()
    return next((name for mark, name in MARKUP.items() if beginning.startswith(mark)), None)


def is_locked_office_file(content: bytes) -> bool:
    """Whether this is an office document under a password, which hides its format in the old container."""
    return content.startswith(CONTAINER) and LOCKED_STREAM.encode("utf-16-le") in content


def foreign_name(content: bytes) -> str | None:
    """Return the name of a format that is not received, such as GIF, to tell the sender what we see; None if unsure."""
    if content.startswith(CONTAINER):
        return next((name for stream, name in STREAMS.items() if stream.encode("utf-16-le") in content), None)
    try:
        guess = puremagic.magic_string(content)[0]
    except puremagic.PureError:
        return None
    return guess.extension.lstrip(".").upper() or None if guess.confidence >= SURE else None
