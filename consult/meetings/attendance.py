"""Who was there, and the end of the meeting, from which the clock of its documents runs.

A debate must be attended by who initiated the draft and by the experts who worked on it (Law 52/2003, art. 7(10) c));
they are named with their office. Of all others only the number is written down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.meetings.meetings import Meeting, MeetingId, meeting_by_id, refuse_before_beginning, refuse_over
from consult.meetings.speakers import SpeakerState, speakers_of
from consult.record.events import MeetingEnded
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

AttendanceId = NewType("AttendanceId", int)
key_type(AttendanceId)


class Attending(StrEnum):
    """For what an official was there."""

    INITIATOR = "initiator"
    EXPERT = "expert"
    OTHER = "other"


class Attendance(Base):
    """An official who was there, by name and office."""

    __tablename__ = "attendance"

    id: Mapped[AttendanceId] = mapped_column(primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"), index=True)
    attending_as: Mapped[Attending] = mapped_column(state_column(Attending))
    name: Mapped[str]
    post: Mapped[str]


@dataclass(frozen=True)
class Attendant:
    """An official as they are written down."""

    attending_as: Attending
    name: str
    post: str


class NotOverYet(Refusal):
    """A meeting ends after it began, and not in the future."""

    sentence = N_("The end lies between the beginning, %(starts_at)s, and now.")
    field = "ended"


class SpeakersWaiting(Refusal):
    """A debate ends when all who registered have spoken (art. 7(10) b))."""

    sentence = N_("%(count)s who registered have neither spoken nor been marked absent; until then a debate goes on.")


def write_attendance(
    db: Session, meeting_id: MeetingId, *, present: Sequence[Attendant], by: Actor, at: datetime
) -> None:
    """Write down which officials were there, in the place of what was written down before.

    Raises MeetingOver, NotBegun.
    """
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.keep", by, meeting)
    refuse_over(meeting)
    refuse_before_beginning(meeting, at)

    db.execute(delete(Attendance).where(Attendance.meeting_id == meeting_id))
    db.add_all(
        Attendance(meeting_id=meeting_id, attending_as=each.attending_as, name=each.name, post=each.post)
        for each in present
    )
    db.flush()


def end_meeting(
    db: Session, meeting_id: MeetingId, *, ended_at: datetime, participants: int, by: Actor, at: datetime
) -> Meeting:
    """Say that a meeting is over, and how many came. Raises MeetingOver, NotOverYet, SpeakersWaiting."""
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.keep", by, meeting)
    refuse_over(meeting)
    if not meeting.starts_at < ended_at <= at:
        raise NotOverYet(starts_at=meeting.starts_at)
    speakers = speakers_of(db, meeting_id)
    waiting = [speaker for speaker in speakers if speaker.state is SpeakerState.REGISTERED]
    if waiting:
        raise SpeakersWaiting(count=len(waiting))

    meeting.ended_at, meeting.participants = ended_at, participants
    event = MeetingEnded(
        subject=meeting.subject,
        ended_at=ended_at,
        participants=participants,
        speakers=sum(speaker.state is SpeakerState.SPOKEN for speaker in speakers),
    )
    record(db, event, by=by, at=at)
    db.flush()
    return meeting


def attendance_at(db: Session, meeting_id: MeetingId) -> list[Attendance]:
    """Return which officials were there, in the order in which they were written down."""
    return list(db.scalars(select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(Attendance.id)))
