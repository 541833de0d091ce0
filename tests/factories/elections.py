"""Votes: prepared by a commission, opened, and ballots cast in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session, undefer

from consult.budgeting.ballots import Cast, cast_ballot
from consult.budgeting.commission_key import Part, make_parts
from consult.budgeting.cycles import Cycle, CycleId, pools_of
from consult.budgeting.election_key import ElectionKey, create_election_key
from consult.budgeting.elections import Election, open_election
from consult.budgeting.openings import Choices, Opening
from consult.budgeting.phases import Phase
from consult.budgeting.projects import Project, Verdict
from consult.budgeting.voting_rights import electorate_of, find_cycle_of_voters, prove_right
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.people import PersonId
from consult.money import Bani
from consult.policy.voting_rules import Link, VotingRules
from tests.factories.base import NOW
from tests.factories.budgeting import RULES, an_announced_cycle
from tests.factories.people import a_citizen

#: What the six projects of an election cost, in whole lei: two in each of its pools.
COSTS = (40_000, 50_000, 20_000, 30_000, 60_000, 45_000)


@dataclass(frozen=True)
class Vote:
    """A vote that is open: its cycle, the election key, and the three parts of the commission's key."""

    cycle_id: CycleId
    key: ElectionKey
    parts: tuple[Part, ...]


def an_open_vote(
    db: Session,
    keys: Path,
    *,
    authority: Authority | None = None,
    year: int = 2027,
    rules: VotingRules = RULES,
    costs: Sequence[int] = COSTS,
    at: datetime = NOW,
) -> Vote:
    """A vote on six projects that has been open for a day, in which nobody has voted.

    `costs`: of each project, in whole lei; there are two by two in each pool, and then again.
    """
    cycle = an_announced_cycle(db, authority, phase=Phase.VOTING, year=year, rules=rules, at=at)
    cycle = db.get_one(Cycle, cycle.id, options=[undefer(Cycle.authority_slug)])
    public, parts = make_parts()
    key = create_election_key(keys, cycle.id, cycle.subject)
    db.add(Election(cycle_id=cycle.id, sealing_key=public, promise_key=key.promising.verifying.vkey))
    author = a_citizen(db)
    pools = pools_of(db, cycle.id)
    for number, cost in enumerate(costs, start=1):
        project = Project(
            authority_id=cycle.authority_id,
            cycle_id=cycle.id,
            number=number,
            pool_id=pools[(number - 1) // 2 % len(pools)].id,
            person_id=author.person_id,
            named=False,
            asked_cost=Bani(cost * 100),
            cost=Bani(cost * 100),
            submitted_at=cycle.announced_at,
            verdict=Verdict.ELIGIBLE,
            reviewed_at=at,
            event_id=f"{cycle.id * 1000 + number:032x}",
        )
        db.add(project)
    db.flush()
    open_election(db, cycle.id, at=at)
    return Vote(cycle.id, key, parts)


def a_voter(db: Session, vote: Vote, at: datetime = NOW, *, person: Actor | None = None) -> PersonId:
    """A person who has proven that they may vote, a new one if none is named."""
    person = person or a_citizen(db)
    cycle = find_cycle_of_voters(db, vote.cycle_id)
    proof = electorate_of(cycle).proofs[0]
    prove_right(db, cycle, person.person_id, Link.DOMICILE, proof, identity=None, seen_by=None, at=at)
    return person.person_id


def voted(
    db: Session,
    vote: Vote,
    choices: Choices,
    *,
    person_id: PersonId | None = None,
    word: str = "nuc7",
    form: str = "",
    seen: int = 0,
    at: datetime = NOW,
) -> Opening:
    """A ballot that was cast, by a voter of its own if none is named."""
    person_id = person_id or a_voter(db, vote, at)
    cast = Cast(choices, word, form or f"form-of-{person_id}-{seen}", seen)
    return cast_ballot(db, vote.cycle_id, cast, election_key=vote.key, person_id=person_id, at=at)


def with_rules(**changed: object) -> VotingRules:
    """The usual rules, but for these."""
    return msgspec.structs.replace(RULES, **changed)
