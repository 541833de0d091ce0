"""Rule packs of participatory budgets: how a city votes and counts, where that was read, and worked examples.

A cycle is set up from a pack and may then say otherwise wherever the form lets it. An example is a whole small election
with its winners, so that a rule that nobody has tried cannot stand in a pack.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from consult.counting.elections import Project
from consult.policy.faults import Fault
from consult.policy.packs import Source
from consult.policy.reading import NoSuchPack, PackUnsound, read_pack
from consult.policy.voting_counts import PoolElection, count_pools, election_of
from consult.policy.voting_rules import PoolKind, VotingRules
from consult.policy.voting_soundness import rules_faults
from consult.policy.words import Bilingual, PackId, Part, Slug, Words
from consult.settings import POLICIES

#: The folder of these packs under policies/.
FOLDER = "budgeting"
Lei = Annotated[int, Meta(ge=1)]


class ExamplePool(Part, frozen=True, kw_only=True):
    """A pot of money in an example, in lei."""

    kind: PoolKind = PoolKind.CITY
    amount: Lei


class ExampleProject(Part, frozen=True, kw_only=True):
    """A project in an example."""

    cost: Lei
    pool: Slug
    category: Slug = ""


class ExampleBallots(Part, frozen=True, kw_only=True):
    """How so many voters voted: for each project named 1, its points, or its grade, 0 being the worst."""

    voters: Annotated[int, Meta(ge=1)] = 1
    choices: dict[str, int]


class SmallElection(Part, frozen=True, kw_only=True):
    """A whole vote."""

    pools: dict[Slug, ExamplePool]
    projects: dict[str, ExampleProject]
    ballots: tuple[ExampleBallots, ...]


class Outcome(Part, frozen=True, kw_only=True):
    """Who wins in each pool, in the order in which they are chosen."""

    winners: dict[Slug, tuple[str, ...]]


class VoteExample(Part, frozen=True, kw_only=True):
    """A small election and its winners, with what it shows."""

    note: Bilingual
    given: SmallElection
    then: Outcome


class VotingPack(Part, frozen=True, kw_only=True):
    """How one city, or one school of thought, lets people vote on public money. `text`: in plain words."""

    id: PackId
    version: Words
    title: Bilingual
    jurisdiction: Words
    text: Bilingual
    sources: Annotated[tuple[Source, ...], Meta(min_length=1)]
    rules: VotingRules
    examples: Annotated[tuple[VoteExample, ...], Meta(min_length=1)]

    @property
    def is_verified(self) -> bool:
        """Whether all of it was read in the city's own act, not second hand."""
        return all(source.verified for source in self.sources)


@dataclass(frozen=True)
class Frozen:
    """Rules as a cycle keeps them for ever. `content`: canonical JSON (RFC 8785); `digest`: its SHA-256."""

    digest: str
    content: bytes


def voting_pack_names(directory: Path = POLICIES) -> list[str]:
    """Return the names of the rule packs of participatory budgets."""
    return sorted(f"{FOLDER}/{path.stem}" for path in (directory / FOLDER).glob("*.toml"))


@cache
def find_voting_pack(name: str, directory: Path = POLICIES) -> VotingPack:
    """Return the pack of a name such as `budgeting/timisoara`, read once. Raises NoSuchPack, PackUnsound."""
    if name not in voting_pack_names(directory):
        raise NoSuchPack(pack=name)
    pack = load_voting_pack(directory / f"{name}.toml")
    if pack.id != name:
        place = f"{name.rpartition('/')[2]}.toml"
        raise PackUnsound(faults=f"{place}: its id is {pack.id}, but its place under policies/ says {name}")
    return pack


def load_voting_pack(path: Path) -> VotingPack:
    """Read and check a pack. Raises NoSuchPack, PackUnsound with the line of each fault."""
    return read_pack(path, VotingPack, voting_faults)


def freeze_part(part: Part) -> Frozen:
    """Return a pack, or the rules that were chosen, as bytes that anyone can read and hash."""
    # Sorted, this is RFC 8785: the names are ASCII, and shares of one are written as text.
    content = msgspec.json.encode(msgspec.to_builtins(part, str_keys=True), order="sorted")
    return Frozen(sha256(content).hexdigest(), content)


def winners_of(rules: VotingRules, given: SmallElection) -> dict[str, tuple[str, ...]]:
    """Return who wins in each pool of a small election, in the order in which they are chosen."""
    pools = []
    for key, pool in given.pools.items():
        projects = [
            Project(name, project.cost, categories=(project.category,) if project.category else ())
            for name, project in given.projects.items()
            if project.pool == key
        ]
        cast = [ballots.choices for ballots in given.ballots for _ in range(ballots.voters)]
        pools.append(PoolElection(key, pool.kind, election_of(rules, pool.amount, projects, cast)))
    results = count_pools(rules, pools)
    return {
        key: tuple(result.election.projects[place].id for place in result.selected) for key, result in results.items()
    }


def voting_faults(pack: VotingPack) -> Iterator[Fault]:
    """Find everything that makes a well-formed pack unusable, its examples' own slips among it."""
    yield from rules_faults(pack.rules, "$.rules")
    for index, example in enumerate(pack.examples):
        yield from _example_faults(example, f"$.examples[{index}]")


def _example_faults(example: VoteExample, place: str) -> Iterator[Fault]:
    given, known = example.given, example.given.projects
    for name, project in known.items():
        if project.pool not in given.pools:
            yield Fault(f"{place}.given.projects", f"the project {name} is of a pool {project.pool} that is not given")
    for ballots in given.ballots:
        yield from _strangers(ballots.choices, known, f"{place}.given.ballots")
    for key, winners in example.then.winners.items():
        if key not in given.pools:
            yield Fault(f"{place}.then.winners", f"the pool {key} is not given")
        yield from _strangers(dict.fromkeys(winners, 1), known, f"{place}.then.winners")


def _strangers(named: Mapping[str, int], known: Mapping[str, ExampleProject], place: str) -> Iterator[Fault]:
    for name in named:
        if name not in known:
            yield Fault(place, f"the project {name} is not given")
