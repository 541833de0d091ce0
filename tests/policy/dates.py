"""A second opinion for the tests of terms: days off computed from the Labour Code's list and the Julian Easter."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from consult.i18n import current_locale
from tests.tiers import examples

rulebook = settings(deadline=None, derandomize=True, max_examples=examples(150))
"""Reading a year's holidays for the first time is slow; the same examples are tried on every run."""

days = st.dates(date(2024, 1, 1), date(2040, 6, 30))

# Labour Code, art. 139(1): the fixed days, then those counted from Easter (Good Friday, Easter, Pentecost).
FIXED = [(1, 1), (1, 2), (1, 6), (1, 7), (1, 24), (5, 1), (6, 1), (8, 15), (11, 30), (12, 1), (12, 25), (12, 26)]
FROM_EASTER = [-2, 0, 1, 49, 50]


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday by Meeus's Julian algorithm, moved to the Gregorian calendar (13 days until 2099)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def days_off_of(year: int) -> set[date]:
    easter = orthodox_easter(year)
    return {date(year, *day) for day in FIXED} | {easter + timedelta(days=days) for days in FROM_EASTER}


def is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in days_off_of(day.year)


@contextmanager
def in_english() -> Iterator[None]:
    """Read the sentences that come as an English reader."""
    before = current_locale.set("en")
    try:
        yield
    finally:
        current_locale.reset(before)
