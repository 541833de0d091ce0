from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from consult.policy.deadlines import OutOfRange, check_date, evaluate, last_instant
from consult.policy.packs import NoLongerInForce, NoSuchRule, NotADeadline, NotInForce
from consult.policy.reading import find_pack
from consult.policy.working_days import DaysOffUnknown
from tests.policy.dates import days, in_english, is_worked, rulebook

LAW = find_pack("ro/law-52-2003")
BUCHAREST = ZoneInfo("Europe/Bucharest")
MINIMUM = ["announcement-before-avizare", "proposals-period", "session-notice"]
MAXIMUM = ["debate-after-notice", "debate-documents"]


@pytest.mark.parametrize(
    ("announced", "earliest"),
    [
        (date(2026, 11, 24), date(2027, 1, 14)),
        (date(2026, 12, 7), date(2027, 1, 25)),
        (date(2026, 4, 1), date(2026, 5, 19)),
        (date(2026, 5, 18), date(2026, 7, 1)),
        (date(2027, 4, 1), date(2027, 5, 18)),
    ],
)
def test_avizare_may_follow_only_after_thirty_whole_working_days(announced, earliest):
    deadline = evaluate(LAW, "announcement-before-avizare", announced)

    assert (deadline.earliest, deadline.latest) == (earliest, None)
    assert deadline.rule.cite == "Legea 52/2003, art. 7 alin. (2)"


@pytest.mark.parametrize(
    ("announced", "latest"),
    [
        (date(2026, 11, 24), date(2026, 12, 4)),
        (date(2026, 12, 7), date(2026, 12, 17)),
        (date(2026, 4, 1), date(2026, 4, 14)),  # Saturday, then Easter Sunday and Monday
        (date(2026, 5, 21), date(2026, 6, 2)),  # Pentecost Sunday and Monday
        (date(2027, 4, 20), date(2027, 5, 4)),  # Good Friday, 1 May, Easter Sunday and Monday
        (date(2028, 2, 19), date(2028, 2, 29)),
        (date(2028, 2, 20), date(2028, 3, 1)),
        (date(2027, 2, 19), date(2027, 3, 1)),
    ],
)
def test_people_have_ten_days_for_proposals_and_the_last_is_a_working_day(announced, latest):
    deadline = evaluate(LAW, "proposals-period", announced)

    assert (deadline.earliest, deadline.latest) == (None, latest)


@given(announced=days)
@rulebook
def test_thirty_days_on_which_offices_work_lie_between_the_announcement_and_avizare(announced):
    earliest = evaluate(LAW, "announcement-before-avizare", announced).day

    between = [announced + timedelta(days=n) for n in range(1, (earliest - announced).days)]
    assert sum(map(is_worked, between)) == 30
    assert is_worked(earliest)


@given(start=days, rule_id=st.sampled_from(MINIMUM))
@rulebook
def test_the_strict_reading_of_a_minimum_is_never_earlier_than_the_lenient_one(start, rule_id):
    deadline = evaluate(LAW, rule_id, start)

    assert start <= deadline.lenient < deadline.day


@given(start=days, rule_id=st.sampled_from(MAXIMUM))
@rulebook
def test_the_strict_reading_of_a_maximum_is_never_later_than_the_lenient_one(start, rule_id):
    deadline = evaluate(LAW, rule_id, start)

    assert start < deadline.day < deadline.lenient


@given(start=days, later=st.integers(1, 60), rule_id=st.sampled_from(MINIMUM + MAXIMUM))
@rulebook
def test_a_later_start_never_gives_an_earlier_result(start, later, rule_id):
    first = evaluate(LAW, rule_id, start)
    second = evaluate(LAW, rule_id, start + timedelta(days=later))

    assert first.day <= second.day
    assert first.lenient <= second.lenient


@given(start=days)
@rulebook
def test_a_last_day_for_citizens_is_a_working_day_and_a_maximum_is_never_extended(start):
    assert is_worked(evaluate(LAW, "proposals-period", start).day)
    assert evaluate(LAW, "debate-documents", start).day == start + timedelta(days=10)


