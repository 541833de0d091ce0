"""Proposing a project: who may, when, how many, and what is refused; then its number, its entry and its letter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, undefer

from consult import links, mail
from consult.budgeting.cycles import Category, Cycle, CycleId, Pool, categories_of, pools_of
from consult.budgeting.days import last_day, require_phase
from consult.budgeting.phases import Phase, phases_of
from consult.budgeting.project_photos import ProjectPhoto, give_photos, photos_held
from consult.budgeting.project_words import Cost, ProjectWords, check_project_words, total
from consult.budgeting.projects import Project, project_subject
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.identity.registers import Register, next_number
from consult.money import Bani, amount_in_words
from consult.policy.voting_rules import VotingRules
from consult.record import canonical
from consult.record.bodies import Body, keep_body
from consult.record.events import ProjectSubmitted
from consult.refusals import NotFound, Refusal, together
from consult.store.rows import write


class PoolUnknown(Refusal):
    """The project asks for money that the cycle does not have."""

    sentence = N_("Choose for which part of the town the project is.")
    field = "pool"


class CategoryUnknown(Refusal):
    """The project is of no kind that the cycle knows."""

    sentence = N_("Choose of what kind the project is.")
    field = "category"


class OverTheCeiling(Refusal):
    """The project costs more than one project may in its part of the town."""

    sentence = N_("The project would cost %(cost)s; the most that one project may cost is %(most)s.")
    field = "costs"


class PeopleOnly(Refusal):
    """The rules of the cycle let people propose, and not organisations."""

    sentence = N_("In this cycle only people propose projects, not organisations: propose it in your own name.")
    field = "acting_for"


class TooManyProjects(Refusal):
    """The rules of the cycle let one author propose fewer."""

    sentence = N_("The rules of this cycle let each author propose at most %(most)s projects, and you have done so.")


class ProposedAlready(Refusal):
    """The same author has sent the same words."""

    sentence = N_("You have already proposed this project; it has the number %(number)s.")


T = TypeVar("T", Pool, Category)


@dataclass(frozen=True)
class Proposed:
    """What somebody would propose. `pool`, `category`: their keys; `photos`: held by `hold_photo`."""

    said: ProjectWords
    pool: str
    category: str = ""
    photos: Sequence[str] = ()


@dataclass(frozen=True)
class Checked:
    """A project that was found to be in order: what it costs, and what comes with it."""

    cycle: Cycle
    costs: Sequence[Cost]
    pool: Pool
    category: Category | None
    photos: Sequence[ProjectPhoto]

    @property
    def cost(self) -> Bani:
        """What it would cost in all."""
        return total(self.costs)


def submit_project(
    db: Session, cycle_id: CycleId, *, proposed: Proposed, named: bool, by: Actor, at: datetime
) -> Project:
    """Receive a project, number it, record it and write to its author.

    `named`: appear by name; organisations always do. Run it by `Database.act_alone(register_key(…))`, for the number.
    Raises what `check_project` raises, and ProposedAlready.
    """
    checked = check_project(db, cycle_id, proposed=proposed, by=by, at=at)
    cycle, said = checked.cycle, proposed.said
    refuse_repetition(db, cycle_id, said, by)

    body = keep_body(db, said.kept)
    project = Project(
        authority_id=cycle.authority_id,
        cycle_id=cycle.id,
        number=next_number(db, Register.PROJECTS, cycle.authority_id, cycle.year),
        pool_id=checked.pool.id,
        category_id=checked.category.id if checked.category else None,
        person_id=by.person_id,
        organisation_id=by.organisation_id,
        named=named,
        asked_cost=checked.cost,
        cost=checked.cost,
        photo_count=len(checked.photos),
        submitted_at=at,
        ground="",
        body_id=body.id,
        cycle=cycle,
    )
    event = ProjectSubmitted(
        subject=project_subject(project),
        number=project.number,
        pool=checked.pool.key,
        category=checked.category.key if checked.category else None,
        cost=checked.cost,
        files=tuple(photo.committed for photo in checked.photos),
        body=body.committed,
    )
    project.event_id = record(db, event, by=by, at=at).id
    write(db, project)
    give_photos(checked.photos, project.id)
    confirm_by_mail(db, project, said.title, by, at)
    return project


def check_project(db: Session, cycle_id: CycleId, *, proposed: Proposed, by: Actor, at: datetime) -> Checked:
    """Return what would be received of a project, or refuse it: all that is wrong is said at once.

    Raises NotPermitted, OutOfPhase, PeopleOnly, TooManyProjects, PoolUnknown, CategoryUnknown, OverTheCeiling, and what
    `check_project_words` and `photos_held` raise.
    """
    cycle = find_for_project(db, cycle_id, by, at)
    refuse_more(db, cycle, by)
    categories = categories_of(db, cycle_id)

    def costs() -> Sequence[Cost]:
        return check_project_words(proposed.said)

    def pool() -> Pool:
        return one_of(pools_of(db, cycle_id), proposed.pool, PoolUnknown)

    def category() -> Category | None:
        return one_of(categories, proposed.category, CategoryUnknown) if categories else None

    def photos() -> Sequence[ProjectPhoto]:
        return photos_held(db, proposed.photos)

    readings: Sequence[Callable[[], Any]] = (costs, pool, category, photos)  # Any: each reads something else
    checked = Checked(cycle, *together(*readings))
    if checked.pool.cost_ceiling is not None and checked.cost > checked.pool.cost_ceiling:
        most = amount_in_words(checked.pool.cost_ceiling)
        raise OverTheCeiling(cost=amount_in_words(checked.cost), most=most)
    return checked


def find_for_project(db: Session, cycle_id: CycleId, by: Actor, at: datetime) -> Cycle:
    """Return a cycle that receives this actor's projects at this instant. Raises as `check_project`."""
    cycle = db.get(Cycle, cycle_id, options=[undefer(Cycle.authority_slug)])
    if cycle is None or not cycle.is_public:
        raise NotFound
    require("project.propose", by, cycle)
    require_phase(db, cycle_id, Phase.SUBMISSION, at)
    if by.organisation_id is not None and not msgspec.convert(cycle.rules, VotingRules).proposing.organisations:
        raise PeopleOnly
    return cycle


