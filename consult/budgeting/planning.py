"""Setting up a cycle: one official writes down its money, its rules and its days, from a rule pack.

Everything can be changed until a second official announces it (`announcing`). What a form cannot say of the rules, the
way of voting and of counting, is the pack's: for another way another pack is taken.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, undefer

from consult.budgeting.cycles import Category, Cycle, CycleId, Pool
from consult.budgeting.phases import CyclePhase, Phase
from consult.i18n import N_, ZONE
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import Person
from consult.identity.permissions import Within, require
from consult.links import slug
from consult.money import Bani
from consult.policy.deadlines import last_instant
from consult.policy.faults import Fault
from consult.policy.voting_packs import find_voting_pack
from consult.policy.voting_rules import PoolKind, VotingRules
from consult.policy.voting_soundness import rules_faults
from consult.refusals import NotFound, Refusal


@dataclass(frozen=True)
class PoolPlan:
    """A pot of money as an official writes it down, with what one project may cost at most."""

    name: str
    kind: PoolKind
    amount: Bani
    ceiling: Bani | None = None


@dataclass(frozen=True)
class CyclePlan:
    """Everything that a cycle's announcement will say. `phases`: first and last day of each that has its days."""

    title: str
    rules: VotingRules
    summary: str = ""
    regulation: str = ""
    regulation_url: str = ""
    pools: Sequence[PoolPlan] = ()
    categories: Sequence[str] = ()
    phases: Mapping[Phase, tuple[date, date]] = field(default_factory=dict)


class YearTaken(Refusal):
    """An authority has one participatory budget a year."""

    sentence = N_("There is already a cycle of %(year)s.")
    field = "year"


class CycleEditedMeanwhile(Refusal):
    """Somebody else saved the same cycle after this one was opened."""

    sentence = N_("%(name)s saved this cycle after you opened it. What you wrote is below; compare before you save.")


class AnnouncedAlready(Refusal):
    """What was announced is fixed."""

    sentence = N_("The cycle is announced: its rules and its money are fixed. Only a date can be moved, with a reason.")


class EndsBeforeItBegins(Refusal):
    """A phase has at least one day."""

    sentence = N_("This phase would end before it begins.")


class SameName(Refusal):
    """Two pots of money, or two domains, cannot be told apart."""

    sentence = N_("“%(name)s” stands there twice.")


class RulesContradict(Refusal):
    """The numbers that were chosen do not go together."""

    sentence = N_("These numbers do not go together: %(why)s.")

    def __init__(self, fault: Fault) -> None:
        super().__init__(why=fault.sentence)


def create_cycle(db: Session, authority_id: AuthorityId, *, year: int, pack: str, by: Actor, at: datetime) -> Cycle:
    """Begin a cycle from a rule pack, private until it is announced. Raises YearTaken, NoSuchPack."""
    require("cycle.prepare", by, Within(authority_id))
    found = find_voting_pack(pack)
    if db.scalar(select(Cycle.id).where(Cycle.authority_id == authority_id, Cycle.year == year)) is not None:
        raise YearTaken(year=year)

    cycle = Cycle(
        authority_id=authority_id,
        year=year,
        title=f"Bugetul participativ {year}",
        pack=found.id,
        rules=msgspec.to_builtins(found.rules),
        created_by=by.person_id,
        edited_by=by.person_id,
        edited_at=at,
    )
    db.add(cycle)
    db.flush()
    return cycle


def edit_cycle(db: Session, cycle_id: CycleId, *, plan: CyclePlan, edition: int, by: Actor, at: datetime) -> Cycle:
    """Save everything that the announcement will say. `edition`: the one that was opened.

    An edit takes the cycle back from whoever was asked to approve it, so that what is announced is what was read.
    Raises AnnouncedAlready, CycleEditedMeanwhile, EndsBeforeItBegins, SameName, RulesContradict.
    """
    cycle = cycle_for_edit(db, cycle_id, by)
    if cycle.edition != edition:
        raise CycleEditedMeanwhile(name=db.get_one(Person, cycle.edited_by).name)
    check_plan(plan)

    for name in ("title", "summary", "regulation", "regulation_url"):
        setattr(cycle, name, getattr(plan, name))
    cycle.rules = msgspec.to_builtins(plan.rules)
    write_parts(db, cycle_id, plan)
    cycle.edition += 1
    cycle.edited_by, cycle.edited_at, cycle.sent_at = by.person_id, at, None
    db.flush()
    return cycle


