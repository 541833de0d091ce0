"""What happens at a meeting, a public debate or a session, and what was asked and decided there."""

from dataclasses import dataclass, field
from datetime import date

from consult.record.entry_form import Commitment, Event, Instant
from consult.record.roles import KEEPERS, LEADERS, ORGANISATION_MEMBER

#: What people meet for.
KINDS = ("debate", "dialogue", "session")
#: What becomes of an item of a session; the first three by a vote.
RESULTS = ("adopted", "amended", "rejected", "withdrawn", "returned")
VOTED = ("adopted", "amended", "rejected")
CARRIED = ("adopted", "amended")


@dataclass(frozen=True)
class AgendaPoint:
    """An item of an agenda. `about`: the subject in this record that it is about, or null."""

    title: str
    about: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingAnnounced(Event):
    """The authority invited everybody to a debate, a dialogue or a session. The items are numbered from 1.

    `motive`: why on a day that people would not expect, such as a Sunday; null on others. `closed`: why a session is
    not public, `exempt`, `secret_vote` or `other`, and `closed_because` in words; null for a public one.
    """

    type = "meeting.announced"
    signers = LEADERS

    kind: str
    title: str
    starts_at: Instant
    place: str
    agenda: tuple[AgendaPoint, ...] = ()
    motive: str | None = None
    closed: str | None = None
    closed_because: str | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Event):
    """A meeting was given another time or place before it was held, and why."""

    type = "meeting.moved"
    signers = LEADERS

    starts_at: Instant
    place: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A meeting was called off before it was held, and why."""

    type = "meeting.cancelled"
    signers = LEADERS

    reason: str


@dataclass(frozen=True, kw_only=True)
class MeetingEnded(Event):
    """A meeting was held and is over; the clock of its documents runs from `ended_at`.

    `participants`: how many came, officials left out; `speakers`: how many of them took the floor.
    """

    type = "meeting.ended"
    signers = KEEPERS

    ended_at: Instant
    participants: int
    speakers: int


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(Event):
    """The minutes of a meeting were approved and published, or corrected by a later version.

    `sha256`: of the text in UTF-8; `replaces`: that of the version before, null for the first; `reason`: why it was
    corrected. `drafted_by`: the pseudonyms of those who wrote it; whoever publishes it is somebody else.
    """

    type = "minutes.published"
    signers = LEADERS

    number: int
    sha256: str
    replaces: str | None
    reason: str | None
    drafted_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecordingLinked(Event):
    """The authority published where a recording of a meeting can be seen or heard."""

    type = "recording.linked"
    signers = KEEPERS

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ItemDecided(Event):
    """An item of a session was dealt with: adopted, amended (adopted with changes), rejected, withdrawn or returned.

    `item`: its number on the agenda. `act`: the number of the act. `members`: how many the council has; the votes, the
    abstentions and the absences make that sum, all 0 where nobody voted. Of an open vote the body names who chose what.
    """

    type = "item.decided"
    signers = LEADERS

    item: int
    result: str
    act: str | None
    members: int
    votes_for: int
    votes_against: int
    abstentions: int
    absences: int
    is_secret: bool


@dataclass(frozen=True, kw_only=True)
class DebateRequested(Event):
    """An association or another authority asked in writing for a public debate, which obliges the authority.

    `number`: in the register of such requests. `by`: who asked, `asker`: as what (association, authority). `asked_on`:
    the day on which the request came in. Its words are the body.
    """

    type = "debate.requested"
    signers = (ORGANISATION_MEMBER, *KEEPERS)

    number: str
    by: str
    asker: str
    asked_on: date
    # `field()`, since a bare annotation would inherit the base's default of no body.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class DebateRequestAnswered(Event):
    """The authority answered a request for a debate: by the `meeting` that it set, or by why there is none."""

    type = "debate.request_answered"
    signers = LEADERS

    number: str
    meeting: str | None
    reason: str | None
