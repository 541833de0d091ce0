from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.policy.indicators import figures, value_of
from consult.policy.reading import find_pack
from tests.policy.dates import rulebook

LAW = find_pack("ro/law-52-2003")
NOTHING = dict.fromkeys(LAW.measures, 0)


def figure(code: str, **measured: int) -> Fraction | None:
    counted = NOTHING | {name.replace("_", "-"): number for name, number in measured.items()}
    return next(each.value for each in figures(LAW, counted, on=date(2026, 12, 31)) if each.rule.code == code)


def test_a_year_in_which_nothing_happened_is_a_report_of_zeros_and_never_of_blanks():
    found = figures(LAW, NOTHING, on=date(2026, 12, 31))

    assert {each.value for each in found if not each.rule.in_words} == {0}
    assert [each.rule.code for each in found if each.value is None] == ["f"]


def test_a_sum_counts_all_its_measures():
    assert figure("g", closed_sessions_exempt=1, closed_sessions_secret_vote=2, closed_sessions_other=4) == 7
    assert figure("A3", information_requests_by_persons=2, information_requests_by_associations=3) == 5


@given(st.integers(0, 10_000), st.integers(0, 10_000))
@rulebook
def test_a_share_is_exact_and_lies_between_nothing_and_everything(online, on_paper):
    share = figure("7.2", recommendations_received_online=online, recommendations_received=online + on_paper)

    assert 0 <= share <= 100
    assert share * (online + on_paper) == 100 * online


def test_what_nobody_counted_is_not_taken_for_nothing():
    rule = next(rule for rule in LAW.rules if rule.id == "report-a")

    with pytest.raises(ValueError, match="recommendations-received"):
        value_of(rule, {})
