"""An election as the counting rules see it: projects with costs, a budget, and what ballots say, alike ones once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

#: Money or points. Whole numbers stay `int`; what has decimals is an exact fraction.
Amount = int | Fraction


class BallotKind(StrEnum):
    """How people voted, by the words of the `.pb` format."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    ORDINAL = "ordinal"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"


#: The ballots on which a project is named or not, and nothing more is said of it.
NAMING = frozenset({BallotKind.APPROVAL, BallotKind.CHOOSE_ONE})


@dataclass(frozen=True)
class Project:
    """What money is asked for. `id`: as on the ballot, such as `L025` or `BO.D18.9/23`."""

    id: str
    cost: Amount
    name: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ballot:
    """One way of voting, and how many voted so. `points`: for each project named, by its place, what it was given.

    On a ballot that only names projects each has one point; on a ranked one the first of at most k has k points, the
    second k - 1, and so on.
    """

    points: tuple[tuple[int, Amount], ...]
    voters: int


@dataclass(frozen=True)
class Election:
    """A budget to be spent on projects by the ballots of its voters. An empty ballot is a voter's too."""

    budget: Amount
    projects: Sequence[Project]
    ballots: Sequence[Ballot]
    kind: BallotKind = BallotKind.APPROVAL
    meta: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def voters(self) -> int:
        """How many people voted."""
        return sum(ballot.voters for ballot in self.ballots)

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many voters named each project."""
        votes = [0] * len(self.projects)
        for ballot in self.ballots:
            for place, _ in ballot.points:
                votes[place] += ballot.voters
        return tuple(votes)

    @cached_property
    def scores(self) -> tuple[Amount, ...]:
        """How many points each project was given; its votes where ballots only name projects."""
        if self.kind in NAMING:
            return self.votes
        scores: list[Amount] = [0] * len(self.projects)
        for ballot in self.ballots:
            for place, points in ballot.points:
                scores[place] += points * ballot.voters
        return tuple(scores)

    def cost_of(self, places: Sequence[int]) -> Amount:
        """Return what some projects cost together."""
        return sum((self.projects[place].cost for place in places), 0)
