"""The core of the face with a sample area: the notes, their templates and their table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader
from litestar.types import ControllerRouterHandler
from sqlalchemy.orm import Session

from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.store import Database
from tests.factories import a_citizen, an_official
from tests.web.core import sample
from tests.web.reader import Reader
from web import pages, static_files
from web.sessions import SignInPage


@pytest.fixture(autouse=True)
def templates() -> Iterator[None]:
    """Let pages find the sample's templates too."""
    environment = pages._environment()
    ours = environment.loader
    assert ours is not None
    environment.loader = ChoiceLoader([ours, FileSystemLoader(Path(__file__).parent / "templates")])
    yield
    environment.loader = ours


@pytest.fixture
def handlers(database: Database) -> tuple[ControllerRouterHandler, ...]:
    database.act(sample.make_notes)
    sample.runs.clear()
    return (*static_files.handlers, *sample.HANDLERS)


@pytest.fixture
def sign_in_page() -> SignInPage:
    return sample.sign_in_page


@pytest.fixture
def citizen(database: Database) -> Actor:
    return database.act(lambda db: a_citizen(db, name="Ana Popescu"))


@pytest.fixture
def clerk(database: Database, authority: Authority) -> Actor:
    def appoint(db: Session) -> Actor:
        return an_official(db, authority, Role.CLERK, name="Ion Marin")

    return database.act(appoint)


@pytest.fixture
def writer(reader: Reader, citizen: Actor) -> Reader:
    """Somebody who is signed in."""
    return reader.sign_in(citizen)
