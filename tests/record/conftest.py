"""Databases of one kind, for what only that kind can do."""

from collections.abc import Iterator

import pytest

from consult.store import Database
from tests.databases import MigratedDatabases


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
