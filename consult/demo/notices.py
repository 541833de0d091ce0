"""What the demo town's files say of an announcement's other channels, and of dates that were moved after it."""

from consult.consultations.date_moves import Promised
from consult.demo.facts import Fact


class Confirmed(Fact, frozen=True):
    """What the clerk says was done outside these pages on the day of the announcement, by the rule that asks for it."""

    rule: str
    note: str


class Postponed(Fact, frozen=True):
    """A date of the announcement that was moved, on a `day`, to a later one, and why."""

    of: Promised
    day: int
    to: int
    reason: str
