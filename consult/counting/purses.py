"""What every voter has left, in floats: fast, and honest about what floats cannot decide.

Ballots that say the same have the same money always, so one purse stands for all of them.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from consult.counting.elections import NAMING, Amount, Election

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
#: Two sums of floats that lie this near each other, in parts of themselves or of all the money they were made from, may
#: be equal or the other way round; a run of some hundred rounds errs a thousand times less.
NEAR, ERROR = 1e-9, 1e-12


class Undecided(Exception):  # noqa: N818 - not an error: a question for exact arithmetic
    """Two numbers are too near each other for floats to say which is greater."""


@dataclass(frozen=True)
class Backing:
    """Who supports a project, and what each gets from it.

    `purses`: their places; `voters`: how many share each; `points`: what was given to it, one number where all gave the
    same; `exact_points`: the same, purse by purse, as they stand on the ballots. `unit`: the utility of a point.
    """

    cost: Amount
    unit: Amount
    purses: Places
    voters: Floats
    points: float | Floats
    exact_points: Sequence[Amount]

    @cached_property
    def price_in_full(self) -> Fraction | None:
        """The exact price of a unit of utility as long as no supporter lacks money; None without supporters."""
        if isinstance(self.points, float):
            weight: Amount = int(self.count)
        else:
            weight = sum((int(each) * points for each, points in zip(self.voters, self.exact_points, strict=True)), 0)
        return Fraction(self.cost) / (weight * self.unit) if weight else None

    @cached_property
    def utility(self) -> float | Floats:
        """What each purse gets from the project, or all alike."""
        return self.points * float(self.unit)

    @cached_property
    def weight(self) -> Floats:
        """How much utility each purse stands for."""
        return self.voters * self.utility

    @cached_property
    def total(self) -> float:
        """The utility of all supporters together."""
        return float(self.weight.sum())

    @cached_property
    def count(self) -> float:
        """How many support it."""
        return float(self.voters.sum())


class Electorate:
    """An election as Equal Shares sees it: for each project its supporters, and what they get from it."""

    def __init__(self, election: Election, *, by_cost: bool) -> None:
        self.election = election
        self.by_cost = by_cost
        self.purses = len(election.ballots)
        supporters: list[list[int]] = [[] for _ in election.projects]
        points: list[list[Amount]] = [[] for _ in election.projects]
        for purse, ballot in enumerate(election.ballots):
            for place, given in ballot.points:
                if given > 0:
                    supporters[place].append(purse)
                    points[place].append(given)
        voters = np.array([ballot.voters for ballot in election.ballots], dtype=np.float64)
        is_naming = election.kind in NAMING
        self.backings = []
        for project, purses, exact in zip(election.projects, supporters, points, strict=True):
            where = np.array(purses, dtype=np.intp)
            alike = 1.0 if is_naming else np.array([float(each) for each in exact])
            unit = project.cost if by_cost else 1
            self.backings.append(Backing(project.cost, unit, where, voters[where], alike, exact))

    @property
    def supported(self) -> list[int]:
        """The projects that anybody supports."""
        return [place for place, backing in enumerate(self.backings) if len(backing.purses)]

    def at_cost(self, place: int, cost: Amount) -> "Electorate":
        """Return the same voters, were a project to cost so much."""
        unit = cost if self.by_cost else 1
        return self._changed(place, replace(self.backings[place], cost=cost, unit=unit))

    def with_more(self, place: int, voters: int) -> "Electorate":
        """Return these voters and some more, who support one project and nothing else, as keenly as anybody."""
        backing = self.backings[place]
        most = max(backing.exact_points, default=1)
        points = backing.points if isinstance(backing.points, float) else np.append(backing.points, float(most))
        more = replace(
            backing,
            purses=np.append(backing.purses, self.purses),
            voters=np.append(backing.voters, float(voters)),
            points=points,
            exact_points=[*backing.exact_points, most],
        )
        changed = self._changed(place, more)
        changed.purses = self.purses + 1
        return changed

    def _changed(self, place: int, backing: Backing) -> "Electorate":
        changed = copy(self)
        changed.backings = [*self.backings[:place], backing, *self.backings[place + 1 :]]
        return changed


@dataclass(frozen=True)
class Price:
    """What a unit of utility of a project costs its best-paying supporter, and how far that may be wrong.

    `exact`: the price as a fraction, known where no supporter lacks money.
    """

    value: float
    error: float
    exact: Fraction | None


class Purses:
    """One run: everybody's money, and the lowest price at which each project was last seen."""

    def __init__(self, voters: Electorate, endowment: Fraction) -> None:
        self._voters = voters
        self._endowment = endowment
        self._each = float(endowment)
        self._money = np.full(voters.purses, self._each)
        #: Prices only rise while a run lasts: what is dearer than the cheapest was, need not be looked at.
        in_full = (backing.price_in_full for backing in voters.backings)
        self._floors = np.array([np.inf if price is None else float(price) for price in in_full])
        self._prices: dict[int, Price] = {}

    def cheapest(self) -> list[int]:
        """Return the project that its supporters can buy at the lowest price, or all that are exactly equal.

        Raises Undecided.
        """
        best: list[tuple[int, Price]] = []
        limit = np.inf
        for place in np.argsort(self._floors, kind="stable").tolist():
            if self._floors[place] > limit or self._floors[place] == np.inf:
                break
            price = self._price(place)
            if price is None:
                self._floors[place] = np.inf
                continue
            self._floors[place] = price.value - price.error
            self._prices[place] = price
            best.append((place, price))
            limit = min(limit, price.value + price.error)
        return self._least([each for each in best if each[1].value - each[1].error <= limit])

    @staticmethod
    def _least(near: list[tuple[int, Price]]) -> list[int]:
        if len(near) < 2:  # noqa: PLR2004 - nothing to compare
            return [place for place, _ in near]
        exact = [(place, price.exact) for place, price in near if price.exact is not None]
        if len(exact) < len(near):
            raise Undecided
        least = min(price for _, price in exact)
        return [place for place, price in exact if price == least]

    def _price(self, place: int) -> Price | None:
        """Return a project's price; None when its supporters cannot pay for it. Raises Undecided."""
        backing = self._voters.backings[place]
        money = self._money[backing.purses]
        held = backing.voters * money
        if not self._can_pay(backing, float(held.sum())):
            return None
        cost = float(backing.cost)
        price, weight = cost / backing.total, backing.total
        error = ERROR * backing.count * self._each
        wealth = money if isinstance(backing.utility, float) else money / backing.utility
        unit = backing.utility if isinstance(backing.utility, float) else 1.0
        poor = wealth < price * unit
        exact = backing.price_in_full if not (wealth < price * unit * (1 + NEAR)).any() else None
        lacking = int(poor.sum())
        while lacking:
            rest = cost - float(held[poor].sum())
            weight = backing.total - float(backing.weight[poor].sum())
            if weight <= 0 or rest <= error:
                raise Undecided
            price = rest / weight
            # Once poor, always poor, since the price only rises: by rounding it may seem to fall again, and for ever.
            poor |= wealth < price * unit
            before, lacking = lacking, int(poor.sum())
            if lacking == before:
                break
        return Price(price, NEAR * price + error / weight, exact)

    def _can_pay(self, backing: Backing, held: float) -> bool:
        """Whether the supporters of a project have its cost. Raises Undecided."""
        doubt = NEAR * float(backing.cost) + ERROR * backing.count * self._each
        if abs(held - float(backing.cost)) > doubt:
            return held > backing.cost
        if (self._money[backing.purses] != self._each).any():
            raise Undecided
        return int(backing.count) * self._endowment >= backing.cost

    def price_of(self, place: int) -> float:
        """Return the price at which a project was last seen."""
        return self._prices[place].value

    def buy(self, place: int, price: float) -> Floats:
        """Have the supporters of a project pay for it; return what each purse gave, a voter."""
        backing = self._voters.backings[place]
        before = self._money.copy()
        money = before[backing.purses]
        self._money[backing.purses] = money - np.minimum(money, price * backing.utility)
        self._floors[place] = np.inf
        paid: Floats = before - self._money
        return paid

    @property
    def left(self) -> Floats:
        """What each purse holds now, a voter."""
        return self._money.copy()

    def behind(self, place: int) -> float:
        """Return the money that the supporters of a project have left."""
        return self.share_of(place, self._money)

    def share_of(self, place: int, money: Floats) -> float:
        """Return how much of the money in all purses is that of a project's supporters."""
        backing = self._voters.backings[place]
        return float((backing.voters * money[backing.purses]).sum())
