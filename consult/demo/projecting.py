"""How the demo town's people propose projects in the participatory budget that receives them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from typing import Protocol

from sqlalchemy.orm import Session

from consult.budgeting.cycles import announced_cycles
from consult.budgeting.project_words import ProjectWords
from consult.budgeting.proposing import Proposed, submit_project
from consult.demo.proposed import ProposedProject
from consult.demo.residents import Residents
from consult.identity.registers import Register, register_key
from consult.links import slug
from consult.store import Database


class TownOfProjects(Protocol):
    """As much of the town as is told of its projects."""

    @property
    def projects(self) -> Sequence[ProposedProject]:
        """What was proposed, in order."""


class Playing(Protocol):
    """As much of the play as projects need."""

    database: Database
    residents: Residents

    @property
    def town(self) -> TownOfProjects:
        """Where it happens."""

    def at(self, offset: int, hour: time) -> datetime:
        """Return an hour of the town's day so many days from the loading."""


def projecting(play: Playing) -> Iterator[tuple[datetime, Callable[..., object]]]:
    """Yield how each project was proposed."""
    for project in play.town.projects:
        yield play.at(project.day, project.at), _proposal(play, project)


def _proposal(play: Playing, told: ProposedProject) -> Callable[..., object]:
    """Return the act of proposing, which lacks nothing but its instant."""

    def propose(db: Session, at: datetime) -> None:
        cycle = announced_cycles(db, play.residents.authority_id)[0]
        said = ProjectWords(told.title, told.description, told.reason, told.place, told.costs.strip(), told.coordinates)
        by = play.residents.speaker(db, told.by, told.organisation)
        proposed = Proposed(said, slug(told.pool), slug(told.category))
        submit_project(db, cycle.id, proposed=proposed, named=told.named, by=by, at=at)

    def done(*, at: datetime) -> None:
        play.database.act_alone(register_key(Register.PROJECTS, play.residents.authority_id), propose, at)

    return done
