"""Authorities, people, organisations, and the actors made of them."""

from polyfactory import Use
from sqlalchemy.orm import Session

from consult.identity.actors import Actor, acting_as_member, acting_as_official, acting_as_self
from consult.identity.authorities import Authority
from consult.identity.offices import Office, Role
from consult.identity.organisations import Membership, Organisation, Standing
from consult.identity.people import Person
from tests.factories.base import NOW, T, TableFactory, serial


class AuthorityFactory(TableFactory[Authority]):
    slug = Use(lambda: f"izvoru-{next(serial)}")
    host = Use(lambda: f"izvoru-{next(serial)}.example")
    name = "Municipiul Izvoru"
    slogan = ""
    colour = "#0a5a66"
    county = "Bacău"
    siruta = "20297"
    contact_name = "Ioana Marin"
    contact_email = "consultare@izvoru.example"
    contact_phone = "0234 000 000"
    postal_address = "Str. Primăriei 1, Izvoru"
    proposals_email = "propuneri@izvoru.example"


class PersonFactory(TableFactory[Person]):
    email = Use(lambda: f"persoana-{next(serial)}@posta.example")
    name = "Ana Popescu"
    password_hash = None
    email_confirmed_at = NOW
    residence_verified_at = None
    locale = "ro"
    disabled_at = None


class OrganisationFactory(TableFactory[Organisation]):
    name = "Asociația Pietonii Orașului"
    registry_number = "1039/A/2019"
    fiscal_code = Use(lambda: str(next(serial)))
    seat = "Str. Gării 5, Izvoru"
    email = "contact@pietonii.example"
    standing = Standing.VERIFIED
    note = "Am văzut actul constitutiv."
    decided_at = NOW


def an_authority(db: Session, **facts: object) -> Authority:
    """An authority with a contact person and addresses."""
    return added(db, AuthorityFactory.build(**facts))


def a_citizen(db: Session, **facts: object) -> Actor:
    """A person with a confirmed address, speaking for themselves."""
    return acting_as_self(db, added(db, PersonFactory.build(**facts)).id)


def an_official(db: Session, authority: Authority, *roles: Role, **facts: object) -> Actor:
    """A person with these roles in an authority, appointed by somebody else."""
    person = added(db, PersonFactory.build(**facts))
    colleague = added(db, PersonFactory.build())
    for role in roles:
        office = Office(authority_id=authority.id, person_id=person.id, role=role, appointed_by=colleague.id, since=NOW)
        added(db, office)
    return acting_as_official(db, person.id, authority.id)


def an_organisation(db: Session, authority: Authority, **facts: object) -> Organisation:
    """A verified organisation, unless told otherwise."""
    founder = added(db, PersonFactory.build())
    return added(
        db,
        OrganisationFactory.build(
            authority_id=authority.id, created_by=founder.id, decided_by=founder.id, created_at=NOW, **facts
        ),
    )


def a_member_of(db: Session, organisation: Organisation, **facts: object) -> Actor:
    """A person acting for an organisation."""
    person = added(db, PersonFactory.build(**facts))
    added(db, Membership(organisation_id=organisation.id, person_id=person.id, since=NOW, invited_by=person.id))
    return acting_as_member(db, person.id, organisation.id)


def added(db: Session, thing: T) -> T:
    db.add(thing)
    db.flush()
    return thing
