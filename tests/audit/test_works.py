"""What is told of projects that won, replayed after the vote in which they did."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from consult.record.events import ProjectProgress
from tests.audit.logs import CONTACT, Step, audited, told
from tests.audit.test_elections import CYCLE, ENDS, Told, _digest

WORKS = "record/works-told"
DUE = date(2027, 3, 31)
MILESTONE = {"kind": "milestone", "due": DUE}
BUILT = {"kind": "built"}


def failures(folder: Path, *told_of: dict[str, object], number: int = 1) -> list[str]:
    vote = Told()
    steps = vote.steps
    for facts in told_of:
        stated = {"words": "Pe scurt.", **facts}
        event = ProjectProgress(subject=f"{CYCLE}/proiecte/{number}", number=number, **stated)
        steps.append(Step("news", event, CONTACT, ENDS + timedelta(hours=2)))
    files = sorted(vote.published_files, key=_digest)
    found = audited(folder, steps, at=ENDS + timedelta(days=1), openings=files)
    return [told(failure)[0] for failure in found.failures]


def test_steps_planned_moved_and_done_and_an_end_are_in_order(tmp_path: Path) -> None:
    moved, reached = {"kind": "moved", "due": DUE, "milestone": 1}, {"kind": "reached", "milestone": 1}
    money = {"kind": "contract", "amount": 40_000_00}, {"kind": "spending", "amount": 1}

    assert failures(tmp_path, {"kind": "department"}, MILESTONE, moved, reached, *money, BUILT, {"kind": "news"}) == []


@pytest.mark.parametrize(
    "told_of",
    [
        [{"kind": "reached", "milestone": 1}],
        [MILESTONE, {"kind": "reached", "milestone": 1}, {"kind": "moved", "due": DUE, "milestone": 1}],
        [{"kind": "milestone"}],
        [{"kind": "contract"}],
        [{"kind": "spending", "amount": 0}],
        [{"kind": "news", "amount": 5}],
        [{"kind": "news", "words": " "}],
        [{"kind": "rumour"}],
        [BUILT, {"kind": "dropped"}],
        [{"kind": "dropped"}, MILESTONE],
    ],
)
def test_what_does_not_follow_is_found(tmp_path: Path, told_of: list[dict[str, object]]) -> None:
    assert WORKS in failures(tmp_path, *told_of)


def test_nothing_is_told_of_a_project_that_did_not_win(tmp_path: Path) -> None:
    assert WORKS in failures(tmp_path, {"kind": "news"}, number=9)
