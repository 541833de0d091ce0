"""Terms in weeks and months, in other circumstances, and over days on which offices are closed."""

from calendar import monthrange
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from consult.policy.deadlines import OutOfRange, check_date, deadlines_from, evaluate, last_instant
from consult.policy.freezing import freeze, thaw
from consult.policy.packs import ClosedDay, Excluded, Pack
from consult.policy.reading import find_pack
from consult.policy.words import Bilingual
from tests.policy.dates import days, in_english, is_worked, orthodox_easter, rulebook

LAW = find_pack("ro/law-52-2003")
GRANTS = find_pack("ro/law-350-2005")
UNION = find_pack("eu/consultation-12-weeks")
REQUESTS = find_pack("ro/law-544-2001")
THIRTY = "announcement-before-avizare"


def closing(pack: Pack, *closed: date, counted: bool = True) -> Pack:
    name = Bilingual(ro="zi liberă acordată", en="bridge day")
    bridges = tuple(ClosedDay(date=day, name=name, source="HG 1/2027", counted=counted) for day in closed)
    return replace(pack, holidays=replace(pack.holidays, closed_days=bridges))


@given(start=days)
@rulebook
def test_weeks_end_on_the_same_day_of_the_week(start):
    deadline = evaluate(UNION, "summary-report", start)

    assert deadline.day == start + timedelta(days=56)
    assert deadline.day.weekday() == start.weekday()


@given(start=st.dates(date(2024, 1, 1), date(2040, 6, 30)))
@rulebook
def test_months_end_on_the_corresponding_day_or_the_month_s_last(start):
    day = evaluate(GRANTS, "checks", start).day

    assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == 3
    assert day.day == min(start.day, monthrange(day.year, day.month)[1])


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 29), date(2028, 2, 29)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 9, 24), date(2026, 12, 24)),
    ],
)
def test_a_month_without_the_corresponding_day_ends_on_its_last(start, day):
    assert evaluate(GRANTS, "checks", start).day == day


def test_a_term_of_months_past_the_end_of_time_is_refused():
    with pytest.raises(OutOfRange):
        evaluate(GRANTS, "checks", date(9999, 11, 1))


def test_twelve_weeks_are_said_in_weeks():
    with in_english():
        reason = str(evaluate(UNION, "consultation-period", date(2026, 11, 24)))

    assert "at least 12 weeks after 24 November 2026 (Better Regulation Guidelines" in reason
    assert "not verified" in reason


@given(start=days)
@rulebook
def test_a_last_day_that_is_a_day_off_moves_to_the_first_working_day_and_no_further(start):
    deadline = evaluate(LAW, "proposals-period", start)

    assert deadline.counted == start + timedelta(days=10)
    passed = [deadline.counted + timedelta(days=n) for n in range((deadline.day - deadline.counted).days)]
    assert not any(map(is_worked, passed))
    assert is_worked(deadline.day)


@given(year=st.integers(2024, 2040), before=st.integers(1, 9))
@rulebook
def test_no_period_ends_on_easter_or_pentecost(year, before):
    easter = orthodox_easter(year)

    for feast in (easter, easter + timedelta(days=1), easter + timedelta(days=49), easter + timedelta(days=50)):
        deadline = evaluate(LAW, "proposals-period", feast - timedelta(days=10))

        assert deadline.counted == feast
        assert deadline.day > feast
        assert feast in {off.date for off in deadline.days_off}


@given(year=st.integers(2024, 2040).filter(lambda year: year % 4 == 0), offset=st.integers(0, 10))
@rulebook
def test_the_29th_of_february_is_a_day_like_every_other(year, offset):
    start = date(year, 2, 29) - timedelta(days=offset)

    assert evaluate(LAW, "debate-documents", start).day == start + timedelta(days=10)


@given(year=st.integers(2020, 2036), zone=st.sampled_from(["Europe/Bucharest", "Europe/Brussels"]))
@rulebook
def test_the_nights_on_which_clocks_change_make_a_day_of_23_or_25_hours_and_still_end_at_midnight(year, zone):
    def last_sunday(month: int) -> date:
        last = date(year, month, 31)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    there = ZoneInfo(zone)
    for day, hours in ((last_sunday(3), 23), (last_sunday(10), 25)):
        begins, ends = last_instant(day - timedelta(days=1), there), last_instant(day, there)

        assert ends - begins == timedelta(hours=hours)
        assert (ends.astimezone(there).hour, ends.astimezone(there).minute) == (0, 0)


