"""What pabutools and pabulib-checker say of the same elections: who wins by each rule, and whether a file is one."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from consult.counting.elections import NAMING, BallotKind, Election
from consult.counting.equal_shares import Completion, Shares, Stop, Utility, count_equal_shares
from consult.counting.greedy import count_by_cost, count_by_votes
from consult.counting.pabulib import PbFile, Table, read_pb, read_tables, write_pb
from consult.counting.phragmen import count_phragmen
from consult.counting.results import Result
from consult.counting.ties import TieOrder, TieRule, tie_order
from tests.counting.elections import REAL, election, elections, expected, ids, of_its_tier
from tests.outsiders.programs import HERE, budgets
from tests.tiers import examples

pytestmark = pytest.mark.slow

by_ties = some.sampled_from(TieRule)
ELECTIONS = settings(max_examples=examples(200), deadline=None)


class Outsider:
    """The other program: a request a line, an answer a line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, do: str, **request: object) -> dict[str, list[str]]:
        """Have something done, and return what came out."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **request}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def count(self, election: Election, ties: TieRule) -> dict[str, list[str]]:
        """Return the winners of an election by each rule that it has."""
        names = [project.id for project in election.projects]
        return self.ask(
            "count",
            costs={project.id: project.cost for project in election.projects},
            budget=election.budget,
            ballots=[
                ({names[place]: points for place, points in ballot.points}, ballot.voters)
                for ballot in election.ballots
            ],
            names_only=election.kind in NAMING,
            ties=ties,
        )


@pytest.fixture(scope="module")
def outsider(shared_by_workers) -> Iterator[Outsider]:
    command = [str(budgets(shared_by_workers) / "python"), str(HERE / "recount.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield Outsider(process)


def shares(election: Election, ties: TieOrder, **variant: object) -> Result:
    return count_equal_shares(election, ties, Shares(**variant))


def counted_here(election: Election, rule: TieRule) -> dict[str, list[str]]:
    """Return the winners by each rule, in the order of their selection."""
    ties, cardinality = tie_order(election, rule), Utility.CARDINALITY
    results = {"greedy-cost": count_by_cost(election, ties)}
    if election.kind in NAMING:
        results |= {
            "greedy-votes": count_by_votes(election, ties),
            "phragmen": count_phragmen(election, ties),
            "shares": shares(election, ties),
            "shares-of-projects": shares(election, ties, utility=cardinality),
            "add1": shares(election, ties, completion=Completion.ADD1),
            "add1-overspend": shares(election, ties, completion=Completion.ADD1, stop=Stop.OVERSPEND),
            "add1-utilitarian": shares(election, ties, completion=Completion.ADD1_UTILITARIAN),
        }
    else:
        results |= {
            "points": shares(election, ties, utility=cardinality),
            "points-add1": shares(election, ties, utility=cardinality, completion=Completion.ADD1),
        }
    return {name: ids(election, result.selected) for name, result in results.items()}


def in_order(winners: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the winners by each rule as they can be compared: of Phragmén's rule only who won is said there."""
    return {rule: sorted(names) if rule == "phragmen" else names for rule, names in winners.items()}


@ELECTIONS
@given(election=elections(), ties=by_ties)
def test_pabutools_finds_the_same_winners_in_the_same_order(outsider, election, ties):
    assert in_order(counted_here(election, ties)) == in_order(outsider.count(election, ties))


@ELECTIONS
@given(election=elections(kind=BallotKind.SCORING), ties=by_ties)
def test_pabutools_finds_the_same_winners_where_points_are_given(outsider, election, ties):
    assert counted_here(election, ties) == outsider.count(election, ties)


def file_of(election: Election) -> PbFile:
    """Return an election as cities publish theirs, with the winners by votes."""
    selected = count_by_votes(election, tie_order(election, TieRule.ID)).selected
    meta = {
        "description": "Bugetul participativ",
        "country": "Romania",
        "unit": "Izvoru",
        "instance": "2026",
        "num_projects": str(len(election.projects)),
        "num_votes": str(election.voters),
        "budget": str(election.budget),
        "vote_type": election.kind.value,
        "rule": "greedy",
        "date_begin": "01.06.2026",
        "date_end": "14.06.2026",
    }
    if len(selected) == len(election.projects):
        meta["fully_funded"] = "1"
    if election.kind not in NAMING:
        meta["max_sum_points"] = str(max(sum(points for _, points in ballot.points) for ballot in election.ballots))
    columns = ["project_id", "cost", "votes", "name", "selected"]
    projects = [
        [project.id, str(project.cost), str(election.votes[place]), "Bănci; „Umbră”", str(int(place in selected))]
        for place, project in enumerate(election.projects)
    ]
    if election.kind not in NAMING:
        for row, cell in zip([columns, *projects], ["score", *map(str, election.scores)], strict=True):
            row.insert(3, cell)
    return PbFile(meta, Table(tuple(columns), projects, []), votes_of(election))


def votes_of(election: Election) -> Table:
    """Return a row for each voter."""
    columns = ("voter_id", "vote") if election.kind in NAMING else ("voter_id", "vote", "points")
    rows = []
    for ballot in election.ballots:
        marks = sorted(ballot.points, key=lambda mark: -mark[1])
        vote = ",".join(election.projects[place].id for place, _ in marks)
        rows += [(vote, ",".join(str(points) for _, points in marks))] * ballot.voters
    return Table(columns, [(str(n), *row)[: len(columns)] for n, row in enumerate(rows, start=1)], [])


some_kind = some.sampled_from([BallotKind.APPROVAL, BallotKind.CUMULATIVE])


@ELECTIONS
@given(election=some_kind.flatmap(lambda kind: elections(kind=kind)))
def test_pabulib_checker_finds_nothing_wrong_with_what_we_write(outsider, election):
    # An empty ballot is a voter's for us, and for a city; the format has no place for it.
    election = replace(election, ballots=[ballot for ballot in election.ballots if ballot.points])

    written = write_pb(file_of(election))

    assert outsider.ask("check", text=written.decode()) == {}
    assert read_pb(written).scores == election.scores


def test_pabulib_checker_finds_a_total_that_is_wrong(outsider):
    meta_is_wrong = write_pb(file_of(election({"a": 2, "b": 2}, ["a", "ab"], budget=3)))
    meta_is_wrong = meta_is_wrong.replace(b"num_votes;2", b"num_votes;3")

    assert "different number of votes" in outsider.ask("check", text=meta_is_wrong.decode())


@pytest.mark.skipif(not REAL.is_dir(), reason="the folder ../shared is not here")
@pytest.mark.parametrize("file", [of_its_tier(file) for file in expected()])
def test_pabulib_checker_says_the_same_of_a_real_file_that_we_read_and_wrote(outsider, file):
    content = (REAL / file).read_bytes()

    written = write_pb(read_tables(content))

    assert outsider.ask("check", text=written.decode()) == outsider.ask("check", text=content.decode("utf-8-sig"))
