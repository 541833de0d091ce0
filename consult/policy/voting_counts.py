"""From the rules of a vote to its winners: the money of each pool counted by the rule that was declared.

Pure: a pack's worked examples, the results of a cycle and the audit all count here, and `consult count` with the
options of `command_line` gives the same for the published file of a pool.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from consult.counting import equal_shares
from consult.counting.command import Options, count
from consult.counting.elections import Amount, Ballot, BallotKind, Election, Project
from consult.counting.greedy import Terms
from consult.counting.results import Result
from consult.counting.ties import TieRule, tie_order
from consult.policy.voting_rules import BallotForm, PoolKind, VotingRules

#: For each project that a ballot names what it was given: 1 where it is only named, its points, or its grade from 0.
Choices = Mapping[str, int]

BALLOT_KINDS: Mapping[BallotForm, BallotKind] = {
    BallotForm.APPROVAL: BallotKind.APPROVAL,
    BallotForm.CHOOSE_ONE: BallotKind.CHOOSE_ONE,
    BallotForm.ONE_PER_CATEGORY: BallotKind.APPROVAL,
    BallotForm.KNAPSACK: BallotKind.APPROVAL,
    BallotForm.POINTS: BallotKind.SCORING,
    BallotForm.GRADES: BallotKind.SCORING,
}


@dataclass(frozen=True)
class PoolElection:
    """The vote about one pot of money. `key`: of the pool; `conflicts`: pairs of projects that exclude each other."""

    key: str
    kind: PoolKind
    election: Election
    conflicts: Collection[frozenset[int]] = ()


def election_of(rules: VotingRules, budget: Amount, projects: Sequence[Project], cast: Iterable[Choices]) -> Election:
    """Return the vote about the projects of one pool, of everybody who said anything about one of them."""
    places = {project.id: place for place, project in enumerate(projects)}
    ballots: Counter[tuple[tuple[int, Amount], ...]] = Counter()
    for choices in cast:
        named = {places[each]: given for each, given in choices.items() if each in places}
        if named:
            ballots[tuple(sorted((place, given) for place, given in named.items() if given))] += 1
    # Sorted, so that the same ballots make the same election in whatever order they come.
    merged = [Ballot(points, voters) for points, voters in sorted(ballots.items())]
    return Election(budget, projects, merged, BALLOT_KINDS[rules.ballot])


def count_pools(rules: VotingRules, pools: Sequence[PoolElection], *, explains: bool = False) -> dict[str, Result]:
    """Count every pool by the declared rule: the districts first, then the whole city, with what they left if so ruled.

    A pack need not say who wins between equals, since hardly any city does; a cycle must before it is announced.
    """
    results: dict[str, Result] = {}
    left: Amount = 0
    for pool in sorted(pools, key=lambda pool: pool.kind is PoolKind.CITY):
        election = pool.election
        if pool.kind is PoolKind.CITY and rules.remainder.to_city:
            election = replace(election, budget=election.budget + left)
        ties = tie_order(election, rules.tie or TieRule.ID)
        options = options_of(rules, pool.kind, conflicts=pool.conflicts, explains=explains)
        result = count(election, rules.rule, ties, options)
        results[pool.key] = result
        left += max(election.budget - result.cost, 0)
    return results


def options_of(
    rules: VotingRules, kind: PoolKind, *, conflicts: Collection[frozenset[int]] = (), explains: bool = False
) -> Options:
    """Return the rules as the counting knows them, for the pools of a kind."""
    marks, remainder = rules.marks_in(kind), rules.remainder
    terms = Terms(
        skips=remainder.skips,
        least_votes=marks.least_votes if marks else 0,
        top_up=Fraction(remainder.top_up) if remainder.top_up else None,
        top_up_amount=remainder.top_up_lei,
        conflicts=conflicts,
    )
    shares = equal_shares.Shares()
    if rules.shares:
        of = rules.shares
        shares = equal_shares.Shares(of.utility, of.completion, Fraction(of.step), of.start, of.stop)
    return Options(terms=terms, shares=shares, most_projects=rules.most_projects, explains=explains)


def command_line(rules: VotingRules, kind: PoolKind, file: str, *, conflicts: str | None = None) -> str:
    """Return what anybody types to count the published file of a pool again. `conflicts`: the file beside it."""
    marks, remainder, shares = rules.marks_in(kind), rules.remainder, rules.shares
    said = {
        "--rule": rules.rule,
        "--min-votes": marks.least_votes if marks and marks.least_votes else None,
        "--top-up": remainder.top_up,
        "--top-up-amount": remainder.top_up_lei,
        "--most-projects": rules.most_projects,
        "--tie": rules.tie,
        "--conflicts": conflicts,
    }
    if shares:
        said |= {"--utility": shares.utility, "--completion": shares.completion, "--step": shares.step}
        said |= {"--start": shares.start, "--stop": shares.stop}
    words = [f"{option} {value}" for option, value in said.items() if value is not None]
    return " ".join(["consult count", file, *words, *([] if remainder.skips else ["--no-skip"])])