@given(start=days, after=st.integers(1, 40))
@rulebook
def test_a_bridge_day_counts_as_a_working_day_and_is_warned_about(start, after):
    bridge = start + timedelta(days=after)
    usual = evaluate(LAW, THIRTY, start)
    assume(is_worked(bridge) and bridge <= usual.day)

    deadline = evaluate(closing(LAW, bridge), THIRTY, start)

    assert deadline.day == usual.day
    assert [off.date for off in deadline.closed] == [bridge]
    with in_english():
        assert "Counted although offices are closed: " in str(deadline)
        assert "Counted although" not in str(usual)


@given(start=days, after=st.integers(1, 40))
@rulebook
def test_a_closed_day_that_the_pack_does_not_count_is_a_day_off(start, after):
    bridge = start + timedelta(days=after)
    usual = evaluate(LAW, THIRTY, start)
    assume(is_worked(bridge) and bridge < usual.day)

    deadline = evaluate(closing(LAW, bridge, counted=False), THIRTY, start)

    assert deadline.day > usual.day
    assert sum(is_worked(start + timedelta(days=n)) for n in range(1, (deadline.day - start).days)) == 31
    assert (bridge in {off.date for off in deadline.days_off}, deadline.closed) == (True, ())


def test_a_closed_day_on_a_holiday_is_no_bridge():
    assert evaluate(closing(LAW, date(2026, 12, 1)), THIRTY, date(2026, 11, 24)).closed == ()


def test_a_last_day_on_which_offices_are_closed_is_warned_about():
    deadline = evaluate(closing(LAW, date(2026, 12, 4)), "proposals-period", date(2026, 11, 24))

    assert (deadline.day, [off.date for off in deadline.closed]) == (date(2026, 12, 4), [date(2026, 12, 4)])


@pytest.mark.parametrize("counted", [True, False])
def test_a_frozen_pack_keeps_its_closed_days(counted):
    pack = closing(LAW, date(2026, 12, 4), counted=counted)
    frozen = freeze(pack, date(2026, 11, 24), date(2027, 11, 24))

    thawed = thaw(frozen.content, frozen.digest)

    for rule in (THIRTY, "proposals-period"):
        assert evaluate(thawed, rule, date(2026, 11, 24)) == evaluate(pack, rule, date(2026, 11, 24))


def test_what_follows_from_an_event_is_every_deadline_that_runs_from_it():
    found = deadlines_from(LAW, "announcement", date(2026, 11, 24))

    assert {deadline.rule.id: deadline.day for deadline in found} == {
        "announcement-before-avizare": date(2027, 1, 14),
        "proposals-period": date(2026, 12, 4),
    }


def test_a_deadline_of_another_circumstance_does_not_follow():
    def answers(*circumstances: str) -> list[str]:
        found = deadlines_from(REQUESTS, "request", date(2026, 11, 24), circumstances)
        return [deadline.rule.id for deadline in found if deadline.rule.end_event == "answer"]

    assert answers() == ["answer"]
    assert answers("complex") == ["answer", "complex-answer"]


def test_a_complex_request_lifts_the_ten_days_and_not_the_thirty():
    request, late = date(2026, 11, 24), date(2026, 12, 15)

    ordinary = check_date(REQUESTS, "answer", request, late)
    complex_one = check_date(REQUESTS, "answer", request, late, {"complex"})
    longer = check_date(REQUESTS, "complex-answer", request, date(2026, 12, 25), {"complex"})

    assert (ordinary.is_lawful, complex_one.is_lawful, longer.is_lawful) == (False, True, False)
    assert complex_one.lifted_by.id == "extension-notice"


def test_no_deadline_follows_from_what_the_law_does_not_apply_to():
    with pytest.raises(Excluded):
        deadlines_from(LAW, "announcement", date(2026, 11, 24), {"planning"})


def test_the_rules_of_article_seven_are_not_in_the_pack_of_planning_and_it_says_why():
    planning = find_pack("ro/urbanism-2026")

    for rule in ("proposals-period", "announcement-before-avizare", "debate-after-notice"):
        with pytest.raises(Excluded, match=r"art\. 96 alin\. \(3\)"):
            evaluate(planning, rule, date(2026, 11, 24))


def test_every_rule_that_the_pack_of_planning_leaves_out_is_one_of_the_law():
    names = {rule.id for rule in LAW.rules}

    for rule in find_pack("ro/urbanism-2026").rules:
        assert set(getattr(rule, "rules", ())) <= names
