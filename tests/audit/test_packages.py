"""Packages, replayed: what they name was sent with them, by the same hand, and in order."""

from pathlib import Path

import pytest

from consult.record.entry_form import Signer
from consult.record.events import PackageReceived
from tests.audit.logs import (
    CONSULTATION,
    NEIGHBOUR,
    ORGANISATION,
    Step,
    after,
    audited,
    changed,
    committed,
    lawful,
    told,
)

MEMBER, OTHER = Signer("organisation_member", "0e60"), Signer("organisation_member", "0e61")
#: The first two proposals come from one organisation at one instant.
FIRST = next(step for step in lawful() if step.name == "first")
TOGETHER = changed(
    changed(lawful(), "first", by=MEMBER, organisation=ORGANISATION),
    "second",
    by=MEMBER,
    at=FIRST.at,
    organisation=ORGANISATION,
)


def sent(*numbers: str, as_of: str = "1-2026", story: list[Step] | None = None, by: Signer = MEMBER) -> list[Step]:
    """The story with a package after the second proposal."""
    package = PackageReceived(
        subject=f"{CONSULTATION}/pachete/{as_of}", recommendations=numbers, body=committed("why so")
    )
    return after(story or TOGETHER, "second", package, by=by, minutes=0)


def failures(folder: Path, story: list[Step]) -> list[str]:
    return [told(failure)[0] for failure in audited(folder, story).failures]


def test_a_package_of_what_was_sent_with_it_passes(tmp_path: Path) -> None:
    assert failures(tmp_path, sent("1-2026", "2-2026")) == []


@pytest.mark.parametrize(
    ("story", "count"),
    [
        (sent("1-2026"), 1),
        (sent("2-2026", "1-2026", as_of="2-2026"), 1),
        (sent("1-2026", "1-2026"), 1),
        (sent("1-2026", "2-2026", as_of="2-2026"), 1),
        (sent("1-2026", "9-2026"), 1),
        (sent("1-2026", "2-2026", by=OTHER), 2),
        (sent("1-2026", "2-2026", story=changed(TOGETHER, "second", by=NEIGHBOUR, organisation=None)), 1),
    ],
    ids=["one", "out of order", "one twice", "not by its first", "one that never came", "by another", "not by one"],
)
def test_any_other_package_is_found(tmp_path: Path, story: list[Step], count: int) -> None:
    assert failures(tmp_path, story) == ["record/package-in-order"] * count
