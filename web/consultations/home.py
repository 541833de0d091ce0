"""The front page: what is open now, what comes next, and what was answered last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get

from consult import links
from consult.budgeting.cycles import Cycle
from consult.budgeting.front import phases_for_everybody
from consult.budgeting.phases import CyclePhase
from consult.consultations.pages import HomePage, home_page
from consult.identity.authorities import Authority
from web.access import public
from web.answers import page
from web.consultations.stages import next_change, stages_of
from web.database import Db
from web.given import Given, Request
from web.ui.dates import deadline

Phases = Sequence[tuple[CyclePhase, Cycle]]


@dataclass(frozen=True)
class Coming:
    """Something to go to, or to take part in, on a later day. `kind`: of the step or of the phase."""

    starts_at: datetime
    kind: str
    title: str
    href: str
    note: str = ""


@get(links.HOME, opt=public())
async def home(request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]) -> Response[str]:
    """Show what is open now."""
    found = await db.read(home_page, authority.id, at=at)
    phases = await db.read(phases_for_everybody, authority.id, at=at)
    return page(
        request,
        "consultations/home.html",
        changes_at=min(changes(found, phases, at), default=None),
        found=found,
        on=[(phase, cycle) for phase, cycle in phases if phase.is_on_at(at)],
        coming=sorted(coming(found, phases, at), key=lambda each: each.starts_at),
        open=[(consultation, stages_of(consultation, steps, at)) for consultation, steps in found.open],
        at=at,
    )


def coming(found: HomePage, phases: Phases, at: datetime) -> Iterator[Coming]:
    """Return what comes next: debates and sessions, and the days on which people begin to propose and to vote."""
    for step, consultation in found.coming:
        assert step.starts_at is not None, "what comes has an hour"
        href = links.consultation(consultation.reference, consultation.title)
        yield Coming(step.starts_at, step.kind, consultation.title, href, step.note)
    for phase, cycle in phases:
        if phase.starts_at > at:
            yield Coming(phase.starts_at, phase.phase, cycle.title, links.budget(cycle.year))


def changes(found: HomePage, phases: Phases, at: datetime) -> Iterator[datetime]:
    """Return the instants at which the page will say something else."""
    for consultation, steps in found.open:
        change = next_change(consultation, steps, at)
        assert change is not None, "what is open closes"
        yield change
    for phase, _ in phases:
        if phase.is_on_at(at):
            yield deadline(phase.ends_at, at).changes_at or phase.ends_at
    yield from (each.starts_at for each in coming(found, phases, at))
