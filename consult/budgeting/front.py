"""What the front page says of participatory budgets: where people can propose or vote now, and where they soon can."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.budgeting.cycles import Cycle
from consult.budgeting.phases import CyclePhase, Phase
from consult.identity.authorities import AuthorityId

#: The phases in which everybody is asked for something.
OF_EVERYBODY = (Phase.SUBMISSION, Phase.VOTING)

NOT_OVER = (
    select(CyclePhase, Cycle)
    .join(Cycle, Cycle.id == CyclePhase.cycle_id)
    .where(
        Cycle.authority_id == bindparam("authority_id"),
        Cycle.announced_at.is_not(None),
        CyclePhase.phase.in_(OF_EVERYBODY),
        CyclePhase.ends_at > bindparam("at"),
    )
    .order_by(CyclePhase.ends_at, CyclePhase.id)
)


def phases_for_everybody(db: Session, authority_id: AuthorityId, *, at: datetime) -> Sequence[tuple[CyclePhase, Cycle]]:
    """Return when people can propose projects and vote on them, now or later, what ends first before the rest."""
    return [(phase, cycle) for phase, cycle in db.execute(NOT_OVER, {"authority_id": authority_id, "at": at})]
