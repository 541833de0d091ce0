"""Cycles of participatory budgeting in their phases."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from sqlalchemy.orm import Session

from consult.budgeting.cycles import Category, Cycle, Pool
from consult.budgeting.phases import CyclePhase, Phase
from consult.counting.command import Rule
from consult.counting.ties import TieRule
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.money import Bani
from consult.policy.voting_rules import BallotForm, Electorate, Link, Marks, PoolKind, Proof, Proposing, VotingRules
from tests.factories.base import NOW
from tests.factories.people import added, an_authority, an_official

A_PHASE = timedelta(days=20)
RULES = VotingRules(
    ballot=BallotForm.APPROVAL,
    marks=(Marks(kind=PoolKind.CITY, most=3), Marks(kind=PoolKind.DISTRICT, pools=1, most=5)),
    rule=Rule.GREEDY_VOTES,
    tie=TieRule.COST,
    voting=Electorate(minimum_age=16, links=(Link.DOMICILE, Link.RESIDENCE), proofs=(Proof.DESK, Proof.ROLL)),
    proposing=Proposing(minimum_age=16, organisations=True),
)


def an_announced_cycle(
    db: Session,
    authority: Authority | None = None,
    *,
    phase: Phase = Phase.SUBMISSION,
    year: int = 2027,
    rules: VotingRules = RULES,
    at: datetime = NOW,
) -> Cycle:
    """A cycle of two districts and the whole city that has been in a phase for a day, at this instant."""
    authority = authority or an_authority(db)
    clerk, approver = an_official(db, authority, Role.CLERK), an_official(db, authority, Role.APPROVER)
    phases = list(Phase)
    first = at - timedelta(days=1) - A_PHASE * phases.index(phase)
    plain = msgspec.to_builtins(rules)
    cycle = Cycle(
        authority_id=authority.id,
        year=year,
        title=f"Bugetul participativ {year}",
        summary="Locuitorii aleg ce se face cu 300.000 de lei.",
        pack="budgeting/timisoara",
        rules=plain,
        pack_digest=sha256(b"pack").hexdigest(),
        rules_digest=sha256(msgspec.json.encode(plain, order="sorted")).hexdigest(),
        announced_at=first - timedelta(days=1),
        created_by=clerk.person_id,
        edited_by=clerk.person_id,
        edited_at=first - timedelta(days=2),
        approved_by=approver.person_id,
    )
    added(db, cycle)
    add_parts(db, cycle, ("Centru", "Gară"))
    for number, each in enumerate(phases):
        starts_at = first + A_PHASE * number
        db.add(CyclePhase(cycle_id=cycle.id, phase=each, starts_at=starts_at, ends_at=starts_at + A_PHASE))
    db.flush()
    return cycle


def add_parts(db: Session, cycle: Cycle, districts: Sequence[str]) -> None:
    """Give a cycle its pools, of the city and of some districts, and two categories."""
    for position, name in enumerate(("Tot orașul", *districts)):
        db.add(
            Pool(
                cycle_id=cycle.id,
                key="oras" if position == 0 else f"zona-{position}",
                name=name,
                kind=PoolKind.CITY if position == 0 else PoolKind.DISTRICT,
                amount=Bani(100_000_00),
                cost_ceiling=Bani(50_000_00),
                position=position,
            )
        )
    for position, name in enumerate(("Spații verzi", "Mobilitate")):
        db.add(Category(cycle_id=cycle.id, key=f"domeniu-{position + 1}", name=name, position=position))
    db.flush()
