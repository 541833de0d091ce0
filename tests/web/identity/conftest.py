"""Accounts in front of the pages, and a way to read the letters that the pages send."""

from collections.abc import Callable, Iterator

import pyotp
import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.people import Person
from consult.identity.two_factor import awaited_secret, begin_enrolment, confirm_enrolment
from consult.identity.vault import Vault
from consult.mail import Posted
from consult.settings import Settings
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.factories.people import an_official
from tests.identity.accounts import PASSWORD, an_account, password_hash
from tests.identity.letters import letters
from tests.web.reader import Clock, Page, Reader


class Mailboxes:
    """Every letter that was posted, by address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Posted]:
        """Return every letter, the first posted first."""
        return self._database.read(letters)

    def kinds(self) -> list[str]:
        """Return the kinds of all letters, the first posted first."""
        return [letter.letter.__struct_config__.tag for letter in self.all()]

    def last_link(self, email: str) -> str:
        """Return the link in the last letter to an address."""
        return [letter.letter.link for letter in self.all() if letter.to == email][-1]


@pytest.fixture
def database(databases: MigratedDatabases) -> Iterator[Database]:
    """An embedded database: the rules behind these pages are tried on both kinds in `tests/identity`."""
    with databases.lend("sqlite") as lent:
        yield lent


@pytest.fixture
def mailboxes(database: Database) -> Mailboxes:
    return Mailboxes(database)


@pytest.fixture
def citizen(database: Database) -> Person:
    """Ana, who signs in with a password."""
    return database.act(an_account, email="ana@example.ro", name="Ana Pop")


@pytest.fixture
def administrator(database: Database, authority: Authority) -> Actor:
    return database.act(official, authority, "admin@izvoru.example", "Ioana Marin", Role.ADMINISTRATOR)


def official(db: Session, authority: Authority, email: str, name: str, *roles: Role) -> Actor:
    """Somebody in office who signs in with a password."""
    return an_official(db, authority, *roles, email=email, name=name, password_hash=password_hash())


@pytest.fixture
def connect(database: Database, settings: Settings, clock: Clock) -> Callable[[int], tuple[pyotp.TOTP, list[str]]]:
    """Give somebody a telephone, connected an hour ago; returns the app and the recovery codes."""

    def connected(db: Session, person_id: int) -> tuple[pyotp.TOTP, list[str]]:
        vault = Vault.read(settings.keys)
        earlier = clock.at.replace(hour=clock.at.hour - 1)
        begin_enrolment(db, person_id, vault=vault, at=earlier)
        app = pyotp.TOTP(awaited_secret(db, person_id, vault=vault) or "")
        return app, confirm_enrolment(db, person_id, code=app.at(earlier), vault=vault, at=earlier)

    return lambda person_id: database.act(connected, person_id)


def sign_in(
    reader: Reader, email: str = "ana@example.ro", *, password: str = PASSWORD, path: str = "/en/intra"
) -> Page:
    """Sign in by the page."""
    return reader.get(path).form("Sign in").fill(email=email, password=password).submit()


def lasting_headers(page: Page) -> dict[str, str]:
    """Return the headers of an answer but the request's own number and the size, which the typed address changes."""
    passing = {"x-request-id", "content-length"}
    return {name: value for name, value in page.response.headers.items() if name not in passing}
