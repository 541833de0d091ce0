"""The officials of a town hall in front of their desk, and consultations in the stage a test begins with."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Kind, Recommendation
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.store import Database
from tests.factories import a_draft_ready_for_approval, a_recommendation, an_official, an_open_consultation
from tests.factories.consultations import the_day_after


@pytest.fixture
def clerk(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.CLERK, name="Maria Funcționara")


@pytest.fixture
def colleague(database: Database, authority: Authority) -> Actor:
    """Another clerk."""
    return database.act(an_official, authority, Role.CLERK, name="Dan Colegu")


@pytest.fixture
def approver(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.APPROVER, name="Radu Secretarul")


@pytest.fixture
def contact(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.CONTACT_PERSON, name="Ioana Marin")


@pytest.fixture
def waiting(database: Database, authority: Authority, clerk: Actor) -> Consultation:
    """A complete draft that waits for its second pair of eyes."""
    return database.act(a_draft_ready_for_approval, authority, clerk=clerk)


@pytest.fixture
def public(database: Database, authority: Authority) -> Consultation:
    """A consultation that receives proposals."""
    return database.act(an_open_consultation, authority)


@pytest.fixture
def received(database: Database, public: Consultation) -> list[Recommendation]:
    """Three proposals: two on art. 3, one that changes art. 2."""

    def three(db: Session) -> list[Recommendation]:
        return [
            a_recommendation(db, public, provision_key="art-3"),
            a_recommendation(db, public, provision_key="art-3"),
            a_recommendation(db, public, provision_key="art-2-alin-2", kind=Kind.CHANGE),
        ]

    return database.act(three)


@pytest.fixture
def after_proposals(public: Consultation) -> datetime:
    """The day after the last day for proposals."""
    return the_day_after(public.proposals_until)


class Counter:
    """How many statements were asked of the database."""

    count = 0


@pytest.fixture
def count_statements(database: Database) -> Callable[[], AbstractContextManager[Counter]]:
    """Count the statements of what is done inside."""

    @contextmanager
    def counting() -> Iterator[Counter]:
        counter = Counter()

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            counter.count += statement.startswith(("SELECT", "WITH"))

        event.listen(database.engine, "before_cursor_execute", note)
        yield counter
        event.remove(database.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def own() -> Callable[[Consultation, str], str]:
    """Return the English address of a consultation at the desk."""
    return lambda consultation, part="": f"/en/birou/consultari/{consultation.id}" + (f"/{part}" if part else "")
