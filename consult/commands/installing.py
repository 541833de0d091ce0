"""`consult init`, `consult migrate` and `consult check`: putting an installation up and keeping it sound."""

import stat
import sys
from collections.abc import Iterator

import click
from sqlalchemy import text

from consult import clock
from consult.identity.authorities import AuthorityFacts
from consult.identity.founding import FoundingOfficial, found
from consult.identity.vault import create_vault_key
from consult.record.faults import Fault
from consult.record.keys import create_key, load_key
from consult.settings import Settings
from consult.store import Database
from consult.store.migrations import is_at_head
from consult.store.migrations import migrate as migrate_database


@click.command()
def migrate() -> None:
    """Bring the database to the schema of this program."""
    settings = Settings.from_environment()
    prepare_folders(settings)
    database = Database(settings.database_url)
    migrate_database(database)
    database.close()
    click.echo("The database is at head.")
