"""Announcing a meeting, moving it and calling it off: each in public, each with those told who counted on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import mail
from consult.i18n import N_, ZONE
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import Person
from consult.identity.permissions import Within, require
from consult.identity.pseudonyms import record
from consult.identity.registers import Register, next_number
from consult.meetings.agendas import AgendaItem, Topic
from consult.meetings.meetings import (
    Kind,
    Meeting,
    MeetingId,
    MeetingMove,
    Notice,
    facts_for_letters,
    meeting_by_id,
    refuse_over,
)
from consult.meetings.speakers import Speaker, SpeakerState
from consult.record.events import AgendaPoint, MeetingAnnounced, MeetingCancelled, MeetingMoved
from consult.refusals import Refusal


class AlreadyPast(Refusal):
    """People are invited to what is still to come."""

    sentence = N_("This day has passed already. Choose one that is still to come.")
    field = "on"


class ClosedWithoutReason(Refusal):
    """Whoever may not come is owed the reason, and so is the yearly report (art. 13(1) g))."""

    sentence = N_("Write why the session is not public: it is published, and stands in the yearly report.")
    field = "closed_because"


class ReasonMissing(Refusal):
    """Whoever planned to come is owed a reason."""

    sentence = N_("Write why: everybody who planned to come will read it.")
    field = "reason"


class NothingMoved(Refusal):
    """The date and place are those that were announced."""

    sentence = N_("The date and the place are those that were announced.")


@dataclass(frozen=True)
class Reader:
    """Somebody who may have planned for a meeting. `leave`: how they end such letters, if they only follow it."""

    email: str
    locale: str
    leave: str | None = None


def announce_meeting(
    db: Session,
    authority_id: AuthorityId,
    *,
    kind: Kind,
    title: str,
    notice: Notice,
    agenda: Sequence[Topic] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """Announce a meeting and number it. Whether its day is lawful is for the room to say that knows what it is about.

    Run it by `Database.act_alone(register_key(Register.MEETINGS, …))`, for the number. Raises AlreadyPast,
    ClosedWithoutReason.
    """
    require("meeting.lead", by, Within(authority_id))
    if notice.starts_at <= at:
        raise AlreadyPast
    if notice.closed is not None and not notice.closed_because.strip():
        raise ClosedWithoutReason

    year = at.astimezone(ZONE).year
    meeting = Meeting(
        authority_id=authority_id,
        kind=kind,
        number=next_number(db, Register.MEETINGS, authority_id, year),
        year=year,
        title=title.strip(),
        starts_at=notice.starts_at,
        place=notice.place.strip(),
        online=notice.online.strip(),
        ways_to_send=notice.ways_to_send.strip(),
        ways_to_speak=notice.ways_to_speak.strip(),
        minutes_each=notice.minutes_each,
        details=notice.details.strip(),
        motive=notice.motive.strip(),
        closed=notice.closed,
        closed_because=notice.closed_because.strip() if notice.closed else "",
        announced_at=at,
        noticed_at=at,
        created_by=by.person_id,
        event_id="",
    )
    db.add(meeting)
    db.flush()
    points = enumerate(agenda, start=1)
    db.add_all(AgendaItem(meeting_id=meeting.id, position=place, title=topic.title) for place, topic in points)

    event = MeetingAnnounced(
        subject=meeting.subject,
        kind=kind,
        title=meeting.title,
        starts_at=meeting.starts_at,
        place=meeting.where,
        agenda=tuple(AgendaPoint(topic.title, topic.about) for topic in agenda),
        motive=meeting.motive or None,
        closed=meeting.closed,
        closed_because=meeting.closed_because or None,
    )
    meeting.event_id = record(db, event, by=by, at=at).id
    db.flush()
    return meeting


def move_meeting(
    db: Session, meeting_id: MeetingId, *, starts_at: datetime, place: str, reason: str, by: Actor, at: datetime
) -> Meeting:
    """Give a meeting another date or place; the old ones stay to be seen, struck through, with the reason.

    Raises MeetingOver, AlreadyPast, ReasonMissing, NothingMoved.
    """
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.lead", by, meeting)
    refuse_over(meeting)
    if starts_at <= at:
        raise AlreadyPast
    if not reason.strip():
        raise ReasonMissing
    if (starts_at, place.strip()) == (meeting.starts_at, meeting.place):
        raise NothingMoved

    was_at, was_in = meeting.starts_at, meeting.place
    meeting.starts_at, meeting.place, meeting.noticed_at = starts_at, place.strip(), at
    event = MeetingMoved(subject=meeting.subject, starts_at=starts_at, place=meeting.where, reason=reason.strip())
    recorded = record(db, event, by=by, at=at)
    db.add(
        MeetingMove(
            meeting_id=meeting_id,
            was_at=was_at,
            was_in=was_in,
            reason=reason.strip(),
            moved_at=at,
            event_id=recorded.id,
        )
    )
    db.flush()
    return meeting


def cancel_meeting(db: Session, meeting_id: MeetingId, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Call a meeting off before it was held; it stays to be seen, with why. Raises MeetingOver, ReasonMissing."""
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.lead", by, meeting)
    refuse_over(meeting)
    if not reason.strip():
        raise ReasonMissing

    meeting.cancelled_at, meeting.cancelled_because = at, reason.strip()
    record(db, MeetingCancelled(subject=meeting.subject, reason=meeting.cancelled_because), by=by, at=at)
    db.flush()
    return meeting


def registered_people(db: Session, meeting_id: MeetingId) -> list[Person]:
    """Return who has an account and registered to speak."""
    query = (
        select(Person)
        .join(Speaker, Speaker.person_id == Person.id)
        .where(Speaker.meeting_id == meeting_id, Speaker.state == SpeakerState.REGISTERED)
    )
    return list(db.scalars(query.order_by(Person.id)))


def tell_of_move(
    db: Session,
    meeting: Meeting,
    readers: Iterable[Reader],
    *,
    was_at: datetime,
    was_in: str,
    reason: str,
    at: datetime,
) -> None:
    """Write to all who may have planned for a meeting that it is at another time or place, and no longer there."""
    facts = facts_for_letters(meeting) | {"was_at": was_at, "was_in": was_in, "reason": reason}
    _tell(db, "meeting-moved", facts, readers, at=at)


def tell_of_cancelling(db: Session, meeting: Meeting, readers: Iterable[Reader], *, at: datetime) -> None:
    """Write to all who may have planned for a meeting that it is called off."""
    _tell(db, "meeting-cancelled", facts_for_letters(meeting) | {"reason": meeting.cancelled_because}, readers, at=at)


def _tell(db: Session, kind: str, facts: dict[str, object], readers: Iterable[Reader], *, at: datetime) -> None:
    for each in readers:
        mail.post(db, kind, to=each.email, locale=each.locale, facts=facts | {"leave": each.leave}, at=at)
