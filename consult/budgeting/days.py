"""What may be done in a cycle today: each phase lets people or officials do something, and no other does."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from consult.budgeting.cycles import CycleId
from consult.budgeting.phases import CyclePhase, Phase, phases_of
from consult.i18n import N_, ZONE
from consult.refusals import Refusal


class OutOfPhase(Refusal):
    """The cycle is not in the phase in which this is done."""

    sentence = N_("This can be done from %(first_day)s until %(last_day)s, 24:00.")


class NoSuchPhase(Refusal):
    """The cycle has no phase in which this could be done."""

    sentence = N_("This cycle has no days for this.")


def require_phase(db: Session, cycle_id: CycleId, phase: Phase, at: datetime) -> CyclePhase:
    """Return the days of a phase that a cycle is in. Raises OutOfPhase, NoSuchPhase."""
    found = next((each for each in phases_of(db, cycle_id) if each.phase is phase), None)
    if found is None:
        raise NoSuchPhase
    if not found.is_on_at(at):
        raise OutOfPhase(first_day=found.starts_at.astimezone(ZONE).date(), last_day=last_day(found.ends_at))
    return found


def last_day(ends_at: datetime) -> date:
    """Return the last day of a phase that ends at an instant, which is the first hour of the day after."""
    return (ends_at.astimezone(ZONE) - timedelta(microseconds=1)).date()
