from datetime import date, timedelta

import pytest
from hypothesis import given

from consult.policy.working_days import DaysOffUnknown, calendar_of
from tests.policy.dates import days, days_off_of, is_worked, orthodox_easter, rulebook

ROMANIA = calendar_of("RO")


@pytest.mark.parametrize("year", range(2024, 2041))
def test_the_days_off_of_romania_are_those_of_the_labour_code(year):
    named = {off.date for off in ROMANIA.days_off(date(year, 1, 1), date(year + 1, 1, 1))}

    assert named == days_off_of(year)


@pytest.mark.parametrize(
    ("year", "working_days", "easter"),
    [
        (2024, 252, date(2024, 5, 5)),
        (2025, 248, date(2025, 4, 20)),
        (2026, 250, date(2026, 4, 12)),
        (2027, 252, date(2027, 5, 2)),
    ],
)
def test_a_year_has_the_working_days_that_the_press_printed(year, working_days, easter):
    first = date(year, 1, 1)
    worked = sum(ROMANIA.is_working_day(first + timedelta(days=offset)) for offset in range((easter - first).days))
    worked += sum(
        ROMANIA.is_working_day(easter + timedelta(days=n)) for n in range((date(year + 1, 1, 1) - easter).days)
    )

    assert orthodox_easter(year) == easter
    assert worked == working_days


def test_a_holiday_on_a_weekend_is_not_moved_to_monday():
    assert ROMANIA.holiday(date(2026, 8, 15)) is not None
    assert date(2026, 8, 15).isoweekday() == 6
    assert ROMANIA.is_working_day(date(2026, 8, 17))


def test_the_days_between_two_holidays_are_worked():
    """The Government may give a bridge day to be made up for later; that is no legal holiday."""
    assert ROMANIA.is_working_day(date(2026, 1, 5))


def test_holidays_are_named_in_both_languages():
    name = ROMANIA.holiday(date(2026, 4, 10))

    assert name is not None
    assert (name.ro, name.en) == ("Vinerea Mare", "Good Friday")


def test_a_day_off_that_has_two_names_is_listed_once():
    assert [off.date for off in ROMANIA.days_off(date(2026, 6, 1), date(2026, 6, 2))] == [date(2026, 6, 1)]


@given(day=days)
@rulebook
def test_the_first_working_day_from_a_day_has_only_days_off_before_it(day):
    found = ROMANIA.working_day_from(day)

    assert is_worked(found)
    assert not any(is_worked(day + timedelta(days=offset)) for offset in range((found - day).days))


@pytest.mark.parametrize("day", [date(1996, 12, 31), date(2101, 1, 3)])
def test_a_day_whose_holidays_nobody_knows_is_never_taken_for_a_working_day(day):
    with pytest.raises(DaysOffUnknown):
        ROMANIA.is_working_day(day)


def test_a_country_that_the_calendar_does_not_know_is_not_taken_for_one_without_holidays():
    with pytest.raises(KeyError):
        calendar_of("XX")
