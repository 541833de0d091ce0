"""What a camera writes beside a picture never leaves the house."""

import struct
import zlib

import pytest

from consult.files.images import jpeg_size, png_size
from consult.files.photos import bare_jpeg, check_photo
from consult.files.uploads import FormatNotAccepted
from tests.files import samples

#: The tag of the place where a picture was taken, and that of how the camera was held.
GPS, ORIENTATION = 0x8825, 0x0112
SECRET = b"46.567,26.914"


def exif(order: str = ">", turned: int = 6) -> bytes:
    header = (b"MM\x00\x2a" if order == ">" else b"II\x2a\x00") + struct.pack(f"{order}I", 8)
    entries = struct.pack(f"{order}HHHIHH", 2, ORIENTATION, 3, 1, turned, 0) + struct.pack(
        f"{order}HHII", GPS, 4, 1, 38
    )
    return b"Exif\x00\x00" + header + entries + struct.pack(f"{order}I", 0) + SECRET


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def taken(*beside: bytes, after: bytes = b"") -> bytes:
    """A picture as a camera writes it: with segments beside it, and more pictures after its end."""
    picture = samples.jpeg()
    return picture[:2] + b"".join(beside) + picture[2:] + after


@pytest.mark.parametrize("order", [">", "<"])
def test_of_what_a_camera_wrote_only_which_side_is_up_is_kept(order):
    bare = bare_jpeg(taken(segment(0xE1, exif(order)), segment(0xFE, SECRET)))

    assert SECRET not in bare
    assert bare.count(b"Exif\x00\x00") == 1
    assert struct.pack(">HHIH", ORIENTATION, 3, 1, 6) in bare


def test_a_picture_that_was_taken_upright_says_nothing_of_its_camera():
    bare = bare_jpeg(taken(segment(0xE1, exif(turned=1))))

    assert b"Exif" not in bare


def test_broken_words_of_a_camera_are_left_out():
    bare = bare_jpeg(taken(segment(0xE1, b"Exif\x00\x00MM\x00\x2a\xff\xff")))

    assert b"Exif" not in bare
    assert jpeg_size(bare) == (2, 2)


def test_what_decides_how_colours_look_is_kept():
    profile, pictures = segment(0xE2, b"ICC_PROFILE\x00\x01\x01profile"), segment(0xE2, b"MPF\x00pictures")

    bare = bare_jpeg(taken(profile, pictures, segment(0xED, b"Photoshop 3.0\x00" + SECRET)))

    assert profile in bare
    assert b"MPF" not in bare
    assert b"Photoshop" not in bare


def test_whatever_follows_the_end_of_a_picture_is_left_out():
    bare = bare_jpeg(taken(after=samples.jpeg() + SECRET))

    assert bare.endswith(b"\xff\xd9")
    assert bare.count(b"\xff\xd9") == 1


def test_a_picture_of_several_scans_is_kept_whole():
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    picture = samples.jpeg()[:-2]
    more = (
        scan
        + b"\x11\xff\x00\x22\xff\xd3\x33"
        + segment(0xC4, b"\xff\xd9tables")
        + segment(0xE1, SECRET)
        + scan
        + b"\x44"
    )

    bare = bare_jpeg(picture + more + b"\xff\xd9")

    assert b"\x11\xff\x00\x22\xff\xd3\x33" in bare
    assert b"\xff\xd9tables" in bare
    assert bare.endswith(b"\x44\xff\xd9")
    assert SECRET not in bare


def test_a_png_keeps_the_chunks_that_are_shown():
    picture = samples.png()
    hidden = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"eXIf", SECRET), (b"tEXt", b"Author\x00Ana"), (b"tIME", bytes(7)))
    )

    checked, bare = check_photo("poza.png", picture[:33] + hidden + picture[33:] + SECRET)

    assert bare == picture
    assert checked.size == len(picture)
    assert png_size(bare) == (2, 2)


def test_what_is_no_photograph_is_refused():
    with pytest.raises(FormatNotAccepted):
        check_photo("studiu.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF")