def test_terms_in_working_days_are_counted_by_the_holidays_of_the_country_of_the_pack(elsewhere):
    assert evaluate(elsewhere, "time-to-comment", date(2026, 7, 20)).latest == date(2026, 7, 28)
    assert evaluate(elsewhere, "time-to-answer", date(2026, 7, 20)).latest == date(2026, 7, 22)


def test_outside_the_life_of_a_rule_it_is_said_from_or_until_when_it_applies():
    ended = replace(LAW, valid_until=date(2026, 1, 1))

    with pytest.raises(NotInForce) as too_early:
        ended.rule("proposals-period", date(1990, 1, 1))
    with pytest.raises(NoLongerInForce) as too_late:
        ended.rule("proposals-period", date(2026, 1, 1))

    assert too_early.value.facts == {"since": date(2013, 12, 3), "day": date(1990, 1, 1)}
    assert too_late.value.facts == {"until": date(2025, 12, 31), "day": date(2026, 1, 1)}


def test_a_rule_is_read_as_it_stood_on_the_day(elsewhere):
    before = evaluate(elsewhere, "time-to-answer", date(2019, 12, 31))
    after = evaluate(elsewhere, "time-to-answer", date(2020, 1, 1))

    assert (before.rule.days, after.rule.days) == (20, 1)


@pytest.mark.parametrize(
    ("rule_id", "start", "refusal"),
    [
        ("proposal-period", date(2026, 4, 1), NoSuchRule),
        ("announcement-full-text", date(2026, 4, 1), NotADeadline),
        ("proposals-period", date(2013, 12, 2), NotInForce),
        ("proposals-period", date(9999, 12, 31), OutOfRange),
        ("announcement-before-avizare", date(2100, 12, 24), DaysOffUnknown),
        ("debate-documents", date(9999, 12, 25), OutOfRange),
    ],
)
def test_what_cannot_be_computed_is_said(rule_id, start, refusal):
    with pytest.raises(refusal) as refused:
        evaluate(LAW, rule_id, start)

    assert refused.value.explain()


def test_an_unknown_rule_is_answered_with_the_names_of_the_known_ones():
    with pytest.raises(NoSuchRule, match="closest are: proposal-date, proposals-period"):
        evaluate(LAW, "proposals", date(2026, 4, 1))


def test_a_day_before_the_minimum_is_unlawful_for_a_reason_and_the_nearest_lawful_one_is_known():
    finding = check_date(LAW, "proposals-period", date(2019, 12, 9), date(2019, 12, 16))

    assert not finding.is_lawful
    assert finding.nearest == date(2019, 12, 19)
    assert "19 decembrie 2019" in str(finding.deadline)
    assert "Legea 52/2003, art. 7 alin. (4)" in str(finding.deadline)


def test_a_last_day_in_the_past_is_refused():
    finding = check_date(LAW, "proposals-period", date(2026, 11, 24), date(2026, 11, 1))

    assert (finding.is_lawful, finding.nearest) == (False, date(2026, 12, 4))


def test_the_authority_may_give_more_time_than_the_minimum():
    finding = check_date(LAW, "proposals-period", date(2026, 11, 24), date(2026, 12, 22))

    assert (finding.is_lawful, finding.nearest, finding.runs_on) == (True, date(2026, 12, 22), False)


def test_a_chosen_last_day_that_is_a_day_off_runs_on_to_the_next_working_day():
    finding = check_date(LAW, "proposals-period", date(2026, 11, 24), date(2026, 12, 25))

    assert (finding.is_lawful, finding.nearest, finding.runs_on) == (True, date(2026, 12, 28), True)


def test_an_act_after_its_earliest_day_is_lawful_on_any_day():
    finding = check_date(LAW, "session-notice", date(2026, 11, 24), date(2026, 11, 29))

    assert (finding.is_lawful, finding.runs_on) == (True, False)


@pytest.mark.parametrize(
    ("chosen", "is_lawful", "nearest"),
    [
        (date(2026, 11, 23), False, date(2026, 11, 24)),
        (date(2026, 11, 24), True, date(2026, 11, 24)),
        (date(2026, 12, 4), True, date(2026, 12, 4)),
        (date(2026, 12, 5), False, date(2026, 12, 4)),
    ],
)
def test_a_debate_is_lawful_from_the_day_of_its_notice_to_the_tenth_day_after(chosen, is_lawful, nearest):
    finding = check_date(LAW, "debate-after-notice", date(2026, 11, 24), chosen)

    assert (finding.is_lawful, finding.nearest) == (is_lawful, nearest)


