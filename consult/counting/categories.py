"""One project for each category is guaranteed; the others follow by votes (Cluj-Napoca, Brașov)."""

from collections.abc import Sequence

from consult.counting.elections import Election
from consult.counting.results import WINNING, Explanation, Fate, Result, Round
from consult.counting.ties import TieOrder, by_score


def count_by_category(
    election: Election, ties: TieOrder, *, most_projects: int | None = None, least_votes: int = 0
) -> Result:
    """Choose the first of each category that has votes, then by votes what the money allows.

    The categories are served in the order of their first projects' votes, so that where the money does not last for
    all, the least supported is the one left out. `most_projects`: no more are chosen, however much is left.
    A project of no category takes part in the second step only; one of several counts for the first it is named with.
    """
    places = range(len(election.projects))
    order = by_score(election, ties)
    first = _first_of_each(election, [place for place in order if election.votes[place] >= max(least_votes, 1)])
    fates: dict[int, Fate] = {}
    needed = {}
    rounds: list[Round] = []
    left = election.budget
    for place in [*first, *(place for place in order if place not in first)]:
        cost = election.projects[place].cost
        fate = Fate.GUARANTEED if place in first else Fate.WON
        if election.votes[place] < least_votes:
            fate = Fate.BELOW_THRESHOLD
        elif most_projects is not None and len(rounds) >= most_projects:
            fate = Fate.AFTER_THE_END
        elif cost > left:
            fate = Fate.TOO_DEAR if cost > election.budget else Fate.DID_NOT_FIT
            needed[place] = cost - left
        if fate in WINNING:
            left -= cost
            rounds.append(Round(place, left, fate))
        fates[place] = fate
    numbers = {each.project: number for number, each in enumerate(rounds, start=1)}
    explanations = {
        place: Explanation(
            fates[place],
            election.votes[place],
            election.scores[place],
            round=numbers.get(place),
            needed=needed.get(place),
        )
        for place in places
    }
    return Result(election, "category-guarantee", rounds, (), explanations)


def _first_of_each(election: Election, order: Sequence[int]) -> Sequence[int]:
    served: dict[str, int] = {}
    for place in order:
        for category in election.projects[place].categories[:1]:
            served.setdefault(category, place)
    return list(served.values())
