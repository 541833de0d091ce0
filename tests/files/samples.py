"""Files as offices make them, built in memory, and the ways in which they are bent."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from os import urandom
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
ENCRYPTED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 2 0 R")
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxml.document.main+xml"/></Types>'
)
#: The old Office container: its signature, then the names of its streams in UTF-16.
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

#: Bytes that no packing makes smaller, so that an archive's size is not what gives it away.
PADDING = urandom(1024 * 1024)


def archive(entries: Mapping[str, bytes], *, stored: frozenset[str] = frozenset(), method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as made:
        for name, content in entries.items():
            made.writestr(name, content, ZIP_STORED if name in stored else method)
    return target.getvalue()


def docx(more: Mapping[str, bytes] | None = None, content_types: bytes = CONTENT_TYPES) -> bytes:
    return archive({"[Content_Types].xml": content_types, "word/document.xml": b"<w:document/>", **(more or {})})


def with_entry_named(name: str) -> bytes:
    """A document with one more entry of any name, also one that Python's own writer would mend or remark on."""
    placeholder = "z" * len(name.encode())
    return docx({placeholder: b"x"}).replace(placeholder.encode(), name.encode())


def xlsx() -> bytes:
    return archive({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": b"<workbook/>"})


def open_document(kind: str, more: Mapping[str, bytes] | None = None) -> bytes:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive(
        {"mimetype": media_type, "content.xml": b"<office:document/>", **(more or {})}, stored=frozenset({"mimetype"})
    )


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    picture = zlib.compress(bytes(2 * 3))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", picture) + chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2, frame: int = 0xC0) -> bytes:
    header = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    # A frame header hidden in a comment, which only a reader that skips segments by their length passes over.
    comment = b"\xff\xfe\x00\x0b\xff\xc0\x00\x11\x08\xff\xff\xff\xff"
    size = bytes([0xFF, 0xFF, frame]) + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + header + comment + size + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\xd2\xff\xd9"


def old_office_file(stream: str) -> bytes:
    return OLD_CONTAINER + stream.encode("utf-16-le") + bytes(512)


def locked_archive() -> bytes:
    """An archive whose entries carry the mark of a password."""
    content = bytearray(docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(signature)
        while position >= 0:
            content[position + offset] |= 1
            position = content.find(signature, position + 4)
    return bytes(content)


def damaged_archive() -> bytes:
    """A document of which one letter has changed on its way."""
    content = archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<w:document/>"}, method=ZIP_STORED)
    return content.replace(b"<w:document/>", b"<w:dokument/>")


def bomb() -> bytes:
    """A document whose many parts unpack to more than 100 MB."""
    return docx({f"word/media/{number}.bmp": bytes(20 * 1024 * 1024) for number in range(6)} | {"pad": PADDING})


def steep_bomb() -> bytes:
    """A small document that unpacks to 40 MB, a thousand times its size."""
    return docx({"word/media/image1.bmp": bytes(40 * 1024 * 1024)})


def lying_bomb() -> bytes:
    """A document whose list says that its entry unpacks to one byte, and whose entry unpacks to 100 MB."""
    content = bytearray(docx({"word/media/image1.bmp": bytes(100 * 1024 * 1024)}))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 1)
    return bytes(content)


def crowded_archive() -> bytes:
    """A document with more parts than any office program writes."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as made:
        made.writestr("[Content_Types].xml", CONTENT_TYPES)
        for number in range(6_000):
            made.writestr(ZipInfo(f"word/{number}"), b"")
    return target.getvalue()
