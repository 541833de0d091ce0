"""The phases of a cycle, each with its days, and what became of a day that was announced and moved."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.cycles import CycleId
from consult.identity.people import PersonId
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

CyclePhaseId = NewType("CyclePhaseId", int)
PhaseMoveId = NewType("PhaseMoveId", int)
key_type(CyclePhaseId)
key_type(PhaseMoveId)


class Phase(StrEnum):
    """What people and the authority do in a part of the year, in this order."""

    SUBMISSION = "submission"
    REVIEW = "review"
    APPEALS = "appeals"
    VOTING = "voting"
    CHALLENGES = "challenges"
    IMPLEMENTATION = "implementation"


class CyclePhase(Base):
    """A phase of a cycle, `[starts_at, ends_at)`: from 0:00 of a day to 24:00 of another, where people live."""

    __tablename__ = "cycle_phase"
    __table_args__ = (
        UniqueConstraint("cycle_id", "phase"),
        CheckConstraint("ends_at > starts_at", name="lasts_some_time"),
    )

    id: Mapped[CyclePhaseId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    phase: Mapped[Phase] = mapped_column(state_column(Phase))
    starts_at: Mapped[datetime]
    #: The first instant that is too late.
    ends_at: Mapped[datetime]

    def is_on_at(self, at: datetime) -> bool:
        """Whether what the phase is for can be done at an instant."""
        return self.starts_at <= at < self.ends_at


class PhaseMove(Base):
    """Days of a phase that were announced and no longer hold, the days they became, and why."""

    __tablename__ = "phase_move"

    id: Mapped[PhaseMoveId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), index=True)
    phase: Mapped[Phase] = mapped_column(state_column(Phase))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str]
    moved_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    moved_at: Mapped[datetime]
    event_id: Mapped[str]


PHASES = select(CyclePhase).where(CyclePhase.cycle_id == bindparam("cycle_id")).order_by(CyclePhase.starts_at)


def phases_of(db: Session, cycle_id: CycleId) -> list[CyclePhase]:
    """Return the phases of a cycle in the order of their days."""
    return list(db.scalars(PHASES, {"cycle_id": cycle_id}))


def is_on(db: Session, cycle_id: CycleId, phase: Phase, at: datetime) -> bool:
    """Whether a cycle is in a phase at an instant; phases may overlap."""
    return any(each.phase is phase and each.is_on_at(at) for each in phases_of(db, cycle_id))
