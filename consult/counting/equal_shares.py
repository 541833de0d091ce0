"""The Method of Equal Shares: everybody's vote commands an equal part of the money.

Each voter is given the same endowment. In each round the project is bought whose supporters get the most for what they
pay: they share its cost equally, those who have too little left give what they have, and the utility that a leu of the
best-paying supporter buys is greatest. The count ends when no project's supporters can pay for it.
Source: Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021.

The rule leaves money over, so a completion follows: `add1` gives each voter one unit more, and again, and keeps the
last outcome before the money is overspent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import count
from typing import Protocol, TypeVar

import numpy as np

from consult.counting.elections import Amount, Election
from consult.counting.exact_shares import ExactPurses
from consult.counting.purses import Electorate, Purses, Undecided
from consult.counting.results import Fate, Result, Round, Tie
from consult.counting.ties import TieOrder, by_score

P = TypeVar("P", float, Fraction)


class AnyPurses(Protocol[P]):
    """What everybody has left, in floats or in fractions."""

    def cheapest(self) -> list[int]:
        """Return the project that its supporters can buy at the lowest price, or all that are equal; else none."""

    def price_of(self, place: int) -> P:
        """Return the price at which a project was last seen."""

    def buy(self, place: int, price: P) -> object:
        """Have the supporters of a project pay for it."""


class Utility(StrEnum):
    """What a supporter gets from a project: what it costs, or one (or the points given to it)."""

    COST = "cost"
    CARDINALITY = "cardinality"


class Completion(StrEnum):
    """What is done with the money that is left."""

    NONE = "none"
    ADD1 = "add1"
    ADD1_UTILITARIAN = "add1-utilitarian"


class Start(StrEnum):
    """What each voter has in the first run: exactly the budget divided by the voters, or that without its fraction."""

    RATIONAL = "rational"
    FLOOR = "floor"


class Stop(StrEnum):
    """When no more is added: when no project with support fits into what is left, or only when too much is spent."""

    EXHAUSTED = "exhausted"
    OVERSPEND = "overspend"


@dataclass(frozen=True)
class Shares:
    """The variant of the rule that was declared. `step`: what each voter is given more in each run of `add1`."""

    utility: Utility = Utility.COST
    completion: Completion = Completion.NONE
    step: Fraction = Fraction(1)
    start: Start = Start.RATIONAL
    stop: Stop = Stop.EXHAUSTED


@dataclass(frozen=True)
class Purchase:
    """A project that its supporters bought. `price`: what each paid at most for a unit of utility."""

    project: int
    price: float


@dataclass(frozen=True)
class Run:
    """What is bought when every voter has `endowment`."""

    endowment: Fraction
    purchases: Sequence[Purchase]
    ties: Sequence[Tie] = ()

    @property
    def selected(self) -> tuple[int, ...]:
        """What was bought, in its order."""
        return tuple(purchase.project for purchase in self.purchases)


def count_equal_shares(election: Election, ties: TieOrder, shares: Shares | None = None) -> Result:
    """Count by equal shares, with the declared completion."""
    shares = shares or Shares()
    voters = Electorate(election, by_cost=shares.utility is Utility.COST)
    kept, runs = _completed(voters, ties, shares) if election.voters else (Run(Fraction(0), ()), 0)
    rounds = _rounds(voters, kept)
    if shares.completion is Completion.ADD1_UTILITARIAN:
        rounds += _by_votes(election, rounds, ties)
    return Result(
        election,
        "equal-shares",
        rounds,
        kept.ties,
        completion=shares.completion,
        endowment=kept.endowment,
        runs=runs,
        prices={purchase.project: purchase.price for purchase in kept.purchases},
    )


def run_once(voters: Electorate, endowment: Fraction, ties: TieOrder) -> Run:
    """Buy what can be bought when every voter has `endowment`.

    Counted in floats as long as every comparison that decides is clear of their error; where one is not, all of it is
    counted again in fractions.
    """
    try:
        return _buy(Purses(voters, endowment), endowment, ties)
    except Undecided:
        return _buy(ExactPurses(voters, endowment), endowment, ties)


def _buy(purses: AnyPurses[P], endowment: Fraction, ties: TieOrder) -> Run:
    purchases: list[Purchase] = []
    equal: list[Tie] = []
    while best := purses.cheapest():
        chosen = min(best, key=ties.__getitem__)
        if len(best) > 1:
            equal.append(Tie(tuple(sorted(best, key=ties.__getitem__)), chosen))
        price = purses.price_of(chosen)
        purses.buy(chosen, price)
        purchases.append(Purchase(chosen, float(price)))
    return Run(endowment, purchases, equal)


def _completed(voters: Electorate, ties: TieOrder, shares: Shares) -> tuple[Run, int]:
    """Return the run that counts, and how many there were."""
    election = voters.election
    first = Fraction(election.budget) / election.voters
    endowment = Fraction(first.numerator // first.denominator) if shares.start is Start.FLOOR else first
    kept = run_once(voters, endowment, ties)
    if shares.completion is Completion.NONE:
        return kept, 1
    for runs in count(1):
        if _is_finished(voters, kept, shares.stop):
            return kept, runs
        endowment += shares.step
        more = run_once(voters, endowment, ties)
        if election.cost_of(more.selected) > election.budget:
            return kept, runs + 1
        kept = more
    raise AssertionError("more money buys everything in the end")


def _is_finished(voters: Electorate, run: Run, stop: Stop) -> bool:
    """Whether nothing that anybody supports can still be bought (or, if only overspending stops, is left to buy)."""
    election = voters.election
    bought = set(run.selected)
    left = election.budget - election.cost_of(run.selected)
    others = (election.projects[place].cost for place in voters.supported if place not in bought)
    fits: Callable[[Amount], bool] = (lambda cost: cost <= left) if stop is Stop.EXHAUSTED else (lambda _: True)
    return not any(fits(cost) for cost in others)


def _rounds(voters: Electorate, run: Run) -> list[Round]:
    left = voters.election.budget
    rounds = []
    for purchase in run.purchases:
        backing = voters.backings[purchase.project]
        left -= backing.cost
        most = purchase.price * float(np.max(backing.utility))
        rounds.append(Round(purchase.project, left, effective_votes=float(backing.cost) / most))
    return rounds


def _by_votes(election: Election, rounds: Sequence[Round], ties: TieOrder) -> list[Round]:
    """Spend what is left by votes, passing over what does not fit."""
    bought = {each.project for each in rounds}
    left = election.budget - election.cost_of([*bought])
    more = []
    for place in by_score(election, ties):
        cost = election.projects[place].cost
        if place not in bought and election.votes[place] and cost <= left:
            left -= cost
            more.append(Round(place, left, Fate.COMPLETED))
    return more
