"""The legal holidays of Romania, reckoned from the law's own words: a second source for the days off that a pack froze.

Law 53/2003, the Labour Code, republished, art. 139(1), as it has stood since Law 52/2023 added 6 and 7 January. Days on
which the Government lets the public sector stay at home are no legal holidays. A pack gets its days off from a calendar
of others (`consult.policy.working_days`); nothing of that is used here.
"""

from datetime import date, timedelta
from functools import lru_cache

#: Whose holidays they are (ISO 3166).
COUNTRY = "RO"
#: The first year in which the list stood as it does now.
FIRST_YEAR = 2024
#: Month and day.
FIXED = (
    (1, 1), (1, 2), (1, 6), (1, 7), (1, 24), (5, 1), (6, 1), (8, 15), (11, 30), (12, 1), (12, 25), (12, 26),
)  # fmt: skip
#: From Easter Sunday: Good Friday, both days of Easter, both of Pentecost.
MOVABLE = (-2, 0, 1, 49, 50)


def legal_holidays(since: date, until: date) -> set[date]:
    """Return the legal holidays between two days, both included, from the first year on that this module knows."""
    years = range(max(since.year, FIRST_YEAR), until.year + 1)
    return {day for year in years for day in holidays_of(year) if since <= day <= until}


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[date]:
    """Return the legal holidays of a year, those on weekends too."""
    easter = easter_of(year)
    fixed = (date(year, month, day) for month, day in FIXED)
    return frozenset((*fixed, *(easter + timedelta(days=days) for days in MOVABLE)))


def easter_of(year: int) -> date:
    """Return the Orthodox Easter Sunday of a year (Meeus, Astronomical Algorithms, chapter 8: the Julian calendar)."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    # By how many days the Julian calendar has fallen behind the one in use.
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)
