"""Registering to speak without an account: it waits until whoever reads the mailbox confirms it.

The law keeps the floor for "any interested person" (art. 7(10) a)), so a name and an address are enough; a link in a
letter proves the address. Until then nothing of it is public and there is no turn, and nobody but the mailbox learns
whether the address has an account. What is not confirmed is deleted with its link.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import links, mail
from consult.i18n import N_
from consult.identity.actors import acting_as_self
from consult.identity.authorities import AuthorityId
from consult.identity.limits import SPEAK_PER_MAILBOX, TooManyTries, admit
from consult.identity.names import email_address, one_line
from consult.identity.one_use_links import LinkId, Purpose, look_at, send_out, use_up, used_link
from consult.identity.people import person_by_email, person_with_mailbox
from consult.meetings.meetings import Meeting, MeetingId, meeting_by_id, refuse_over
from consult.meetings.speakers import HasBegun, register_speaker
from consult.refusals import NotFound, Refusal
from consult.store import Base


class LetterSentBefore(Refusal):
    """Somebody asked for the floor with this address a moment ago: nobody is to be flooded by what others type."""

    sentence = N_(
        "Somebody asked for the floor with this address less than an hour ago. Confirm it by the link in the letter, or"
        " try again after %(again_at)s."
    )
    field = "email"


class UnconfirmedSpeaker(Base):
    """Who asked for the floor without an account and has not confirmed it yet; forgotten with the link."""

    __tablename__ = "unconfirmed_speaker"

    link_id: Mapped[LinkId] = mapped_column(ForeignKey("one_use_link.id", ondelete="CASCADE"), primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"))
    name: Mapped[str]
    named: Mapped[bool]
    locale: Mapped[str]

    meeting: Mapped[Meeting] = relationship(lazy="raise")


@dataclass(frozen=True)
class SpeakerToConfirm:
    """What the reader of the letter is shown. `name`: that readers of the list will see; none where nobody will."""

    meeting: Meeting
    email: str
    name: str | None
    is_verified: bool


def ask_to_speak(
    db: Session, meeting_id: MeetingId, *, name: str, email: str, named: bool, locale: str, at: datetime
) -> None:
    """Keep who wants to speak, and write to the mailbox to have it confirmed; nobody gets more than one an hour.

    Raises NotAName, NotAnEmail, MeetingOver, HasBegun, LetterSentBefore.
    """
    address, plain_name = email_address(email), one_line(name)
    _refuse_begun(meeting_by_id(db, meeting_id), at)
    try:
        admit(db, (SPEAK_PER_MAILBOX, address), at=at)
    except TooManyTries as tried:
        raise LetterSentBefore(**tried.facts) from tried

    # The same work and the same kind of letter whether or not the address has an account.
    link, token = send_out(db, Purpose.SPEAKING, email=address, at=at)
    asked = {"name": plain_name, "named": named, "locale": locale}
    db.add(UnconfirmedSpeaker(link_id=link.id, meeting_id=meeting_id, **asked))
    facts = {"link": links.speaker_confirmation(token), "expires_at": link.expires_at}
    mail.post(db, "confirm-speaking", to=address, locale=locale, facts=facts, at=at)


def speaker_to_confirm(db: Session, authority_id: AuthorityId, token: str, *, at: datetime) -> SpeakerToConfirm:
    """Return what a link would confirm, for the page with the button. Raises LinkSpent, NotFound."""
    link = look_at(db, token, Purpose.SPEAKING, at=at)
    waiting = _waiting(db, link.id, authority_id)
    person = person_by_email(db, link.email)
    name = (person.name if person else waiting.name) if waiting.named else None
    return SpeakerToConfirm(waiting.meeting, link.email, name, person is not None and person.is_verified)


def confirm_speaker(db: Session, authority_id: AuthorityId, token: str, *, at: datetime) -> str:
    """Give whoever has the mailbox the next turn; return the meeting's page.

    The turn is that of the confirmation, before which nobody knows that anybody asked. Raises LinkSpent, MeetingOver,
    HasBegun, AlreadyRegistered.
    """
    link = use_up(db, token, Purpose.SPEAKING, at=at)
    waiting = _waiting(db, link.id, authority_id)
    meeting = waiting.meeting
    _refuse_begun(meeting, at)
    person = person_with_mailbox(db, link.email, name=waiting.name, locale=waiting.locale, at=at)

    register_speaker(db, meeting.id, named=waiting.named, by=acting_as_self(db, person.id), at=at)
    link.next_path = links.meeting(meeting.reference, meeting.title)
    db.delete(waiting)
    return link.next_path


def speaker_confirmed(db: Session, token: str) -> str | None:
    """Return the page of the meeting for which a link has confirmed a turn, as long as that is known."""
    link = used_link(db, token, Purpose.SPEAKING)
    return link.next_path if link else None


def _waiting(db: Session, link_id: LinkId, authority_id: AuthorityId) -> UnconfirmedSpeaker:
    waiting = db.get_one(UnconfirmedSpeaker, link_id, options=[joinedload(UnconfirmedSpeaker.meeting)])
    if waiting.meeting.authority_id != authority_id:
        raise NotFound
    return waiting


def _refuse_begun(meeting: Meeting, at: datetime) -> None:
    refuse_over(meeting)
    if at >= meeting.starts_at:
        raise HasBegun
