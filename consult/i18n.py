"""The reader's language: Romanian first, English complete, others by catalogue.

Sentences are written in English in the code (gettext sources know two plural forms, Romanian needs three), marked
with `N_` where they are defined and translated where they are shown. Catalogues are read from their `.po` files, so
that nothing has to be compiled before the service starts.
"""

from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = ("ro", "en")
DEFAULT_LOCALE = "ro"
LOCALE_DIRECTORY = Path(__file__).parent / "locale"
ZONE = ZoneInfo("Europe/Bucharest")
PARTED_FROM = 10_000

current_locale: ContextVar[str] = ContextVar("current_locale", default=DEFAULT_LOCALE)


def N_(msgid: str) -> str:  # noqa: N802 - gettext's customary name for "mark, translate later"
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return msgid


@cache
def translations(locale: str) -> NullTranslations:
    """Return the catalogue of a locale; English, the language of the sources, needs none."""
    path = LOCALE_DIRECTORY / locale / "LC_MESSAGES" / "consult.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=locale)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def gettext(msgid: str) -> str:
    """Return a sentence in the current locale."""
    return translations(current_locale.get()).gettext(msgid)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a sentence that goes with a number (Romanian has three: 1, 2-19, 20 and more)."""
    return translations(current_locale.get()).ngettext(singular, plural, number)


def pgettext(context: str, msgid: str) -> str:
    """Return a sentence in the current locale where the same English words mean two things."""
    return translations(current_locale.get()).pgettext(context, msgid)


@lru_cache(maxsize=4096)
def day_in_words(day: date, locale: str) -> str:
    """Return a date with its month by name. A page says few days many times, and each costs as much as a table row."""
    return format_date(day, "d MMMM y", locale=locale)


def spoken(fact: object) -> object:
    """Return a fact as the reader's language says it: months by name, the hour as clocks here show it, 1.5 or 1,5.

    The thousands of a whole number are parted from 10,000 on: years and register numbers stay as they are written.
    """
    locale = current_locale.get()
    if isinstance(fact, datetime):
        local = fact.astimezone(ZONE)
        return gettext("%(day)s, %(hour)s") % {"day": day_in_words(local.date(), locale), "hour": f"{local:%H:%M}"}
    if isinstance(fact, date):
        return day_in_words(fact, locale)
    if isinstance(fact, Decimal) or (isinstance(fact, int) and fact >= PARTED_FROM):
        return format_decimal(fact, locale=locale)
    return fact


def filesize(size: int) -> str:
    """Return a file's size, given in bytes, in the unit that people know: "210 KB", "1,4 MB"."""
    kilobytes = max(size, 1) / 1024
    if kilobytes < 1000:  # noqa: PLR2004 - beyond it, megabytes read better
        return f"{max(1, round(kilobytes))}\N{NO-BREAK SPACE}KB"
    return f"{format_decimal(kilobytes / 1024, '#,##0.#', locale=current_locale.get())}\N{NO-BREAK SPACE}MB"


def in_sentence(citation: str) -> str:
    """Return a citation as it stands within a sentence: "art. 4", "art. II", "capitolul II"."""
    return citation[:1].lower() + citation[1:]
