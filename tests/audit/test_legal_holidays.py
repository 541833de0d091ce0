"""Two sources say which days are off: the law's own list, and the calendar that packs are frozen with."""

from datetime import date

import pytest

from consult.audit.legal_holidays import FIRST_YEAR, easter_of, legal_holidays
from consult.policy.reading import find_pack
from consult.policy.working_days import calendar_of


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 5, 5), (2025, 4, 20), (2026, 4, 12), (2027, 5, 2), (2100, 5, 2)]
)
def test_easter_is_the_orthodox_one(year: int, month: int, day: int) -> None:
    assert easter_of(year) == date(year, month, day)


@pytest.mark.parametrize("year", range(FIRST_YEAR, 2041))
def test_both_sources_agree_on_every_day(year: int) -> None:
    first, next_first = date(year, 1, 1), date(year + 1, 1, 1)

    named = {off.date for off in calendar_of("RO").days_off(first, next_first)}

    assert legal_holidays(first, date(year, 12, 31)) == named


def test_what_a_lawyer_wrote_down_by_hand_agrees_too() -> None:
    examples = find_pack("ro/law-52-2003").holidays.examples

    assert {each.given.year for each in examples} >= {2024, 2025, 2026, 2027}
    for each in examples:
        year = each.given.year
        assert legal_holidays(date(year, 1, 1), date(year, 12, 31)) == set(each.then.days_off)


def test_of_years_before_the_list_stood_as_it_does_nothing_is_said() -> None:
    assert legal_holidays(date(2019, 1, 1), date(2023, 12, 31)) == set()
