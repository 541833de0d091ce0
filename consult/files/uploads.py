"""Checking an uploaded file by what is in it: size, format, and whether opening it could do harm."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from consult.files import formats
from consult.files.archives import Archive, ArchiveTooLarge, BrokenArchive, DeceptiveArchive, LockedArchive
from consult.files.blobs import KeptFile
from consult.files.formats import FORMATS, JPG, PDF, PLAIN, PNG, TXT, Format, names_of
from consult.files.images import jpeg_size, png_size
from consult.files.names import display_name, extension
from consult.files.texts import text_encoding
from consult.i18n import N_
from consult.refusals import Refusal

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
#: The most pixels a picture may have, in millions: more than a page shows, less than fills a reader's memory.
MOST_MEGAPIXELS = 25
#: What the old encodings of Romanian are called on the web.
OLD_CHARSETS = {"cp1250": "windows-1250", "iso-8859-2": "iso-8859-2"}
ACCEPTED = names_of(FORMATS)


class UploadRefused(Refusal):
    """A file is not received."""

    field = "file"


class FileEmpty(UploadRefused):
    """The file has no bytes: most often it was still open, or the copy failed."""

    sentence = N_("“%(name)s” is empty. Choose the file again.")


class FileTooLarge(UploadRefused):
    """The file is larger than we receive."""

    sentence = N_("The file is %(size)s MB; the largest accepted is %(largest)s MB.")


class FormatNotAccepted(UploadRefused):
    """The file is of a kind that we do not receive, whatever its name says."""

    sentence = N_("“%(name)s” is a %(found)s file. We accept %(accepted)s.")


class FormatUnknown(UploadRefused):
    """We cannot tell what the file is."""

    sentence = N_("We cannot tell what “%(name)s” is. We accept %(accepted)s.")


class NameMisleads(UploadRefused):
    """The name's ending says another format than the file is in, such as a PDF renamed .docx."""

    sentence = N_("“%(name)s” is really a %(found)s file. Rename it to end in %(extension)s, or choose another file.")


class FileDamaged(UploadRefused):
    """The file begins as its format does, but it is cut off or broken."""

    sentence = N_("“%(name)s” is damaged or incomplete. Open it, save it again and send the new file.")


class FileLocked(UploadRefused):
    """The file is under a password, so nobody could read it."""

    sentence = N_("“%(name)s” is protected by a password. Save it without one and send it again.")


class UnpacksTooLarge(UploadRefused):
    """A small file that grows beyond measure when it is opened: a "zip bomb"."""

    sentence = N_("“%(name)s” grows too large when it is opened. Save it again, or send it as PDF.")


class PartsMislead(UploadRefused):
    """An office document whose parts share a name or lead out of it: programs would show different things of it."""

    sentence = N_(
        "“%(name)s” is not put together as office programs do it: parts of it have the same name, or a name that leads"
        " out of the file. Open it, save it again and send the new file."
    )


class HoldsMacros(UploadRefused):
    """An office document with a program in it."""

    sentence = N_("“%(name)s” contains macros. Save it without macros, or send it as PDF.")


class PictureTooLarge(UploadRefused):
    """A picture with more pixels than we show."""

    sentence = N_(
        "The picture has %(width)s × %(height)s pixels; the most we accept is %(megapixels)s million. Make it smaller."
    )


class TextUnreadable(UploadRefused):
    """A text in an encoding that we cannot be sure of, so that readers could be shown other letters than were sent."""

    sentence = N_("We cannot read the letters of “%(name)s”. Save it with the encoding UTF-8 and send it again.")


@dataclass(frozen=True)
class CheckedFile:
    """A file that was found to be what it says.

    `name`: fit to be shown, never a path. `encoding`: of a text (`utf-8`, `cp1250` or `iso-8859-2`), which is kept as
    it was sent; None for anything else.
    """

    name: str
    format: Format
    size: int
    sha256: str
    encoding: str | None = None

    @property
    def media_type(self) -> str:
        """What programs call its format, with the encoding of a text that is in an old one."""
        charset = OLD_CHARSETS.get(self.encoding or "")
        return f"{self.format.media_type}; charset={charset}" if charset else self.format.media_type

    @property
    def kept(self) -> KeptFile:
        """What a document says of it, once its bytes are kept."""
        return KeptFile(self.name, self.sha256, self.size, self.media_type)

    @property
    def is_in_old_encoding(self) -> bool:
        """Whether it is a text that programs of today may show with wrong letters, unless they are told."""
        return self.encoding in OLD_CHARSETS


