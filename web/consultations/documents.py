"""The documents of a consultation, byte for byte as they were published: their address is their hash."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Protocol
from urllib.parse import quote

from litestar import get
from litestar.params import FromPath
from litestar.response import Stream

from consult.consultations.pages import published_document
from consult.files import open_blob
from consult.identity.authorities import Authority
from consult.settings import Settings
from web.access import public
from web.database import Db
from web.given import Given
from web.static_files import FOR_A_YEAR

CHUNK = 64 * 1024


@get("/consultari/{reference:str}/documente/{sha256:str}", opt=public(is_streamed=True))
async def document(
    db: Given[Db],
    authority: Given[Authority],
    settings: Given[Settings],
    reference: FromPath[str],
    sha256: FromPath[str],
) -> Stream:
    """Send a document to be kept, never to be shown within this site: it was somebody's file."""
    found = await db.read(published_document, authority.id, reference, sha256)
    return file_to_keep(settings, found, {"Cache-Control": FOR_A_YEAR})


class Kept(Protocol):
    """A file as whoever attached it named it, and its bytes where they are kept."""

    @property
    def name(self) -> str:
        """Its name, fit to be shown."""

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""

    @property
    def size(self) -> int:
        """How many bytes it has."""

    @property
    def media_type(self) -> str:
        """What programs call its format, with the encoding of a text that is in an old one."""


def file_to_keep(
    settings: Settings, file: Kept, headers: Mapping[str, str] = MappingProxyType({}), *, after: int = 0
) -> Stream:
    """Hand out a file, to be kept on the reader's own disk. `after`: so many bytes before it are not its own."""
    said = {
        "Content-Disposition": attachment(file.name),
        "Content-Length": str(file.size),
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if "charset=" in file.media_type:
        # Litestar would say of every text that it is in UTF-8.
        said["Content-Type"] = file.media_type
    content = chunks(open_blob(settings.files, file.sha256), after)
    return Stream(content, media_type=file.media_type, headers={**said, **headers})


def chunks(source: BinaryIO, after: int) -> Iterator[bytes]:
    """Read a file to its end, from some byte on, and close it."""
    with source:
        source.seek(after)
        while chunk := source.read(CHUNK):
            yield chunk


def attachment(name: str) -> str:
    """Return the header that names a file to be kept, in any alphabet (RFC 6266)."""
    plain = "".join(each if each.isascii() and (each.isalnum() or each in " .-_()") else "_" for each in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
