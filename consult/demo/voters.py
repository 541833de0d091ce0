"""How people of the demo town come to vote in its budget: by a roll that two officials let in."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.rolls import confirm_roll, hash_roll, import_roll, prove_by_roll
from consult.demo.budgeting import Playing, year_of
from consult.demo.cycles import Budget
from consult.policy.voting_rules import Link

#: What the town hall's own program would write: invented people, as everybody in the town is.
ROLL = """Nume;Prenume;Data nașterii
Enache;Maria;17.05.1990
Ciobanu;Vasile;03.11.1957
Popa;Ioana;22.02.1984
Mihalache;Radu;09.07.1988
"""
#: Who of them proves it, so that the roll can be tried with the others.
VOTER, NAME, BORN = "maria-enache", "Maria Enache", date(1990, 5, 17)
#: Days after the announcement.
IMPORTED, PROVEN = 3, 6


def voters(play: Playing) -> Iterator[tuple[datetime, Callable[..., object]]]:
    """Yield how the roll of each participatory budget came to be, and how somebody on it proved their right."""
    for budget in play.town.budgets:
        yield play.at_office(budget.announced + IMPORTED, 10), _act(play, import_, budget)
        yield play.at_office(budget.announced + IMPORTED, 14), _act(play, confirm, budget)
        yield play.at_office(budget.announced + PROVEN, 12), _act(play, prove, budget)


def import_(db: Session, play: Playing, budget: Budget, *, at: datetime) -> None:
    """Let one official import the roll."""
    cycle = _cycle(db, play, budget)
    hashed = hash_roll(ROLL.encode(), vault=play.residents.vault, cycle_id=cycle.id, today=at.date())
    import_roll(db, cycle.id, hashed, by=play.residents.official(db, budget.drafted_by), at=at)


def confirm(db: Session, play: Playing, budget: Budget, *, at: datetime) -> None:
    """Let the contact person confirm it."""
    contact = play.residents.official(db, play.town.authority.contact)
    confirm_roll(db, _cycle(db, play, budget).id, by=contact, at=at)


def prove(db: Session, play: Playing, budget: Budget, *, at: datetime) -> None:
    """Let somebody on the roll prove that they may vote."""
    cycle, by = _cycle(db, play, budget), play.residents.speaker(db, VOTER)
    prove_by_roll(db, cycle.id, NAME, BORN, Link.DOMICILE, vault=play.residents.vault, by=by, at=at)


def _cycle(db: Session, play: Playing, budget: Budget) -> Cycle:
    return find_announced(db, play.residents.authority_id, year_of(budget, play.loaded_on))


def _act(play: Playing, action: Callable[..., None], budget: Budget) -> Callable[..., object]:
    return lambda *, at: play.database.act(action, play, budget, at=at)
