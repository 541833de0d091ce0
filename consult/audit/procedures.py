"""A consultation as its entries tell it: its rules, its dates, where it stands, and what still waits for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from consult.audit.acts import Reference
from consult.audit.failures import Place
from consult.i18n import ZONE

#: Which stages may follow which. From `proposals` on a consultation comes to `analysis` when its last day is over, and
#: to `answered` with its first answer.
NEXT: Mapping[str, frozenset[str]] = {
    "proposals": frozenset({"withdrawn"}),
    "analysis": frozenset({"submitted", "withdrawn"}),
    "answered": frozenset({"submitted", "withdrawn"}),
    # A session may return a draft, which is then improved and goes on once more.
    "submitted": frozenset({"adopted", "rejected", "withdrawn", "answered"}),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal without an answer: the entry by which it was received, and who sent it, as the record knows them.

    `author`: empty while it is somebody's for whom an official entered it. `organisation`: for which one it was sent.
    """

    place: Place
    author: str
    organisation: str | None = None


@dataclass(slots=True)
class Promised:
    """What an answer promised: the entry that says so, the day on which it did, and the day by which it will be."""

    place: Place
    made_on: date
    until: date
    is_ended: bool = False


@dataclass(slots=True)
class Procedure:
    """A consultation as far as its entries were read.

    `pack`: the digest of its frozen rules; empty where none were frozen. What the announcement tells is None before it,
    and where it does not tell it. `announcement`: its entry; `announced_with`: the kinds of documents that came along.
    """

    pack: str = ""
    #: The digests of all the rules that were frozen for it, by their names; a draft budget has two.
    packs: dict[str, str] = field(default_factory=dict)
    zone: ZoneInfo = ZONE
    announced_at: datetime | None = None
    announcement: Place | None = None
    announced_text: str = ""
    announced_reasons: str = ""
    #: The hashes of what was published beside its text.
    documents: set[str] = field(default_factory=set)
    announced_with: set[str] = field(default_factory=set)
    closes_at: datetime | None = None
    submission_on: date | None = None
    is_urgent: bool = False
    is_shorter: bool = False
    stage: str = ""
    version: int = 0
    sha256: str = ""
    #: The hash of the newest version's figures; the end of the time to contest them, and who waits for a ruling.
    figures: str | None = None
    contestations_close: datetime | None = None
    contested: set[Reference] = field(default_factory=set)
    #: The debates that were announced, by their names in the record; one of an older log has none.
    debates: list[str] = field(default_factory=list)
    #: The requests for a debate, by number: the debate that answers it, or "refused"; None while it waits.
    requests: dict[str, str | None] = field(default_factory=dict)
    #: What officials said was done outside these pages, by its rule.
    confirmed: set[str] = field(default_factory=set)
    #: The commitments to the reasons of its answers, and what they promise, by number.
    answers: set[str] = field(default_factory=set)
    #: Whether any of its proposals was taken up, at least in part.
    includes_any: bool = False
    promises: dict[int, Promised] = field(default_factory=dict)
    session: str = ""
    session_item: int = 0
    session_on: date | None = None
    #: Whether the authority says that no session decides about it.
    is_executive: bool = False
    submitted_on: date | None = None
    waiting: dict[Reference, Waiting] = field(default_factory=dict)
    #: The marks of those who support each proposal.
    supports: dict[Reference, set[str]] = field(default_factory=dict)

    def no_longer_waits(self, proposal: Reference) -> Waiting | None:
        """Take a proposal from those that wait, and return how it did."""
        found = self.waiting.pop(proposal, None)
        if not self.waiting:
            # An empty dictionary keeps the room that it once took, and a log has thousands of procedures.
            self.waiting.clear()
        return found

    def day(self, at: datetime) -> date:
        """Return the calendar day of an instant where the authority is."""
        return at.astimezone(self.zone).date()

    def is_open_at(self, at: datetime) -> bool:
        """Whether proposals are received at an instant."""
        if self.announced_at is None or self.stage != "proposals":
            return False
        return self.announced_at <= at and (self.closes_at is None or at < self.closes_at)

    def was_open_at(self, at: datetime) -> bool:
        """Whether proposals were received at an instant of the past, however far it has come since."""
        return self.announced_at is not None and self.announced_at <= at and not self.was_over_at(at)

    def was_over_at(self, at: datetime) -> bool:
        """Whether the last instant for proposals had passed at another one."""
        return self.closes_at is not None and at >= self.closes_at

    def stage_at(self, at: datetime) -> str:
        """Return the stage at an instant: when the time for proposals is over, the analysis has begun."""
        return "analysis" if self.stage == "proposals" and not self.is_open_at(at) else self.stage
