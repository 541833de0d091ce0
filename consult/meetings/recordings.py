"""Recordings of a meeting, wherever they are kept: a link that is published with its name (Law 52/2003, art. 2 c))."""

from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.meetings.meetings import MeetingId, meeting_by_id
from consult.record.events import RecordingLinked
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type

RecordingId = NewType("RecordingId", int)
key_type(RecordingId)


class Recording(Base):
    """Where a recording can be seen or heard."""

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("meeting_id", "url"),)

    id: Mapped[RecordingId] = mapped_column(primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str]
    url: Mapped[str]
    linked_at: Mapped[datetime]


class NotAnAddress(Refusal):
    """A recording is on the web."""

    sentence = N_("Write the whole address of the recording, which begins with https://.")
    field = "url"


class LinkedAlready(Refusal):
    """The same recording is linked once."""

    sentence = N_("This recording is linked already.")
    field = "url"


def is_web_address(url: str) -> bool:
    """Whether a browser can follow it, and nothing but follow it."""
    return url.startswith(("https://", "http://")) and url.isprintable() and not any(map(str.isspace, url))


def link_recording(db: Session, meeting_id: MeetingId, *, name: str, url: str, by: Actor, at: datetime) -> Recording:
    """Publish where a recording is. Raises NotAnAddress, LinkedAlready."""
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.keep", by, meeting)
    address = url.strip()
    if not is_web_address(address):
        raise NotAnAddress
    if any(each.url == address for each in recordings_of(db, meeting_id)):
        raise LinkedAlready

    recording = Recording(meeting_id=meeting_id, name=name.strip(), url=address, linked_at=at)
    db.add(recording)
    record(db, RecordingLinked(subject=meeting.subject, name=recording.name, url=address), by=by, at=at)
    db.flush()
    return recording


def recordings_of(db: Session, meeting_id: MeetingId) -> list[Recording]:
    """Return the recordings of a meeting in the order in which they were linked."""
    return list(db.scalars(select(Recording).where(Recording.meeting_id == meeting_id).order_by(Recording.id)))
