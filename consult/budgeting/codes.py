"""Codes that people copy by hand: twelve characters that no eye mistakes, and one that tells slips of the pen.

The alphabet is Crockford's base 32. The last character checks the others by ISO 7064 MOD 37-2, which finds every single
wrong character and every swap of two neighbours; codes whose check would fall outside of the alphabet are not used.
"""

import secrets
import unicodedata
from collections.abc import Iterable

from consult.i18n import N_
from consult.refusals import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
#: Sixty bits: a million codes can be guessed for a day at a thousand tries a second with one hope in ten thousand.
LENGTH = 12
BITS_EACH = 5
MODULUS, RADIX = 37, 2


class CodeMistyped(Refusal):
    """No code reads so: a character is wrong, missing, or stands in another's place. It is no guess."""

    sentence = N_("The code has a slip in it: compare it with the one you were given, character by character.")
    field = "code"


def new_code() -> str:
    """Return a random code with its check character."""
    while True:
        code = with_check("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
        if code is not None:
            return code


def code_of(digest: bytes) -> str | None:
    """Return the code by which people know a hash: its first sixty bits. None for one hash in seven, which has none."""
    first = int.from_bytes(digest[:8], "big") >> 64 - LENGTH * BITS_EACH
    places = reversed(range(LENGTH))
    return with_check("".join(ALPHABET[first >> place * BITS_EACH & len(ALPHABET) - 1] for place in places))


def with_check(characters: str) -> str | None:
    """Add the check character; None where it would be none of the alphabet."""
    check = (1 - _sum(characters)) % MODULUS
    return characters + ALPHABET[check] if check < len(ALPHABET) else None


def read_code(typed: str) -> str:
    """Return the code that somebody typed, in any case and however grouped. Raises CodeMistyped."""
    bare = unicodedata.normalize("NFKC", typed).upper().translate(LOOKALIKES)
    code = "".join(character for character in bare if character not in "-–— ")
    if len(code) != LENGTH + 1 or not set(code) <= set(ALPHABET) or with_check(code[:LENGTH]) != code:
        raise CodeMistyped
    return code


def grouped(code: str) -> str:
    """Return a code as it is printed: `7K3M-9QXD-20ABC`."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _sum(characters: Iterable[str]) -> int:
    total = 0
    for character in characters:
        total = (total + ALPHABET.index(character)) * RADIX % MODULUS
    return total
