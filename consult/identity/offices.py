"""Offices: what a person does in an authority, from one day until another. One person may hold several."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from consult.i18n import N_
from consult.identity.authorities import AuthorityId
from consult.identity.people import Person, PersonId
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

OfficeId = NewType("OfficeId", int)
key_type(OfficeId)


class Role(StrEnum):
    """What an official is trusted with."""

    CLERK = "clerk"
    APPROVER = "approver"
    CONTACT_PERSON = "contact_person"
    DEPARTMENT_MEMBER = "department_member"
    COMMISSION_MEMBER = "commission_member"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"


#: How a role is called on pages, and what it is for.
ROLE_NAMES = {
    Role.CLERK: N_("Clerk"),
    Role.APPROVER: N_("Approver"),
    Role.CONTACT_PERSON: N_("Contact person"),
    Role.DEPARTMENT_MEMBER: N_("Department member"),
    Role.COMMISSION_MEMBER: N_("Commission member"),
    Role.MODERATOR: N_("Moderator"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
ROLE_DUTIES = {
    Role.CLERK: N_("prepares drafts and enters what arrives on paper"),
    Role.APPROVER: N_("is the second pair of eyes before a draft becomes public"),
    Role.CONTACT_PERSON: N_("is responsible for civil society: answers, debates, organisations"),
    Role.DEPARTMENT_MEMBER: N_("drafts answers for a department"),
    Role.COMMISSION_MEMBER: N_("keeps ballots and counts them"),
    Role.MODERATOR: N_("applies the rules of conduct"),
    Role.ADMINISTRATOR: N_("appoints officials and keeps the settings, never content"),
}


class Office(Base):
    """One role that one person holds in one authority, and who gave it to them."""

    __tablename__ = "office"
    __table_args__ = (
        # Power is given by someone else; the founding two of an authority give it to each other.
        CheckConstraint("appointed_by <> person_id", name="given_by_another"),
        Index(
            "uq_office_current",
            "authority_id",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[OfficeId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(state_column(Role))
    appointed_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])


@dataclass(frozen=True)
class Official:
    """A person with every role they hold in one authority today, as the list of officials shows them."""

    person: Person
    roles: frozenset[Role]


def roles_of(db: Session, person_id: PersonId, authority_id: AuthorityId) -> frozenset[Role]:
    """Return the roles that a person holds today in an authority; none for somebody who is no official of it."""
    return frozenset(
        db.scalars(
            select(Office.role).where(
                Office.person_id == person_id, Office.authority_id == authority_id, Office.until.is_(None)
            )
        )
    )


def is_official(db: Session, person_id: PersonId) -> bool:
    """Whether a person holds an office anywhere today, and so lives by the stricter rules of sign-in."""
    held = select(Office.id).where(Office.person_id == person_id, Office.until.is_(None)).limit(1)
    return db.scalar(held) is not None


def officials_of(db: Session, authority_id: AuthorityId) -> list[Official]:
    """Return the officials of an authority, by name."""
    held = db.execute(
        select(Person, Office.role)
        .join(Office, Office.person_id == Person.id)
        .where(Office.authority_id == authority_id, Office.until.is_(None))
        .order_by(Person.name, Person.id)
    ).all()
    return list(_gathered((person, role) for person, role in held))


def _gathered(held: Iterable[tuple[Person, Role]]) -> Iterable[Official]:
    roles: dict[Person, set[Role]] = {}
    for person, role in held:
        roles.setdefault(person, set()).add(role)
    return (Official(person, frozenset(each)) for person, each in roles.items())
