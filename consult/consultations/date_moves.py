"""Moving a date that was announced: later, with a reason that everybody reads, and with the old one left to be seen.

People planned by the dates they were promised, so a date is never moved closer. The law's own terms are judged once
more by the pack that was frozen. Meetings are moved as meetings (`gatherings.move`).
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.doubts import RUNS_ON, SUBMITTED, doubts_about, refuse_unless_sure
from consult.consultations.following import tell_followers
from consult.consultations.gatherings import authors
from consult.consultations.procedure import (
    FURTHEST,
    PROPOSALS,
    SUBMISSION,
    BeforeTheDeadline,
    TooFarAhead,
    UnlawfulDay,
    local_day,
    pack_of,
)
from consult.consultations.steps import OutOfOrder, consultation_to_move
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.pseudonyms import record
from consult.meetings.announcing import ReasonMissing
from consult.policy.deadlines import check_date, last_instant
from consult.policy.packs import Pack
from consult.record.events import ConsultationDateMoved
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

DateMoveId = NewType("DateMoveId", int)
key_type(DateMoveId)


class Promised(StrEnum):
    """The dates of an announcement that can be moved, by the names of its terms in the record."""

    PROPOSALS = "proposals_until"
    SUBMISSION = "submission_on"


#: The rule of the pack that each date keeps.
RULES: Mapping[Promised, str] = {Promised.PROPOSALS: PROPOSALS, Promised.SUBMISSION: SUBMISSION}


class DateMove(Base):
    """A date that was announced and no longer holds, and why."""

    __tablename__ = "date_move"

    id: Mapped[DateMoveId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), index=True)
    of: Mapped[Promised] = mapped_column(state_column(Promised))
    was_on: Mapped[date]
    #: The day that it became.
    day: Mapped[date]
    reason: Mapped[str]
    moved_at: Mapped[datetime]
    event_id: Mapped[str]


class Shortened(Refusal):
    """People were promised a day, and may be using the time up to it."""

    sentence = N_("Everybody was promised %(promised)s. A date can be moved later, never closer (%(rule)s).")
    field = "day"


class DayIsOver(Refusal):
    """What was due on a day is late from the next one on; another date does not undo that."""

    sentence = N_("%(promised)s has passed. A date is moved before it comes, not after.")
    field = "day"


def move_date(
    db: Session,
    consultation_id: ConsultationId,
    *,
    of: Promised,
    day: date,
    reason: str,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> DateMove:
    """Give people more time than was announced, or go on to avizare later, and write to all who took part.

    The last instant for proposals moves with the row that says it: what arrives before this is committed is judged by
    the old one, what arrives after it by the new. A last day that is a day off runs on to the next working day.
    Raises OutOfOrder, DayIsOver, ReasonMissing, Shortened, UnlawfulDay, TooFarAhead, BeforeTheDeadline, DaysInDoubt.
    Source: art. 7(2), art. 7(4).
    """
    consultation = consultation_to_move(db, consultation_id, by)
    promised = _promised(consultation, of, at)
    if not reason.strip():
        raise ReasonMissing
    pack = pack_of(db, consultation)
    moved = _lawful(consultation, pack, of, day, promised)
    sentence = RUNS_ON if of is Promised.PROPOSALS else SUBMITTED
    refuse_unless_sure(doubts_about(day, sentence, since=local_day(at), until=moved), sure_of)

    setattr(consultation, of, moved)
    if of is Promised.PROPOSALS:
        consultation.closes_at = last_instant(moved, pack.zone)
    event = ConsultationDateMoved(
        subject=consultation.subject,
        term=of,
        rule=f"{pack.id}#{RULES[of]}",
        was=promised,
        date=moved,
        reason=reason.strip(),
    )
    move = DateMove(
        consultation_id=consultation_id,
        of=of,
        was_on=promised,
        day=moved,
        reason=reason.strip(),
        moved_at=at,
        event_id=record(db, event, by=by, at=at).id,
    )
    db.add(move)
    db.flush()
    tell_of_date(db, consultation, move, at=at)
    return move


MOVES = select(DateMove).where(DateMove.consultation_id == bindparam("consultation_id")).order_by(DateMove.id)


def moves_of_dates(db: Session, consultation_id: ConsultationId) -> list[DateMove]:
    """Return the dates of a consultation that no longer hold, in the order in which they were given up."""
    return list(db.scalars(MOVES, {"consultation_id": consultation_id}))


def movable(consultation: Consultation, at: datetime) -> list[Promised]:
    """Return which dates can still be moved at an instant."""
    found = []
    for of in Promised:
        try:
            _promised(consultation, of, at)
        except (OutOfOrder, DayIsOver):
            continue
        found.append(of)
    return found


def _promised(consultation: Consultation, of: Promised, at: datetime) -> date:
    """Return the day that everybody was promised, while it can still be moved. Raises OutOfOrder, DayIsOver."""
    promised: date = getattr(consultation, of)
    if of is Promised.PROPOSALS and not consultation.is_open_at(at):
        raise DayIsOver(promised=promised) if consultation.stage is Stage.PROPOSALS else OutOfOrder
    if consultation.stage not in {Stage.PROPOSALS, Stage.ANSWERED}:
        raise OutOfOrder
    if local_day(at) > promised:
        raise DayIsOver(promised=promised)
    return promised


def _lawful(consultation: Consultation, pack: Pack, of: Promised, day: date, promised: date) -> date:
    """Return the day that a date becomes: for proposals, the working day to which a day off runs on."""
    announced_on, until = consultation.announced_on, consultation.proposals_until
    submission_on = consultation.submission_on
    assert announced_on is not None, "only what is published has promised a day"
    assert until is not None, "as above"
    assert submission_on is not None, "as above"
    if day > announced_on + FURTHEST:
        raise TooFarAhead("day", day, announced_on + FURTHEST)
    finding = check_date(pack, RULES[of], announced_on, day, consultation.circumstances)
    if not finding.is_lawful:
        raise UnlawfulDay("day", finding)
    if finding.nearest <= promised:
        raise Shortened(promised=promised, rule=finding.deadline.rule.citation)
    if of is Promised.PROPOSALS and submission_on <= finding.nearest:
        refusal = BeforeTheDeadline(proposals_until=finding.nearest)
        refusal.field = "day"  # type: ignore[misc]  # here the other of the two dates is asked for
        raise refusal
    return finding.nearest


def tell_of_date(db: Session, consultation: Consultation, move: DateMove, *, at: datetime) -> None:
    """Write to everybody who had something to say about the draft, and to everybody who follows it."""
    facts = {
        "authority_id": consultation.authority_id,
        "title": consultation.title,
        "of": move.of,
        "was_on": move.was_on,
        "day": move.day,
        "reason": move.reason,
        "link": links.consultation(consultation.reference, consultation.title),
    }
    people = authors(db, [consultation.id])
    for person in people:
        mail.post(db, "date-moved", to=person.email, locale=person.locale, facts=facts, at=at)
    told = {person.email for person in people}
    tell_followers(db, consultation, move.of.value, day=move.day, note=move.reason, told=told, at=at)
