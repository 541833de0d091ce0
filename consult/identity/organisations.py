"""Organisations: associations and other legal persons that take part, and the people who act for them.

Law 52/2003 gives rights to "asociații legal constituite", such as asking for a public debate (art. 7). Being one is
proven by papers that an official looks at (`verification`); a match in the national register of NGOs is evidence, not
the gate, since the law's term is wider than that register.
"""

import re
from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship
from stdnum.exceptions import ValidationError
from stdnum.ro import cui

from consult.i18n import N_
from consult.identity.authorities import AuthorityId
from consult.identity.people import Person, PersonId
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

OrganisationId = NewType("OrganisationId", int)
MembershipId = NewType("MembershipId", int)
key_type(OrganisationId)
key_type(MembershipId)

#: Serial number, letter and year in the national register of NGOs (Ministry of Justice), as `1039/A/2019`.
REGISTRY_NUMBER = re.compile(r"([0-9]{1,6})/([A-Z])/([0-9]{4})")
#: Associations were first registered under Law 21/1924.
FIRST_YEAR = 1924


class Standing(StrEnum):
    """Whether an official has looked at the papers of an organisation, and what they concluded."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"
    #: Whoever acted for it has closed their account. Its proposals stay; it may be registered and verified anew.
    LEFT = "left"


class Organisation(Base):
    """A legal person that takes part. Its standing counts on the whole installation, whoever verified it."""

    __tablename__ = "organisation"
    __table_args__ = (
        # Anyone may claim a fiscal code, only one may be believed: so nobody can keep the true one out by being first.
        Index(
            "uq_organisation_verified_fiscal_code",
            "fiscal_code",
            unique=True,
            sqlite_where=text("standing = 'verified'"),
            postgresql_where=text("standing = 'verified'"),
        ),
    )

    id: Mapped[OrganisationId] = mapped_column(primary_key=True)
    #: The authority at which it registered and whose officials look at its papers.
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"), index=True)
    name: Mapped[str]
    registry_number: Mapped[str]
    #: Digits only, without "RO".
    fiscal_code: Mapped[str] = mapped_column(index=True)
    seat: Mapped[str]
    email: Mapped[str]
    standing: Mapped[Standing] = mapped_column(state_column(Standing), default=Standing.PENDING)
    #: What the official saw, or why they refused.
    note: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]

    @property
    def is_verified(self) -> bool:
        """Whether it may act as an organisation."""
        return self.standing is Standing.VERIFIED

    @property
    def is_public(self) -> bool:
        """Whether readers may know of it: a claim that nobody has looked at is nobody's business."""
        return self.is_verified


class Membership(Base):
    """A person who acts for an organisation under their own login, from one instant until another."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_current",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[MembershipId] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    #: Who let them in; oneself for the member who registered the organisation.
    invited_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    organisation: Mapped[Organisation] = relationship(lazy="raise")


class NotARegistryNumber(Refusal):
    """The text does not have the form of the national register."""

    sentence = N_("The registry number has the form 1039/A/2019: number, letter, year.")
    field = "registry_number"


class NotAFiscalCode(Refusal):
    """The digits do not agree with their control digit, or are too many or too few."""

    sentence = N_("The fiscal code is not correct: its control digit does not agree with the other digits.")
    field = "fiscal_code"


def registry_number(written: str, *, at: datetime) -> str:
    """Return a number of the national register of NGOs in its one form; raises NotARegistryNumber."""
    found = REGISTRY_NUMBER.fullmatch(written.replace(" ", "").upper())
    if found is None or not FIRST_YEAR <= int(found[3]) <= at.year:
        raise NotARegistryNumber
    return f"{int(found[1])}/{found[2]}/{found[3]}"


def fiscal_code(written: str) -> str:
    """Return the digits of a Romanian fiscal code (CUI/CIF), checked by its control digit; raises NotAFiscalCode."""
    if not written.isascii():
        # The checksum would also accept the digits of other scripts.
        raise NotAFiscalCode
    try:
        digits: str = cui.validate(written)
    except ValidationError:
        raise NotAFiscalCode from None
    return digits


def organisation_of(db: Session, organisation_id: OrganisationId) -> Organisation:
    """Return an organisation; raises NotFound."""
    organisation = db.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def organisations_of(db: Session, person_id: PersonId) -> list[Organisation]:
    """Return the organisations for which a person acts today, by name."""
    current = select(Membership.organisation_id).where(Membership.person_id == person_id, Membership.until.is_(None))
    return list(db.scalars(select(Organisation).where(Organisation.id.in_(current)).order_by(Organisation.name)))


def members_of(db: Session, organisation_id: OrganisationId) -> list[Person]:
    """Return the people who act for an organisation today, the first member first."""
    return list(
        db.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.organisation_id == organisation_id, Membership.until.is_(None))
            .order_by(Membership.since, Membership.id)
        )
    )


def is_member(db: Session, person_id: PersonId, organisation_id: OrganisationId) -> bool:
    """Whether a person acts for an organisation today."""
    return current_membership(db, person_id, organisation_id) is not None


def current_membership(db: Session, person_id: PersonId, organisation_id: OrganisationId) -> Membership | None:
    """Return the membership that lets a person act for an organisation today."""
    return db.scalar(
        select(Membership).where(
            Membership.person_id == person_id,
            Membership.organisation_id == organisation_id,
            Membership.until.is_(None),
        )
    )
