"""What happens to a cycle of participatory budgeting as a whole: announced with its rules, its dates moved."""

from dataclasses import dataclass

from consult.record.entry_form import Event, Instant
from consult.record.roles import APPROVER, LEADERS


@dataclass(frozen=True)
class PhaseDays:
    """A phase of a cycle, such as `submission` or `voting`: from its first instant to the first that is too late."""

    phase: str
    starts_at: Instant
    ends_at: Instant


@dataclass(frozen=True)
class PoolMoney:
    """A pot of money. `key`: how the projects name it; `kind`: `city` or `district`; both amounts in bani.

    `ceiling`: what one project may cost at most; null where only the pot itself is the limit.
    """

    key: str
    name: str
    kind: str
    amount: int
    ceiling: int | None


@dataclass(frozen=True)
class CategoryName:
    """A domain that projects belong to. `key`: how the projects name it."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class CycleAnnounced(Event):
    """The authority announced how much money people decide about, by which rules, and when; the rules are fixed.

    `pack`: SHA-256 of the rule pack from which the cycle was set up, and `rules`: of the rules that were chosen; both
    lie in the log's folder, as `pack/<digest>`. By `rules` the votes are counted, and by nothing else. `regulation`:
    the council's decision. `drafted_by`: the pseudonyms of those who wrote the announcement; whoever announces it is
    somebody else.
    """

    type = "cycle.announced"
    signers = (APPROVER,)
    begins = True

    year: int
    title: str
    regulation: str
    regulation_url: str
    pack: str
    rules: str
    pools: tuple[PoolMoney, ...]
    categories: tuple[CategoryName, ...]
    phases: tuple[PhaseDays, ...]
    drafted_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CyclePhaseMoved(Event):
    """The days of a phase were moved to later ones, for a reason; what was announced stays to be read.

    `was`: the days that no longer hold, `now`: those that do.
    """

    type = "cycle.phase_moved"
    signers = LEADERS

    was: PhaseDays
    now: PhaseDays
    reason: str
