"""One project after the other: by votes, by points, or by votes for the money, as most cities count."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from consult.counting.elections import Amount, Election
from consult.counting.results import Explanation, Fate, Result, Round, Tie
from consult.counting.ties import TieOrder

#: How much a project has of what it is ordered by: the most goes first.
Worth = Callable[[int], Amount]


@dataclass(frozen=True)
class Terms:
    """What a city may add to the rule.

    `skips`: a project that does not fit is passed over and the next is tried; otherwise the count ends at it.
    `least_votes`: fewer are not enough. `top_up`: when at least this part of the cost of the first that does not fit
    is left, it is chosen all the same, and the count ends; `top_up_amount`: when no more than this is missing.
    `conflicts`: of two projects of a pair at most one is chosen.
    """

    skips: bool = True
    least_votes: int = 0
    top_up: Fraction | None = None
    top_up_amount: Amount | None = None
    conflicts: Collection[frozenset[int]] = ()


def count_by_votes(election: Election, ties: TieOrder, terms: Terms | None = None) -> Result:
    """Choose by votes, or by points where ballots give them: the most first, as long as the money lasts."""
    return count_in_order(election, "greedy-votes", lambda place: election.scores[place], ties, terms or Terms())


def count_by_cost(election: Election, ties: TieOrder, terms: Terms | None = None) -> Result:
    """Choose by votes (or points) for each leu of cost: the most first, as long as the money lasts."""

    def worth(place: int) -> Amount:
        return Fraction(election.scores[place]) / Fraction(election.projects[place].cost)

    return count_in_order(election, "greedy-cost", worth, ties, terms or Terms())


def count_in_order(election: Election, rule: str, worth: Worth, ties: TieOrder, terms: Terms) -> Result:
    """Choose the projects in the order of their worth; equals in the declared order."""
    places = range(len(election.projects))
    order = sorted(places, key=lambda place: (-worth(place), ties[place]))
    rounds: list[Round] = []
    fates: dict[int, Fate] = {}
    left = election.budget
    is_over = False
    for place in order:
        fate = _fate(election, place, left, fates, terms)
        if is_over and fate in {Fate.WON, Fate.DID_NOT_FIT}:
            fate = Fate.AFTER_THE_END
        if fate is Fate.DID_NOT_FIT and _is_topped_up(election, place, left, terms):
            fate, is_over = Fate.TOPPED_UP, True
        fates[place] = fate
        if fate in {Fate.WON, Fate.TOPPED_UP}:
            left -= election.projects[place].cost
            rounds.append(Round(place, left, fate))
        elif fate in {Fate.DID_NOT_FIT, Fate.TOO_DEAR} and not terms.skips:
            is_over = True
    return Result(election, rule, rounds, list(_ties(order, worth)), _explained(election, order, rounds, fates, terms))


def _fate(election: Election, place: int, left: Amount, fates: dict[int, Fate], terms: Terms) -> Fate:
    cost = election.projects[place].cost
    if election.votes[place] < terms.least_votes:
        return Fate.BELOW_THRESHOLD
    if any(fates.get(rival) in {Fate.WON, Fate.TOPPED_UP} for rival in rivals_of(place, terms.conflicts)):
        return Fate.EXCLUDED
    if cost <= left:
        return Fate.WON
    is_topped_up = terms.top_up is not None or terms.top_up_amount is not None
    return Fate.TOO_DEAR if cost > election.budget and not is_topped_up else Fate.DID_NOT_FIT


def rivals_of(place: int, conflicts: Collection[frozenset[int]]) -> set[int]:
    """Return the projects that exclude this one."""
    return {rival for pair in conflicts if place in pair for rival in pair - {place}}


def _is_topped_up(election: Election, place: int, left: Amount, terms: Terms) -> bool:
    cost = election.projects[place].cost
    if terms.top_up_amount is not None and cost - left <= terms.top_up_amount:
        return True
    return terms.top_up is not None and left >= terms.top_up * cost


def _ties(order: Sequence[int], worth: Worth) -> Iterator[Tie]:
    """Find who stood equal: each such group in the order in which the declared rule put them."""
    group: list[int] = []
    for place in [*order, None]:
        if place is None or (group and worth(place) != worth(group[0])):
            if len(group) > 1:
                yield Tie(tuple(group), group[0])
            group = []
        if place is not None:
            group.append(place)


def _explained(
    election: Election, order: Sequence[int], rounds: Sequence[Round], fates: dict[int, Fate], terms: Terms
) -> dict[int, Explanation]:
    """Say of each project how much it lacked: of the money that was left when its turn came."""
    chosen = {each.project: number for number, each in enumerate(rounds, start=1)}
    left = election.budget
    explanations = {}
    for place in order:
        fate, cost = fates[place], election.projects[place].cost
        lacked = cost - left if fate in {Fate.DID_NOT_FIT, Fate.AFTER_THE_END, Fate.TOPPED_UP} and cost > left else None
        explanations[place] = Explanation(
            fate,
            election.votes[place],
            election.scores[place],
            round=chosen.get(place),
            needed=lacked,
            winning_cost=int(left) if fate is Fate.DID_NOT_FIT else None,
            winning_votes=max(terms.least_votes - election.votes[place], 0) if fate is Fate.BELOW_THRESHOLD else None,
        )
        if place in chosen:
            left -= cost
    return explanations
