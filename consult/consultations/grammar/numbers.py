"""Numbers as acts write them (7, 76^1, 76¹, IX, b), aa), 1.1, ii) and which number lawfully follows which.

Law 24/2000: articles are Arabic and continuous, Roman in amending acts (art. 47); an inserted item carries the
number it follows with an index (art. 60); enumerations use the letters of the Romanian alphabet (art. 49).
"""

import re
from dataclasses import dataclass

#: An index after a number, in every way drafts write it: "^1", "¹", "indice 1", and the older "bis".
INDEX = (
    r"(?:[ \t]?[\^ˆ∧][ \t]?(?:\(\d{1,3}\)|\d{1,3})|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
    r"|[ \t](?i:indice)[ \t]\d{1,3}|[ \t](?:bis|ter)\b){0,2}"
)

_INDEX_PART = re.compile(r"\d+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|bis|ter")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LATIN_INDEX = {"bis": "1", "ter": "2"}
_ALPHABET = "aăâbcdefghiîjklmnopqrsștțuvwxyz"
# Official acts leave these letters out of an enumeration as often as they use them.
_OFTEN_LEFT_OUT = frozenset("ăâîkqșțwxy")
_ASCII = {"ă": "a-scurt", "â": "a-lung", "î": "i-lung", "ș": "s-virgula", "ț": "t-virgula"}
_ROMAN = re.compile(r"(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Two-letter items come in two manners: z), aa), bb), cc) and z), aa), ab), ac).
_DOUBLED = 100
_PAIRED = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """The number of an article, a paragraph, a letter.

    `written` is its one spelling ("76^1"), `slug` its part of a key ("76-ind-1"), `order` what it is compared by.
    """

    written: str
    slug: str
    order: tuple[int, ...]
    lettered: bool = False
    roman: bool = False

    @property
    def is_first(self) -> bool:
        """Whether a list may begin with it: 1, I, a), "unic", and 4.1 under point 4."""
        return self.order[-1] == 1 and (len(self.order) == 1 or "." in self.written)

    def follows(self, previous: "Number | None") -> bool:
        """Whether it is what a reader expects after `previous`: the next one, or an inserted one with an index."""
        if previous is None:
            return self.is_first
        before, here = previous.order, self.order
        if len(here) > len(before):
            return here == (*before, 1)
        # 2.1 follows 1.4, but 76^1 does not follow 75^4.
        last = len(here) - 1
        candidates = range(len(here)) if "." in self.written else (last,)
        return any(
            here[:at] == before[:at] and self._steps(before[at], at) and all(part == 1 for part in here[at + 1 :])
            for at in candidates
        )

    def _steps(self, before: int, at: int) -> bool:
        here = self.order[at]
        if not self.lettered or at:
            return here == before + 1
        if before == _DOUBLED + 1 and here > _PAIRED:
            before = _PAIRED + 1
        if before == len(_ALPHABET) and here == _DOUBLED + 1:
            return True
        return before < here < before + len(_ALPHABET) and all(
            _ALPHABET[position % _DOUBLED - 1] in _OFTEN_LEFT_OUT for position in range(before + 1, here)
        )


def arabic(digits: str, index: str = "") -> Number:
    """Read "7", "76" with the index "^1", or the dotted "1.1"."""
    order = tuple(int(part) for part in digits.split("."))
    return _with_index(".".join(map(str, order)), "-".join(map(str, order)), order, index)


def roman(letters: str, index: str = "", *, counted: bool = False) -> Number | None:
    """Read "IX" or "ii", or nothing if it is no Roman numeral; `counted` gives it an Arabic slug (chapters)."""
    capitals = letters.upper()
    if not capitals or not _ROMAN.match(capitals):
        return None
    value = 0
    for letter, after in zip(capitals, (*capitals[1:], None), strict=True):
        digit = _ROMAN_DIGITS[letter]
        value += -digit if after and _ROMAN_DIGITS[after] > digit else digit
    return _with_index(letters, str(value) if counted else letters.lower(), (value,), index, roman=True)


def lettered(letters: str, index: str = "") -> Number | None:
    """Read "b", "ș", "aa", "ab", "A"; nothing if they are not letters of the Romanian alphabet."""
    small = letters.lower()
    positions = [_ALPHABET.find(letter) + 1 for letter in small]
    if not all(positions):
        return None
    if len(positions) == 1:
        place = positions[0]
    elif positions[0] == positions[1]:
        place = _DOUBLED + positions[0]
    else:
        place = _PAIRED * positions[0] + positions[1]
    slug = "-".join(_ASCII.get(letter, letter) for letter in small) if not small.isascii() else small
    return _with_index(letters, slug, (place,), index, lettered=True)


#: The number of an "Articol unic".
SOLE = Number("unic", "unic", (1,))


def _with_index(
    written: str, slug: str, order: tuple[int, ...], index: str, *, lettered: bool = False, roman: bool = False
) -> Number:
    for part in _INDEX_PART.findall(index.lower()):
        value = int(_LATIN_INDEX.get(part, part).translate(_SUPERSCRIPTS))
        order = (*order, value)
        if part in _LATIN_INDEX:
            written, slug = f"{written} {part}", f"{slug}-{part}"
        else:
            written, slug = f"{written}^{value}", f"{slug}-ind-{value}"
    return Number(written, slug, order, lettered=lettered, roman=roman)
