"""Projects of participatory budgets, brought about by the same actions that people use."""

from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from consult.budgeting.cycles import Cycle
from consult.budgeting.project_words import ProjectWords
from consult.budgeting.projects import Project
from consult.budgeting.proposing import Proposed, submit_project
from consult.identity.actors import Actor
from tests.factories.base import NOW
from tests.factories.people import a_citizen

WORDS = ProjectWords(
    title="Copaci și bănci pe strada Gării",
    description="Plantăm treizeci de tei și punem bănci la umbra lor.",
    reason="Vara nu e umbră pe drumul spre gară.",
    place="Strada Gării, între gară și piață",
    costs="Tei plantați: 12.000\nBănci: 8.000 lei",
    coordinates="46.567, 26.913",
)

_serial = count(1)


def a_proposed(**said: str) -> Proposed:
    """What somebody would propose, of a kind and in a district that each cycle of the tests has."""
    words = {name: getattr(WORDS, name) for name in WORDS.__dataclass_fields__} | said
    return Proposed(ProjectWords(**words), pool="centru", category="spatii-verzi")


def a_project(
    db: Session, cycle: Cycle, *, title: str = "", by: Actor | None = None, at: datetime = NOW, **said: str
) -> Project:
    """A project by somebody, different from all others."""
    proposed = a_proposed(title=title or f"Al {next(_serial)}-lea proiect", **said)
    return submit_project(db, cycle.id, proposed=proposed, named=False, by=by or a_citizen(db), at=at)
