"""What the demo town's files say of an announcement's other channels, and of dates that were moved after it."""

import msgspec

from consult.consultations.date_moves import Promised


class _Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something the files say; a word that they do not know is a slip and is refused."""


class Confirmed(_Fact, frozen=True):
    """What the clerk says was done outside these pages on the day of the announcement, by the rule that asks for it."""

    rule: str
    note: str


class Postponed(_Fact, frozen=True):
    """A date of the announcement that was moved, on a `day`, to a later one, and why."""

    of: Promised
    day: int
    to: int
    reason: str
