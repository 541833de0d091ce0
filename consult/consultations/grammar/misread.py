"""Letters that were damaged before they came to us: a text that some program read in another encoding than its own.

"stabileÅŸte" was "stabilește" in UTF-8, read as a Windows encoding; "cetãþenii" was "cetățenii" in the old encoding of
Romanian, read as the Western one; in "\ufffdedința" a letter is gone for good. Nothing is mended here, since only
whoever has the source knows what stood there: the words are named, with what was probably meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from consult.consultations.grammar.plain_text import normalise

_CEDILLAS = dict(zip("\u015f\u0163\u015e\u0162", "șțȘȚ", strict=True))
_LETTERS = "ăâîșțĂÂÎȘȚ"
_TYPOGRAPHY = "„”“’–—…"
#: What a Romanian draft holds beyond ASCII, its neighbours' letters in names included.
_EXPECTED = _LETTERS + "".join(_CEDILLAS) + _TYPOGRAPHY + "áéíóöőüűÁÉÍŐÚÜŰàèçäß" + "‘‚«»•·§°²³½€"
#: What the encoding of the web is taken for, the most frequent mistake first.
_MISTAKEN = ("cp1252", "cp1250", "iso-8859-2")
#: Letters of the old encoding of Romanian (Windows-1250, with cedillas) as the Western one reads them.
_OLD = dict(zip("ºªþÞãÃ", "șȘțȚăĂ", strict=True))
_LOST = "\ufffd"

_LETTER = r"[^\W\d_ºª]"
#: "nº 5" and "1ª" are how others write ordinals.
_ORDINAL = rf"(?<=[nN\d])[ºª](?!{_LETTER})"
_ENTITY = r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});"
#: A text without one of these has no trace of damage, and is looked through at once.
_UNUSUAL = re.compile(f"[^\\x00-%'->@-~{_LETTERS}{_TYPOGRAPHY}]")
_LONGEST_WORD = 60
_EDGES = ".,;:!()[]\"'"


def _misread_signs() -> dict[str, str]:
    """Return how each expected sign looks when its bytes are read in a wrong encoding, once or twice."""
    signs: dict[str, str] = {}
    for encoding in _MISTAKEN:
        for sign in _EXPECTED:
            once = _read_as(encoding, sign)
            for looks in (once, _read_as(encoding, once)):
                if len(looks) > 1:
                    signs.setdefault(looks, _CEDILLAS.get(sign, sign))
    return signs


def _read_as(encoding: str, text: str) -> str:
    """Return what a program shows that takes UTF-8 for another encoding, made uniform as every text is.

    Where an encoding has nothing, programs read a control character, which `normalise` makes a sign or takes out.
    """
    return normalise("".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())).text


_SIGNS = _misread_signs()
_SIGN = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))
_OLD_LETTER = re.compile("[ºªþÞãÃ]")
_TRACE = re.compile(
    rf"{_SIGN.pattern}|{_LOST}|[þÞãÃ]|(?!{_ORDINAL})(?:(?<={_LETTER})[ºª]|[ºª](?={_LETTER}))"
    rf"|(?<={_LETTER})\?(?={_LETTER})|{_ENTITY}"
)


@dataclass(frozen=True, slots=True)
class Misread:
    """A word with a trace of damage. `start`: its place in the text."""

    start: int
    word: str

    @property
    def meant(self) -> str:
        """What the word probably was; nothing where that cannot be told."""
        meant = _SIGN.sub(lambda sign: _SIGNS[sign[0]], unescape(self.word))
        meant = _OLD_LETTER.sub(lambda letter: _OLD[letter[0]], meant)
        return "" if meant == self.word or _LOST in meant or "?" in meant else meant

    def __str__(self) -> str:
        """Return the word with what was meant, in signs that every language reads."""
        return f"{self.word} → {self.meant}" if self.meant else self.word


def misread_words(text: str) -> Iterator[Misread]:
    """Find the damaged words of a text that was made uniform, in their order."""
    if not _UNUSUAL.search(text):
        return
    end = 0
    for trace in _TRACE.finditer(text):
        if trace.start() < end:
            continue
        start, end = _word_around(text, trace.start(), trace.end())
        word = text[start:end].strip(_EDGES)
        if trace[0] == "?" and not word.replace("?", "").isalpha():
            # An address on the web, more likely.
            continue
        yield Misread(start, word)


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the word begins and ends in which a trace stands; of an endless one, what is nearest."""
    before = text[max(start - _LONGEST_WORD, 0) : start]
    after = text[end : end + _LONGEST_WORD]
    first = start - len(before) + max(map(before.rfind, " \t\n")) + 1
    return first, end + min((at for at in map(after.find, " \t\n") if at >= 0), default=len(after))
