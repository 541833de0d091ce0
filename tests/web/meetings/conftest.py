"""A town hall with an open consultation, an association, and the officials who hold its debates."""

import pytest

from consult.consultations.consultations import Consultation
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.meetings.meetings import Meeting
from consult.store import Database
from tests.factories import a_citizen, a_debate, a_member_of, an_official, an_open_consultation, an_organisation


@pytest.fixture
def contact(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.CONTACT_PERSON, name="Ioana Marin")


@pytest.fixture
def clerk(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.CLERK, name="Maria Funcționara")


@pytest.fixture
def citizen(database: Database) -> Actor:
    return database.act(a_citizen, name="Ana Ilie")


@pytest.fixture
def member(database: Database, authority: Authority) -> Actor:
    return database.act(lambda db: a_member_of(db, an_organisation(db, authority), name="Elena Stan"))


@pytest.fixture
def public(database: Database, authority: Authority) -> Consultation:
    return database.act(an_open_consultation, authority)


@pytest.fixture
def debate(database: Database, public: Consultation, contact: Actor) -> Meeting:
    """A debate of two days later."""
    return database.act(a_debate, public, contact)
