"""Confirmed duties, replayed: asked for by the frozen rules, done by then, and confirmed once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consult.record.events import DutyConfirmed
from tests.audit.logs import ANNOUNCED, CLERK, CONSULTATION, RULES, after, audited, lawful, told

CONFIRMED = DutyConfirmed(
    subject=CONSULTATION, rule=f"{RULES}#announcement-at-seat", on=ANNOUNCED, note="La avizierul primăriei."
)
BROKEN = "record/duty-confirmed"


def failures(folder: Path, *events: DutyConfirmed) -> list[str]:
    story = lawful()
    for event in events:
        story = after(story, "first", event, by=CLERK)
    return [told(failure)[0] for failure in audited(folder, story).failures]


def test_a_duty_is_confirmed_for_the_day_on_which_it_was_done(tmp_path: Path) -> None:
    assert failures(tmp_path, CONFIRMED) == []


@pytest.mark.parametrize(
    "event",
    [
        replace(CONFIRMED, on=ANNOUNCED - timedelta(days=1)),
        replace(CONFIRMED, on=ANNOUNCED + timedelta(days=1)),
        replace(CONFIRMED, rule=f"{RULES}#announcement-by-drum"),
    ],
    ids=["before the announcement", "to come", "asked for by nobody"],
)
def test_a_duty_that_is_confirmed_otherwise_is_found(tmp_path: Path, event: DutyConfirmed) -> None:
    assert BROKEN in failures(tmp_path, event)


def test_a_duty_that_is_confirmed_twice_is_found(tmp_path: Path) -> None:
    assert failures(tmp_path, CONFIRMED, CONFIRMED) == [BROKEN]
