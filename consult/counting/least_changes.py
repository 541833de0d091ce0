"""How little more would have been enough: the dearest a project might have been, and the fewest votes it lacked.

The count is the arbiter, with the project at another cost or with more voters. But a project that is changed changes
nothing until it is bought: up to then everybody buys what they bought. So the answer is first computed from what its
supporters had left at each purchase, and then the count is asked only about its neighbourhood.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

import numpy as np

from consult.counting.purses import Backing, Electorate, Floats

#: A price at which no supporter stops at anything, for when nothing else is left to buy.
ANY_PRICE = inf


@dataclass(frozen=True)
class Moment:
    """What everybody had before a purchase. `price`: of the project bought then; ANY_PRICE at the end of the count."""

    money: Floats
    price: float


def dearest(voters: Electorate, moments: Sequence[Moment], place: int, wins: Callable[[Electorate], bool]) -> int:
    """Return the greatest whole cost, below its own, at which a project would have won; 1 where none is sought."""
    backing = voters.backings[place]
    near = max(_dearest_at(backing, moment, by_cost=voters.by_cost) for moment in moments)
    highest = ceil(backing.cost) - 1
    return last_true(lambda cost: wins(voters.at_cost(place, cost)), 1, highest, near=floor(min(near, highest)))


def fewest(
    voters: Electorate, moments: Sequence[Moment], place: int, enough: int, wins: Callable[[Electorate], bool]
) -> int:
    """Return the least number of more voters, for it alone, with whom a project would have won; at most `enough`."""
    backing = voters.backings[place]
    each = float(moments[0].money[0])
    near = min(_missing_at(backing, moment, each) for moment in moments)
    spared = last_true(
        lambda spared: wins(voters.with_more(place, enough - spared)),
        0,
        enough - 1,
        near=enough - ceil(min(near, enough)),
    )
    return enough - spared


def last_true(holds: Callable[[int], bool], low: int, high: int, *, near: int) -> int:
    """Return the last number from `low` to `high` for which something holds that ends holding once; `low` if none.

    It is looked for from `near` outward, in steps that double, so that a good guess is confirmed by two questions.
    """
    step = 1
    while low < high:
        asked = min(max(near, low + 1), high)
        if holds(asked):
            low, near = asked, asked + step
        else:
            high, near = asked - 1, asked - step
        step *= 2
    return low


def _dearest_at(backing: Backing, moment: Moment, *, by_cost: bool) -> float:
    """Return the cost up to which its supporters would rather have bought a project than what was bought.

    They would at the cost c if, each paying no more than `price` for a unit of utility, they had c together.
    """
    money, points = moment.money[backing.purses], np.broadcast_to(backing.points, backing.voters.shape)
    if moment.price == ANY_PRICE:
        return float((backing.voters * money).sum())
    if not by_cost:
        return float((backing.voters * np.minimum(money, moment.price * points)).sum())
    # What they get grows with the cost, and so does what they would pay, until it is all that they have.
    order = np.argsort(money / points)
    wealth, voters = (money / points)[order], backing.voters[order]
    spent = np.cumsum(voters * money[order])
    richer = float((voters * points[order]).sum()) - np.cumsum(voters * points[order])
    affordable = np.flatnonzero(spent + wealth * (richer - 1 / moment.price) >= 0)
    if not len(affordable):
        return 0.0
    last = affordable[-1]
    share = 1 - moment.price * float(richer[last])
    return float(spent[last]) / share if share > 0 else inf


def _missing_at(backing: Backing, moment: Moment, endowment: float) -> float:
    """Return how many more voters, with all their money, a project needed to be bought before what was bought."""
    money, utility = moment.money[backing.purses], backing.utility
    paid = np.minimum(money, moment.price * utility)
    most = min(endowment, moment.price * float(np.max(utility)))
    return max(float(backing.cost) - float((backing.voters * paid).sum()), 0.0) / most
