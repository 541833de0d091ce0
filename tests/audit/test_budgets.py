"""A draft budget, replayed: two laws, figures and their lines, contestations in their time and ruled on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from consult.policy.freezing import freeze
from consult.policy.reading import find_pack
from consult.record.events import ContestationRuled, Term
from tests.audit.logs import (
    ANNOUNCED,
    APPROVER,
    CONSULTATION,
    FROZEN,
    HASHES,
    SESSION,
    Step,
    after,
    announced,
    audited,
    changed,
    frozen,
    lawful,
    on,
    proposal,
    told,
    without,
)

BUDGET = freeze(find_pack("ro/law-273-2006"), ANNOUNCED, date(2030, 1, 1))
LAST_DAY = date(2026, 12, 9)
CONTESTABLE = Term("contestations_until", "ro/law-273-2006#contestations-period", LAST_DAY)
RULED = ContestationRuled(
    subject=proposal(1), number=1, admitted=False, on=SESSION, reason="Cheltuielile sunt obligatorii."
)


def ruled(steps: list[Step], *rulings: ContestationRuled) -> list[Step]:
    """The story with other rulings than its own."""
    steps = [each for each in steps if each.event != RULED]
    for ruling in rulings:
        steps = after(steps, "decided", ruling)
    return steps


Telling = Callable[[list[Step]], list[Step]]


def story() -> list[Step]:
    """A draft budget whose first proposal contests it, moving money from one line to another."""
    steps = after(lawful(), "frozen", frozen(CONSULTATION, BUDGET), by=APPROVER, minutes=0)
    steps = changed(steps, "announced", terms=(*announced().terms, CONTESTABLE), figures=HASHES[2])
    steps = changed(
        steps, "first", kind="move", line="51-02", to_line="65-02", amount=100, contests=True, residence="declared"
    )
    steps = changed(steps, "version", figures=HASHES[2])
    return after(steps, "decided", RULED)


def failures(folder: Path, steps: list[Step]) -> list[str]:
    packs = (FROZEN.content, BUDGET.content)
    return [told(failure)[0] for failure in audited(folder, steps, at=on(date(2027, 2, 1)), packs=packs).failures]


def test_a_draft_budget_under_both_laws_is_in_order(tmp_path: Path) -> None:
    assert failures(tmp_path, story()) == []


def test_figures_alone_may_be_what_a_version_changed(tmp_path: Path) -> None:
    assert failures(tmp_path, changed(story(), "version", sha256=HASHES[1], figures=HASHES[0])) == []


def test_a_contestation_comes_in_its_own_time_though_proposals_are_over(tmp_path: Path) -> None:
    alone = without(story(), "second", "third", "withdrawn", "hidden", "shown", "second answer", "erased")
    late = [replace(each, at=on(LAST_DAY, 20)) if each.name == "first" else each for each in alone]

    assert failures(tmp_path, sorted(late, key=lambda step: step.at)) == []


@pytest.mark.parametrize(
    ("telling", "broken"),
    [
        (lambda steps: changed(steps, "announced", terms=announced().terms), "record/dates-announced"),
        (
            lambda steps: changed(
                steps, "announced", terms=(*announced().terms, replace(CONTESTABLE, date=date(2026, 12, 8)))
            ),
            "ro/law-273-2006#contestations-period",
        ),
        (ruled, "record/contestations-ruled"),
        (lambda steps: ruled(steps, RULED, RULED), "record/contestations-ruled"),
        (lambda steps: ruled(steps, replace(RULED, reason=" ")), "record/contestations-ruled"),
        (lambda steps: ruled(steps, replace(RULED, on=ANNOUNCED)), "record/contestations-ruled"),
        (lambda steps: changed(steps, "first", to_line="51-02"), "record/money-moved"),
        (lambda steps: changed(steps, "first", amount=0), "record/money-moved"),
        (lambda steps: changed(steps, "first", kind="observation"), "record/money-moved"),
        (lambda steps: changed(changed(steps, "announced", figures=None), "version"), "record/money-moved"),
        (lambda steps: changed(steps, "announced", figures="nothing"), "record/documents-named"),
    ],
    ids=[
        "no last day",
        "a day too few",
        "never ruled on",
        "ruled on twice",
        "ruled on without a reason",
        "ruled on too early",
        "to the same line",
        "nothing",
        "no move",
        "no figures",
        "no hash",
    ],
)
def test_a_draft_budget_that_is_led_otherwise_is_found(tmp_path: Path, telling: Telling, broken: str) -> None:
    assert broken in failures(tmp_path, telling(story()))


def test_a_law_is_frozen_once_and_before_the_announcement(tmp_path: Path) -> None:
    twice = after(story(), "frozen", frozen(CONSULTATION, FROZEN), by=APPROVER, minutes=0)
    afterwards = after(lawful(), "announced", frozen(CONSULTATION, BUDGET), by=APPROVER, minutes=0)

    assert failures(tmp_path / "twice", twice) == failures(tmp_path / "after", afterwards) == ["record/rules-frozen"]
