"""What the demo town's files say of a meeting: who asked for it, who spoke, what was written down and decided.

Days of officials count on working days after the meeting, minutes of people after its announcement, so that the order
of things holds whenever the town is loaded.
"""

from datetime import time

from msgspec import field

from consult.consultations.documents import DocumentKind
from consult.demo.facts import Fact
from consult.meetings.agendas import Choice, Result
from consult.meetings.attendance import Attending
from consult.meetings.meetings import Closed


class Asked(Fact, frozen=True):
    """An organisation asks for a debate, on a day and at an hour."""

    by: str
    organisation: str
    day: int
    at: time
    words: str


class Speaks(Fact, frozen=True):
    """Somebody registers to speak, so many minutes after the announcement, and came or did not."""

    by: str
    after: int
    organisation: str | None = None
    named: bool = False
    absent: bool = False


class InRoom(Fact, frozen=True):
    """Somebody asks for the floor in the room."""

    name: str
    named: bool = False


class Attends(Fact, frozen=True):
    """An official who was there."""

    attending_as: Attending
    name: str
    post: str


class Minuted(Fact, frozen=True):
    """Minutes, published so many working days after the meeting; a correction of them says its `reason`."""

    after: int
    drafted_by: str
    approved_by: str
    text: str
    reason: str = ""


class Held(Fact, frozen=True):
    """How a meeting went: how long it lasted, how many came, who was there, and what was published of it."""

    minutes: int
    participants: int
    room: tuple[InRoom, ...] = ()
    attendance: tuple[Attends, ...] = ()
    minuted: tuple[Minuted, ...] = ()
    recording: str = ""
    recording_name: str = ""


class Moved(Fact, frozen=True):
    """A meeting is given another hour or place, so many minutes after its announcement."""

    after: int
    at: time
    place: str
    reason: str


class Debate(Fact, frozen=True):
    """A public debate of a draft; without `held` it is still to come."""

    announced: int
    day: int
    at: time
    place: str
    online: str = ""
    ways_to_send: str = ""
    ways_to_speak: str = ""
    minutes_each: int = 5
    speakers: tuple[Speaks, ...] = ()
    moved: Moved | None = None
    held: Held | None = None


class Decided(Fact, frozen=True):
    """What came of an item: by an open vote the names, by a secret one the sums."""

    result: Result
    act: str = ""
    act_url: str = ""
    note: str = ""
    names: dict[Choice, tuple[str, ...]] = field(default_factory=dict)
    sums: dict[Choice, int] = field(default_factory=dict)


class Item(Fact, frozen=True):
    """An item of an agenda that is no draft under consultation."""

    title: str
    decided: Decided


class Council(Fact, frozen=True):
    """The session that decided about a draft, and told its results on the working day after it."""

    announced: int
    day: int
    at: time
    place: str
    title: str
    decided: Decided
    online: str = ""
    items: tuple[Item, ...] = ()
    held: Held | None = None


class ClosedSession(Fact, frozen=True):
    """A session behind closed doors, on the last Saturday up to a day; `motive`: why then."""

    announced: int
    day: int
    at: time
    place: str
    title: str
    motive: str
    closed: Closed
    closed_because: str
    items: tuple[Item, ...]
    held: Held


class LaterDocument(Fact, frozen=True):
    """A document that came to exist after the draft was public."""

    kind: DocumentKind
    day: int
    name: str
    text: str
