"""In which encoding a text is written: UTF-8, or one of the two old ones in which Romanian was."""

import re

#: Bytes that no text file holds: control characters but tab, line feed, form feed and carriage return.
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
#: What a Romanian text holds beyond ASCII, in the code points of the old encodings (cedillas, for there was no comma).
ROMANIAN = frozenset("ăâî\u015f\u0163ĂÂÎ\u015e\u0162" + "„”“’–—…«»§°\u00a0€©")
#: Where Windows put its quotation marks and dashes, and ISO 8859-2 has nothing.
WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")


def text_encoding(content: bytes) -> str | None:
    """Return `utf-8`, `cp1250` or `iso-8859-2`; None for what is not text, or is in an encoding we cannot be sure of.

    The old encodings give every byte some letter. We believe them only if nearly all letters beyond ASCII are ones
    that Romanian uses: otherwise readers would be shown another text than was sent.
    """
    if CONTROL.search(content):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    encoding = "cp1250" if WINDOWS_ONLY.search(content) else "iso-8859-2"
    try:
        beyond_ascii = [letter for letter in content.decode(encoding) if not letter.isascii()]
    except UnicodeDecodeError:
        return None
    romanian = sum(letter in ROMANIAN for letter in beyond_ascii)
    return encoding if romanian >= 0.9 * len(beyond_ascii) else None
