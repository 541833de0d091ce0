"""Money: whole bani, a hundred to the leu, never a binary fraction; and the ways in which people write amounts."""

import re
from decimal import Decimal
from enum import IntEnum
from typing import NewType

Bani = NewType("Bani", int)
BANI_IN_A_LEU = 100

#: "1.234.567,89", "1 234 567,89", "1234567,89", "1234567.89", "1,234,567.89"; a comma before three digits is decimal,
#: as Romanian has it, unless another sign says otherwise.
_ROMANIAN = re.compile(
    r"[0-9]{1,3}(?:(?P<parted>[. ])[0-9]{3}(?:(?P=parted)[0-9]{3})*)?(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"
)
_PLAIN = re.compile(r"[0-9]+\.[0-9]+")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_SPACES = re.compile(r"[\u00a0\u2009\u202f]")
#: What bookkeepers write for nothing.
_NOTHING = frozenset({"-", "–", "—"})
#: Beyond it no database keeps a whole number; no budget on Earth comes near.
_MOST = 2**62


class Unit(IntEnum):
    """What one in a table stands for, in lei."""

    LEU = 1
    THOUSAND = 1000


class NotAnAmount(Exception):  # noqa: N818 - read as a sentence
    """The words are no amount of money, or one with fractions of a ban."""


def read_amount(words: str, unit: Unit = Unit.LEU) -> Bani:
    """Return an amount as a table or a form writes it. Raises NotAnAmount."""
    written = _SPACES.sub(" ", words).strip().removesuffix("lei").strip()
    if written in _NOTHING:
        return Bani(0)
    is_negative = written.startswith(("-", "\u2212")) or (written.startswith("(") and written.endswith(")"))
    bani = _decimal(written.strip("-\u2212() ")) * unit * BANI_IN_A_LEU
    if bani != bani.to_integral_value() or bani > _MOST:
        raise NotAnAmount
    return Bani(-int(bani) if is_negative else int(bani))


def write_amount(bani: int) -> str:
    """Return an amount in lei as a Romanian spreadsheet reads it: "184500" or "184500,50"."""
    lei, rest = divmod(abs(bani), BANI_IN_A_LEU)
    return f"{'-' if bani < 0 else ''}{lei}" + (f",{rest:02}" if rest else "")


def amount_in_words(bani: int) -> str:
    """Return an amount as a Romanian sentence says it: "184.500 lei", "1.250,50 lei"."""
    lei, comma, rest = write_amount(bani).partition(",")
    return f"{int(lei):,}".replace(",", ".") + comma + rest + " lei"


def _decimal(written: str) -> Decimal:
    if _PLAIN.fullmatch(written) and not _ROMANIAN.fullmatch(written):
        return Decimal(written)
    if _ROMANIAN.fullmatch(written):
        return Decimal(written.replace(".", "").replace(" ", "").replace(",", "."))
    if _ENGLISH.fullmatch(written):
        return Decimal(written.replace(",", ""))
    raise NotAnAmount
