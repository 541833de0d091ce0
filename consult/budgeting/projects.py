"""Projects: what people propose that the money of a cycle be spent on, and how far each has come.

The words live once, in the record's bodies; a row here says who, for which money, and under which number of its cycle.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NewType

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.budgeting.cycles import Category, CategoryId, Cycle, CycleId, Pool, PoolId
from consult.budgeting.project_words import Cost, read_costs
from consult.identity.actors import participant_label
from consult.identity.authorities import AuthorityId
from consult.identity.organisations import Organisation, OrganisationId
from consult.identity.people import Person, PersonId
from consult.money import Bani
from consult.record import canonical
from consult.record.bodies import Body, BodyId, texts
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

ProjectId = NewType("ProjectId", int)
key_type(ProjectId)


class Verdict(StrEnum):
    """What the review found."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"


class Outcome(StrEnum):
    """How an appeal against a review ended."""

    UPHELD = "upheld"
    REFUSED = "refused"


class State(StrEnum):
    """How far a project has come, as its page says it."""

    SUBMITTED = "submitted"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Project(Base):
    """One project of a cycle."""

    __tablename__ = "project"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        Index("ix_project_of_person", "person_id", "cycle_id"),
        Index("ix_project_of_organisation", "organisation_id", "cycle_id"),
    )

    id: Mapped[ProjectId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    #: Without gaps within its cycle.
    number: Mapped[int]
    pool_id: Mapped[PoolId] = mapped_column(ForeignKey("pool.id"))
    category_id: Mapped[CategoryId | None] = mapped_column(ForeignKey("category.id"))
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"))
    #: Whether the author chose to appear by name.
    named: Mapped[bool]
    #: What it would cost: as its author asked, and as it stands since the departments looked at it.
    asked_cost: Mapped[Bani] = mapped_column(BigInteger)
    cost: Mapped[Bani] = mapped_column(BigInteger)
    photo_count: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    #: What the review found; none before the verdicts on all are published.
    verdict: Mapped[Verdict | None] = mapped_column(state_column(Verdict))
    reviewed_at: Mapped[datetime | None]
    #: The rule or the law by which it is not eligible, and the reasons.
    ground: Mapped[str] = mapped_column(default="")
    verdict_body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    appealed_at: Mapped[datetime | None]
    appeal_outcome: Mapped[Outcome | None] = mapped_column(state_column(Outcome))
    body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    event_id: Mapped[str]

    cycle: Mapped[Cycle] = relationship(lazy="raise")
    pool: Mapped[Pool] = relationship(lazy="raise")
    category: Mapped[Category | None] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise", foreign_keys=[body_id])
    verdict_body: Mapped[Body | None] = relationship(lazy="raise", foreign_keys=[verdict_body_id])

    @property
    def is_public(self) -> bool:
        """Whatever was submitted is on the list, whatever became of it."""
        return True

    @property
    def is_standing(self) -> bool:
        """Whether it is still proposed."""
        return self.withdrawn_at is None

    @property
    def is_eligible(self) -> bool:
        """Whether people may vote on it."""
        return self.is_standing and self.verdict is Verdict.ELIGIBLE

    @property
    def appeal_waits(self) -> bool:
        """Whether its author appealed and nobody has decided."""
        return self.appealed_at is not None and self.appeal_outcome is None

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        if self.verdict is None:
            return State.SUBMITTED
        return State.APPEALED if self.appeal_waits else State(self.verdict.value)

    @property
    def is_erased(self) -> bool:
        """Whether its words are gone: no project was received without any."""
        return self.body_id is None

    @cached_property
    def words(self) -> Mapping[str, str]:
        """What its author wrote, by the names of `ProjectWords`; empty once erased."""
        return texts(self.body) if self.body else {}

    @property
    def title(self) -> str:
        """What it is called; empty once its words are erased."""
        return self.words.get("title", "")

    @property
    def costs(self) -> Sequence[Cost]:
        """The expenses that make up what its author asked for."""
        return read_costs(self.words["costs"]) if self.words else ()

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why the review ended as it did, `reason`, and why the cost was corrected, `cost`."""
        return texts(self.verdict_body) if self.verdict_body else {}

    @property
    def author(self) -> str:
        """The author as the public sees them: an organisation by name, a person by name only if they chose so."""
        return participant_label(
            name=self.person.name if self.named else None,
            organisation=self.organisation.name if self.organisation else None,
            is_verified=self.person.is_verified,
        )


#: What every list and page shows of a project, in one statement.
SHOWN = (
    joinedload(Project.cycle).undefer(Cycle.authority_slug),
    joinedload(Project.pool),
    joinedload(Project.category),
    joinedload(Project.person).load_only(Person.name, Person.residence_verified_at),
    joinedload(Project.organisation).load_only(Organisation.name),
    joinedload(Project.body),
    joinedload(Project.verdict_body),
)


#: A ballot asks for no more, and for it three times.
TITLES = (
    select(Project.number, Body.content)
    .outerjoin(Body, Body.id == Project.body_id)
    .where(Project.cycle_id == bindparam("cycle_id"))
    .order_by(Project.number)
)


def project_subject(project: Project) -> str:
    """Return the name of a project in the record, under its cycle's."""
    return f"{project.cycle.subject}/proiecte/{project.number}"


def project_of(db: Session, project_id: ProjectId) -> Project:
    """Return a project with what is shown of it. Raises NotFound."""
    project = db.scalar(select(Project).where(Project.id == project_id).options(*SHOWN))
    if project is None:
        raise NotFound
    return project


def find_project(db: Session, cycle_id: CycleId, number: int) -> Project:
    """Return a project by its number in its cycle. Raises NotFound."""
    found = select(Project).where(Project.cycle_id == cycle_id, Project.number == number)
    project = db.scalar(found.options(*SHOWN))
    if project is None:
        raise NotFound
    return project


def projects_of(db: Session, cycle_id: CycleId) -> Sequence[Project]:
    """Return all projects of a cycle by their numbers, whatever became of them."""
    found = select(Project).where(Project.cycle_id == cycle_id).options(*SHOWN)
    return db.scalars(found.order_by(Project.number)).all()


def titles_of(db: Session, cycle_id: CycleId) -> Mapping[str, str]:
    """Return what the projects of a cycle are called, by their numbers; empty where the words were erased."""
    rows = db.execute(TITLES, {"cycle_id": cycle_id})
    return {str(number): canonical.read_back(content).get("title", "") if content else "" for number, content in rows}


def eligible_projects(db: Session, cycle_id: CycleId) -> Sequence[Project]:
    """Return the projects of a cycle on which people may vote, by their numbers."""
    return [each for each in projects_of(db, cycle_id) if each.is_eligible]
