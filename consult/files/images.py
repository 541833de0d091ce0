"""How large a picture says it is, read from its header alone: a few bytes can ask a reader for gigabytes."""

from collections.abc import Iterator

#: Markers of JPEG (ITU-T T.81, table B.1) that stand alone, without a length.
ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
#: Start of frame: where a JPEG says its size. C4, C8 and CC lie among them and mean something else.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
START_OF_SCAN = 0xDA


def png_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of a PNG (its first chunk must be IHDR); None if it is damaged."""
    if content[12:16] != b"IHDR" or b"IEND" not in content[-64:]:
        return None
    return positive(int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))


def jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of a JPEG; None if it is damaged."""
    for marker, segment in jpeg_segments(content):
        if marker in FRAMES:
            return positive(int.from_bytes(segment[3:5]), int.from_bytes(segment[1:3]))
    return None


def jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the marker and the body of each segment before the picture itself."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:  # noqa: PLR2004 - T.81, B.1.1.2
        marker = content[position + 1]
        if marker == 0xFF or marker in ALONE:  # noqa: PLR2004 - as above: fill byte
            position += 1 if marker == 0xFF else 2  # noqa: PLR2004 - as above
            continue
        if marker == START_OF_SCAN:
            return
        length = int.from_bytes(content[position + 2 : position + 4])
        yield marker, content[position + 4 : position + 2 + length]
        position += 2 + max(length, 2)


def positive(width: int, height: int) -> tuple[int, int] | None:
    """Return a size that a picture can have."""
    return (width, height) if width > 0 and height > 0 else None
