"""What became of the winners of a cycle: one line each, and all of them in a sentence for the years that follow."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.budgeting.cycles import Cycle, announced_cycles, find_announced
from consult.budgeting.planning import rules_of
from consult.budgeting.progress import Progress, ProjectNews, Works, replayed
from consult.budgeting.projects import Project, projects_of
from consult.budgeting.winners import winners_of
from consult.i18n import ZONE
from consult.identity.authorities import AuthorityId


@dataclass(frozen=True)
class Winner:
    """A project that won, and how far it has come. `silent`: days without news, where these are too many; else 0."""

    project: Project
    progress: Progress
    silent: int
    late: int


@dataclass(frozen=True)
class CarriedOut:
    """The winners of a cycle. Sums in bani."""

    cycle: Cycle
    winners: Sequence[Winner]

    @property
    def counts(self) -> Counter[Works]:
        """How many winners have come how far."""
        return Counter(each.progress.state for each in self.winners)

    @property
    def silent(self) -> int:
        """Of how many there has been no news for too long."""
        return sum(each.silent > 0 for each in self.winners)

    @property
    def promised(self) -> int:
        """What all winners cost by the ballot."""
        return sum(each.project.cost for each in self.winners)

    @property
    def spent(self) -> int:
        """What was paid so far."""
        return sum(each.progress.spent for each in self.winners)


def carried_out(db: Session, authority_id: AuthorityId, year: int, at: datetime) -> CarriedOut:
    """Return what became of a year's winners. Raises NotFound."""
    return of_cycle(db, find_announced(db, authority_id, year), at)


def carried_out_before(
    db: Session, authority_id: AuthorityId, at: datetime, *, year: int | None = None
) -> Sequence[CarriedOut]:
    """Return what became of the winners of all years before one, the latest first; of all years if none is named."""
    announced = (each for each in announced_cycles(db, authority_id) if each.results_published_at)
    earlier = [each for each in announced if year is None or each.year < year]
    return [of_cycle(db, each, at) for each in earlier]


def of_cycle(db: Session, cycle: Cycle, at: datetime) -> CarriedOut:
    """Return what became of a cycle's winners; none before the results are public."""
    numbers, most = winners_of(db, cycle.id), rules_of(cycle).news_days
    won = [project for project in projects_of(db, cycle.id) if project.number in numbers]
    told = db.scalars(
        select(ProjectNews).where(ProjectNews.project_id.in_([each.id for each in won])).order_by(ProjectNews.id)
    ).all()
    since, today = cycle.results_published_at or at, at.astimezone(ZONE).date()
    winners = []
    for project in won:
        progress = replayed([each for each in told if each.project_id == project.id])
        silent = progress.silent_days(since, at)
        winners.append(Winner(project, progress, silent if silent > most else 0, len(progress.late_on(today))))
    return CarriedOut(cycle, winners)
