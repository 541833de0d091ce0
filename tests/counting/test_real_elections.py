"""Real elections of real cities: the winners that three independent programs agree on, in their order."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest

from consult.counting.elections import Election
from consult.counting.equal_shares import Completion, Shares, Stop, Utility, count_equal_shares
from consult.counting.greedy import Terms, count_by_cost, count_by_votes, count_in_order
from consult.counting.pabulib import read_pb, read_tables, write_pb
from consult.counting.phragmen import count_phragmen
from consult.counting.results import Result
from consult.counting.ties import TieOrder
from tests.counting.elections import REAL, by_id, expected, ids, of_its_tier, real_counts

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the folder ../shared is not here")

Count = Callable[[Election, TieOrder], Result]


def shares(**options: object) -> Count:
    return lambda election, ties: count_equal_shares(election, ties, Shares(**options))


def by_bare_votes(terms: Terms) -> Count:
    return lambda election, ties: count_in_order(election, "votes", lambda place: election.votes[place], ties, terms)


def by_bare_cost(election: Election, ties: TieOrder) -> Result:
    def worth(place: int) -> Fraction:
        return Fraction(election.votes[place]) / Fraction(election.projects[place].cost)

    return count_in_order(election, "cost", worth, ties, Terms())


COUNTS: dict[str, Count] = {
    "greedy_votes_skip": by_bare_votes(Terms()),
    "greedy_votes_noskip": by_bare_votes(Terms(skips=False)),
    "greedy_votes_per_cost_skip": by_bare_cost,
    "greedy_score_skip": count_by_votes,
    "greedy_score_noskip": lambda election, ties: count_by_votes(election, ties, Terms(skips=False)),
    "greedy_points_per_cost_skip": count_by_cost,
    "phragmen_sequential": count_phragmen,
    "mes_cost_no_completion": shares(),
    "mes_cost_add1": shares(completion=Completion.ADD1),
    "mes_cost_add1_no_exhaustive_stop": shares(completion=Completion.ADD1, stop=Stop.OVERSPEND),
    "mes_cost_add1u": shares(completion=Completion.ADD1_UTILITARIAN),
    "mes_points_no_completion": shares(utility=Utility.CARDINALITY),
    "mes_points_add1": shares(utility=Utility.CARDINALITY, completion=Completion.ADD1),
}


@cache
def read(file: str) -> Election:
    return read_pb((REAL / file).read_bytes())


@pytest.mark.parametrize(("file", "rule"), real_counts())
def test_the_winners_are_those_that_are_known(file, rule):
    election, known = read(file), expected()[file]["results"][rule]

    if threshold := known.get("threshold"):
        result = count_by_votes(election, by_id(election), Terms(least_votes=int(threshold)))
    else:
        result = COUNTS[rule](election, by_id(election))

    winners = ids(election, result.selected)
    # What is known of Phragmén's rule was sorted before it was written down.
    assert (sorted(winners) if rule == "phragmen_sequential" else winners) == known["winners"]
    assert result.cost == int(known["total_cost"])
    if "final_endowment_per_voter" in known:
        assert result.endowment == Fraction(known["final_endowment_per_voter"])
    if "endowment_runs" in known:
        assert result.runs == known["endowment_runs"]


@pytest.mark.parametrize("file", [of_its_tier(file) for file in expected()])
def test_votes_are_tallied_as_published(file):
    known = expected()[file]
    election = read(file)

    tally = {project.id: election.votes[place] for place, project in enumerate(election.projects)}
    assert tally == known["tally_votes"]
    assert (election.voters, len(election.ballots)) == (known["num_votes"], known["distinct_ballots"])


@pytest.mark.parametrize("file", [of_its_tier(file) for file in expected()])
def test_a_file_that_is_read_and_written_again_says_the_same(file):
    content = (REAL / file).read_bytes()

    again = read_tables(write_pb(read_tables(content)))

    assert again == read_tables(content)
