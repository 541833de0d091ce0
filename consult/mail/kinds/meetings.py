"""Letters about debates and sessions."""

from datetime import datetime

from consult.mail.kinds.facts import AuthorityLetter


class DebateAnnounced(AuthorityLetter, frozen=True, kw_only=True, tag="debate-announced"):
    """A public debate on the draft will be held."""

    title: str
    held_at: datetime
    place: str


class SessionAnnounced(AuthorityLetter, frozen=True, kw_only=True, tag="session-announced"):
    """The session that decides about a draft is announced, to those who said something about it (art. 8(1) b))."""

    title: str
    held_at: datetime
    place: str


class MeetingMoved(AuthorityLetter, frozen=True, kw_only=True, tag="meeting-moved"):
    """A meeting for which the reader may have planned has another time or place."""

    title: str
    held_at: datetime
    place: str
    reason: str


class MeetingCancelled(AuthorityLetter, frozen=True, kw_only=True, tag="meeting-cancelled"):
    """A meeting for which the reader may have planned is called off. `held_at`: when it would have been."""

    title: str
    held_at: datetime
    reason: str


class SpeakerRegistered(AuthorityLetter, frozen=True, kw_only=True, tag="speaker-registered"):
    """The reader is registered to speak at a meeting."""

    title: str
    held_at: datetime
    place: str


class DebateRequestReceived(AuthorityLetter, frozen=True, kw_only=True, tag="debate-request-received"):
    """The reader's organisation asked for a public debate, and the request has a number."""

    number: str
    title: str
    organisation: str


class DebateRequestAnswered(AuthorityLetter, frozen=True, kw_only=True, tag="debate-request-answered"):
    """The request for a public debate is answered: it is held then and there, or there is none, with the reason."""

    number: str
    title: str
    held_at: datetime | None
    place: str
    reason: str


OfMeetings = (
    DebateAnnounced
    | SessionAnnounced
    | MeetingMoved
    | MeetingCancelled
    | SpeakerRegistered
    | DebateRequestReceived
    | DebateRequestAnswered
)
