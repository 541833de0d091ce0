"""The text of a draft, read from a file: checked for what it is, then read in a process of its own.

The libraries that read PDFs are written in languages in which a made-up file can do more than fail. So the reader is
another process, with little memory and time, and when it dies nothing is lost but that one upload.
"""

import subprocess
import sys
from collections.abc import Sequence

import msgspec

from consult.consultations.importing.sheets import Outcome, Reading
from consult.files.formats import PLAIN, TEXTS, Format, names_of
from consult.files.uploads import CheckedFile, FileDamaged, FileLocked, UploadRefused, check_upload
from consult.i18n import N_
from consult.settings import ROOT

#: A code of a thousand pages takes two.
SECONDS = 30
TEXT_FORMATS = names_of(TEXTS)


class ScannedFile(UploadRefused):
    """A PDF of pictures, as scanners make them."""

    sentence = N_(
        "“%(name)s” is a scan: it holds pictures of pages and no text. Send the file from which it was printed, or have"
        " its text recognised (OCR) and send that."
    )


class NoWords(UploadRefused):
    """A file that opens and says nothing."""

    sentence = N_("“%(name)s” has no text in it.")


class TooHardToRead(UploadRefused):
    """A file that takes more time or memory than any act."""

    sentence = N_("“%(name)s” takes too long to read. Save it again, or paste its text.")


def read_file(name: str, content: bytes, formats: Sequence[Format] = TEXTS) -> tuple[CheckedFile, Reading]:
    """Return a file as it was checked, and as it was read. `formats`: those that are taken.

    Raises UploadRefused and its kin, among them ScannedFile. Takes up to `SECONDS`: run it beside the loop.
    """
    checked = check_upload(name, content, formats=formats)
    if checked.format in PLAIN and checked.encoding is not None:
        content = content.decode(checked.encoding).encode()
    command = [sys.executable, "-m", "consult.consultations.importing", checked.format.name]
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours; the name of the file is not among them
            command, input=content, capture_output=True, timeout=SECONDS, check=False, cwd=ROOT, env={}
        )
    except subprocess.TimeoutExpired:
        raise TooHardToRead(name=checked.name) from None
    match done.returncode:
        case Outcome.READ:
            reading = msgspec.json.decode(done.stdout, type=Reading)
        case Outcome.UNREADABLE:
            raise FileDamaged(name=checked.name)
        case Outcome.LOCKED:
            raise FileLocked(name=checked.name)
        case Outcome.SCANNED:
            raise ScannedFile(name=checked.name)
        case _:
            raise TooHardToRead(name=checked.name)
    if not reading.text.strip():
        raise NoWords(name=checked.name)
    return checked, reading
