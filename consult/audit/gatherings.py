"""Meetings as their entries tell them: when each was to be held, whether it was, its minutes, and what it decided."""

from dataclasses import dataclass, field
from datetime import date, datetime

from consult.audit.failures import Place
from consult.audit.procedures import Procedure
from consult.i18n import ZONE

DEBATE, SESSION = "debate", "session"


@dataclass(slots=True)
class Gathering:
    """A meeting as far as its entries were read. `noticed_at`: when the date that holds was published.

    `about`: the consultations that name it as theirs. `results`: what came of its items, by their numbers.
    """

    place: Place
    kind: str
    starts_at: datetime
    noticed_at: datetime
    agenda: tuple[str | None, ...] = ()
    #: Why a session is not public; None for a public one.
    closed: str | None = None
    about: list[Procedure] = field(default_factory=list)
    ended_at: datetime | None = None
    participants: int = 0
    is_cancelled: bool = False
    version: int = 0
    sha256: str | None = None
    minuted_at: datetime | None = None
    results: dict[int, str] = field(default_factory=dict)

    def day(self, at: datetime) -> date:
        """Return the calendar day of an instant where the authority is."""
        return at.astimezone(self.about[0].zone if self.about else ZONE).date()

    @property
    def is_over(self) -> bool:
        """Whether it was held or called off."""
        return self.is_cancelled or self.ended_at is not None