def test_urgency_lifts_the_thirty_working_days_but_nothing_happens_before_the_announcement():
    announced = date(2026, 11, 24)

    finding = check_date(LAW, "announcement-before-avizare", announced, date(2026, 11, 26), {"urgent"})
    before = check_date(LAW, "announcement-before-avizare", announced, date(2026, 11, 23), {"urgent"})

    assert finding.is_lawful
    assert finding.lifted_by is not None
    assert finding.lifted_by.id == "urgency-motive"
    assert (before.is_lawful, before.nearest) == (False, announced)


def test_urgency_keeps_the_ten_days_for_proposals():
    finding = check_date(LAW, "proposals-period", date(2026, 11, 24), date(2026, 11, 27), {"urgent"})

    assert (finding.is_lawful, finding.lifted_by) == (False, None)


def test_before_march_2022_no_urgency_lifted_the_thirty_working_days():
    finding = check_date(LAW, "announcement-before-avizare", date(2022, 3, 1), date(2022, 3, 10), {"urgent"})

    assert not finding.is_lawful


@given(start=days, chosen=days, rule_id=st.sampled_from(MINIMUM + MAXIMUM))
@rulebook
def test_the_nearest_lawful_day_is_itself_lawful(start, chosen, rule_id):
    nearest = check_date(LAW, rule_id, start, chosen).nearest

    finding = check_date(LAW, rule_id, start, nearest)
    assert (finding.is_lawful, finding.nearest) == (True, nearest)


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 28, 22, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, tzinfo=UTC)),  # clocks went forward at 3 that morning
        (date(2026, 10, 24), datetime(2026, 10, 24, 21, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, tzinfo=UTC)),  # and back at 4
    ],
)
def test_a_last_day_ends_at_midnight_where_people_live_whatever_the_clocks_did(day, instant):
    assert last_instant(day, BUCHAREST) == instant


@given(day=days)
@rulebook
def test_the_last_microsecond_of_a_day_is_in_time_and_the_next_is_not(day):
    instant = last_instant(day, BUCHAREST)

    assert (instant - timedelta(microseconds=1)).astimezone(BUCHAREST).date() == day
    assert instant.astimezone(BUCHAREST).date() == day + timedelta(days=1)


@given(start=days, rule_id=st.sampled_from(MINIMUM + MAXIMUM))
@rulebook
def test_the_reason_names_the_dates_the_article_and_every_day_off(start, rule_id):
    deadline = evaluate(LAW, rule_id, start)

    with in_english():
        reason = str(deadline)

    assert f"{deadline.day.day} {deadline.day:%B %Y}" in reason
    assert f"{start.day} {start:%B %Y}" in reason
    assert deadline.rule.cite in reason
    assert all(off.name.en in reason for off in deadline.days_off)


def test_the_reason_in_english_says_how_it_was_counted():
    with in_english():
        reason = str(evaluate(LAW, "proposals-period", date(2026, 4, 1)))

    assert reason == (
        "Until 14 April 2026, at 24:00: "
        "at least 10 calendar days after 1 April 2026 (Legea 52/2003, art. 7 alin. (4)). "
        "The last day counted, 11 April 2026, is not a working day: the term runs to the next one. "
        "Days off: 12 April 2026 (Easter), 13 April 2026 (Easter)."
    )


def test_the_reason_in_romanian_has_romanian_dates_and_the_law_s_names_of_holidays():
    reason = str(evaluate(LAW, "announcement-before-avizare", date(2026, 11, 24)))

    assert "14 ianuarie 2027" in reason
    assert "1 decembrie 2026 (Ziua Națională a României)" in reason


def test_a_term_of_one_day_is_said_in_the_singular(elsewhere):
    with in_english():
        reason = str(evaluate(elsewhere, "time-to-answer", date(2026, 7, 20)))

    assert "at most 1 working day after" in reason


def test_a_rule_that_nobody_verified_says_so_wherever_it_is_cited(elsewhere):
    with in_english():
        reason = str(evaluate(elsewhere, "time-to-answer", date(2019, 7, 1)))

    assert "Rulebook, 1, not verified" in reason