def refuse_more(db: Session, cycle: Cycle, by: Actor) -> None:
    """Refuse more projects of one author than the rules of a cycle allow; those taken back do not count."""
    most = msgspec.convert(cycle.rules, VotingRules).proposing.most_per_author
    own = select(func.count(Project.id)).where(
        Project.cycle_id == cycle.id, by_the_same(by), Project.withdrawn_at.is_(None)
    )
    if most is not None and db.scalars(own).one() >= most:
        raise TooManyProjects(most=most)


def refuse_repetition(db: Session, cycle_id: CycleId, said: ProjectWords, by: Actor) -> None:
    """Refuse the same words by the same author."""
    before = select(Project.number).join(Body, Project.body_id == Body.id)
    earlier = db.scalar(
        before.where(
            Project.cycle_id == cycle_id,
            by_the_same(by),
            Project.withdrawn_at.is_(None),
            Body.content == canonical.dump(said.kept),
        ).limit(1)
    )
    if earlier is not None:
        raise ProposedAlready(number=earlier)


def by_the_same(by: Actor) -> ColumnElement[bool]:
    """Tell which projects are an actor's own: the organisation's for which they act, or the person's."""
    if by.organisation_id is not None:
        return Project.organisation_id == by.organisation_id
    return (Project.person_id == by.person_id) & Project.organisation_id.is_(None)


def one_of(known: Sequence[T], key: str, unknown: type[Refusal]) -> T:
    """Return that of the pools or categories of a cycle which bears a key."""
    found = next((each for each in known if each.key == key), None)
    if found is None:
        raise unknown
    return found


def confirm_by_mail(db: Session, project: Project, title: str, by: Actor, at: datetime) -> None:
    """Write to the author under which number the project was received, and what comes next."""
    cycle = project.cycle
    review = next((each for each in phases_of(db, cycle.id) if each.phase is Phase.REVIEW), None)
    facts = {
        "authority_id": cycle.authority_id,
        "number": project.number,
        "title": title,
        "cycle": cycle.title,
        "received_at": at,
        "reviewed_until": last_day(review.ends_at) if review else None,
        "link": links.project(cycle.year, project.number),
    }
    mail.post(db, "project-received", to=by.email, locale=by.locale, facts=facts, at=at)
