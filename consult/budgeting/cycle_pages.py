"""What the pages of participatory budgets show: one cycle with its money, its days and its rules, and all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.budgeting.announcing import Parts, parts_of
from consult.budgeting.cycles import Cycle, announced_cycles, find_announced
from consult.budgeting.phase_moves import moves_of
from consult.budgeting.phases import CyclePhase, Phase, PhaseMove
from consult.budgeting.planning import rules_of, total_of
from consult.identity.authorities import AuthorityId
from consult.money import Bani
from consult.policy.voting_rules import VotingRules
from consult.record.continuity import number_of_newest


@dataclass(frozen=True)
class CyclePage:
    """A cycle. `log`: in whose folder its rules lie as files; `others`: the cycles of other years."""

    cycle: Cycle
    rules: VotingRules
    parts: Parts
    moves: Sequence[PhaseMove]
    log: int
    others: Sequence[Cycle]

    @property
    def total(self) -> Bani:
        """How much money people decide about."""
        return total_of(self.parts.pools)

    def is_on(self, phase: str, at: datetime) -> bool:
        """Whether the cycle is in a phase at an instant."""
        return any(each.phase == phase and each.is_on_at(at) for each in self.parts.phases)

    def first_days(self, phase: Phase) -> PhaseMove | None:
        """Return the days of a phase as they were announced, and why they no longer hold; None where they do."""
        moved = [move for move in self.moves if move.phase is phase]
        return moved[0] if moved else None

    def why(self, phase: Phase) -> list[str]:
        """Return why the days of a phase were moved, each time."""
        return [move.reason for move in self.moves if move.phase is phase]


def cycle_page(db: Session, authority_id: AuthorityId, year: int) -> CyclePage:
    """Return what the page of an announced cycle shows. Raises NotFound."""
    cycle = find_announced(db, authority_id, year)
    return page_of(db, cycle)


def page_of(db: Session, cycle: Cycle) -> CyclePage:
    """Return what the page of a cycle shows, announced or as it would be."""
    return CyclePage(
        cycle=cycle,
        rules=rules_of(cycle),
        parts=parts_of(db, cycle.id),
        moves=moves_of(db, cycle.id),
        log=number_of_newest(db),
        others=[each for each in announced_cycles(db, cycle.authority_id) if each.id != cycle.id],
    )


def all_cycles(db: Session, authority_id: AuthorityId) -> list[CyclePage]:
    """Return the announced cycles of an authority, the latest year first."""
    return [page_of(db, cycle) for cycle in announced_cycles(db, authority_id)]


def next_change(phases: Sequence[CyclePhase], at: datetime) -> datetime | None:
    """Return the instant at which a phase begins or ends next."""
    return min((moment for each in phases for moment in (each.starts_at, each.ends_at) if moment > at), default=None)
