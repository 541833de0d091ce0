"""What became of a draft: adopted, rejected or withdrawn, by a session or without one; or sent back to be improved."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.consultations.consultations import ENDED, Consultation, ConsultationId, Stage
from consult.consultations.doubts import DECIDED, doubts_about, refuse_unless_sure
from consult.consultations.gatherings import session_to_decide
from consult.consultations.procedure import local_day
from consult.consultations.steps import OutOfOrder, consultation_to_move, go_on
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.record.events.consultations import EXECUTIVE
from consult.refusals import Refusal


class NotYet(Refusal):
    """An outcome is told after it happened."""

    sentence = N_("This day is still to come; say the outcome after it.")
    field = "on"


class TooEarly(Refusal):
    """Nothing is decided about a draft that is still on its way to avizare."""

    sentence = N_("The council cannot have decided before %(earliest)s: the draft was still on its way to it.")
    field = "on"


class NotPublicThen(Refusal):
    """A draft is withdrawn after it was announced; before that, nobody outside knew of it."""

    sentence = N_("The draft became public on %(earliest)s: nothing can have become of it before.")
    field = "on"


class OutcomeUnexplained(Refusal):
    """Whoever took part learns by which act a draft was adopted, or why it was not."""

    sentence = N_("Write the number of the act, or the reason.")
    field = "note"


class DecidedInSession(Refusal):
    """What a session decides is told with its votes."""

    sentence = N_("The draft is on the agenda of a session: say there what was decided, with the votes.")


def record_outcome(
    db: Session,
    consultation_id: ConsultationId,
    *,
    outcome: Stage,
    on: date,
    note: str,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Consultation:
    """Say what became of a draft that no session decides about: an act of the mayor, or a draft that was withdrawn.

    Raises OutOfOrder: only a withdrawal may come before avizare; DecidedInSession; NotYet for a day to come, TooEarly
    for one before avizare, NotPublicThen for one before the announcement; OutcomeUnexplained; DaysInDoubt.
    """
    consultation = consultation_to_move(db, consultation_id, by)
    if consultation.stage in ENDED or outcome not in ENDED:
        raise OutOfOrder
    if outcome is not Stage.WITHDRAWN:
        if consultation.stage is not Stage.SUBMITTED:
            raise OutOfOrder
        if session_to_decide(db, consultation_id) is not None:
            raise DecidedInSession
        if consultation.submitted_on is not None and on < consultation.submitted_on:
            raise TooEarly(earliest=consultation.submitted_on)
    if on > local_day(at):
        raise NotYet
    assert consultation.announced_on is not None, "only what is published comes to an end"
    if on < consultation.announced_on:
        raise NotPublicThen(earliest=consultation.announced_on)
    if not note.strip():
        raise OutcomeUnexplained
    refuse_unless_sure(doubts_about(on, DECIDED, since=on), sure_of)
    return close(db, consultation, outcome, on=on, note=note, decided_by=EXECUTIVE, by=by, at=at)


def close(
    db: Session,
    consultation: Consultation,
    outcome: Stage,
    *,
    on: date,
    note: str,
    decided_by: str,
    by: Actor,
    at: datetime,
) -> Consultation:
    """Bring a consultation to its end. `note`: the number of the act, or why there is none."""
    consultation.ended_on, consultation.outcome_note = on, note.strip()
    decider = None if outcome is Stage.WITHDRAWN else decided_by
    return go_on(db, consultation, outcome, on=on, by=by, at=at, note=note.strip(), decided_by=decider)


def send_back(
    db: Session, consultation: Consultation, *, on: date, reason: str, by: Actor, at: datetime
) -> Consultation:
    """Bring a draft that a session returned back to before avizare, where it can be improved."""
    consultation.submitted_on = None
    return go_on(db, consultation, Stage.ANSWERED, on=on, by=by, at=at, note=reason)
