"""Cycles of participatory budgeting in their phases, brought there by the same actions that officials use."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from consult.budgeting.announcing import announce_cycle, send_cycle
from consult.budgeting.cycles import Cycle
from consult.budgeting.phases import Phase
from consult.budgeting.planning import CyclePlan, PoolPlan, create_cycle, edit_cycle
from consult.counting.command import Rule
from consult.counting.ties import TieRule
from consult.i18n import ZONE
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.money import Bani
from consult.policy.voting_rules import BallotForm, Electorate, Link, Marks, PoolKind, Proof, Proposing, VotingRules
from tests.factories.base import NOW
from tests.factories.people import an_authority, an_official

A_PHASE = timedelta(days=20)
ONE_DAY = timedelta(days=1)
RULES = VotingRules(
    ballot=BallotForm.APPROVAL,
    marks=(Marks(kind=PoolKind.CITY, most=3), Marks(kind=PoolKind.DISTRICT, pools=1, most=5)),
    rule=Rule.GREEDY_VOTES,
    tie=TieRule.COST,
    voting=Electorate(minimum_age=16, links=(Link.DOMICILE, Link.RESIDENCE), proofs=(Proof.DESK, Proof.ROLL)),
    proposing=Proposing(minimum_age=16, organisations=True),
)


def a_plan(first: date, *, rules: VotingRules = RULES, districts: Sequence[str] = ("Centru", "Gară")) -> CyclePlan:
    """What a cycle of two districts and the whole city announces. `first`: the first day for proposals."""
    hundred, fifty = Bani(100_000_00), Bani(50_000_00)
    pools = [PoolPlan("Tot orașul", PoolKind.CITY, hundred, fifty)]
    pools += [PoolPlan(name, PoolKind.DISTRICT, hundred, fifty) for name in districts]
    return CyclePlan(
        title="Bugetul participativ",
        rules=rules,
        summary="Locuitorii aleg ce se face cu 300.000 de lei.",
        regulation="HCL 12/2026",
        regulation_url="https://izvoru.example/hcl-12",
        pools=[pool for pool in pools if rules.marks_in(pool.kind)],
        categories=("Spații verzi", "Mobilitate"),
        phases={
            phase: (first + A_PHASE * number, first + A_PHASE * (number + 1) - ONE_DAY)
            for number, phase in enumerate(Phase)
        },
    )


def a_cycle_being_written(
    db: Session, authority: Authority, clerk: Actor, plan: CyclePlan, *, year: int = 2027, at: datetime = NOW
) -> Cycle:
    """A cycle that was set up from a pack and saved once."""
    cycle = create_cycle(db, authority.id, year=year, pack="budgeting/timisoara", by=clerk, at=at)
    return edit_cycle(db, cycle.id, plan=plan, edition=1, by=clerk, at=at)


def an_announced_cycle(
    db: Session,
    authority: Authority | None = None,
    *,
    phase: Phase = Phase.SUBMISSION,
    year: int = 2027,
    rules: VotingRules = RULES,
    at: datetime = NOW,
) -> Cycle:
    """A cycle of two districts and the whole city that has been in a phase since yesterday, at this instant."""
    authority = authority or an_authority(db)
    clerk, approver = an_official(db, authority, Role.CLERK), an_official(db, authority, Role.APPROVER)
    begun = at - ONE_DAY - A_PHASE * list(Phase).index(phase)
    announced = begun - ONE_DAY
    plan = a_plan(begun.astimezone(ZONE).date(), rules=rules)
    cycle = a_cycle_being_written(db, authority, clerk, plan, year=year, at=announced)
    send_cycle(db, cycle.id, by=clerk, at=announced)
    return announce_cycle(db, cycle.id, edition=cycle.edition, by=approver, at=announced)
