"""Who takes the floor at a meeting: everybody who registers, in that order (Law 52/2003, art. 7(10)).

Nobody is turned away: a debate ends when all who registered have spoken, those too who registered in the room.
"""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import mail
from consult.i18n import N_
from consult.identity.actors import Actor, AsMember, participant_label
from consult.identity.organisations import Organisation, OrganisationId
from consult.identity.people import Person, PersonId
from consult.identity.permissions import require
from consult.meetings.meetings import (
    Meeting,
    MeetingId,
    facts_for_letters,
    meeting_by_id,
    refuse_before_beginning,
    refuse_over,
)
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

SpeakerId = NewType("SpeakerId", int)
key_type(SpeakerId)


class SpeakerState(StrEnum):
    """What became of somebody who registered."""

    REGISTERED = "registered"
    SPOKEN = "spoken"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"


class Speaker(Base):
    """Somebody who asked for the floor, by their account or in the room.

    `name`: for officials, who call people up; readers see it only of those who chose so (`is_named`).
    """

    __tablename__ = "speaker"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"), UniqueConstraint("meeting_id", "position"))

    id: Mapped[SpeakerId] = mapped_column(primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"))
    #: The order of registration, which is the order of speaking.
    position: Mapped[int]
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    is_named: Mapped[bool]
    state: Mapped[SpeakerState] = mapped_column(state_column(SpeakerState), default=SpeakerState.REGISTERED)
    registered_at: Mapped[datetime]
    #: The official who wrote down somebody in the room.
    added_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")

    @property
    def label(self) -> str:
        """What readers see, in the current locale: an organisation, a name that was chosen to be seen, or neither."""
        return participant_label(
            name=self.name if self.is_named else None,
            organisation=self.organisation.name if self.organisation else None,
            is_verified=self.person is not None and self.person.is_verified,
        )


class AlreadyRegistered(Refusal):
    """Everybody takes the floor in their turn, once."""

    sentence = N_("You are registered to speak already.")


class HasBegun(Refusal):
    """After the beginning people register in the room."""

    sentence = N_("The meeting has begun; register in the room, where you will be given the floor too.")


def register_speaker(db: Session, meeting_id: MeetingId, *, named: bool, by: Actor, at: datetime) -> Speaker:
    """Register to speak; the turn is that of registration. Who withdrew and comes back takes the last turn.

    `named`: be seen by name; organisations always are. Raises MeetingOver, HasBegun, AlreadyRegistered.
    """
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.speak", by, meeting)
    refuse_over(meeting)
    if at >= meeting.starts_at:
        raise HasBegun
    speaker = registration_of(db, meeting_id, by)
    if speaker is not None and speaker.state is not SpeakerState.WITHDRAWN:
        raise AlreadyRegistered

    turn = next_turn(db, meeting_id)
    speaker = speaker or Speaker(meeting_id=meeting_id, person_id=by.person_id)
    speaker.position = turn
    speaker.organisation_id = by.organisation_id
    speaker.name, speaker.is_named = by.name, named or isinstance(by.capacity, AsMember)
    speaker.state, speaker.registered_at = SpeakerState.REGISTERED, at
    db.add(speaker)
    db.flush()
    mail.post(db, "speaker-registered", to=by.email, locale=by.locale, facts=facts_for_letters(meeting), at=at)
    return speaker


def withdraw_speaker(db: Session, meeting_id: MeetingId, *, by: Actor, at: datetime) -> None:
    """Give one's turn back. Raises NotFound, MeetingOver, HasBegun."""
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.speak", by, meeting)
    refuse_over(meeting)
    if at >= meeting.starts_at:
        raise HasBegun
    speaker = registration_of(db, meeting_id, by)
    if speaker is None or speaker.state is not SpeakerState.REGISTERED:
        raise NotFound

    speaker.state = SpeakerState.WITHDRAWN
    db.flush()


def add_in_room(db: Session, meeting_id: MeetingId, *, name: str, named: bool, by: Actor, at: datetime) -> Speaker:
    """Write down somebody who asks for the floor in the room, or asked by telephone or letter. Raises MeetingOver."""
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.keep", by, meeting)
    refuse_over(meeting)

    speaker = Speaker(
        meeting_id=meeting_id,
        position=next_turn(db, meeting_id),
        name=name.strip(),
        is_named=named,
        registered_at=at,
        added_by=by.person_id,
    )
    db.add(speaker)
    db.flush()
    return speaker


def mark_speaker(db: Session, speaker_id: SpeakerId, *, state: SpeakerState, by: Actor, at: datetime) -> Meeting:
    """Say that somebody has spoken, was called and not there, or (by mistake) neither. Raises MeetingOver, NotBegun."""
    speaker = db.get(Speaker, speaker_id)
    if speaker is None or speaker.state is SpeakerState.WITHDRAWN or state is SpeakerState.WITHDRAWN:
        raise NotFound
    meeting = meeting_by_id(db, speaker.meeting_id)
    require("meeting.keep", by, meeting)
    refuse_over(meeting)
    refuse_before_beginning(meeting, at)

    speaker.state = state
    db.flush()
    return meeting


def forget_speaker(db: Session, person_id: PersonId, *, withdraws_name: bool, at: datetime) -> None:
    """Let go of the name of somebody whose account is closed, and of their turns at what is still to come.

    It stands only where they spoke and chose to be seen by name, unless they take that back too; minutes, which say who
    spoke, are documents of the authority and stay as they are. What they said for an organisation stays under its name.
    """
    registered = select(Speaker, Meeting.starts_at).join(Meeting, Meeting.id == Speaker.meeting_id)
    for speaker, starts_at in db.execute(registered.where(Speaker.person_id == person_id)):
        if at < starts_at:
            speaker.state = SpeakerState.WITHDRAWN
        is_seen = speaker.state is SpeakerState.SPOKEN and speaker.is_named and speaker.organisation_id is None
        if not is_seen or withdraws_name:
            speaker.name, speaker.is_named = "", False
    db.flush()


def registration_of(db: Session, meeting_id: MeetingId, by: Actor) -> Speaker | None:
    """Return the registration of somebody for a meeting, withdrawn or not."""
    return db.scalar(select(Speaker).where(Speaker.meeting_id == meeting_id, Speaker.person_id == by.person_id))


def speakers_of(db: Session, meeting_id: MeetingId) -> list[Speaker]:
    """Return who registered and did not withdraw, in the order of speaking."""
    query = (
        select(Speaker)
        .where(Speaker.meeting_id == meeting_id, Speaker.state != SpeakerState.WITHDRAWN)
        .options(joinedload(Speaker.person), joinedload(Speaker.organisation))
    )
    return list(db.scalars(query.order_by(Speaker.position)))


def next_turn(db: Session, meeting_id: MeetingId) -> int:
    """Return the turn of whoever registers next."""
    return (db.scalar(select(func.max(Speaker.position)).where(Speaker.meeting_id == meeting_id)) or 0) + 1
