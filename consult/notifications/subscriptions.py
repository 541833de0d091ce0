"""Who gets the digest of the day by letter: an address, and nothing else about anybody.

No account is needed. An address is kept only once its reader has confirmed it; every letter says how to leave, and
whoever leaves is forgotten at once.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NewType

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.identity.limits import SPEAK_UP_PER_ADDRESS, SUBSCRIBE_PER_ACCOUNT, admit, network_of
from consult.identity.names import email_address
from consult.identity.one_use_links import OneUseLink, Purpose, end_links, look_at, send_out, use_up
from consult.identity.tokens import new_token
from consult.store import Base
from consult.store.base import key_type
from consult.store.upsert import insert_into

SubscriptionId = NewType("SubscriptionId", int)
key_type(SubscriptionId)


class DigestSubscription(Base):
    """An address to which the digest goes every day."""

    __tablename__ = "digest_subscription"

    id: Mapped[SubscriptionId] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    locale: Mapped[str]
    #: Stands in every letter, and so cannot be kept as a hash: whoever reads it here could only stop the letters.
    leave_token: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime]


def admit_subscription(db: Session, email: str, address: str, *, at: datetime) -> None:
    """Count a wish for letters, by mailbox and by network address; raises TooManyTries."""
    account = email.strip().lower()
    admit(db, (SUBSCRIBE_PER_ACCOUNT, account), (SPEAK_UP_PER_ADDRESS, network_of(address)), at=at)


def ask_for_digests(db: Session, *, email: str, locale: str, at: datetime) -> None:
    """Ask for the daily letter. Only a letter with a link goes out; unanswered, it is forgotten after a week.

    Whether the address gets the digest already is told to nobody. Raises NotAnEmail.
    """
    address = email_address(email)
    link, token = send_out(db, Purpose.SUBSCRIPTION, email=address, at=at)
    facts = {"link": links.subscription_confirmation(token), "expires_at": link.expires_at}
    mail.post(db, "confirm-subscription", to=address, locale=locale, facts=facts, at=at)


def address_to_subscribe(db: Session, token: str, *, at: datetime) -> str:
    """Return the address that a link would confirm, for the page with the button; raises LinkSpent."""
    return look_at(db, token, Purpose.SUBSCRIPTION, at=at).email


def subscribe(db: Session, token: str, *, locale: str, at: datetime) -> None:
    """Begin to send the digest, in a language; without effect for an address that gets it already. Raises LinkSpent."""
    link = use_up(db, token, Purpose.SUBSCRIPTION, at=at)
    added = insert_into(db, DigestSubscription).values(
        email=link.email, locale=locale, leave_token=new_token(), confirmed_at=at
    )
    db.execute(added.on_conflict_do_nothing(index_elements=[DigestSubscription.email]))
    # No link to this mailbox is of use now, and each holds the address.
    end_links(db, OneUseLink.email == link.email, OneUseLink.purpose == Purpose.SUBSCRIPTION, at=at)


def leave(db: Session, token: str) -> None:
    """Send no more letters and forget the address; without effect where that was done before."""
    db.execute(delete(DigestSubscription).where(DigestSubscription.leave_token == token))


def is_subscribed(db: Session, token: str) -> bool:
    """Tell whether a letter's link to leave still has something to end."""
    return db.scalar(select(DigestSubscription.id).where(DigestSubscription.leave_token == token)) is not None


def subscribers(db: Session) -> Iterable[DigestSubscription]:
    """Return everybody who gets the digest."""
    return db.scalars(select(DigestSubscription).order_by(DigestSubscription.id))
