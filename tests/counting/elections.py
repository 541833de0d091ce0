"""Elections to count: small ones written down here, and the real ones that lie beside the repository."""

import json
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet
from hypothesis import strategies as some

from consult.counting.elections import Ballot, BallotKind, Election, Project
from consult.counting.ties import TieOrder, TieRule, tie_order

#: In bytes. What is smaller is counted in a moment by every rule.
LARGE = 500_000
REAL = Path(__file__).parents[3] / "shared/elections"


def election(costs: dict[str, int], ballots: Sequence[str], budget: int) -> Election:
    """Make an approval election: `ballots` are words of one-letter project ids, such as `"ab"`."""
    places = {project: place for place, project in enumerate(costs)}
    return Election(
        budget,
        [Project(project, cost) for project, cost in costs.items()],
        [Ballot(tuple(sorted((places[each], 1) for each in ballot)), 1) for ballot in ballots],
    )


def by_id(counted: Election) -> TieOrder:
    """Return the order among equals by id."""
    return tie_order(counted, TieRule.ID)


def ids(counted: Election, places: Sequence[int]) -> list[str]:
    """Return the ids of projects."""
    return [counted.projects[place].id for place in places]


@cache
def expected() -> dict[str, Any]:  # Any: what the JSON file says
    """Return what the real elections should give; nothing where the folder is missing."""
    return json.loads((REAL / "expected.json").read_text())["files"] if REAL.is_dir() else {}


def real_counts() -> list[ParameterSet]:
    """Return each real election with each rule by which its winners are known; the largest are the slow tier's."""
    return [of_its_tier(file, rule) for file, known in expected().items() for rule in known["results"]]


def of_its_tier(file: str, *others: str) -> ParameterSet:
    """Return a test about a real election, left to the slow tier where the file is large."""
    is_large = expected()[file]["bytes"] > LARGE
    return pytest.param(file, *others, marks=[pytest.mark.slow] if is_large else [])


@some.composite
def elections(draw: some.DrawFn, *, most_voters: int = 8, kind: BallotKind = BallotKind.APPROVAL) -> Election:
    """Draw a small election with many ties in which every project has a supporter."""
    costs = draw(some.lists(some.integers(1, 6), min_size=1, max_size=6))
    budget = draw(some.integers(max(costs), sum(costs) + 2))
    places = some.sets(some.integers(0, len(costs) - 1))
    named = draw(some.lists(places, min_size=1, max_size=most_voters))
    missing = set(range(len(costs))) - set().union(*named)
    named[0] |= missing
    points = some.just(1) if kind is BallotKind.APPROVAL else some.integers(1, 4)
    ballots = [
        Ballot(tuple((place, draw(points)) for place in sorted(each)), draw(some.integers(1, 3))) for each in named
    ]
    merged: dict[tuple[tuple[int, int | Fraction], ...], int] = {}
    for ballot in ballots:
        merged[ballot.points] = merged.get(ballot.points, 0) + ballot.voters
    projects = [Project(f"p{place}", cost) for place, cost in enumerate(costs)]
    return Election(budget, projects, [Ballot(points, voters) for points, voters in merged.items()], kind)
