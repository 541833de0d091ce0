"""A proposal that must not stay as it is, and those who decide about it."""

import pytest

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.store import Database
from tests.factories import a_citizen, a_recommendation, an_official, an_open_consultation


@pytest.fixture
def author(database: Database) -> Actor:
    return database.act(a_citizen, name="Ana Ilie", email="ana@posta.example")


@pytest.fixture
def public(database: Database, authority: Authority) -> Consultation:
    return database.act(an_open_consultation, authority)


@pytest.fixture
def said(database: Database, public: Consultation, author: Actor) -> Recommendation:
    """“Observația mea, …”, on art. 3."""
    return database.act(a_recommendation, public, by=author)


@pytest.fixture
def moderator(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.MODERATOR, name="Diana Pârvu")


@pytest.fixture
def contact(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.CONTACT_PERSON, name="Ana Lungu")


@pytest.fixture
def approver(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.APPROVER, name="Mihai Costan")
