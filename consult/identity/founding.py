"""Founding an authority: its first two officials name each other, so that nobody begins with power of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult import links, mail
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor, AsOfficial
from consult.identity.appointments import give_office
from consult.identity.authorities import Authority, AuthorityFacts, create_authority
from consult.identity.names import email_address, one_line
from consult.identity.offices import Role
from consult.identity.one_use_links import Purpose, send_out
from consult.identity.people import Person, person_by_email
from consult.identity.pseudonyms import record
from consult.record.events import AuthorityCreated
from consult.refusals import Refusal

FOUNDERS = 2
#: What the two may do until they have appointed others: all that is needed to consult, never both eyes of four.
FOUNDING_ROLES = (Role.ADMINISTRATOR, Role.CONTACT_PERSON, Role.CLERK, Role.APPROVER)


class NeedsTwoOfficials(Refusal):
    """Everything public takes two people, and so does the beginning."""

    sentence = N_("An authority begins with two officials who have two different addresses.")


@dataclass(frozen=True)
class FirstOfficial:
    """Somebody who will be an official from the first day."""

    name: str
    email: str


@dataclass(frozen=True)
class Founded:
    """A new authority. `setup_links`: for each founder the path at which they choose their first password."""

    authority: Authority
    people: tuple[Person, ...]
    setup_links: tuple[str, ...]


def found(db: Session, facts: AuthorityFacts, officials: Sequence[FirstOfficial], *, at: datetime) -> Founded:
    """Create an authority and its first two officials, each appointed by the other, each with a setup link.

    Raises NeedsTwoOfficials, NotAnAuthority, NotAName, NotAnEmail.
    """
    if len({email_address(official.email) for official in officials}) != FOUNDERS or len(officials) != FOUNDERS:
        raise NeedsTwoOfficials

    authority = create_authority(db, facts, at=at)
    first, second = (_person(db, official, at) for official in officials)
    record(
        db,
        AuthorityCreated(subject=f"consult:{authority.slug}", name=authority.name),
        by=_founder(first, authority),
        at=at,
    )
    for person, other in ((first, second), (second, first)):
        for role in FOUNDING_ROLES:
            give_office(db, authority.id, person.id, role, by=_founder(other, authority), at=at)
    setup_links = tuple(
        _send_setup(db, authority, person, other, at) for person, other in ((first, second), (second, first))
    )
    return Founded(authority, (first, second), setup_links)


def _person(db: Session, official: FirstOfficial, at: datetime) -> Person:
    known = person_by_email(db, official.email)
    if known is not None:
        return known
    person = Person(
        email=email_address(official.email), name=one_line(official.name), locale=DEFAULT_LOCALE, created_at=at
    )
    db.add(person)
    db.flush()
    return person


def _founder(person: Person, authority: Authority) -> Actor:
    capacity = AsOfficial(authority.id, frozenset(FOUNDING_ROLES))
    return Actor(person.id, person.name, person.email, person.locale, person.is_confirmed, person.is_verified, capacity)


def _send_setup(db: Session, authority: Authority, person: Person, other: Person, at: datetime) -> str:
    link, token = send_out(db, Purpose.SETUP, email=person.email, person_id=person.id, at=at)
    path = links.new_password(token)
    facts = {
        "authority_id": authority.id,
        "link": path,
        "inviter": other.name,
        "place": authority.name,
        "expires_at": link.expires_at,
    }
    mail.post(db, "invitation", to=person.email, locale=person.locale, facts=facts, at=at)
    return path
