"""What is told of projects that won, replayed: steps planned before they are moved or done, and an end that lasts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from consult.audit.acts import Act
from consult.audit.failures import Breach, Rule, Words
from consult.i18n import N_
from consult.record.events import ProjectProgress

WORKS_TOLD = Rule(
    "record/works-told",
    N_("Of a project that won every step is planned before it is moved or done, and what is over stays over."),
)
WITH_MONEY, WITH_A_DAY, OF_A_STEP = ("contract", "spending"), ("milestone", "moved"), ("moved", "reached")
NEWS, ENDS = "news", ("built", "dropped")
KINDS = frozenset({"department", NEWS, *WITH_MONEY, *WITH_A_DAY, *OF_A_STEP, *ENDS})


@dataclass
class Work:
    """A project being carried out. `open_steps`: those planned and not done, by their numbers from 1 on."""

    planned: int = 0
    open_steps: set[int] = field(default_factory=set)
    is_over: bool = False


class WorkBook:
    """The winners of all cycles. `is_continued`: whether some may stand in an earlier log that was not read."""

    def __init__(self) -> None:
        self.is_continued = False
        self._won: dict[str, Collection[int]] = {}
        self._works: dict[str, Work] = {}

    def won(self, cycle: str, numbers: Collection[int]) -> None:
        """Note which projects of a cycle won."""
        self._won[cycle] = numbers

    def told(self, act: Act, event: ProjectProgress) -> Iterator[Breach]:
        """News are of a winner, and follow from what was told of it before."""
        cycle = act.about.partition("/proiecte/")[0]
        if event.number not in self._won.get(cycle, ()) and not self.is_continued:
            yield Breach(WORKS_TOLD, event.number, Words(N_("a project that won")))
        if event.kind not in KINDS or not event.words.strip():
            yield Breach(WORKS_TOLD, event.kind, Words(N_("news in words")))
        work = self._works.setdefault(act.about, Work())
        if work.is_over and event.kind != NEWS:
            yield Breach(WORKS_TOLD, event.kind, NEWS)
        has_sum, has_day = event.amount is not None and event.amount > 0, event.due is not None
        if (event.kind in WITH_MONEY) != has_sum or (event.kind in WITH_A_DAY) != has_day:
            yield Breach(
                WORKS_TOLD, event.kind, Words(N_("a sum where money moves, and a day where a step is planned"))
            )
        if event.kind == "milestone":
            work.planned += 1
            work.open_steps.add(work.planned)
        if event.kind in OF_A_STEP and event.milestone not in work.open_steps and not self.is_continued:
            yield Breach(WORKS_TOLD, event.milestone, Words(N_("a planned step that is not done")))
        if event.kind == "reached":
            work.open_steps.discard(event.milestone or 0)
        work.is_over |= event.kind in ENDS
