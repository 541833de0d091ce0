"""How addresses are written: in small letters without diacritics, in a language, with a query."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlencode

from consult.i18n import DEFAULT_LOCALE

SLUG_LENGTH = 70
#: Pages of a consultation or of a meeting, whose names no title may take.
PAGES = frozenset(
    {
        "text",
        "propuneri",
        "propune",
        "raspuns",
        "schimbari",
        "documente",
        "cauta",
        "cifre",
        "dezbatere",
        "dosar",
        "inscriere",
        "minuta",
        "respectarea-legii",
    }
)


def fold(text: str) -> str:
    """Return text without diacritics and capitals, for searching and for slugs: `Parcări` becomes `parcari`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def slug(title: str) -> str:
    """Return the decorative part of an address, made from a title, cut at a word."""
    words = re.findall(r"[a-z0-9]+", fold(title))
    made = ""
    for word in words:
        if len(made) + len(word) >= SLUG_LENGTH:
            break
        made = f"{made}-{word}" if made else word
    return f"{made}-proiect" if made in PAGES else made or "proiect"


def in_language(path: str, locale: str) -> str:
    """Return an address in a language: Romanian addresses have no prefix, the others do (`/en/…`)."""
    if locale == DEFAULT_LOCALE:
        return path
    return f"/{locale}" if path == "/" else f"/{locale}{path}"


@lru_cache(maxsize=4096, typed=True)
def asking(path: str, **query: str | int | None) -> str:
    """Return an address with the parts of a query that say something.

    Remembered: a page leads to a hundred such addresses, most of which stand on the next page too.
    """
    said = {name: value for name, value in query.items() if value not in {None, ""}}
    return f"{path}?{urlencode(said)}" if said else path
