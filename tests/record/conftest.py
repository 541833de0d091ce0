"""Databases of one kind, for what only that kind can do; and the language in which a command line speaks."""

from collections.abc import Iterator

import pytest

from consult.i18n import current_locale
from consult.store import Database
from tests.databases import MigratedDatabases


@pytest.fixture(autouse=True)
def english(_first_language: None) -> None:
    """Reports are read here as the commands print them by themselves."""
    current_locale.set("en")


@pytest.fixture
def sqlite(databases: MigratedDatabases) -> Iterator[Database]:
    with databases.lend("sqlite") as lent:
        yield lent


@pytest.fixture
def postgresql(databases: MigratedDatabases) -> Iterator[Database]:
    with databases.lend("postgresql") as lent:
        yield lent
