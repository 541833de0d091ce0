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


class NotYet(Refusal):
    """What comes before it is not over."""

    sentence = N_("This can be done from %(first_day)s on.")


def require_phase(db: Session, cycle_id: CycleId, phase: Phase, at: datetime) -> CyclePhase:
    """Return the days of a phase that a cycle is in. Raises OutOfPhase, NoSuchPhase."""
    found = _days(db, cycle_id, phase)
    if not found.is_on_at(at):
        raise OutOfPhase(first_day=first_day(found.starts_at), last_day=last_day(found.ends_at))
    return found


def require_begun(db: Session, cycle_id: CycleId, phase: Phase, at: datetime) -> None:
    """Pass once a phase of a cycle has begun. Raises NotYet, NoSuchPhase."""
    found = _days(db, cycle_id, phase)
    if at < found.starts_at:
        raise NotYet(first_day=first_day(found.starts_at))


def require_over(db: Session, cycle_id: CycleId, phase: Phase, at: datetime) -> None:
    """Pass once a phase of a cycle is over. Raises NotYet, NoSuchPhase."""
    found = _days(db, cycle_id, phase)
    if at < found.ends_at:
        raise NotYet(first_day=first_day(found.ends_at))


def has_begun(db: Session, cycle_id: CycleId, phase: Phase, at: datetime) -> bool:
    """Whether a phase of a cycle has begun, if it has one."""
    found = days_of(db, cycle_id, phase)
    return found is not None and found.starts_at <= at


def days_of(db: Session, cycle_id: CycleId, phase: Phase) -> CyclePhase | None:
    """Return the days of a phase of a cycle; None where it has none."""
    return next((each for each in phases_of(db, cycle_id) if each.phase is phase), None)


def _days(db: Session, cycle_id: CycleId, phase: Phase) -> CyclePhase:
    found = days_of(db, cycle_id, phase)
    if found is None:
        raise NoSuchPhase
    return found


def first_day(starts_at: datetime) -> date:
    """Return the first day of a phase that begins at an instant."""
    return starts_at.astimezone(ZONE).date()


def last_day(ends_at: datetime) -> date:
    """Return the last day of a phase that ends at an instant, which is the first hour of the day after."""
    return (ends_at.astimezone(ZONE) - timedelta(microseconds=1)).date()
