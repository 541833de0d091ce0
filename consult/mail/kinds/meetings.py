"""Letters about debates and sessions."""

from datetime import datetime

from consult.mail.kinds.facts import AccountLetter, AuthorityLetter, Path


class AboutMeeting(AuthorityLetter, frozen=True, kw_only=True):
    """A letter that says when a meeting is, with a file for calendars; what it says replaces what they kept before.

    `meeting`: its public number, as `3-2026`; `stated_at`: when that was last said; `sequence`: as calendars order it.
    """

    meeting: str
    title: str
    held_at: datetime
    place: str
    stated_at: datetime
    sequence: int


class DebateAnnounced(AboutMeeting, frozen=True, kw_only=True, tag="debate-announced"):
    """A public debate on the draft will be held."""


class SessionAnnounced(AboutMeeting, frozen=True, kw_only=True, tag="session-announced"):
    """The session that decides about a draft is announced, to those who said something about it (art. 8(1) b))."""


class MeetingMoved(AboutMeeting, frozen=True, kw_only=True, tag="meeting-moved"):
    """A meeting for which the reader may have planned has another time or place. `leave`: how a follower leaves."""

    was_at: datetime
    was_in: str
    reason: str
    leave: Path | None = None


class MeetingCancelled(AboutMeeting, frozen=True, kw_only=True, tag="meeting-cancelled"):
    """A meeting for which the reader may have planned is called off. `held_at`: when it would have been."""

    reason: str
    leave: Path | None = None


class SpeakerRegistered(AboutMeeting, frozen=True, kw_only=True, tag="speaker-registered"):
    """The reader is registered to speak at a meeting."""


class ConfirmSpeaking(AccountLetter, frozen=True, kw_only=True, tag="confirm-speaking"):
    """Someone asked for the floor with this address, without an account: is it the reader's?

    It bears no word of theirs: whoever types an address could make us carry anything to a stranger.
    """

    expires_at: datetime


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
    | ConfirmSpeaking
    | DebateRequestReceived
    | DebateRequestAnswered
)
