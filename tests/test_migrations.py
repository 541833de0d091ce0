"""The schema: one head, up and down on both databases, the same as the models, and with its triggers."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from consult.record.append_only import APPEND_ONLY, ERASABLE, trigger_name
from consult.record.entries import WAITS
from consult.settings import MIGRATIONS
from consult.store import Database
from consult.store.migrations import alembic_config, is_at_head, migrate
from consult.tables import metadata

FILES = sorted((MIGRATIONS / "versions").glob("*.py"))


def test_there_is_one_head(database: Database) -> None:
    with database.engine.connect() as connection:
        heads = ScriptDirectory.from_config(alembic_config(connection)).get_heads()

    assert len(heads) == 1
    assert is_at_head(database)


def test_the_migrations_make_what_the_models_describe(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_every_check_of_the_models_is_in_the_database(database: Database) -> None:
    inspector = inspect(database.engine)

    for table in metadata.sorted_tables:
        expected = {
            str(constraint.name)
            for constraint in table.constraints
            if type(constraint).__name__ == "CheckConstraint" and constraint.name
        }
        found = {check["name"] for check in inspector.get_check_constraints(table.name)}
        assert expected <= found, table.name


def test_down_and_up_again_leaves_the_same_schema(database: Database) -> None:
    migrate(database, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}

    migrate(database)

    assert is_at_head(database)


@pytest.mark.parametrize("table", [*APPEND_ONLY, *ERASABLE])
def test_append_only_tables_have_their_triggers_at_head(database: Database, table: str) -> None:
    changes = {"update", "delete"} if table in APPEND_ONLY else {"update"}

    assert {trigger_name(table, change) for change in changes} <= triggers(database)


def test_each_act_waits_for_its_place_by_a_trigger_at_head(database: Database) -> None:
    assert WAITS in triggers(database)


def triggers(database: Database) -> set[str]:
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT tgname FROM pg_trigger"
    )
    with database.engine.connect() as connection:
        return set(connection.scalars(text(catalogue)))


def test_the_database_itself_refuses_to_rewrite_the_record(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.execute(text("INSERT INTO pack (digest, content) VALUES ('d', 'c')"))
        connection.commit()
        for statement in ("UPDATE pack SET content = 'x'", "DELETE FROM pack"):
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(text(statement))
            connection.rollback()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_migration_is_dated_explained_and_imports_nothing_of_the_application(file: Path) -> None:
    source = file.read_text(encoding="utf-8")

    assert re.match(r"\d{4}_\d{2}_\d{2}_", file.name)
    assert source.startswith('"""')
    assert not re.search(r"^(from|import) (consult|web)", source, re.MULTILINE)
