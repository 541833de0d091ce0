"""What a count says: the winners in the order of their selection, and how each project fared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from consult.counting.elections import Amount, Election


class Fate(StrEnum):
    """Why a project won or lost."""

    #: Bought in its round by the money of its supporters, or next in the order and affordable.
    WON = "won"
    #: First in its category, which is guaranteed one.
    GUARANTEED = "guaranteed"
    #: Bought with what was left over after the rule had ended.
    COMPLETED = "completed"
    #: The first that did not fit, for which the missing part was added.
    TOPPED_UP = "topped_up"
    #: It costs more than was left when its turn came.
    DID_NOT_FIT = "did_not_fit"
    #: The count had ended at a project that did not fit.
    AFTER_THE_END = "after_the_end"
    #: Its supporters had less money left than it costs.
    TOO_LITTLE_SUPPORT = "too_little_support"
    #: Fewer votes than the least that were asked for.
    BELOW_THRESHOLD = "below_threshold"
    #: A project that excludes it was chosen before it.
    EXCLUDED = "excluded"
    #: It costs more than the whole budget.
    TOO_DEAR = "too_dear"
    #: Nobody voted for it.
    NO_SUPPORT = "no_support"


WINNING = frozenset({Fate.WON, Fate.GUARANTEED, Fate.COMPLETED, Fate.TOPPED_UP})


@dataclass(frozen=True)
class Round:
    """One step of the count: the project chosen in it. `left`: what remained of the budget after it.

    `effective_votes`: in Equal Shares, the cost divided by what its best-paying supporter pays: how many full payers
    it had, as it were.
    """

    project: int
    left: Amount
    fate: Fate = Fate.WON
    effective_votes: float | None = None


@dataclass(frozen=True)
class Tie:
    """Projects that were exactly equal, and the one that the declared rule put first."""

    projects: tuple[int, ...]
    chosen: int


@dataclass(frozen=True)
class Explanation:
    """How one project fared; which of the figures there are depends on the rule and on its fate.

    `round`: from 1, in which it won. `needed`: money it lacked: of the budget left when its turn came, or of its
    supporters' money. `behind`: the money of its supporters when it could no longer be bought. `rivals`: how much of
    its supporters' money went to each winner. `winning_cost`: the greatest whole cost at which it would have won, all
    else being equal; `winning_votes`: so many more voters, for it alone, would have been enough.
    """

    fate: Fate
    votes: int
    score: Amount
    round: int | None = None
    needed: Amount | None = None
    behind: Fraction | None = None
    rivals: Mapping[int, Fraction] = field(default_factory=dict)
    winning_cost: int | None = None
    winning_votes: int | None = None

    @property
    def is_winner(self) -> bool:
        """Whether it is carried out."""
        return self.fate in WINNING


@dataclass(frozen=True)
class Result:
    """What a rule makes of an election.

    `endowment`: in Equal Shares, what each voter had in the run that counts; `runs`: how many runs were made;
    `prices`: what a unit of utility of each project bought cost its best-paying supporter.
    """

    election: Election
    rule: str
    rounds: Sequence[Round]
    ties: Sequence[Tie] = ()
    explanations: Mapping[int, Explanation] = field(default_factory=dict)
    completion: str | None = None
    endowment: Fraction | None = None
    runs: int | None = None
    prices: Mapping[int, float] = field(default_factory=dict)

    @property
    def selected(self) -> tuple[int, ...]:
        """The winners, in the order of their selection."""
        return tuple(each.project for each in self.rounds)

    @property
    def cost(self) -> Amount:
        """What the winners cost together."""
        return self.election.cost_of(self.selected)
