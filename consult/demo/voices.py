"""What the demo town's files say of letters that officials entered, and of those who agree with others."""

from datetime import time

from consult.consultations.recommendations import Kind, Source
from consult.demo.facts import Fact


class Claim(Fact, frozen=True):
    """The author of a letter, a citizen, attaches it to their account by the slip that they were given."""

    by: str
    day: int
    at: time


class Letter(Fact, frozen=True):
    """What the town hall had on paper, by e-mail or by word of mouth, on the last working day up to a `day`.

    It was entered so many minutes `after` it had come: however the weekends fall, it is entered after that.
    """

    source: Source
    name: str
    contact: str
    kind: Kind
    day: int
    at: time
    after: int
    entered_by: str
    email: str = ""
    on: str | None = None
    named: bool = False
    wording: str = ""
    reason: str = ""
    claim: Claim | None = None


class OnLine(Fact, frozen=True):
    """What a citizen says about a line of a draft budget, `of` which; none where the whole budget is contested.

    `to` and `lei`: the line to which so much money would go from the first. `words`: the comment, or why.
    """

    by: str
    day: int
    at: time
    words: str
    of: str | None = None
    to: str | None = None
    lei: int = 0
    organisation: str | None = None
    named: bool = False
    contests: bool = False
    #: Where they say that they live, of a contestation without proof.
    address: str = ""


class Figures(Fact, frozen=True):
    """The figures of a draft budget as a table, nothing for any other draft, and what is said about their lines."""

    table: str = ""
    lines: tuple[OnLine, ...] = ()


class Backer(Fact, frozen=True):
    """A citizen who supports a proposal, for themselves or for an `organisation`, so many minutes after the first."""

    by: str
    organisation: str | None = None
    after: int = 0


class Backed(Fact, frozen=True):
    """Within an hour, some support a recommendation; the record is told of all of them at its end."""

    of: str
    day: int
    at: time
    backers: tuple[Backer, ...]
