"""The name under which a file was sent, made fit to be shown. It never names anything on our disk."""

import re
import unicodedata
from pathlib import PurePosixPath

MOST_CHARACTERS = 150
#: Letters with a cedilla, which old keyboards put where Romanian has a comma below.
CEDILLA_TO_COMMA = str.maketrans("\u015e\u015f\u0162\u0163", "ȘșȚț")


def display_name(name: str) -> str:
    """Return the last part of a name without what could deceive a reader; at most 150 characters, extension kept.

    Control and invisible characters go, the right-to-left override first of all: written after `cod`, it shows
    `fdp.exe` as `exe.pdf`. A name of which nothing is left becomes `document`.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1]).translate(CEDILLA_TO_COMMA)
    visible = "".join(
        " " if character.isspace() else character
        for character in name
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    name = " ".join(visible.split()).strip(". ")
    suffix = extension(name)
    stem = name.removesuffix(suffix).strip(". ") or "document"
    return stem[: MOST_CHARACTERS - len(suffix)].rstrip(". ") + suffix


def extension(name: str) -> str:
    """Return the extension with its dot as it stands there, or nothing; no real one has more than five characters."""
    found = PurePosixPath(name).suffix
    return found if len(found) <= len(".jpeg") + 1 else ""
