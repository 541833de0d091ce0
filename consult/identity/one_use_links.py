"""Links that work once: sent by letter, they prove that whoever opens them reads that mailbox.

The address carries 32 random bytes and nothing else; only their hash is kept. Opening shows a button, since mail
scanners open every link; pressing it uses the link up.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from sqlalchemy import ColumnElement, ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.i18n import N_
from consult.identity.people import PersonId
from consult.identity.tokens import hash_of, new_token
from consult.refusals import Withdrawn
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

LinkId = NewType("LinkId", int)
key_type(LinkId)


class Purpose(StrEnum):
    """What a link is good for; it is good for nothing else."""

    CONFIRM_ADDRESS = "confirm_address"
    RECOVERY = "recovery"
    #: The first password of an official who was named by somebody else.
    SETUP = "setup"
    MEMBERSHIP = "membership"
    NOMINATION = "nomination"
    SUBSCRIPTION = "subscription"


LIFETIMES = {
    Purpose.CONFIRM_ADDRESS: timedelta(days=7),
    Purpose.RECOVERY: timedelta(minutes=30),
    Purpose.SETUP: timedelta(days=2),
    Purpose.MEMBERSHIP: timedelta(days=2),
    Purpose.NOMINATION: timedelta(days=2),
    Purpose.SUBSCRIPTION: timedelta(days=7),
}


class OneUseLink(Base):
    """A link that was sent to a mailbox."""

    __tablename__ = "one_use_link"

    id: Mapped[LinkId] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(state_column(Purpose))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(index=True)
    #: Whose password it sets.
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class LinkSpent(Withdrawn):
    """The link was used, has expired, was replaced, or never was one; which of these, it does not say."""

    sentence = N_("This link no longer works: it was used already, or its time has passed.")


def send_out(
    db: Session, purpose: Purpose, *, email: str, person_id: PersonId | None = None, at: datetime
) -> tuple[OneUseLink, str]:
    """Make a link for a mailbox; returns it with its token, which is known only now."""
    token = new_token()
    link = OneUseLink(
        purpose=purpose,
        token_hash=hash_of(token),
        email=email,
        person_id=person_id,
        created_at=at,
        expires_at=at + LIFETIMES[purpose],
    )
    db.add(link)
    db.flush()
    return link, token


def look_at(db: Session, token: str, *purposes: Purpose, at: datetime) -> OneUseLink:
    """Return a link that still works for one of these purposes, without using it; raises LinkSpent."""
    link = db.scalar(select(OneUseLink).where(*_works(token, purposes, at)))
    if link is None:
        raise LinkSpent
    return link


def use_up(db: Session, token: str, *purposes: Purpose, at: datetime) -> OneUseLink:
    """Use a link, once even when it is pressed twice at the same time; raises LinkSpent."""
    used = update(OneUseLink).where(*_works(token, purposes, at)).values(used_at=at).returning(OneUseLink)
    link = db.scalar(used)
    if link is None:
        raise LinkSpent
    return link


def revoke_links(db: Session, *purposes: Purpose, person_id: PersonId) -> None:
    """Make the links that a person was sent before work no more."""
    db.execute(delete(OneUseLink).where(OneUseLink.person_id == person_id, OneUseLink.purpose.in_(purposes)))


def _works(token: str, purposes: tuple[Purpose, ...], at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        OneUseLink.token_hash == hash_of(token),
        OneUseLink.purpose.in_(purposes),
        OneUseLink.used_at.is_(None),
        OneUseLink.expires_at > at,
    )
