"""Why each project won or lost by equal shares, in figures that a citizen can check with the ballots in hand."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor

from consult.counting.equal_shares import Shares, Utility, run_once
from consult.counting.least_changes import ANY_PRICE, Moment, dearest, fewest
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
    run = _followed(result, voters)
    explanations = {}
    for place, project in enumerate(result.election.projects):
        number, fate = chosen.get(place, (None, _fate_of_loser(result, place)))
        is_bought = fate is Fate.WON
        held = run.behind.get(place, Fraction(0))
        least = _least_changes(result, voters, run, place, ties) if fate is Fate.TOO_LITTLE_SUPPORT else (None, None)
        explanations[place] = Explanation(
            fate,
            result.election.votes[place],
            result.election.scores[place],
            round=number,
            behind=held,
            needed=None if is_bought else Fraction(project.cost) - held,
            rivals={} if is_bought else run.spent.get(place, {}),
            winning_cost=least[0],
            winning_votes=least[1],
        )
    return replace(result, explanations=explanations)


def _fate_of_loser(result: Result, place: int) -> Fate:
    if result.election.projects[place].cost > result.election.budget:
        return Fate.TOO_DEAR
    return Fate.TOO_LITTLE_SUPPORT if result.election.votes[place] else Fate.NO_SUPPORT


@dataclass(frozen=True)
class _Followed:
    """Where the money of the run that counts went.

    `behind`: for each project, what its supporters had when it was bought, or when they first had too little; `spent`:
    for each that was not, how much of its supporters' money went to which winner.
    """

    moments: list[Moment] = field(default_factory=list)
    behind: dict[int, Fraction] = field(default_factory=dict)
    spent: dict[int, dict[int, Fraction]] = field(default_factory=dict)


def _followed(result: Result, voters: Electorate) -> _Followed:
    """Follow the money of the run that counts, purchase by purchase."""
    assert result.endowment is not None
    purses = Purses(voters, result.endowment)
    bought = [each.project for each in result.rounds if each.fate is Fate.WON]
    run = _Followed(spent={place: {} for place in voters.supported if place not in bought})
    for winner in [*bought, None]:
        run.moments.append(Moment(purses.left, ANY_PRICE if winner is None else result.prices[winner]))
        for place in run.spent:
            held = purses.behind(place)
            if place not in run.behind and held < voters.backings[place].cost:
                run.behind[place] = _whole(held)
        if winner is None:
            break
        run.behind[winner] = _whole(purses.behind(winner))
        paid = purses.buy(winner, result.prices[winner])
        for place, to in run.spent.items():
            share = _whole(purses.share_of(place, paid))
            if share:
                to[winner] = share
    return run


def _whole(money: float) -> Fraction:
    """Return a sum without what is less than a unit: what is shown, not what decides."""
    return Fraction(floor(money))


def _least_changes(result: Result, voters: Electorate, run: _Followed, place: int, ties: TieOrder) -> tuple[int, int]:
    """Return the greatest whole cost, and the least number of more voters, with which a project would have won."""
    assert result.endowment is not None
    endowment = result.endowment

    def wins(changed: Electorate) -> bool:
        return place in run_once(changed, endowment, ties).selected

    enough = ceil(Fraction(voters.backings[place].cost) / endowment)
    return dearest(voters, run.moments, place, wins), fewest(voters, run.moments, place, enough, wins)
