"""Numbers as the reader's language writes them, and the spaces that must not break."""

import re
from functools import lru_cache

from babel.numbers import format_decimal
from markupsafe import Markup

from consult.i18n import current_locale

NBSP = "\u00a0"
MINOR_UNITS = 100  # a leu has a hundred bani

# The spaces that must not break: after an abbreviation that announces something ("art. 4", "nr. 12", "No. 12"), and
# between a number and its unit ("240 lei", "40 de lei"). Each begins with the space, by which it is found quickly.
_KEPT = re.compile(
    r" (?=\S)(?:(?<=\b(?:art|lit|pct)\. )|(?<=\balin\. )|(?<=\b(?:nr|no)\. ))"
    r"| (?<=\d )(?=(?:de )?(?:lei|zile|days|%|[KMG]B)(?:\W|$))"
    r"| (?<=\d de )(?=lei(?:\W|$))",
    re.IGNORECASE,
)


def number(value: float) -> str:
    """Return a number with the thousands parted: "1.204" in Romanian, "1,204" in English."""
    return _parted(value, current_locale.get())


@lru_cache(maxsize=1024)
def _parted(value: float, locale: str) -> str:
    # A page says the same small numbers again and again, and each costs as much as a table row.
    return str(format_decimal(value, locale=locale))


def money(bani: int) -> str:
    """Return an amount given in bani: "184.500 lei", with two decimals only where there are bani."""
    pattern = "#,##0" if bani % MINOR_UNITS == 0 else "#,##0.00"
    return f"{format_decimal(bani / MINOR_UNITS, pattern, locale=current_locale.get())}{NBSP}lei"


def nbsp(text: str) -> str:
    """Keep together what is read together: "art. 4", "nr. 12", "184.500 de lei"; markup stays markup."""
    kept = _KEPT.sub(NBSP, text)
    return Markup(kept) if isinstance(text, Markup) else kept  # noqa: S704 - only spaces of safe markup were changed
