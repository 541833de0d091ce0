"""Local rules: what an authority may set itself, from which day on, and what it may not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.policy.deadlines import evaluate
from consult.policy.freezing import freeze, thaw
from consult.policy.local import (
    LocalSetting,
    NotLocal,
    OutsideRange,
    check_setting,
    local_rules,
    number_of,
    quantity,
    with_local,
)
from consult.policy.packs import NoSuchRule, NotInForce
from consult.policy.reading import find_pack
from consult.policy.soundness import faults
from tests.policy.dates import rulebook

LAW = find_pack("ro/law-52-2003")
MINUTES, ASKING = "minutes-per-speaker", "debate-request-period"


def setting(number: int, since: date, rule: str = MINUTES, act: str = "HCL 12/2026") -> LocalSetting:
    return LocalSetting(rule, number, since, act, "https://izvoru.example/hcl-12")


def test_the_law_leaves_two_numbers_to_the_authority_and_proposes_one_for_each():
    found = local_rules(LAW, on=date(2026, 11, 24))

    assert {rule.id: number_of(rule) for rule in found} == {ASKING: 0, MINUTES: 5}
    assert not any(rule.verified for rule in found)


def test_without_a_decision_a_debate_can_be_asked_for_until_the_last_day_for_proposals():
    deadline = evaluate(LAW, ASKING, date(2026, 12, 4))

    assert deadline.day == date(2026, 12, 4)
    assert str(deadline).startswith("Până pe 4 decembrie 2026, ora 24:00 (practică, fără articol")


def test_more_days_to_ask_for_a_debate_run_on_past_a_day_off():
    pack = with_local(LAW, [setting(3, date(2026, 1, 1), ASKING)])

    deadline = evaluate(pack, ASKING, date(2026, 12, 22))

    assert deadline.day == date(2026, 12, 28)  # 25 December, then Saturday 26 and Sunday
    assert "HCL 12/2026" in str(deadline)


def test_what_an_authority_sets_holds_from_its_day_on_and_not_before():
    pack = with_local(LAW, [setting(3, date(2026, 12, 1)), setting(8, date(2027, 2, 1), act="HCL 3/2027")])

    numbers = [
        quantity(pack, MINUTES, on=on).number
        for on in (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 31), date(2027, 2, 1))
    ]

    assert numbers == [5, 3, 3, 8]
    assert quantity(pack, MINUTES, on=date(2026, 11, 30)).decision is None
    assert quantity(pack, MINUTES, on=date(2027, 2, 1)).decision.act == "HCL 3/2027"


def test_of_two_decisions_for_one_day_the_later_one_holds_and_an_earlier_day_may_be_written_down_later():
    pack = with_local(LAW, [setting(3, date(2026, 12, 1)), setting(4, date(2026, 12, 1)), setting(9, date(2020, 1, 1))])

    assert quantity(pack, MINUTES, on=date(2026, 12, 1)).number == 4
    assert quantity(pack, MINUTES, on=date(2026, 11, 30)).number == 9
    assert quantity(pack, MINUTES, on=date(2019, 12, 31)).number == 5


@given(
    st.lists(
        st.builds(setting, st.integers(1, 60), st.dates(date(2014, 1, 1), date(2030, 1, 1))),
        max_size=6,
    ),
    st.dates(date(2014, 1, 1), date(2031, 1, 1)),
)
@rulebook
def test_the_number_on_a_day_is_that_of_the_last_decision_in_force(settings, on):
    pack = with_local(LAW, settings)

    in_force = [each for each in settings if each.since <= on]
    expected = max(enumerate(in_force), key=lambda each: (each[1].since, each[0]))[1].number if in_force else 5
    assert quantity(pack, MINUTES, on=on).number == expected
    assert not [fault for fault in faults(pack) if "overlaps" in fault.sentence or "before it begins" in fault.sentence]


def test_a_pack_without_decisions_stays_the_same():
    assert with_local(LAW, []) is LAW


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (setting(20, date(2026, 12, 1), "proposals-period"), NotLocal),
        (setting(1, date(2026, 12, 1), "announcement-on-site"), NotLocal),
        (setting(0, date(2026, 12, 1)), OutsideRange),
        (setting(61, date(2026, 12, 1)), OutsideRange),
        (setting(-1, date(2026, 12, 1), ASKING), OutsideRange),
        (setting(5, date(2026, 12, 1), "minutes"), NoSuchRule),
        (setting(5, date(1999, 12, 1)), NotInForce),
    ],
)
def test_what_the_law_fixes_nobody_sets_and_the_rest_only_within_its_range(wrong, refusal):
    with pytest.raises(refusal):
        check_setting(LAW, wrong)

    assert with_local(LAW, [wrong]) == LAW


def test_a_procedure_freezes_what_its_authority_had_set():
    frozen = freeze(with_local(LAW, [setting(3, date(2026, 1, 1))]), date(2026, 11, 24), date(2027, 11, 24))

    thawed = thaw(frozen.content, frozen.digest)

    rule = quantity(thawed, MINUTES, on=date(2026, 11, 24))
    assert (rule.number, rule.decision.act) == (3, "HCL 12/2026")
    assert frozen.digest != freeze(LAW, date(2026, 11, 24), date(2027, 11, 24)).digest


def test_a_rule_about_something_else_is_no_number():
    with pytest.raises(NotLocal):
        quantity(LAW, "proposals-period", on=date(2026, 11, 24))
