"""A meeting to which everybody is invited: announced with its date and place, moved or cancelled only with a reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, column_property, joinedload, mapped_column, relationship, undefer

from consult import links
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import PersonId
from consult.identity.registers import read_reference
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

MeetingId = NewType("MeetingId", int)
MoveId = NewType("MoveId", int)
key_type(MeetingId)
key_type(MoveId)


class Kind(StrEnum):
    """What people meet for: a draft (art. 7), a talk that no law asks for, or to decide (art. 8)."""

    DEBATE = "debate"
    DIALOGUE = "dialogue"
    SESSION = "session"


class State(StrEnum):
    """How far a meeting has come. `HELD` only once somebody said that it ended."""

    TO_COME = "to_come"
    UNDER_WAY = "under_way"
    HELD = "held"
    CANCELLED = "cancelled"


class Closed(StrEnum):
    """Why a session is not public, as the yearly report counts it."""

    #: It presents information of art. 6.
    EXEMPT = "exempt"
    BALLOT = "secret_vote"
    OTHER = "other"


class Meeting(Base):
    """When and where people meet, and what art. 7(10) a) wants to be said of a debate."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("authority_id", "year", "number"),
        Index("ix_meeting_by_day", "authority_id", "starts_at"),
        CheckConstraint("participants IS NULL OR participants >= 0", name="participants"),
        CheckConstraint("cancelled_at IS NULL OR ended_at IS NULL", name="cancelled_or_held"),
    )

    id: Mapped[MeetingId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[Kind] = mapped_column(state_column(Kind, name="meetingkind"))
    #: Public number, without gaps per authority and year: `3-2026` in every URL.
    number: Mapped[int]
    year: Mapped[int]
    title: Mapped[str]
    starts_at: Mapped[datetime]
    place: Mapped[str]
    #: Where it can be followed online; empty where it cannot.
    online: Mapped[str] = mapped_column(default="")
    #: How recommendations are collected, and how people register and take the floor.
    ways_to_send: Mapped[str] = mapped_column(default="")
    ways_to_speak: Mapped[str] = mapped_column(default="")
    #: How long each speaker has the floor; none where nobody set a limit.
    minutes_each: Mapped[int | None]
    details: Mapped[str] = mapped_column(default="")
    #: Why it is on a day that people would not expect; empty on others.
    motive: Mapped[str] = mapped_column(default="")
    #: Why it is not public, and in words; none for a public one.
    closed: Mapped[Closed | None] = mapped_column(state_column(Closed))
    closed_because: Mapped[str] = mapped_column(default="")
    announced_at: Mapped[datetime]
    #: When the date and place in force were published: with the announcement, or with the last move.
    noticed_at: Mapped[datetime]
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    event_id: Mapped[str]

    ended_at: Mapped[datetime | None]
    #: How many came, officials left out; names only of those who chose so.
    participants: Mapped[int | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_because: Mapped[str] = mapped_column(default="")

    #: The dates and places that no longer hold, in the order in which they were given up.
    moves: Mapped[list["MeetingMove"]] = relationship(lazy="raise", order_by="MeetingMove.id", viewonly=True)

    #: By which the record names the authority.
    authority_slug: Mapped[str] = column_property(
        select(Authority.slug).where(Authority.id == authority_id).scalar_subquery(), deferred=True
    )

    @property
    def reference(self) -> str:
        """The public number with its year, `3-2026`, as in every URL."""
        return f"{self.number}-{self.year}"

    @property
    def subject(self) -> str:
        """Its name in the record, the same for ever: `consult:izvoru/sedinte/3-2026`."""
        return f"consult:{self.authority_slug}/sedinte/{self.reference}"

    @property
    def is_public(self) -> bool:
        """Whether anybody may know of it: a meeting exists from its announcement on."""
        return True

    @property
    def where(self) -> str:
        """The place, and where it can be followed online."""
        return f"{self.place}, {self.online}" if self.online else self.place

    @property
    def stated_at(self) -> datetime:
        """When its date was last said, or that there is none any more."""
        return max(each for each in (self.noticed_at, self.cancelled_at) if each)

    @property
    def sequence(self) -> int:
        """The number by which a calendar knows what was said later; it need not be dense."""
        return int((self.stated_at - self.announced_at).total_seconds())

    def state_at(self, at: datetime) -> State:
        """Return how far it has come at an instant."""
        if self.cancelled_at is not None:
            return State.CANCELLED
        if self.ended_at is not None:
            return State.HELD
        return State.TO_COME if at < self.starts_at else State.UNDER_WAY


def facts_for_letters(meeting: Meeting) -> dict[str, object]:
    """Return what every letter about a meeting says, and gives to its reader's calendar."""
    return {
        "authority_id": meeting.authority_id,
        "meeting": meeting.reference,
        "title": meeting.title,
        "held_at": meeting.starts_at,
        "place": meeting.where,
        "stated_at": meeting.stated_at,
        "sequence": meeting.sequence,
        "link": links.meeting(meeting.reference, meeting.title),
    }


class MeetingMove(Base):
    """A date and place that were announced and no longer hold, and why."""

    __tablename__ = "meeting_move"

    id: Mapped[MoveId] = mapped_column(primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"), index=True)
    was_at: Mapped[datetime]
    was_in: Mapped[str]
    reason: Mapped[str]
    moved_at: Mapped[datetime]
    event_id: Mapped[str]


@dataclass(frozen=True)
class Notice:
    """What an announcement says: when, where, and how people take part."""

    starts_at: datetime
    place: str
    online: str = ""
    ways_to_send: str = ""
    ways_to_speak: str = ""
    minutes_each: int | None = None
    details: str = ""
    #: Why on a day that people would not expect.
    motive: str = ""
    #: Why a session is not public, and in words.
    closed: Closed | None = None
    closed_because: str = ""


class MeetingOver(Refusal):
    """The meeting was held or cancelled; what is public of it stays."""

    sentence = N_("This meeting was held or cancelled already.")


class NotBegun(Refusal):
    """What happened at a meeting is written down once it has begun."""

    sentence = N_("The meeting has not begun yet.")


def refuse_before_beginning(meeting: Meeting, at: datetime) -> None:
    """Refuse to write down what cannot have happened yet. Raises NotBegun."""
    if at < meeting.starts_at:
        raise NotBegun


def find_meeting(db: Session, authority_id: AuthorityId, reference: str) -> Meeting:
    """Return the meeting with a public number such as `3-2026`; raises NotFound."""
    number, year = read_reference(reference)
    meeting = db.scalars(_BY_NUMBER, {"authority_id": authority_id, "number": number, "year": year}).unique().first()
    if meeting is None:
        raise NotFound
    return meeting


def meeting_by_id(db: Session, meeting_id: MeetingId) -> Meeting:
    """Return a meeting with the name by which the record knows it; raises NotFound."""
    query = select(Meeting).where(Meeting.id == meeting_id)
    whole = query.options(undefer(Meeting.authority_slug), joinedload(Meeting.moves))
    meeting = db.scalars(whole).unique().first()
    if meeting is None:
        raise NotFound
    return meeting


def meeting_at_desk(db: Session, meeting_id: MeetingId, *, by: Actor) -> Meeting:
    """Return a meeting of the official's own authority; raises NotFound."""
    meeting = meeting_by_id(db, meeting_id)
    if meeting.authority_id != by.authority_id:
        raise NotFound
    return meeting


def refuse_over(meeting: Meeting) -> None:
    """Refuse to change a meeting that was held or cancelled. Raises MeetingOver."""
    if meeting.ended_at is not None or meeting.cancelled_at is not None:
        raise MeetingOver


#: Meetings on one page of the list.
PAGE = 20


def coming_meetings(db: Session, authority_id: AuthorityId, at: datetime) -> list[Meeting]:
    """Return the meetings that are still to come, the nearest first; cancelled ones stay until their day is over."""
    return list(db.scalars(_of(authority_id).where(Meeting.starts_at > at).order_by(Meeting.starts_at).limit(50)))


def past_meetings(db: Session, authority_id: AuthorityId, at: datetime, *, page: int = 1) -> list[Meeting]:
    """Return a page of the meetings whose hour has come, the newest first, and one more where another page follows."""
    query = _of(authority_id).where(Meeting.starts_at <= at).order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    return list(db.scalars(query.offset((page - 1) * PAGE).limit(PAGE + 1)))


def newest_meetings(db: Session, authority_id: AuthorityId) -> list[Meeting]:
    """Return the last meetings of an authority, for calendars."""
    return list(db.scalars(_of(authority_id).order_by(Meeting.starts_at.desc()).limit(100)))


def _of(authority_id: AuthorityId) -> Select[Meeting]:
    return select(Meeting).where(Meeting.authority_id == authority_id)


_BY_NUMBER = (
    select(Meeting)
    .where(
        Meeting.authority_id == bindparam("authority_id"),
        Meeting.number == bindparam("number"),
        Meeting.year == bindparam("year"),
    )
    .options(undefer(Meeting.authority_slug), joinedload(Meeting.moves))
)
