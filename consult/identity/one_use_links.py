"""Links that work once: sent by letter, they prove that whoever opens them reads that mailbox.

The address carries 32 random bytes and nothing else; only their hash is kept. Opening shows a button, since mail
scanners open every link; pressing it uses the link up. Of a link that works no more the mailbox is forgotten, and for
a while it stays known how it ended, so that whoever still opens it is told.
"""

from collections.abc import Mapping
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
    #: Following one consultation without an account.
    FOLLOWING = "following"
    #: A proposal that was sent without an account.
    PROPOSAL = "proposal"
    #: A turn to speak that was asked for without an account.
    SPEAKING = "speaking"


LIFETIMES = {
    Purpose.CONFIRM_ADDRESS: timedelta(days=7),
    Purpose.RECOVERY: timedelta(minutes=30),
    Purpose.SETUP: timedelta(days=2),
    Purpose.MEMBERSHIP: timedelta(days=2),
    Purpose.NOMINATION: timedelta(days=2),
    Purpose.SUBSCRIPTION: timedelta(days=7),
    Purpose.FOLLOWING: timedelta(days=7),
    Purpose.PROPOSAL: timedelta(days=7),
    Purpose.SPEAKING: timedelta(days=7),
}


class Ending(StrEnum):
    """How a link came to work no more."""

    USED = "used"
    EXPIRED = "expired"
    #: A later letter has another one.
    REPLACED = "replaced"


#: For how long it stays known how a link ended.
REMEMBERED = timedelta(days=30)


class OneUseLink(Base):
    """A link that was sent to a mailbox."""

    __tablename__ = "one_use_link"

    id: Mapped[LinkId] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(state_column(Purpose))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(index=True)
    #: Whose password it sets.
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"), index=True)
    #: Where its reader was going when they were asked to sign in; empty for nowhere in particular.
    next_path: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class SpentLink(Base):
    """A link that works no more: its hash, and nothing of whom it was sent to."""

    __tablename__ = "spent_link"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(state_column(Purpose))
    ending: Mapped[Ending] = mapped_column(state_column(Ending))
    ended_at: Mapped[datetime] = mapped_column(index=True)


class LinkSpent(Withdrawn):
    """The link works no more. `purposes`: what it would have been good for where it was opened."""

    sentence = N_("This link no longer works.")

    def __init__(self, *purposes: Purpose) -> None:
        super().__init__()
        self.purposes = frozenset(purposes)


class LinkUsed(LinkSpent):
    """It has done what it was sent for."""

    sentence = N_("This link was used already, and each works only once.")


class LinkExpired(LinkSpent):
    """Its time has passed."""

    sentence = N_("This link has expired: the time in which it works is over.")


class LinkReplaced(LinkSpent):
    """A later letter has another one."""

    sentence = N_("This link was replaced: only the one in the last letter works.")


class LinkUnknown(LinkSpent):
    """It never was one, or it ended so long ago that nothing is known of it."""

    sentence = N_("This link is not whole or is very old. Perhaps part of it was lost when it was copied.")


SPENT: Mapping[Ending, type[LinkSpent]] = {
    Ending.USED: LinkUsed,
    Ending.EXPIRED: LinkExpired,
    Ending.REPLACED: LinkReplaced,
}


def send_out(
    db: Session, purpose: Purpose, *, email: str, person_id: PersonId | None = None, next_path: str = "", at: datetime
) -> tuple[OneUseLink, str]:
    """Make a link for a mailbox; returns it with its token, which is known only now."""
    token = new_token()
    link = OneUseLink(
        purpose=purpose,
        token_hash=hash_of(token),
        email=email,
        person_id=person_id,
        next_path=next_path,
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
        raise why_spent(db, token, *purposes, at=at)
    return link


def use_up(db: Session, token: str, *purposes: Purpose, at: datetime) -> OneUseLink:
    """Use a link, once even when it is pressed twice at the same time; raises LinkSpent."""
    used = update(OneUseLink).where(*_works(token, purposes, at)).values(used_at=at).returning(OneUseLink)
    link = db.scalar(used)
    if link is None:
        raise why_spent(db, token, *purposes, at=at)
    return link


def used_link(db: Session, token: str, purpose: Purpose) -> OneUseLink | None:
    """Return a link that was used, as long as its time lasts."""
    return db.scalar(
        select(OneUseLink).where(
            OneUseLink.token_hash == hash_of(token), OneUseLink.purpose == purpose, OneUseLink.used_at.is_not(None)
        )
    )


def why_spent(db: Session, token: str, *purposes: Purpose, at: datetime) -> LinkSpent:
    """Return what to say about a link that does not work."""
    link = db.scalar(select(OneUseLink).where(OneUseLink.token_hash == hash_of(token)))
    if link is None:
        spent = db.get(SpentLink, hash_of(token))
        known = None if spent is None else (spent.purpose, spent.ending)
    else:
        known = link.purpose, _ending_of(link, at)
    if known is None or known[0] not in purposes:
        return LinkUnknown(*purposes)
    return SPENT[known[1]](known[0])


def end_links(db: Session, *which: ColumnElement[bool], at: datetime) -> None:
    """Let links work no more and forget the mailboxes to which they went."""
    for link in db.scalars(select(OneUseLink).where(*which)):
        ending = _ending_of(link, at)
        db.add(SpentLink(token_hash=link.token_hash, purpose=link.purpose, ending=ending, ended_at=at))
    db.execute(delete(OneUseLink).where(*which))


def forget_links(db: Session, *, at: datetime) -> None:
    """End the links whose time has passed, and forget those that ended long ago."""
    end_links(db, OneUseLink.expires_at <= at, at=at)
    db.execute(delete(SpentLink).where(SpentLink.ended_at < at - REMEMBERED))


def _ending_of(link: OneUseLink, at: datetime) -> Ending:
    if link.used_at is not None:
        return Ending.USED
    return Ending.EXPIRED if link.expires_at <= at else Ending.REPLACED


def _works(token: str, purposes: tuple[Purpose, ...], at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        OneUseLink.token_hash == hash_of(token),
        OneUseLink.purpose.in_(purposes),
        OneUseLink.used_at.is_(None),
        OneUseLink.expires_at > at,
    )
