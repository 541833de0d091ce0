"""A cycle of participatory budgeting: one year's money, the rules by which it is given away, and its pools.

Everything can be changed until the cycle is announced; then the rules are frozen, and only a date can be moved, with a
reason (`phases`). What people propose is in `projects`.
"""

from datetime import datetime
from typing import Any, NewType

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, column_property, mapped_column, undefer

from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import PersonId
from consult.money import Bani
from consult.policy.voting_rules import PoolKind
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

CycleId = NewType("CycleId", int)
PoolId = NewType("PoolId", int)
CategoryId = NewType("CategoryId", int)
key_type(CycleId)
key_type(PoolId)
key_type(CategoryId)


class Cycle(Base):
    """A participatory budget of a year: what its announcement says. How far it has come follows from its dates."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("authority_id", "year"),
        CheckConstraint("(announced_at IS NULL) = (pack_digest IS NULL)", name="announced_with_its_pack"),
        CheckConstraint("(announced_at IS NULL) = (rules_digest IS NULL)", name="announced_with_its_rules"),
        CheckConstraint("announced_at IS NULL OR approved_by <> edited_by", name="two_pairs_of_eyes"),
        CheckConstraint("closed_at IS NULL OR closed_at > announced_at", name="closed_after_the_announcement"),
    )

    id: Mapped[CycleId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    #: The year in which the money is spent, in every URL: `/buget/2027`.
    year: Mapped[int]
    title: Mapped[str]
    #: What it is about, in a few plain words.
    summary: Mapped[str] = mapped_column(default="")
    #: The decision of the council by which the cycle is held, and where it is read.
    regulation: Mapped[str] = mapped_column(default="")
    regulation_url: Mapped[str] = mapped_column(default="")
    #: The rule pack it was set up from, by its name: `budgeting/timisoara`.
    pack: Mapped[str]
    #: What was chosen: a `VotingRules` as plain data.
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)  # of JSON

    #: The pack and the rules as frozen at announcement, by their SHA-256.
    pack_digest: Mapped[str | None]
    rules_digest: Mapped[str | None]
    announced_at: Mapped[datetime | None]
    #: The instant at which the ballot box was closed.
    closed_at: Mapped[datetime | None]
    results_published_at: Mapped[datetime | None]

    #: Counts the edits, so that a second official is told of the first.
    edition: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]
    #: Since when it waits for a second official; None while it is being written.
    sent_at: Mapped[datetime | None]
    approved_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    #: What the second official wrote when sending it back.
    returned_note: Mapped[str] = mapped_column(default="")

    #: By which the record names the authority; read where something is recorded or looked up there.
    authority_slug: Mapped[str] = column_property(
        select(Authority.slug).where(Authority.id == authority_id).scalar_subquery(), deferred=True
    )

    @property
    def subject(self) -> str:
        """Its name in the record, the same for ever: `consult:izvoru/buget/2027`."""
        return f"consult:{self.authority_slug}/buget/{self.year}"

    @property
    def is_public(self) -> bool:
        """Whether it was announced; it is never taken back."""
        return self.announced_at is not None


class Pool(Base):
    """A pot of money, of the whole city or of a district, that only its own projects can be paid from."""

    __tablename__ = "pool"
    __table_args__ = (
        UniqueConstraint("cycle_id", "key"),
        CheckConstraint("amount > 0", name="holds_money"),
        CheckConstraint("cost_ceiling > 0", name="ceiling_above_zero"),
    )

    id: Mapped[PoolId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    #: A short name for addresses, the record and the published file: `centru`.
    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[PoolKind] = mapped_column(state_column(PoolKind))
    amount: Mapped[Bani] = mapped_column(BigInteger)
    #: What one project may cost at most; None where only the pool itself is the limit.
    cost_ceiling: Mapped[Bani | None] = mapped_column(BigInteger)
    position: Mapped[int]


class Category(Base):
    """A domain that projects belong to, such as mobility or green spaces."""

    __tablename__ = "category"
    __table_args__ = (UniqueConstraint("cycle_id", "key"),)

    id: Mapped[CategoryId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    key: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]


BY_YEAR = (
    select(Cycle)
    .where(
        Cycle.authority_id == bindparam("authority_id"),
        Cycle.year == bindparam("year"),
        Cycle.announced_at.is_not(None),
    )
    .options(undefer(Cycle.authority_slug))
)
ANNOUNCED = (
    select(Cycle)
    .where(Cycle.authority_id == bindparam("authority_id"), Cycle.announced_at.is_not(None))
    .order_by(Cycle.year.desc())
)
POOLS = select(Pool).where(Pool.cycle_id == bindparam("cycle_id")).order_by(Pool.position)
CATEGORIES = select(Category).where(Category.cycle_id == bindparam("cycle_id")).order_by(Category.position)


def lock_of(cycle_id: CycleId) -> str:
    """Return the key under which days are moved, ballots cast and the vote closed, strictly one after the other."""
    return f"cycle:{cycle_id}"


def find_announced(db: Session, authority_id: AuthorityId, year: int) -> Cycle:
    """Return the announced cycle of a year; raises NotFound."""
    cycle = db.scalar(BY_YEAR, {"authority_id": authority_id, "year": year})
    if cycle is None:
        raise NotFound
    return cycle


def announced_cycles(db: Session, authority_id: AuthorityId) -> list[Cycle]:
    """Return the cycles that an authority has announced, the latest year first."""
    return list(db.scalars(ANNOUNCED, {"authority_id": authority_id}))


def pools_of(db: Session, cycle_id: CycleId) -> list[Pool]:
    """Return the pots of money of a cycle, in the order in which they are shown."""
    return list(db.scalars(POOLS, {"cycle_id": cycle_id}))


def categories_of(db: Session, cycle_id: CycleId) -> list[Category]:
    """Return the domains of a cycle, in the order in which they are shown."""
    return list(db.scalars(CATEGORIES, {"cycle_id": cycle_id}))
