"""Ties: which of two projects that are exactly equal goes first. A rule that is declared before anybody votes."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from consult.counting.elections import Election
from consult.i18n import N_
from consult.refusals import Refusal


class TieRule(StrEnum):
    """What decides first between equals; what is still equal is decided by the id, as a string."""

    ID = "id"
    COST = "cost"
    VOTES = "votes"


class LotIncomplete(Refusal):
    """The order that was drawn by lot does not name every project, or names one twice."""

    sentence = N_("The order drawn by lot must name each project once; this is not so for %(project)s.")


#: The place of a project in the order among equals, the first being the least.
TieOrder = Sequence[int]


def tie_order(election: Election, rule: TieRule) -> TieOrder:
    """Return the order among equals: by id, the cheaper first, or the one with more votes first."""
    keys: Mapping[TieRule, Callable[[int], object]] = {
        TieRule.ID: lambda _: 0,
        TieRule.COST: lambda place: election.projects[place].cost,
        TieRule.VOTES: lambda place: -election.votes[place],
    }
    key = keys[rule]
    return _ranks(sorted(range(len(election.projects)), key=lambda place: (key(place), election.projects[place].id)))


def drawn_order(election: Election, ids: Sequence[str]) -> TieOrder:
    """Return the order among equals that was drawn by lot, from the ids in that order. Raises LotIncomplete."""
    places = {project.id: place for place, project in enumerate(election.projects)}
    for project in [*ids, *places]:
        if ids.count(project) != 1 or project not in places:
            raise LotIncomplete(project=project)
    return _ranks([places[each] for each in ids])


def by_score(election: Election, ties: TieOrder) -> list[int]:
    """Return all projects by their points (or votes), the most first, and equals in the declared order."""
    return sorted(range(len(election.projects)), key=lambda place: (-election.scores[place], ties[place]))


def _ranks(places: Sequence[int]) -> TieOrder:
    ranks = [0] * len(places)
    for rank, place in enumerate(places):
        ranks[place] = rank
    return ranks
