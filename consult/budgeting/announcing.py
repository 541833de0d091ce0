"""Announcing a cycle: a second official reads everything, and from then on its rules are fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy.orm import Session

from consult.budgeting.cycles import Category, Cycle, CycleId, Pool, categories_of, pools_of
from consult.budgeting.phases import CyclePhase, Phase, phases_of
from consult.budgeting.planning import cycle_for_edit, find_cycle, rules_of
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.policy.voting_packs import find_voting_pack, freeze_part
from consult.policy.voting_rules import BallotForm, VotingRules
from consult.record.events.cycles import CategoryName, CycleAnnounced, PhaseDays, PoolMoney
from consult.record.packs import keep_pack
from consult.refusals import Refusal


@dataclass(frozen=True)
class Parts:
    """What belongs to a cycle beside its rules."""

    pools: Sequence[Pool]
    categories: Sequence[Category]
    phases: Sequence[CyclePhase]


@dataclass(frozen=True)
class Step:
    """Something that the announcement needs. `field`: where it is written on the form."""

    words: str
    field: str
    is_done: bool


class CycleNotComplete(Refusal):
    """The announcement lacks something."""

    sentence = N_("The cycle cannot be announced yet; the list shows what is missing.")


class NotSent(Refusal):
    """Nobody was asked to approve it, or it was edited meanwhile."""

    sentence = N_("This cycle is not waiting for approval.")


class ReadAnother(Refusal):
    """It was changed after the second official read it."""

    sentence = N_("The cycle was changed after you opened it. Read it again before you announce it.")


class NothingSaid(Refusal):
    """Whoever sends a cycle back says why."""

    sentence = N_("Write what should be changed.")
    field = "note"


def parts_of(db: Session, cycle_id: CycleId) -> Parts:
    """Return the pools, the domains and the days of a cycle."""
    return Parts(pools_of(db, cycle_id), categories_of(db, cycle_id), phases_of(db, cycle_id))


def steps_to_announcement(cycle: Cycle, rules: VotingRules, parts: Parts, at: datetime) -> list[Step]:
    """Return what the announcement needs, in the order of the form, with what is there already."""
    kinds = {pool.kind for pool in parts.pools}
    found = [each.phase for each in parts.phases]
    domains = Step(N_("At least two domains, since people vote in each"), "categories", len(parts.categories) > 1)
    return [
        Step(N_("A title"), "title", bool(cycle.title)),
        Step(N_("What it is about, in a few words"), "summary", bool(cycle.summary)),
        Step(N_("The council's decision"), "regulation", bool(cycle.regulation)),
        Step(N_("Money in every kind of pool that people vote on"), "pools", kinds == {m.kind for m in rules.marks}),
        Step(N_("No project dearer than its pool"), "pools", all(_is_payable(pool) for pool in parts.pools)),
        *([domains] if rules.ballot is BallotForm.ONE_PER_CATEGORY else []),
        Step(N_("Who wins between equals"), "tie", rules.tie is not None),
        Step(N_("The days of every phase"), "submission_from", found == list(Phase)),
        Step(N_("Each phase begins after the one before it has ended"), "submission_from", _in_order(parts.phases)),
        Step(N_("Proposals begin today or later"), "submission_from", _begins_later(parts.phases, at)),
    ]


def send_cycle(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> Cycle:
    """Ask for the second pair of eyes. Raises CycleNotComplete, AnnouncedAlready."""
    cycle = cycle_for_edit(db, cycle_id, by)
    refuse_incomplete(db, cycle, at)

    cycle.sent_at, cycle.returned_note = at, ""
    return cycle


def return_cycle(db: Session, cycle_id: CycleId, *, note: str, by: Actor, at: datetime) -> Cycle:
    """Send a cycle back to whoever wrote it, saying why. Raises NotSent, NothingSaid."""
    cycle = cycle_awaiting_approval(db, cycle_id, by)
    if not note.strip():
        raise NothingSaid

    cycle.sent_at, cycle.returned_note, cycle.edited_at = None, note.strip(), at
    return cycle


def announce_cycle(db: Session, cycle_id: CycleId, *, edition: int, by: Actor, at: datetime) -> Cycle:
    """Make a cycle public, as the second pair of eyes, and fix its rules. `edition`: the one that was read.

    The pack and the rules are kept byte for byte under their hashes, which the record names.
    Raises NotSent, ReadAnother, CycleNotComplete, NeedsOtherEyes.
    """
    cycle = cycle_awaiting_approval(db, cycle_id, by)
    if cycle.edition != edition:
        raise ReadAnother
    refuse_incomplete(db, cycle, at)

    pack_digest = keep_pack(db, freeze_part(find_voting_pack(cycle.pack)).content)
    rules_digest = keep_pack(db, freeze_part(rules_of(cycle)).content)
    cycle.pack_digest, cycle.rules_digest = pack_digest, rules_digest
    cycle.announced_at, cycle.approved_by = at, by.person_id
    db.flush()
    record(db, announcement_of(db, cycle, parts_of(db, cycle_id)), by=by, at=at)
    return cycle


def announcement_of(db: Session, cycle: Cycle, parts: Parts) -> CycleAnnounced:
    """Return what the record says of a cycle's announcement."""
    assert cycle.pack_digest is not None, "a cycle is announced with its pack"
    assert cycle.rules_digest is not None, "as above"
    authors = {pseudonym_of(db, each, cycle.subject) for each in (cycle.created_by, cycle.edited_by)}
    return CycleAnnounced(
        subject=cycle.subject,
        year=cycle.year,
        title=cycle.title,
        regulation=cycle.regulation,
        regulation_url=cycle.regulation_url,
        pack=cycle.pack_digest,
        rules=cycle.rules_digest,
        pools=tuple(PoolMoney(pool.key, pool.name, pool.kind, pool.amount, pool.cost_ceiling) for pool in parts.pools),
        categories=tuple(CategoryName(each.key, each.name) for each in parts.categories),
        phases=tuple(PhaseDays(each.phase, each.starts_at, each.ends_at) for each in parts.phases),
        drafted_by=tuple(sorted(authors)),
    )


def cycle_awaiting_approval(db: Session, cycle_id: CycleId, by: Actor) -> Cycle:
    """Return a cycle that waits for a second official. Raises NotFound, NotPermitted, NotSent."""
    cycle = find_cycle(db, cycle_id)
    require("cycle.announce", by, cycle)
    if cycle.sent_at is None or cycle.is_public:
        raise NotSent
    return cycle


def refuse_incomplete(db: Session, cycle: Cycle, at: datetime) -> None:
    """Refuse a cycle that lacks something. Raises CycleNotComplete."""
    if not all(step.is_done for step in steps_to_announcement(cycle, rules_of(cycle), parts_of(db, cycle.id), at)):
        raise CycleNotComplete


def _is_payable(pool: Pool) -> bool:
    return pool.cost_ceiling is None or pool.cost_ceiling <= pool.amount


def _in_order(phases: Sequence[CyclePhase]) -> bool:
    order = list(Phase)
    ordered = sorted(phases, key=lambda each: order.index(each.phase))
    return all(earlier.ends_at <= later.starts_at for earlier, later in pairwise(ordered))


def _begins_later(phases: Sequence[CyclePhase], at: datetime) -> bool:
    # The day on which it is announced still has its hours before.
    return all(each.ends_at > at for each in phases)
