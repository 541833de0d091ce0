"""From the published ballots to the winners: what anybody can do again with the files of an election.

Pure: whoever counts elsewhere needs the ballot paper and the openings, and nothing of ours but this and the counting.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from consult.budgeting.choices import BallotPaper, ListedPool
from consult.budgeting.openings import Choices
from consult.budgeting.paper_listing import PaperBallot, valid_choices
from consult.counting.command import as_json, plain_amount
from consult.counting.elections import NAMING, Amount, Election, Project
from consult.counting.pabulib import PbFile, Table, write_pb
from consult.counting.results import Result
from consult.policy.voting_counts import PoolElection, command_line, count_pools, election_of
from consult.policy.voting_rules import BallotForm

BANI_IN_A_LEU = 100
#: How the file of a pot's conflicts ends.
CONFLICTS = ".conflicts.txt"


@dataclass(frozen=True)
class PoolCount:
    """A pot of money, counted. `file`: what its `.pb` file is called; `content`: that file.

    `online`, `on_paper`: how many ballots of each channel chose something here. `conflicts`: the file of the projects
    that exclude each other, empty where none do.
    """

    pool: ListedPool
    online: int
    on_paper: int
    result: Result
    file: str
    content: bytes
    conflicts: bytes
    command: str

    @property
    def digest(self) -> str:
        """SHA-256 of its `.pb` file, hexadecimal."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Count:
    """A whole vote, counted. `content`: the result as open data."""

    pools: Sequence[PoolCount]
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the result, hexadecimal."""
        return sha256(self.content).hexdigest()


def count_vote(
    paper: BallotPaper, cast: Iterable[Choices], year: int, *, on_paper: Sequence[PaperBallot] = ()
) -> Count:
    """Count all pots of a vote by the rules on its ballot paper, the ballots cast online and on paper together."""
    online, boxed = list(cast), valid_choices(on_paper)
    ballots = [counted_choices(paper, choices) for choices in (*online, *boxed)]
    elections = [
        PoolElection(
            pool.key,
            pool.kind,
            election_of(paper.rules, lei(pool.amount), projects_in(paper, pool), ballots),
            conflicts_in(paper, pool),
        )
        for pool in paper.pools
    ]
    results = count_pools(paper.rules, elections, explains=True)
    pools = []
    for pool in paper.pools:
        result, file = results[pool.key], f"{year}-{pool.key}.pb"
        content = write_pb(as_file(paper, pool, result.election))
        conflicts = conflicts_file(paper, pool)
        beside = file.replace(".pb", CONFLICTS) if conflicts else None
        command = command_line(paper.rules, pool.kind, file, conflicts=beside)
        voters = _voters_in(paper, pool, online), _voters_in(paper, pool, boxed)
        pools.append(PoolCount(pool, *voters, result, file, content, conflicts, command))
    channels = {"online": len(online), "paper": len(boxed), "paper_invalid": len(on_paper) - len(boxed)}
    return Count(pools, _as_data(paper, pools, channels))


def conflicts_in(paper: BallotPaper, pool: ListedPool) -> list[frozenset[int]]:
    """Return the pairs of projects of a pot that exclude each other, by their places in it."""
    places = {each.number: place for place, each in enumerate(p for p in paper.projects if p.pool == pool.key)}
    pairs = (pair for pair in paper.conflicts if places.keys() >= set(pair))
    return [frozenset(places[number] for number in pair) for pair in pairs]


def conflicts_file(paper: BallotPaper, pool: ListedPool) -> bytes:
    """Return those pairs as `consult count --conflicts` reads them: two ids in each line."""
    ids = [project.id for project in projects_in(paper, pool)]
    return "".join(";".join(ids[place] for place in sorted(pair)) + "\n" for pair in conflicts_in(paper, pool)).encode()


def _voters_in(paper: BallotPaper, pool: ListedPool, cast: Iterable[Choices]) -> int:
    """Return how many ballots choose something in a pot."""
    here = {project.number for project in paper.projects if project.pool == pool.key}
    return sum(not here.isdisjoint(choices) for choices in cast)


def counted_choices(paper: BallotPaper, choices: Choices) -> Choices:
    """Return a ballot with ids instead of numbers; grades from 0, so that what was left out has the worst."""
    least = 1 if paper.rules.ballot is BallotForm.GRADES else 0
    return {project_id(paper, number): given - least for number, given in choices.items()}


def project_id(paper: BallotPaper, number: str) -> str:
    """Return a number with zeros before it, so that the id that is less as a string was proposed earlier."""
    return number.zfill(paper.width)


def projects_in(paper: BallotPaper, pool: ListedPool, names: Mapping[str, str] | None = None) -> list[Project]:
    """Return the projects of a pot, with costs in lei. `names`: what they are called, by number."""
    return [
        Project(
            project_id(paper, each.number),
            lei(each.cost),
            (names or {}).get(each.number, ""),
            (each.category,) if each.category else (),
        )
        for each in paper.projects
        if each.pool == pool.key
    ]


def lei(bani: int) -> Amount:
    """Return a sum in lei, exactly: what the rules of a count are written in."""
    value = Fraction(bani, BANI_IN_A_LEU)
    return value.numerator if value.denominator == 1 else value


def as_file(paper: BallotPaper, pool: ListedPool, election: Election) -> PbFile:
    """Return the vote about a pot in the format in which cities publish theirs; voters who chose alike stand together.

    The names of projects are left out: they live in texts that can be erased, and this file is for ever.
    """
    ids = [project.id for project in election.projects]
    measures = election.kind not in NAMING
    votes = []
    for ballot in election.ballots:
        vote = ",".join(ids[place] for place, _ in ballot.points)
        points = [",".join(str(plain_amount(given)) for _, given in ballot.points)] if measures else []
        votes += [[vote, *points]] * ballot.voters
    projects = [
        [each.id, str(plain_amount(each.cost)), str(election.votes[place]), ",".join(each.categories)]
        for place, each in enumerate(election.projects)
    ]
    meta = {
        "description": paper.election,
        "country": "Romania",
        "unit": paper.election.partition(":")[2].partition("/")[0],
        "subunit": pool.name,
        "instance": paper.election.rpartition("/")[2],
        "currency": "RON",
        "num_projects": str(len(projects)),
        "num_votes": str(len(votes)),
        "budget": str(plain_amount(election.budget)),
        "vote_type": election.kind.value,
        "rule": paper.rules.rule.value,
    }
    columns = ("voter_id", "vote", *(["points"] if measures else []))
    numbered = [[str(number), *vote] for number, vote in enumerate(votes, start=1)]
    return PbFile(
        meta, Table(("project_id", "cost", "votes", "category"), list(projects), []), Table(columns, list(numbered), [])
    )


def _as_data(paper: BallotPaper, pools: Sequence[PoolCount], channels: Mapping[str, int]) -> bytes:
    stated = {
        "election": paper.election,
        "paper": paper.digest,
        "ballots": channels["online"] + channels["paper"],
        "channels": channels,
        "pools": [
            {
                "pool": each.pool.key,
                "file": each.file,
                "ballots": each.digest,
                "conflicts": sha256(each.conflicts).hexdigest() if each.conflicts else None,
                "command": each.command,
                "voters": {"online": each.online, "paper": each.on_paper},
                "result": json.loads(as_json(each.result, explains=True)),
            }
            for each in pools
        ],
    }
    return json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode()
