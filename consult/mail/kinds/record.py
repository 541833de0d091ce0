"""Letters about the public record."""

from datetime import date, datetime
from typing import Literal

from consult.mail.kinds.facts import AccountLetter, AuthorityLetter, Path


class WitnessAlarm(AuthorityLetter, frozen=True, kw_only=True, tag="witness-alarm"):
    """A witness of the record has cosigned another record than ours, or more of it. For administrators."""

    witness: str
    trouble: Literal["ahead", "fork"]
    noticed_at: datetime


class ConfirmSubscription(AccountLetter, frozen=True, kw_only=True, tag="confirm-subscription"):
    """Someone asked for the daily digest of the record at this address: is it theirs, and do they want it?"""

    expires_at: datetime


class DailyDigest(AuthorityLetter, frozen=True, kw_only=True, tag="daily-digest"):
    """What the record was on a day. `words`: its root to be read aloud; `cosigned`: the names of witnesses.

    `leave`: where its reader asks for no more of them; the one letter that has a second link, since nobody has an
    account for it.
    """

    leave: Path
    day: date
    origin: str
    size: int
    root: str
    words: str
    cosigned: tuple[str, ...]


OfTheRecord = WitnessAlarm | ConfirmSubscription | DailyDigest
