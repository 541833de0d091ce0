"""Phragmén's sequential rule: money comes to every voter at the same even pace, and supporters buy what they can first.

The count stops at the first project that could be bought but would overspend the budget.
Source: Los, Christoff, Grossi, "Proportional Budget Allocations: Towards a Systematization", IJCAI 2022.
"""

from fractions import Fraction

import numpy as np

from consult.counting.elections import Election
from consult.counting.purses import Electorate
from consult.counting.results import Result, Round, Tie
from consult.counting.ties import TieOrder


def count_phragmen(election: Election, ties: TieOrder) -> Result:
    """Count by Phragmén's sequential rule. What costs more than the budget, or has no supporter, takes no part."""
    voters = Electorate(election, by_cost=False)
    #: What each voter has paid lasts until the project they paid last: its time is the time of all its buyers.
    last = np.zeros(voters.purses, dtype=np.intp)
    times = [Fraction(0)]
    waiting = [place for place in voters.supported if election.projects[place].cost <= election.budget]
    rounds: list[Round] = []
    equal: list[Tie] = []
    left = election.budget
    while waiting:
        at = {place: _time(voters, place, last, times) for place in waiting}
        first = min(at.values())
        ready = sorted((place for place in waiting if at[place] == first), key=ties.__getitem__)
        if any(election.projects[place].cost > left for place in ready):
            break
        chosen = ready[0]
        if len(ready) > 1:
            equal.append(Tie(tuple(ready), chosen))
        left -= election.projects[chosen].cost
        rounds.append(Round(chosen, left))
        waiting.remove(chosen)
        times.append(first)
        last[voters.backings[chosen].purses] = len(times) - 1
    return Result(election, "phragmen", rounds, equal)


def _time(voters: Electorate, place: int, last: np.ndarray, times: list[Fraction]) -> Fraction:
    """Return when the supporters of a project will have its cost, each saving since they last paid."""
    backing = voters.backings[place]
    paid = np.bincount(last[backing.purses], weights=backing.voters)
    since = sum((times[each] * int(number) for each, number in enumerate(paid.tolist()) if number), Fraction(0))
    return (since + Fraction(backing.cost)) / int(backing.count)
