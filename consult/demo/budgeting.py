"""How the demo town comes to its participatory budget: set up by one official, announced by another."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Protocol

import msgspec
from sqlalchemy.orm import Session

from consult.budgeting.announcing import announce_cycle, send_cycle
from consult.budgeting.planning import CyclePlan, PoolPlan, create_cycle, cycles_at_desk, edit_cycle, rules_of
from consult.demo.cycles import Budget
from consult.demo.days import any_day
from consult.demo.residents import Residents
from consult.demo.town import Town
from consult.money import BANI_IN_A_LEU, Bani
from consult.store import Database

#: A cycle is written so many days before its announcement.
PREPARATION = 2


class Playing(Protocol):
    """As much of the play as a budget needs."""

    database: Database
    town: Town
    residents: Residents
    loaded_on: date

    def at_office(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the last working day up to an offset."""


def budgeting(play: Playing) -> Iterator[tuple[datetime, Callable[..., object]]]:
    """Yield how each participatory budget was set up and announced."""
    for budget in play.town.budgets:
        yield play.at_office(budget.announced - PREPARATION, 10), _act(play, prepare, budget)
        yield play.at_office(budget.announced, 11), _act(play, announce, budget)


def year_of(budget: Budget, loaded_on: date) -> int:
    """Return the year in which a budget's money is spent."""
    return loaded_on.year + budget.years_ahead


def prepare(db: Session, play: Playing, budget: Budget, *, at: datetime) -> None:
    """Set a cycle up from its pack, say what the pack leaves open, and ask for approval."""
    clerk = play.residents.official(db, budget.drafted_by)
    year = year_of(budget, play.loaded_on)
    cycle = create_cycle(db, play.residents.authority_id, year=year, pack=budget.pack, by=clerk, at=at)
    plan = CyclePlan(
        title=cycle.title,
        rules=msgspec.structs.replace(rules_of(cycle), tie=budget.tie),
        summary=budget.summary,
        regulation=budget.regulation,
        regulation_url=budget.regulation_url,
        pools=[PoolPlan(each.name, each.kind, _lei(each.amount), _lei(each.ceiling)) for each in budget.pools],
        categories=budget.categories,
        phases={
            phase: (any_day(play.loaded_on, first), any_day(play.loaded_on, last))
            for phase, (first, last) in budget.phases.items()
        },
    )
    edit_cycle(db, cycle.id, plan=plan, edition=cycle.edition, by=clerk, at=at)
    send_cycle(db, cycle.id, by=clerk, at=at)


def announce(db: Session, play: Playing, budget: Budget, *, at: datetime) -> None:
    """Let a second official announce the cycle."""
    cycles = cycles_at_desk(db, play.residents.authority_id)
    cycle = next(each for each in cycles if each.year == year_of(budget, play.loaded_on))
    approver = play.residents.official(db, budget.approved_by)
    announce_cycle(db, cycle.id, edition=cycle.edition, by=approver, at=at)


def _act(play: Playing, action: Callable[..., None], budget: Budget) -> Callable[..., object]:
    return lambda *, at: play.database.act(action, play, budget, at=at)


def _lei(lei: int) -> Bani:
    return Bani(lei * BANI_IN_A_LEU)