def check_upload(name: str, content: bytes | Path, *, formats: Sequence[Format] = FORMATS) -> CheckedFile:
    """Return what is known of a file, or raise the UploadRefused that says what is wrong with it.

    `name`: as the sender's machine calls it. `content`: the bytes, or where they were spooled to. `formats`: those that
    are received here.
    """
    shown = display_name(name)
    size = content.stat().st_size if isinstance(content, Path) else len(content)
    if size == 0:
        raise FileEmpty(name=shown)
    if size > LARGEST:
        raise FileTooLarge(size=megabytes(size), largest=megabytes(LARGEST))
    data = content.read_bytes() if isinstance(content, Path) else content

    claimed = next((known for known in formats if extension(shown).casefold() in known.extensions), None)
    found = recognised(shown, data, claimed, names_of(formats))
    if found not in formats:
        raise FormatNotAccepted(name=shown, found=found.name, accepted=names_of(formats))
    if found is not claimed:
        raise NameMisleads(name=shown, found=found.name, extension=found.extensions[0])
    check_structure(shown, data, found)
    return CheckedFile(
        name=shown,
        format=found,
        size=size,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=text_encoding(data) if found in PLAIN else None,
    )


def recognised(shown: str, data: bytes, claimed: Format | None, accepted: str) -> Format:
    """Return the format that the bytes show; raises FormatNotAccepted and its kin."""
    if found := formats.binary_format(data):
        return found
    if data.startswith(formats.ARCHIVE):
        return recognised_archive(shown, data, accepted)
    if formats.is_locked_office_file(data):
        raise FileLocked(name=shown)
    if encoding := text_encoding(data):
        if markup := formats.markup_name(data.decode(encoding)):
            raise FormatNotAccepted(name=shown, found=markup, accepted=accepted)
        return claimed if claimed in PLAIN else TXT
    if foreign := formats.foreign_name(data):
        raise FormatNotAccepted(name=shown, found=foreign, accepted=accepted)
    if claimed in PLAIN:
        raise TextUnreadable(name=shown)
    raise FormatUnknown(name=shown, accepted=accepted)


def recognised_archive(shown: str, data: bytes, accepted: str) -> Format:
    """Return the format of an office document, having unpacked all of it once to see that it can be."""
    try:
        archive = Archive(data)
        found = formats.zipped_format(archive)
        if isinstance(found, str):
            raise FormatNotAccepted(name=shown, found=found, accepted=accepted)
        if formats.has_macros(archive):
            raise HoldsMacros(name=shown)
        archive.unpack_all()
    except BrokenArchive:
        raise FileDamaged(name=shown) from None
    except LockedArchive:
        raise FileLocked(name=shown) from None
    except ArchiveTooLarge:
        raise UnpacksTooLarge(name=shown) from None
    except DeceptiveArchive:
        raise PartsMislead(name=shown) from None
    return found


def check_structure(shown: str, data: bytes, found: Format) -> None:
    """Refuse a PDF that was cut off (a transfer that broke), and a picture that is damaged or too large."""
    if found is PDF and b"startxref" not in data:
        raise FileDamaged(name=shown)
    if found not in {PNG, JPG}:
        return
    size = png_size(data) if found is PNG else jpeg_size(data)
    if size is None:
        raise FileDamaged(name=shown)
    width, height = size
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise PictureTooLarge(width=width, height=height, megapixels=MOST_MEGAPIXELS)


def megabytes(size: int) -> Decimal:
    """Return a size in megabytes, rounded up to a tenth, so that one byte too many never reads as the limit."""
    return Decimal(-(-size * 10 // MEGABYTE)) / 10
