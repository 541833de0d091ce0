"""People who take part. Nobody needs an account to read; whoever speaks has confirmed an e-mail address."""

from datetime import datetime
from typing import NewType

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.identity.names import email_address
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import key_type

PersonId = NewType("PersonId", int)
key_type(PersonId)


class Person(Base):
    """One human being with one e-mail address, whatever the capacities in which they act."""

    __tablename__ = "person"

    id: Mapped[PersonId] = mapped_column(primary_key=True)
    #: Of whoever closed their account no address, but a word that no address can be: it frees the mailbox for another.
    email: Mapped[str] = mapped_column(unique=True)
    #: Of whoever closed their account, only while something that stays bears it.
    name: Mapped[str]
    #: Empty until an official who was named by someone else has chosen a password.
    password_hash: Mapped[str | None]
    email_confirmed_at: Mapped[datetime | None]
    #: When an official saw proof of identity or residence; what was seen is not kept.
    residence_verified_at: Mapped[datetime | None]
    locale: Mapped[str]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def is_confirmed(self) -> bool:
        """Whether the person has proven to hold the mailbox."""
        return self.email_confirmed_at is not None

    @property
    def is_verified(self) -> bool:
        """Whether identity or residence was proven: then the public label says "Verified participant"."""
        return self.residence_verified_at is not None

    @property
    def is_disabled(self) -> bool:
        """Whether the account was closed; its recommendations stay, its sessions have ended."""
        return self.disabled_at is not None


def person_of(db: Session, person_id: PersonId) -> Person:
    """Return a person; raises NotFound."""
    person = db.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def person_with_mailbox(db: Session, email: str, *, name: str, locale: str, at: datetime) -> Person:
    """Return who has a mailbox that was proven just now: whose account it is, or somebody new.

    Who is new cannot sign in before they choose a password. `name` and `locale`: of somebody new.
    """
    person = person_by_email(db, email)
    if person is None:
        person = Person(email=email, name=name, locale=locale, created_at=at)
        db.add(person)
    person.email_confirmed_at = person.email_confirmed_at or at
    db.flush()
    return person


def person_by_email(db: Session, email: str) -> Person | None:
    """Return the person who has this address, confirmed or not, in whatever letters it is typed."""
    return db.scalar(select(Person).where(Person.email == email_address(email)))
