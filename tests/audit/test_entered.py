"""What officials enter for others, replayed: how and when it came, late or not, whose it is once it was claimed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from consult.record.entry_form import Commitment
from consult.record.events import RecommendationClaimed, SupportCounted
from tests.audit.logs import (
    ANNOUNCED,
    CITIZEN,
    CLERK,
    CONTACT,
    NEIGHBOUR,
    SERVICE,
    UNTIL,
    Step,
    after,
    audited,
    changed,
    lawful,
    on,
    proposal,
    received,
    told,
    without,
)

CAME = on(ANNOUNCED, 11)
#: The first proposal came in a letter.
STORY = changed(lawful(), "first", by=CLERK, source="paper", received_at=CAME)
#: The third did, and its author, who claimed it, took it back.
CLAIMED = RecommendationClaimed(subject=proposal(3), number=3)
CLAIMED_STORY = after(
    changed(lawful(), "third", by=CLERK, source="desk", received_at=CAME), "third", CLAIMED, by=CITIZEN
)


def failures(folder: Path, story: list[Step]) -> list[Any]:
    return [told(failure)[0] for failure in audited(folder, story).failures]


def until_answers() -> list[Step]:
    """The story as far as it had come on the last day."""
    return [step for step in lawful() if step.at < on(UNTIL)]


@pytest.mark.parametrize("story", [STORY, CLAIMED_STORY], ids=["entered", "claimed"])
def test_what_is_entered_and_claimed_by_the_rules_passes(tmp_path: Path, story: list[Step]) -> None:
    assert failures(tmp_path, story) == []


def test_what_came_in_time_may_be_entered_after_the_last_day(tmp_path: Path) -> None:
    entered_at = on(UNTIL + timedelta(days=2))
    letter = replace(received(4), source="email", received_at=on(UNTIL, 23, 59))

    assert failures(tmp_path, [*until_answers(), Step("letter", letter, CLERK, entered_at)]) == []


@pytest.mark.parametrize(
    ("story", "broken"),
    [
        (changed(STORY, "first", source="pigeon"), "record/entered-by-an-official"),
        (changed(STORY, "first", by=NEIGHBOUR), "record/entered-by-an-official"),
        (changed(STORY, "first", received_at=None), "record/entered-by-an-official"),
        (changed(STORY, "first", received_at=on(ANNOUNCED, 13)), "record/entered-by-an-official"),
        (changed(STORY, "first", received_at=on(date(2026, 11, 23))), "record/entered-by-an-official"),
        (changed(STORY, "first", late=True), "record/received-in-time"),
        (changed(lawful(), "first", by=CLERK), "record/entered-by-an-official"),
        (changed(CLAIMED_STORY, "withdrawn", by=NEIGHBOUR), "record/withdrawn-by-its-author"),
        (without(CLAIMED_STORY, "more"), "record/withdrawn-by-its-author"),
        (after(CLAIMED_STORY, "more", CLAIMED, by=NEIGHBOUR), "record/entered-by-an-official"),
        (
            after(lawful(), "second", RecommendationClaimed(subject=proposal(2), number=2), by=CITIZEN),
            "record/entered-by-an-official",
        ),
        (changed(CLAIMED_STORY, "more", by=CONTACT), "record/by-who-may"),
    ],
    ids=[
        "in a way that nobody knows",
        "by a participant",
        "at no time",
        "before it came",
        "before the draft",
        "in time and marked as late",
        "by an official and not said to be",
        "withdrawn by somebody else",
        "withdrawn by somebody who did not claim it",
        "claimed twice",
        "claimed though sent by its author",
        "claimed by an official",
    ],
)
def test_what_is_entered_otherwise_is_found(tmp_path: Path, story: list[Step], broken: str) -> None:
    assert broken in failures(tmp_path, story)


def test_a_late_letter_that_is_not_marked_is_found(tmp_path: Path) -> None:
    came: datetime = on(UNTIL + timedelta(days=1))
    letter = replace(received(4), source="paper", received_at=came)
    story = until_answers()

    marked, unmarked = (Step("letter", each, CLERK, came) for each in (replace(letter, late=True), letter))

    assert failures(tmp_path / "marked", [*story, marked]) == []
    assert failures(tmp_path / "unmarked", [*story, unmarked]) == ["record/received-in-time"]


def counted(supporters: int, added: tuple[str, ...] = (), taken_back: tuple[str, ...] = ()) -> SupportCounted:
    return SupportCounted(subject=proposal(2), number=2, supporters=supporters, added=added, taken_back=taken_back)


@pytest.mark.parametrize(
    ("told_later", "expected"),
    [
        (counted(2, added=("c",), taken_back=("a",)), []),
        (counted(3, added=("c",), taken_back=("a",)), ["record/supports-add-up"]),
        (counted(2, added=("a",)), ["record/supports-add-up"]),
        (counted(2, taken_back=("z",)), ["record/supports-add-up"]),
    ],
    ids=["adds up", "another number", "a mark twice", "a mark that never came"],
)
def test_supporters_are_those_told_before_and_the_marks_that_came_and_went(
    tmp_path: Path, told_later: SupportCounted, expected: list[str]
) -> None:
    first = after(lawful(), "third", counted(2, added=("a", "b")), by=SERVICE)
    story = [replace(step, name="first count") if step.name == "more" else step for step in first]

    assert failures(tmp_path, after(story, "first count", told_later, by=SERVICE)) == expected


def files(*names: str) -> tuple[Commitment, ...]:
    return tuple(Commitment(sha256(name.encode()).hexdigest(), 100) for name in names)


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        (files("a", "b", "c", "d", "e"), []),
        (files("a", "b", "c", "d", "e", "f"), ["record/files-in-order"]),
        (files("a", "a"), ["record/files-in-order"]),
        ((replace(files("a")[0], size=0),), ["record/files-in-order"]),
    ],
    ids=["five", "six", "one twice", "an empty one"],
)
def test_a_proposal_comes_with_at_most_five_files_that_can_be_told_apart(
    tmp_path: Path, came: tuple[Commitment, ...], expected: list[str]
) -> None:
    assert failures(tmp_path, changed(lawful(), "first", files=came)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"kind": "insertion", "provision": "art-7", "inserted": "art-7-ind-1"}, []),
        ({"kind": "insertion", "provision": "art-7-ind-1", "inserted": "art-7-ind-2"}, []),
        ({"kind": "insertion", "provision": "art-7", "inserted": "art-8"}, ["record/insertion-placed"]),
        ({"kind": "insertion", "provision": "art-6", "inserted": "art-7-ind-1"}, ["record/insertion-placed"]),
        ({"kind": "insertion", "inserted": "art-7-ind-1"}, ["record/insertion-placed"]),
        ({"kind": "change", "provision": "art-7", "inserted": "art-7-ind-1"}, ["record/insertion-placed"]),
    ],
)
def test_a_new_text_gets_the_number_of_what_it_stands_after_with_an_index(
    tmp_path: Path, members: dict[str, str], expected: list[str]
) -> None:
    assert failures(tmp_path, changed(lawful(), "first", **members)) == expected
