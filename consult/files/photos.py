"""Photographs without what the camera wrote beside the picture: where it was taken, when, with which device.

Nothing is decoded and pressed anew, so no quality is lost: what a viewer needs to show the picture is kept, everything
else is left out, and so is whatever follows the picture's end.
"""

import struct
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from consult.files.formats import JPG, PNG
from consult.files.uploads import CheckedFile, check_upload

#: What is received as a photograph.
PHOTOS = (JPG, PNG)

#: Application segments of JPEG that decide how colours look, and how each begins: JFIF, a colour profile, Adobe's
#: transform. Whatever else stands under their markers tells of something else.
COLOURS = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
EXIF = b"Exif\x00\x00"
COMMENT = 0xFE
APPLICATION = range(0xE0, 0xF0)
RESTARTS = range(0xD0, 0xD8)
START, END, SCAN, FILL = 0xD8, 0xD9, 0xDA, 0xFF

#: The tag of Exif that says how the camera was held, and the ways it knows (TIFF 6.0).
ORIENTATION = 0x0112
UPRIGHT = 1
TURNED = range(2, 9)

#: Chunks of PNG without which the picture would look otherwise (PNG 3, table 7); all others tell of something else.
SHOWN = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"cHRM",
        b"gAMA",
        b"iCCP",
        b"sBIT",
        b"sRGB",
        b"cICP",
        b"bKGD",
        b"pHYs",
    }
)
SIGNATURE = 8


def check_photo(name: str, content: bytes) -> tuple[CheckedFile, bytes]:
    """Return what is known of a photograph, and its bytes with nothing but the picture. Raises UploadRefused."""
    checked = check_upload(name, content, formats=PHOTOS)
    bare = bare_png(content) if checked.format is PNG else bare_jpeg(content)
    return replace(checked, size=len(bare), sha256=sha256(bare).hexdigest()), bare


def bare_png(content: bytes) -> bytes:
    """Return a PNG with the chunks that are shown, up to its end."""
    return content[:SIGNATURE] + b"".join(chunk for name, chunk in _chunks(content) if name in SHOWN)


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG with the segments that are shown, up to its end; of Exif only which side is up."""
    kept = [bytes([0xFF, START])]
    for marker, segment in _segments(content):
        body = segment[4:]
        if body.startswith(EXIF) and (turned := _orientation(body[len(EXIF) :])) in TURNED:
            kept.append(_turned(turned))
        elif _is_shown(marker, body):
            kept.append(segment)
    return b"".join(kept) + bytes([0xFF, END])


def _is_shown(marker: int, body: bytes) -> bool:
    if marker in COLOURS:
        return body.startswith(COLOURS[marker])
    return marker not in APPLICATION and marker != COMMENT


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG with their names, the last of them its end."""
    position, name = SIGNATURE, b""
    while position + 12 <= len(content) and name != b"IEND":
        length = int.from_bytes(content[position : position + 4])
        name = content[position + 4 : position + 8]
        yield name, content[position : position + 12 + length]
        position += 12 + length


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the segments of a JPEG with their markers, each scan with its picture, up to the end of the last.

    A progressive picture has several scans, with tables between them.
    """
    position = 2
    while position + 4 <= len(content) and (marker := content[position + 1]) != END:
        if marker == FILL:
            position += 1
            continue
        end = position + 2 + int.from_bytes(content[position + 2 : position + 4])
        if marker == SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[position:end]
        position = max(end, position + 4)


def _end_of_scan(content: bytes, position: int) -> int:
    """Return where the picture of a scan ends: in it 0xFF stands before 0x00, or before a number that restarts it."""
    while (position := content.find(b"\xff", position)) >= 0 and position + 1 < len(content):
        if content[position + 1] != 0 and content[position + 1] not in RESTARTS:
            return position
        position += 2
    return len(content)


def _orientation(tiff: bytes) -> int:
    """Return how the camera was held, as the first directory of Exif says it; upright where it cannot be read."""
    order = ">" if tiff.startswith(b"MM") else "<"
    try:
        (directory,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, directory)
        entries = [struct.unpack_from(f"{order}HHIH", tiff, directory + 2 + 12 * place) for place in range(count)]
    except struct.error:
        return UPRIGHT
    return next((int(value) for tag, _type, _count, value in entries if tag == ORIENTATION), UPRIGHT)


def _turned(orientation: int) -> bytes:
    """Return a segment of Exif with one entry: how the camera was held."""
    short = 3
    directory = struct.pack(">HHHIHHI", 1, ORIENTATION, short, 1, orientation, 0, 0)
    body = EXIF + b"MM\x00\x2a" + struct.pack(">I", 8) + directory
    return bytes([0xFF, 0xE1]) + struct.pack(">H", len(body) + 2) + body
