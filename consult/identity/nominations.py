"""Nominations: how somebody becomes an official. An administrator names a mailbox and roles; its reader accepts.

Accepting always sets a password by the rule for officials, whether or not the address has an account: what is enough
for a citizen is not enough for whoever speaks for an authority.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor, acting_as_official
from consult.identity.appointments import give_office
from consult.identity.authorities import Authority, AuthorityId
from consult.identity.limits import INVITE_PER_PERSON, admit
from consult.identity.names import email_address, one_line
from consult.identity.offices import Role, roles_of
from consult.identity.one_use_links import LinkId, LinkSpent, OneUseLink, Purpose, look_at, send_out, use_up
from consult.identity.passwords import PasswordHash
from consult.identity.people import Person, PersonId, person_by_email, person_of
from consult.identity.permissions import NeedsOtherEyes, Within, require
from consult.identity.sessions import end_sessions
from consult.refusals import Refusal
from consult.store import Base


class Nomination(Base):
    """That an administrator offered roles to the reader of a mailbox; forgotten with its link."""

    __tablename__ = "nomination"

    link_id: Mapped[LinkId] = mapped_column(ForeignKey("one_use_link.id", ondelete="CASCADE"), primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"), index=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    nominated_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))


class NoRoles(Refusal):
    """An office without a role is none."""

    sentence = N_("Choose at least one role.")
    field = "roles"


@dataclass(frozen=True)
class Offered:
    """What the reader of a nomination is shown. `name`: that of their account, if they have one."""

    email: str
    nominated_by: str
    authority: str
    roles: list[Role]
    name: str | None


@dataclass(frozen=True)
class Waiting:
    """A nomination that has not been answered, for the list of officials."""

    email: str
    roles: list[Role]
    expires_at: datetime


def nominate(
    db: Session, authority_id: AuthorityId, email: str, roles: Collection[Role], *, by: Actor, at: datetime
) -> None:
    """Offer roles to the reader of a mailbox.

    Raises NotPermitted, NotAnEmail, NoRoles, NeedsOtherEyes for oneself, TooManyTries.
    """
    require("people.manage", by, Within(authority_id))
    address = email_address(email)
    if not roles:
        raise NoRoles
    person = person_by_email(db, address)
    if person is not None and person.id == by.person_id:
        raise NeedsOtherEyes
    admit(db, (INVITE_PER_PERSON, str(by.person_id)), at=at)

    authority = db.get_one(Authority, authority_id)
    link, token = send_out(db, Purpose.NOMINATION, email=address, at=at)
    offered = [role.value for role in Role if role in roles]
    db.add(Nomination(link_id=link.id, authority_id=authority_id, roles=offered, nominated_by=by.person_id))
    facts = {
        "authority_id": authority_id,
        "link": links.invitation(token),
        "inviter": by.name,
        "place": authority.name,
        "expires_at": link.expires_at,
    }
    mail.post(db, "invitation", to=address, locale=person.locale if person else DEFAULT_LOCALE, facts=facts, at=at)


def offered_to(db: Session, token: str, *, at: datetime) -> Offered:
    """Return what a nomination says, for the page on which it is accepted; raises LinkSpent."""
    link = look_at(db, token, Purpose.NOMINATION, at=at)
    nomination = db.get_one(Nomination, link.id)
    person = person_by_email(db, link.email)
    return Offered(
        email=link.email,
        nominated_by=person_of(db, nomination.nominated_by).name,
        authority=db.get_one(Authority, nomination.authority_id).name,
        roles=[Role(role) for role in nomination.roles],
        name=person.name if person is not None else None,
    )


def accept_nomination(
    db: Session, token: str, *, name: str, password_hash: PasswordHash, locale: str, at: datetime
) -> Person:
    """Take the offered roles, with a new password; whoever has no account gets one. Earlier sessions end.

    `name`: used for a new account only. Raises NotAName, and LinkSpent, also when whoever nominated may no longer.
    """
    link = use_up(db, token, Purpose.NOMINATION, at=at)
    nomination = db.get_one(Nomination, link.id)
    try:
        nominator = acting_as_official(db, nomination.nominated_by, nomination.authority_id)
        require("people.manage", nominator, Within(nomination.authority_id))
    except Refusal:
        raise LinkSpent(Purpose.NOMINATION) from None

    person = person_by_email(db, link.email)
    if person is None:
        person = Person(email=link.email, name=one_line(name), locale=locale, created_at=at)
        db.add(person)
    if person.is_disabled:
        raise LinkSpent(Purpose.NOMINATION)
    person.password_hash = password_hash
    person.email_confirmed_at = person.email_confirmed_at or at
    db.flush()
    held = roles_of(db, person.id, nomination.authority_id)
    for role in (Role(offered) for offered in nomination.roles):
        if role not in held:
            give_office(db, nomination.authority_id, person.id, role, by=nominator, at=at)
    end_sessions(db, person.id)
    return person


def waiting_nominations(db: Session, authority_id: AuthorityId, *, at: datetime) -> list[Waiting]:
    """Return the nominations of an authority that wait for an answer, the newest first."""
    waiting = db.execute(
        select(OneUseLink, Nomination)
        .join(Nomination, Nomination.link_id == OneUseLink.id)
        .where(Nomination.authority_id == authority_id, OneUseLink.used_at.is_(None), OneUseLink.expires_at > at)
        .order_by(OneUseLink.id.desc())
    )
    return [
        Waiting(link.email, [Role(role) for role in nomination.roles], link.expires_at) for link, nomination in waiting
    ]