def check_plan(plan: CyclePlan) -> None:
    """Refuse what cannot be right however far the work has come."""
    for fault in rules_faults(plan.rules, "$"):
        raise RulesContradict(fault)
    for names, of in ((tuple(pool.name for pool in plan.pools), "pools"), (plan.categories, "categories")):
        for name in repeated(names):
            refusal = SameName(name=name)
            refusal.field = of  # type: ignore[misc]  # beside the list in which it stands
            raise refusal
    for phase, (first, last) in plan.phases.items():
        if last < first:
            backwards = EndsBeforeItBegins()
            backwards.field = f"{phase}_until"  # type: ignore[misc]  # beside the phase that it is about
            raise backwards


def repeated(names: Sequence[str]) -> list[str]:
    """Return the names whose keys an earlier one has already."""
    keys = [slug(name) for name in names]
    return [name for place, name in enumerate(names) if keys[place] in keys[:place]]


def write_parts(db: Session, cycle_id: CycleId, plan: CyclePlan) -> None:
    """Write the pools, the domains and the days of a cycle anew: nothing leads to them before it is announced."""
    for part in (Pool, Category, CyclePhase):
        db.execute(delete(part).where(part.cycle_id == cycle_id))
    for position, pool in enumerate(plan.pools):
        row = Pool(
            cycle_id=cycle_id,
            key=slug(pool.name),
            name=pool.name,
            kind=pool.kind,
            amount=pool.amount,
            cost_ceiling=pool.ceiling,
            position=position,
        )
        db.add(row)
    for position, name in enumerate(plan.categories):
        db.add(Category(cycle_id=cycle_id, key=slug(name), name=name, position=position))
    for phase, (first, last) in plan.phases.items():
        starts_at, ends_at = instants_of(first, last)
        db.add(CyclePhase(cycle_id=cycle_id, phase=phase, starts_at=starts_at, ends_at=ends_at))


def instants_of(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first instant of a day and the end of another, 24:00, where people live."""
    return datetime.combine(first, time(), tzinfo=ZONE).astimezone(UTC), last_instant(last, ZONE)


def cycle_for_edit(db: Session, cycle_id: CycleId, by: Actor) -> Cycle:
    """Return a cycle that may still be changed. Raises NotFound, NotPermitted, AnnouncedAlready."""
    cycle = find_cycle(db, cycle_id)
    require("cycle.prepare", by, cycle)
    if cycle.is_public:
        raise AnnouncedAlready
    return cycle


def find_cycle(db: Session, cycle_id: CycleId) -> Cycle:
    """Return a cycle, announced or not, for the desk. Raises NotFound."""
    cycle = db.get(Cycle, cycle_id, options=[undefer(Cycle.authority_slug)])
    if cycle is None:
        raise NotFound
    return cycle


def find_for_desk(db: Session, cycle_id: CycleId, by: Actor) -> Cycle:
    """Return a cycle to an official of its authority. Raises NotFound."""
    cycle = find_cycle(db, cycle_id)
    require("draft.read", by, cycle)
    return cycle


def cycles_at_desk(db: Session, authority_id: AuthorityId) -> list[Cycle]:
    """Return all cycles of an authority, those being written too, the latest year first."""
    return list(db.scalars(select(Cycle).where(Cycle.authority_id == authority_id).order_by(Cycle.year.desc())))


def rules_of(cycle: Cycle) -> VotingRules:
    """Return the rules that were chosen for a cycle."""
    return msgspec.convert(cycle.rules, VotingRules)


def total_of(pools: Iterable[Pool]) -> Bani:
    """Return how much money people decide about."""
    return Bani(sum(pool.amount for pool in pools))
