"""Who may vote, replayed: as many as proved it, and no code of a letter made by one official alone or used twice."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from consult.record.entry_form import Signer
from consult.record.events import LetterCodesMade, RollConfirmed, VoterAdmitted
from tests.audit.logs import SERVICE, Step, audited, told
from tests.audit.test_cycles import announced
from tests.audit.test_elections import CYCLE, DAYS, OPENS, Told

RULE = "record/voters-admitted"
FIRST, SECOND = Signer("clerk", "first"), Signer("clerk", "second")


def admitted(proof: str, by: Signer = SERVICE) -> Step:
    return Step("admitted", VoterAdmitted(subject=CYCLE, proof=proof, link="domicile"), by, OPENS)


def made(codes: int, by: Signer) -> Step:
    return Step("made", LetterCodesMade(subject=CYCLE, codes=codes, asked_by="first"), by, OPENS)


def roll(people: int, by: Signer) -> Step:
    event = RollConfirmed(subject=CYCLE, people=people, digest="0" * 64, imported_by="first")
    return Step("roll", event, by, OPENS)


def found(folder: Path, steps: Sequence[Step]) -> list[str]:
    return [told(failure)[0] for failure in audited(folder, steps).failures]


def test_codes_that_two_officials_made_and_each_used_once_are_in_order(tmp_path: Path) -> None:
    steps = [announcement(), made(2, SECOND), admitted("letter"), admitted("letter"), admitted("desk", FIRST)]

    assert RULE not in found(tmp_path, steps)


def test_as_many_as_stand_on_the_rolls_that_two_officials_let_in_may_prove_it(tmp_path: Path) -> None:
    steps = [announcement(), roll(1, SECOND), admitted("roll"), roll(1, SECOND), admitted("roll")]

    assert RULE not in found(tmp_path, steps)


@pytest.mark.parametrize(
    "acts",
    [
        [made(1, FIRST)],
        [made(1, SECOND), admitted("letter"), admitted("letter")],
        [admitted("letter")],
        [admitted("desk")],
        [roll(1, SECOND), admitted("roll", FIRST)],
        [roll(1, FIRST)],
        [roll(1, SECOND), admitted("roll"), admitted("roll")],
    ],
    ids=[
        "by one official",
        "used twice",
        "never made",
        "at a desk without an official",
        "by an official alone",
        "a roll of one official",
        "more than stand on the roll",
    ],
)
def test_a_right_that_nobody_proved_lawfully_is_found(tmp_path: Path, acts: list[Step]) -> None:
    assert RULE in found(tmp_path, [announcement(), *acts])


def test_a_vote_with_more_voters_than_have_proven_it_is_found(tmp_path: Path) -> None:
    vote = Told(order=("opened", "committed"))
    steps = [step for step in vote.steps if not isinstance(step.event, VoterAdmitted)]

    failures = audited(tmp_path, steps, openings=vote.published_files).failures

    assert RULE in [told(failure)[0] for failure in failures]


def announcement() -> Step:
    return Step("announced", *announced(*DAYS, at=OPENS - timedelta(hours=4)))
