"""Dates that were moved, replayed: only later, before they come, within the law, and what follows is judged by them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from consult.record.events import ConsultationDateMoved
from tests.audit.logs import (
    ANNOUNCED,
    CITIZEN,
    CONSULTATION,
    CONTACT,
    RULES,
    SUBMISSION,
    UNTIL,
    Step,
    audited,
    lawful,
    on,
    received,
    told,
)

LATER = UNTIL + timedelta(days=4)
MOVED_AT = on(ANNOUNCED, 18)
AVIZARE = SUBMISSION + timedelta(days=6)
MOVED = ConsultationDateMoved(
    subject=CONSULTATION,
    term="proposals_until",
    rule=f"{RULES}#proposals-period",
    was=UNTIL,
    date=LATER,
    reason="La cererea a două asociații.",
)
POSTPONED = replace(
    MOVED, term="submission_on", rule=f"{RULES}#announcement-before-avizare", was=SUBMISSION, date=AVIZARE
)
BEGUN = [step for step in lawful() if step.at < on(UNTIL)]


def moved(at: datetime = MOVED_AT, **members: Any) -> list[Step]:
    """The story as far as it had come on the last day, with that day moved."""
    step = Step("moved", replace(MOVED, **members), CONTACT, at)
    return sorted([*BEGUN, step], key=lambda each: each.at)


def failures(folder: Path, story: list[Step], **how: Any) -> list[Any]:
    return [told(failure)[0] for failure in audited(folder, story, **how).failures]


def test_a_proposal_between_the_old_day_and_the_new_one_is_in_time(tmp_path: Path) -> None:
    late = Step("late", received(4), CITIZEN, on(LATER, 23))

    assert failures(tmp_path / "moved", [*moved(), late]) == []
    assert failures(tmp_path / "not moved", [*BEGUN, late]) == ["record/received-in-time"]


def test_answers_are_due_by_the_day_to_which_avizare_was_moved(tmp_path: Path) -> None:
    story = [*BEGUN, Step("postponed", POSTPONED, CONTACT, on(UNTIL, 8))]

    assert failures(tmp_path / "moved", story, at=on(AVIZARE, 12)) == []
    assert failures(tmp_path / "not moved", BEGUN, at=on(AVIZARE, 12)) == ["record/answered-in-time"] * 2


@pytest.mark.parametrize(
    ("story", "broken"),
    [
        (moved(date=UNTIL - timedelta(days=1)), {"record/moved-later"}),
        (moved(was=UNTIL - timedelta(days=1)), {"record/moved-later"}),
        (moved(reason=" "), {"record/with-reason"}),
        (moved(date=date(2026, 12, 12)), {f"{RULES}#proposals-period"}),
        (moved(date=SUBMISSION), {"record/avizare-after-proposals"}),
        (moved(at=on(UNTIL + timedelta(days=1))), {"record/stages-in-order", "record/moved-later"}),
        (moved(term="somewhen"), {"record/dates-announced"}),
    ],
    ids=["closer", "from another day", "without a reason", "to a day off", "to avizare", "after it", "another term"],
)
def test_a_date_that_is_moved_otherwise_is_found(tmp_path: Path, story: list[Step], broken: set[str]) -> None:
    assert broken <= set(failures(tmp_path, story))
