"""Signing up: a name, an address and a password; then a letter, and whoever reads it confirms the address.

Whether an address has an account is told to its mailbox alone: the page, its status and the work behind it are the
same. Each sign-up keeps its own password until its own letter is answered, so that nobody can prepare an account for
another's address and wait for the owner to confirm it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.identity.limits import SIGN_UP_PER_ACCOUNT, SIGN_UP_PER_ADDRESS, admit, network_of
from consult.identity.names import email_address, one_line
from consult.identity.one_use_links import (
    LinkId,
    LinkSpent,
    OneUseLink,
    Purpose,
    end_links,
    look_at,
    send_out,
    use_up,
    used_link,
)
from consult.identity.passwords import PasswordHash
from consult.identity.people import Person, person_by_email
from consult.store import Base


class SignUp(Base):
    """What somebody asked for who has not confirmed the address yet; forgotten with its link."""

    __tablename__ = "sign_up"

    link_id: Mapped[LinkId] = mapped_column(ForeignKey("one_use_link.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    locale: Mapped[str]


@dataclass(frozen=True)
class Confirming:
    """What the reader of the letter is shown: the address, whether it is confirmed, and where they were going."""

    email: str
    is_confirmed: bool
    next_path: str


def admit_sign_up(db: Session, email: str, address: str, *, at: datetime) -> None:
    """Count a try to sign up, by account and by network address; raises TooManyTries."""
    account = email.strip().lower()
    admit(db, (SIGN_UP_PER_ACCOUNT, account), (SIGN_UP_PER_ADDRESS, network_of(address)), at=at)


def sign_up(
    db: Session, *, email: str, name: str, password_hash: PasswordHash, locale: str, next_path: str = "", at: datetime
) -> None:
    """Ask for an account. The answer goes to the mailbox: a link to confirm, or that there is an account already.

    `next_path`: where to go once signed in. It waits here and not in the letter, which carries no stranger's words.
    Raises NotAnEmail, NotAName: what is wrong with the text itself, which tells nothing of any account.
    """
    address, plain_name = email_address(email), one_line(name)
    person = person_by_email(db, address)

    # Written for a mailbox with an account too, where nobody learns the token: so that it takes as long.
    link, token = send_out(db, Purpose.CONFIRM_ADDRESS, email=address, next_path=next_path, at=at)
    db.add(SignUp(link_id=link.id, name=plain_name, password_hash=password_hash, locale=locale))
    if person is not None:
        # Whoever has sent a proposal without an account is known, and chooses their first password.
        known = {"link": links.SIGN_IN if person.password_hash else links.RECOVERY}
        mail.post(db, "already-registered", to=address, locale=person.locale, facts=known, at=at)
    else:
        confirm = {"link": links.address_confirmation(token), "expires_at": link.expires_at}
        mail.post(db, "confirm-address", to=address, locale=locale, facts=confirm, at=at)


def address_to_confirm(db: Session, token: str, *, at: datetime) -> Confirming:
    """Return the address that a link would confirm, or has confirmed, for its page; raises LinkSpent."""
    used = used_link(db, token, Purpose.CONFIRM_ADDRESS)
    link = used or look_at(db, token, Purpose.CONFIRM_ADDRESS, at=at)
    return Confirming(link.email, used is not None, link.next_path)


def confirm_address(db: Session, token: str, *, at: datetime) -> Person:
    """Make the account that was asked for; every other sign-up for this address is forgotten. Raises LinkSpent.

    Nobody is signed in by it. The link proves who reads the mailbox; who has chosen the password may be somebody else,
    who waits for the reader to confirm it.
    """
    link = use_up(db, token, Purpose.CONFIRM_ADDRESS, at=at)
    if person_by_email(db, link.email) is not None:
        raise LinkSpent(Purpose.CONFIRM_ADDRESS)
    asked = db.get_one(SignUp, link.id)

    person = Person(
        email=link.email,
        name=asked.name,
        password_hash=asked.password_hash,
        email_confirmed_at=at,
        locale=asked.locale,
        created_at=at,
    )
    db.add(person)
    db.delete(asked)
    same = OneUseLink.email == link.email, OneUseLink.purpose == Purpose.CONFIRM_ADDRESS
    end_links(db, *same, OneUseLink.id != link.id, at=at)
    db.flush()
    return person
