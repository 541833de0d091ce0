"""Why each project won or lost by equal shares, in figures that a citizen can check with the ballots in hand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from consult.counting.equal_shares import Shares, Utility, run_once
from consult.counting.purses import Electorate, Purses
from consult.counting.results import Explanation, Fate, Result
from consult.counting.ties import TieOrder


def explain_shares(result: Result, ties: TieOrder, shares: Shares) -> Result:
    """Return a result of Equal Shares with the explanation of each project.

    All are about the run that counts, in which every voter had `result.endowment`: the least changes that would have
    made a project win are sought there, with everybody's money and every other project as they were.
    """
    voters = Electorate(result.election, by_cost=shares.utility is Utility.COST)
    chosen = {each.project: (number, each.fate) for number, each in enumerate(result.rounds, start=1)}
    behind, rivals = _followed(result, voters)
    explanations = {}
    for place, project in enumerate(result.election.projects):
        number, fate = chosen.get(place, (None, _fate_of_loser(result, place)))
        is_bought = fate is Fate.WON
        held = behind.get(place, Fraction(0))
        least = _least_changes(result, voters, place, ties) if fate is Fate.TOO_LITTLE_SUPPORT else (None, None)
        explanations[place] = Explanation(
            fate,
            result.election.votes[place],
            result.election.scores[place],
            round=number,
            behind=held,
            needed=None if is_bought else Fraction(project.cost) - held,
            rivals={} if is_bought else rivals.get(place, {}),
            winning_cost=least[0],
            winning_votes=least[1],
        )
    return replace(result, explanations=explanations)


def _fate_of_loser(result: Result, place: int) -> Fate:
    if result.election.projects[place].cost > result.election.budget:
        return Fate.TOO_DEAR
    return Fate.TOO_LITTLE_SUPPORT if result.election.votes[place] else Fate.NO_SUPPORT


def _followed(result: Result, voters: Electorate) -> tuple[dict[int, Fraction], dict[int, Mapping[int, Fraction]]]:
    """Follow the money of the run that counts, purchase by purchase.

    Returns for each project what its supporters had when it was bought, or when they first had too little; and for each
    that was not, how much of its supporters' money went to which winner.
    """
    assert result.endowment is not None
    purses = Purses(voters, result.endowment)
    bought = [each.project for each in result.rounds if each.fate is Fate.WON]
    behind: dict[int, Fraction] = {}
    spent: dict[int, dict[int, Fraction]] = {place: {} for place in voters.supported if place not in bought}
    for winner in [*bought, None]:
        for place in spent:
            held = purses.behind(place)
            if place not in behind and held < voters.backings[place].cost:
                behind[place] = _whole(held)
        if winner is None:
            break
        behind[winner] = _whole(purses.behind(winner))
        paid = purses.buy(winner, result.prices[winner])
        for place, to in spent.items():
            share = _whole(purses.share_of(place, paid))
            if share:
                to[winner] = share
    return behind, dict(spent)


def _whole(money: float) -> Fraction:
    """Return a sum without what is less than a unit: what is shown, not what decides."""
    return Fraction(floor(money))


def _least_changes(result: Result, voters: Electorate, place: int, ties: TieOrder) -> tuple[int, int]:
    """Return the greatest whole cost, and the least number of more voters, with which a project would have won."""
    assert result.endowment is not None
    endowment, cost = result.endowment, result.election.projects[place].cost

    def wins(changed: Electorate) -> bool:
        return place in run_once(changed, endowment, ties).selected

    enough = ceil(Fraction(cost) / endowment)
    dearest = _last_true(lambda price: wins(voters.at_cost(place, price)), 1, ceil(cost) - 1)
    fewest = enough - _last_true(lambda spared: wins(voters.with_more(place, enough - spared)), 0, enough - 1)
    return dearest, fewest


def _last_true(holds: Callable[[int], bool], low: int, high: int) -> int:
    """Return the last number from `low` to `high` for which something holds that ends holding once; `low` if none."""
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
