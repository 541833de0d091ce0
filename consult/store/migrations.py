"""Bringing a database to the schema's head, and back."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from consult.settings import MIGRATIONS
from consult.store.database import Database


def migrate(database: Database, revision: str = "head") -> None:
    """Bring the schema to a revision, up or down; at head it does nothing."""
    with database.engine.begin() as connection:
        config = alembic_config(connection)
        if revision == "base":
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def is_at_head(database: Database) -> bool:
    """Whether the database has the schema that this program was written for."""
    with database.engine.connect() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
        return MigrationContext.configure(connection).get_current_heads() == tuple(script.get_heads())


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
