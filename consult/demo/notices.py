"""What the demo town's files say of an announcement: its other channels, what it leaves out, dates moved after it."""

from consult.consultations.date_moves import Promised
from consult.consultations.withheld import Letter
from consult.demo.facts import Fact


class Confirmed(Fact, frozen=True):
    """What the clerk says was done outside these pages on the day of the announcement, by the rule that asks for it."""

    rule: str
    note: str


class LeftOut(Fact, frozen=True):
    """A part of a draft that is not public: under which letter of art. 6, and why."""

    part: str
    letter: Letter
    reason: str


class Postponed(Fact, frozen=True):
    """A date of the announcement that was moved, on a `day`, to a later one, and why."""

    of: Promised
    day: int
    to: int
    reason: str
