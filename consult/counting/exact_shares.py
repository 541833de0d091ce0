"""What every voter has left, in fractions: for the runs in which floats cannot tell two projects apart."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from consult.counting.elections import Amount
from consult.counting.purses import Electorate, Places


class ExactPurses:
    """One run in exact arithmetic. Purses that hold the same are one: only how much there is in it matters."""

    def __init__(self, voters: Electorate, endowment: Fraction) -> None:
        self._voters = voters
        #: For each ballot the place of its money in `_sums`, which holds each sum once.
        self._holds = np.zeros(voters.purses, dtype=np.intp)
        self._sums = [endowment]
        self._known = {endowment: 0}
        in_full = {place: backing.price_in_full for place, backing in enumerate(voters.backings)}
        self._floors = {place: price for place, price in in_full.items() if price is not None}

    def cheapest(self) -> list[int]:
        """Return the project that its supporters can buy at the lowest price, or all that are equal."""
        best: Fraction | None = None
        found: list[int] = []
        for place, floor in sorted(self._floors.items(), key=lambda each: each[1]):
            if best is not None and floor > best:
                break
            price = self._price(place)
            if price is None:
                del self._floors[place]
                continue
            self._floors[place] = price
            if best is None or price < best:
                best, found = price, [place]
            elif price == best:
                found.append(place)
        return found

    def _price(self, place: int) -> Fraction | None:
        """Return a project's price; None when its supporters cannot pay for it."""
        groups = [
            (self._sums[held] / utility, self._sums[held], utility, voters)
            for held, utility, voters, _ in self._groups(place)
        ]
        rest = Fraction(self._voters.backings[place].cost)
        if sum(money * voters for _, money, _, voters in groups) < rest:
            return None
        weight = sum((utility * voters for _, _, utility, voters in groups), Fraction(0))
        wealth = Fraction(0)
        for wealth, money, utility, voters in sorted(groups):
            if rest / weight <= wealth:
                return rest / weight
            rest -= money * voters
            weight -= utility * voters
        return wealth

    def _groups(self, place: int) -> Iterator[tuple[int, Amount, int, Places]]:
        """Yield the supporters that hold the same and get the same: what, how much, how many, and which purses."""
        backing = self._voters.backings[place]
        kinds = sorted(set(backing.exact_points))
        kind_of = {points: number for number, points in enumerate(kinds)}
        given = np.array([kind_of[points] for points in backing.exact_points], dtype=np.intp)
        groups, members = np.unique(self._holds[backing.purses] * len(kinds) + given, return_inverse=True)
        counts = np.bincount(members, weights=backing.voters, minlength=len(groups))
        for number, group in enumerate(groups.tolist()):
            held, kind = divmod(group, len(kinds))
            yield held, kinds[kind] * backing.unit, int(counts[number]), backing.purses[members == number]

    def price_of(self, place: int) -> Fraction:
        """Return the price at which a project was last seen."""
        return self._floors[place]

    def buy(self, place: int, price: Fraction) -> None:
        """Have the supporters of a project pay for it."""
        del self._floors[place]
        for held, utility, _, purses in list(self._groups(place)):
            left = self._sums[held] - min(self._sums[held], price * utility)
            if left not in self._known:
                self._known[left] = len(self._sums)
                self._sums.append(left)
            self._holds[purses] = self._known[left]
