"""Working days: Monday to Friday, except the days off that a calendar names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
import msgspec

from consult.i18n import LOCALES, N_
from consult.policy.words import Bilingual
from consult.refusals import Refusal

ONE_DAY = timedelta(days=1)
FRIDAY = 4


class DaysOffUnknown(Refusal):
    """The calendar does not reach that far, and an unknown holiday must never be counted as a working day."""

    sentence = N_("Legal holidays are known from %(since)s to %(until)s; nothing can be computed for %(day)s.")


class DayOff(msgspec.Struct, frozen=True):
    """A legal holiday on a date, with its name."""

    date: date
    name: Bilingual


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `holiday` names the legal holiday of a day, or says None."""

    holiday: Callable[[date], Bilingual | None]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work: a weekday that is no legal holiday."""
        return self.holiday(day) is None and day.weekday() <= FRIDAY

    def working_day_from(self, day: date) -> date:
        """Return the day itself if it is worked, otherwise the first working day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def working_day_after(self, day: date, number: int) -> date:
        """Return the `number`th working day after a day, which itself does not count."""
        for _ in range(number):
            day = self.working_day_from(day + ONE_DAY)
        return day

    def closed_on(self, days: Mapping[date, Bilingual]) -> "Calendar":
        """Return this calendar with more days off."""
        return Calendar(lambda day: self.holiday(day) or days.get(day))

    def days_off(self, since: date, until: date) -> Iterator[DayOff]:
        """Name the legal holidays from `since` up to but without `until`, on weekends too."""
        for offset in range((until - since).days):
            day = since + offset * ONE_DAY
            if name := self.holiday(day):
                yield DayOff(day, name)


def calendar_of(country: str) -> Calendar:
    """Return the calendar of a country (ISO 3166 code); KeyError where its holidays are not known."""
    first_year, last_year = _known_years(country)

    def holiday(day: date) -> Bilingual | None:
        if not first_year <= day.year <= last_year:
            raise DaysOffUnknown(day=day, since=date(first_year, 1, 1), until=date(last_year, 12, 31))
        return _holidays_of(country, day.year).get(day)

    return Calendar(holiday)


def calendar_between(since: date, until: date, days_off: dict[date, Bilingual]) -> Calendar:
    """Return the calendar of a frozen pack: these days off between these days, both included, and nothing else."""

    def holiday(day: date) -> Bilingual | None:
        if not since <= day <= until:
            raise DaysOffUnknown(day=day, since=since, until=until)
        return days_off.get(day)

    return Calendar(holiday)


@cache
def _known_years(country: str) -> tuple[int, int]:
    """Return the first and last year of which the holidays are known; outside them the source says "none", wrongly."""
    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        raise KeyError(country) from None
    return known.start_year, known.end_year


@cache
def _holidays_of(country: str, year: int) -> dict[date, Bilingual]:
    """Return the holidays of a year, named in the languages of the service, or as that country itself names them."""
    languages = holidays.country_holidays(country).supported_languages
    named: dict[str, holidays.HolidayBase] = {}
    for locale in LOCALES:
        language = next((each for each in languages if each.partition("_")[0] == locale), None)
        named[locale] = holidays.country_holidays(country, years=year, language=language)
    return {day: Bilingual(**{locale: names[day] for locale, names in named.items()}) for day in named[LOCALES[0]]}
