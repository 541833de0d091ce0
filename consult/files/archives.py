"""The inside of a ZIP archive, looked at without trusting what it says about itself."""

import re
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

#: A document of a thousand pages with pictures stays far below each of these.
MOST_ENTRIES = 5_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_TIMES_LARGER = 200

CENTRAL_ENTRY = b"PK\x01\x02"
ENCRYPTED = 0x1
CHUNK = 64 * 1024
#: What is read of an entry to learn what the archive is.
FIRST_WORDS = 256 * 1024
#: A name that leads out of the folder into which an archive is unpacked: `../x`, `/x`, `C:x`, whichever slash it uses;
#: or that hides its end behind a character that programs cut it at.
ASTRAY = re.compile(r"[/\\]|[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|\Z)|.*[\x00-\x1f\x7f]", re.DOTALL)


class BrokenArchive(Exception):  # noqa: N818 - read as a sentence
    """The archive is damaged, or packed in a way that no office program uses."""


class LockedArchive(Exception):  # noqa: N818 - as above
    """The archive asks for a password."""


class ArchiveTooLarge(Exception):  # noqa: N818 - as above
    """Unpacked, the archive would fill memory: a "zip bomb", whether meant or not."""


class DeceptiveArchive(Exception):  # noqa: N818 - as above
    """Two entries have one name, so that programs differ in which they open; or a name leads out of the archive."""


class Archive:
    """A ZIP archive in memory.

    Raises BrokenArchive, LockedArchive, ArchiveTooLarge or DeceptiveArchive while it is looked at.
    """

    def __init__(self, content: bytes) -> None:
        # Counted before the list is read: the list of a hostile file may itself fill memory.
        if content.count(CENTRAL_ENTRY) > MOST_ENTRIES:
            raise ArchiveTooLarge
        self._size = len(content)
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as problem:
            raise BrokenArchive from problem
        check_names([entry.orig_filename for entry in self._zip.infolist()])
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self.names = frozenset(self._entries)

    def first_words(self, name: str) -> str:
        """Return the beginning of a text within the archive; empty if there is none of that name."""
        entry = self._entries.get(name)
        return b"".join(self._chunks(entry, most=FIRST_WORDS)).decode(errors="replace") if entry else ""

    def mentions(self, name: str, marks: Sequence[bytes]) -> bool:
        """Whether any of these short marks stands in an entry, however far behind its beginning."""
        overlap = max(map(len, marks))
        end = b""
        for chunk in self._chunks(self._entries[name], most=MOST_UNPACKED):
            read = end + chunk
            if any(mark in read for mark in marks):
                return True
            end = read[-overlap:]
        return False

    def unpack_all(self) -> int:
        """Unpack everything, keep nothing, and return how many bytes came out.

        They are counted as they come: the sizes that an archive declares are whatever its maker wrote there. Each
        entry's checksum is tested on the way.
        """
        most = min(MOST_UNPACKED, max(self._size, 64 * 1024) * MOST_TIMES_LARGER)
        unpacked = 0
        for entry in self._zip.infolist():
            for chunk in self._chunks(entry, most=most - unpacked + 1):
                unpacked += len(chunk)
            if unpacked > most:
                raise ArchiveTooLarge
        return unpacked

    def _chunks(self, entry: ZipInfo, *, most: int) -> Iterator[bytes]:
        if entry.flag_bits & ENCRYPTED:
            raise LockedArchive
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BrokenArchive
        try:
            with self._zip.open(entry) as source:
                while most > 0 and (chunk := source.read(min(CHUNK, most))):
                    most -= len(chunk)
                    yield chunk
        except (BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as problem:
            raise BrokenArchive from problem


def check_names(names: Sequence[str]) -> None:
    """Refuse names that lead astray, or stand for two entries; office programs do not tell capitals apart in them."""
    if any(ASTRAY.match(name) for name in names) or len({name.casefold() for name in names}) < len(names):
        raise DeceptiveArchive
