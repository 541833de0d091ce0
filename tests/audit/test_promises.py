"""Promises, replayed: made in a public answer, ended once, and in time."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from consult.record.entry_form import Event
from consult.record.events import PromiseEnded, PromiseMade, ResponsePublished
from tests.audit.logs import CONSULTATION, Step, after, audited, lawful, on, told

ANSWERED, UNTIL = date(2026, 12, 10), date(2026, 12, 18)
IN_ORDER, IN_TIME = "record/promises-in-order", "record/promise-in-time"


def reason() -> str:
    """The commitment to the reason of the first answer."""
    [answer] = [each.event for each in lawful() if each.name == "answer"]
    assert isinstance(answer, ResponsePublished)
    return answer.body.c


MADE = PromiseMade(
    subject=CONSULTATION, number=1, answer=reason(), text="Marcăm locurile.", until=UNTIL, department="Tehnic"
)
KEPT = PromiseEnded(subject=CONSULTATION, number=1, ending="kept", on=ANSWERED, note="Marcajul din 10 decembrie.")


def story(*events: Event) -> list[Step]:
    told_of = lawful()
    for event in reversed(events):
        told_of = after(told_of, "second answer", event)
    return told_of


def failures(folder: Path, *events: Event, on_day: date = ANSWERED + timedelta(days=60)) -> list[str]:
    return [told(failure)[0] for failure in audited(folder, story(*events), at=on(on_day)).failures]


def test_a_promise_that_is_made_in_an_answer_and_kept_in_time_is_in_order(tmp_path: Path) -> None:
    assert failures(tmp_path, MADE, KEPT) == []


@pytest.mark.parametrize(
    "made",
    [
        replace(MADE, number=2),
        replace(MADE, answer="0" * 64),
        replace(MADE, until=ANSWERED),
    ],
    ids=["out of number", "in no answer", "for the same day"],
)
def test_a_promise_that_is_made_otherwise_is_found(tmp_path: Path, made: PromiseMade) -> None:
    assert failures(tmp_path, made, replace(KEPT, number=made.number)) == [IN_ORDER]


@pytest.mark.parametrize(
    ("ended", "broken"),
    [
        ([replace(KEPT, ending="forgotten")], IN_ORDER),
        ([replace(KEPT, on=ANSWERED - timedelta(days=1))], IN_ORDER),
        ([replace(KEPT, on=ANSWERED + timedelta(days=1))], IN_ORDER),
        ([replace(KEPT, note=" ")], "record/with-reason"),
        ([KEPT, replace(KEPT, ending="dropped")], IN_ORDER),
        ([KEPT, replace(KEPT, number=7)], IN_ORDER),
    ],
    ids=["in no known way", "before it was made", "to come", "without a note", "twice", "never made"],
)
def test_a_promise_that_ends_otherwise_is_found(tmp_path: Path, ended: list[Event], broken: str) -> None:
    assert failures(tmp_path, MADE, *ended) == [broken]


def test_a_promise_of_which_nobody_says_what_became_of_it_is_late_from_the_day_after(tmp_path: Path) -> None:
    story_told = [each for each in story(MADE) if each.at <= on(UNTIL)]

    assert audited(tmp_path / "in-time", story_told, at=on(UNTIL, 23)).failures == []
    [failure] = audited(tmp_path / "late", story_told, at=on(UNTIL + timedelta(days=1))).failures
    assert told(failure)[0] == IN_TIME


def test_a_promise_that_is_kept_after_its_day_is_found(tmp_path: Path) -> None:
    late = replace(KEPT, on=UNTIL + timedelta(days=2))

    kept = after(story(MADE), "erased", late)

    assert [told(each)[0] for each in audited(tmp_path, kept).failures] == [IN_TIME]
