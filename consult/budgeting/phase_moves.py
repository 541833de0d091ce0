"""Moving the days of a phase that were announced: later, with a reason, and with the old ones left to be seen.

People planned by the days they were promised, so nothing is taken away: no phase begins or ends earlier, and none that
is over begins again. An outage on the last evening of a vote is met by one more day, said here.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.budgeting.cycles import CycleId
from consult.budgeting.days import NoSuchPhase, last_day
from consult.budgeting.phases import CyclePhase, Phase, PhaseMove, phases_of
from consult.budgeting.planning import find_cycle, instants_of
from consult.i18n import N_, ZONE
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.events.cycles import CyclePhaseMoved, PhaseDays
from consult.refusals import Refusal


class NotAnnounced(Refusal):
    """The days of a cycle that is still being written are simply changed."""

    sentence = N_("The cycle is not announced yet: change its days on its own page.")


class WhyMoved(Refusal):
    """Everybody who planned by the old days reads why."""

    sentence = N_("Write why the days are moved: everybody will read it.")
    field = "reason"


class PhaseIsOver(Refusal):
    """What has ended stays as it was."""

    sentence = N_("This phase ended on %(day)s; its days are not moved any more.")
    field = "phase"


class PhaseHasBegun(Refusal):
    """People act already on what they were told."""

    sentence = N_("This phase has begun: its first day stays %(day)s.")
    field = "first"


class PhaseShortened(Refusal):
    """A promised day is not taken back."""

    sentence = N_("%(day)s was promised. Days are moved later, never earlier.")
    field = "last"


class NothingMoved(Refusal):
    """These are the days that hold already."""

    sentence = N_("These days hold already.")
    field = "last"


class MeetsTheNext(Refusal):
    """A phase ends before the next begins."""

    sentence = N_("The next phase begins on %(day)s. Move that one first.")
    field = "last"


def move_phase(
    db: Session, cycle_id: CycleId, *, phase: Phase, first: date, last: date, reason: str, by: Actor, at: datetime
) -> PhaseMove:
    """Move the days of a phase, and say so in the record. Run it alone with `cycles.lock_of`.

    What arrives before this is committed is judged by the old days, what arrives after it by the new. The close of the
    vote holds the same lock: a vote that was closed is not prolonged, even by what was sent in its last second.
    Raises NotAnnounced, WhyMoved, PhaseIsOver, PhaseHasBegun, PhaseShortened, MeetsTheNext, NothingMoved.
    """
    cycle = find_cycle(db, cycle_id)
    require("cycle.move", by, cycle)
    if not cycle.is_public:
        raise NotAnnounced
    phases = phases_of(db, cycle_id)
    moved = next((each for each in phases if each.phase is phase), None)
    if moved is None:
        raise NoSuchPhase
    if not reason.strip():
        raise WhyMoved
    starts_at, ends_at = instants_of(first, last)
    if phase is Phase.VOTING and cycle.closed_at is not None:
        raise PhaseIsOver(day=last_day(moved.ends_at))
    check_move(moved, phases, starts_at, ends_at, at)

    was = PhaseDays(phase, moved.starts_at, moved.ends_at)
    event = CyclePhaseMoved(
        subject=cycle.subject, was=was, now=PhaseDays(phase, starts_at, ends_at), reason=reason.strip()
    )
    move = PhaseMove(
        cycle_id=cycle_id,
        phase=phase,
        started_at=moved.starts_at,
        ended_at=moved.ends_at,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason.strip(),
        moved_by=by.person_id,
        moved_at=at,
        event_id=record(db, event, by=by, at=at).id,
    )
    moved.starts_at, moved.ends_at = starts_at, ends_at
    db.add(move)
    db.flush()
    return move


def check_move(
    phase: CyclePhase, phases: list[CyclePhase], starts_at: datetime, ends_at: datetime, at: datetime
) -> None:
    """Refuse days that take something back from people, or that run into the next phase."""
    if at >= phase.ends_at:
        raise PhaseIsOver(day=last_day(phase.ends_at))
    if at >= phase.starts_at and starts_at != phase.starts_at:
        raise PhaseHasBegun(day=phase.starts_at.astimezone(ZONE).date())
    if starts_at < phase.starts_at:
        shortened = PhaseShortened(day=phase.starts_at.astimezone(ZONE).date())
        shortened.field = "first"  # type: ignore[misc]  # beside the day that is too early
        raise shortened
    if ends_at < phase.ends_at or ends_at <= starts_at:
        raise PhaseShortened(day=last_day(phase.ends_at))
    if (starts_at, ends_at) == (phase.starts_at, phase.ends_at):
        raise NothingMoved
    order = list(Phase)
    for later in phases:
        if order.index(later.phase) > order.index(phase.phase) and later.starts_at < ends_at:
            raise MeetsTheNext(day=later.starts_at.astimezone(ZONE).date())


def moves_of(db: Session, cycle_id: CycleId) -> list[PhaseMove]:
    """Return the days that no longer hold, in the order in which they were given up."""
    return list(db.scalars(select(PhaseMove).where(PhaseMove.cycle_id == cycle_id).order_by(PhaseMove.id)))
