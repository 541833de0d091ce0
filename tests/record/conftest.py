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
    fresh = Database(databases.fresh_url("sqlite"))
    yield fresh
    fresh.close()


@pytest.fixture
def postgresql(databases: MigratedDatabases) -> Iterator[Database]:
    fresh = Database(databases.fresh_url("postgresql"))
    yield fresh
    fresh.close()
