from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.ui.conftest import reading
from web.ui.dates import deadline, last_moment, moment, until

CLOSES = datetime(2026, 12, 5, 22, 0, tzinfo=UTC)  # the midnight that ends 5 December in Bucharest
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - aware by timezones


def bucharest_winter(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=2)


@pytest.mark.parametrize(
    ("now", "words", "tone"),
    [
        (bucharest_winter(1, 9), "4 days left", "open"),
        (bucharest_winter(2, 0), "3 days left", "soon"),
        (bucharest_winter(3, 23, 59), "2 days left", "soon"),
        (bucharest_winter(4, 0), "Closes tomorrow at 24:00", "soon"),
        (bucharest_winter(5, 0), "Closes today at 24:00", "soon"),
        (bucharest_winter(5, 22, 59), "Closes today at 24:00", "soon"),
        (bucharest_winter(5, 23), "Less than an hour left", "soon"),
        (bucharest_winter(6, 0), "Closed on 5 December 2026", "quiet"),
    ],
)
def test_a_deadline_is_said_in_calendar_days_of_bucharest(english, now, words, tone):
    said = deadline(CLOSES, now)

    assert (said.words, said.tone) == (words, tone)


def test_before_it_opens_a_term_says_when_it_opens(english):
    opens_at = bucharest_winter(2, 0)

    said = deadline(CLOSES, bucharest_winter(1, 12), opens_at)

    assert said.words == "Opens on 2 December 2026"
    assert said.changes_at == opens_at


def test_a_term_that_has_ended_says_so_for_ever(english):
    assert deadline(CLOSES, CLOSES).changes_at is None


@given(at=INSTANTS, left=st.timedeltas(timedelta(seconds=1), timedelta(days=40)))
def test_the_words_hold_until_they_change_and_no_longer(at, left):
    with reading("en"):
        said = deadline(at, at - left)
        instant = timedelta(microseconds=1)

        assert said.changes_at is not None
        assert said.changes_at <= at
        assert deadline(at, max(at - left, said.changes_at - instant)).words == said.words
        assert deadline(at, said.changes_at).words != said.words


def test_midnight_is_24_of_the_day_it_ends(english):
    assert until(CLOSES) == "5 December 2026, 24:00"
    assert until(bucharest_winter(5, 16)) == "5 December 2026, 16:00"


def test_the_last_moment_follows_summer_time():
    day, hour = last_moment(datetime(2026, 7, 1, 21, 0, tzinfo=UTC))

    assert (day.isoformat(), hour) == ("2026-07-01", "24:00")


def test_a_midnight_that_ends_nothing_is_the_first_instant_of_its_day(english):
    assert moment(CLOSES).startswith("6 December 2026")
