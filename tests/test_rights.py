"""On PostgreSQL the role that serves can do its work and cannot rewrite the record, as the runbook sets it up."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from consult.commands import consult
from consult.commands.demo import load
from consult.commands.installing import create_keys, problems_of
from consult.commands.keys import settle
from consult.commands.rights import FORGOTTEN, is_unbound
from consult.record.append_only import APPEND_ONLY, ERASABLE, trigger_name
from consult.record.continuity import why_halted
from consult.record.tree import newest_checkpoint
from consult.settings import Settings
from consult.store import Base, Database
from consult.tables import metadata
from tests.databases import MigratedDatabases, find_postgresql
from tests.demo.test_play import LOADED_AT
from tests.record.logs import NOON, record_events, record_texts, sequence_all

ROOT = Path(__file__).parents[1]
SERVES, OWNS = f"serves_{os.getpid()}", f"owns_{os.getpid()}"


@pytest.fixture
def served(databases: MigratedDatabases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database whose tables belong to a role without a login, as the role that serves reaches it."""
    url = make_url(databases.fresh_url("postgresql"))
    name = f"rights_{os.getpid()}"
    server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for statement in (
            f"CREATE ROLE {OWNS} NOLOGIN",
            f"CREATE ROLE {SERVES} LOGIN",
            f"CREATE DATABASE {name} OWNER {OWNS} TEMPLATE template0 ENCODING 'UTF8'",
        ):
            connection.execute(text(statement))
    owner = url.set(database=name).update_query_dict({"options": f"-crole={OWNS}"})
    monkeypatch.setenv("DATABASE_URL", owner.render_as_string())
    result = CliRunner().invoke(consult, ["migrate", "--role", SERVES])
    assert result.exit_code == 0, result.output
    database = Database(url.set(database=name, username=SERVES).render_as_string())
    yield database
    database.close()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        connection.execute(text(f"DROP ROLE {SERVES}"))
        connection.execute(text(f"DROP ROLE {OWNS}"))
    server.dispose()


def refused(database: Database, *statements: str) -> str:
    """Try something as the role that serves and return how it is refused."""

    def attempt(db: Session) -> None:
        for statement in statements:
            db.execute(text(statement))

    with pytest.raises(DBAPIError) as refusal:
        database.sequence(attempt)
    return str(refusal.value.orig)


def test_the_role_that_serves_cannot_rewrite_the_record(served: Database) -> None:
    served.act(record_texts, 1)
    sequence_all(served)

    for table in (*APPEND_ONLY, *ERASABLE):
        column = metadata.tables[table].columns.keys()[-1]
        trigger = trigger_name(table, "update")
        for statement in (
            f"UPDATE {table} SET {column} = {column}",  # noqa: S608 - our own names
            f"TRUNCATE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"ALTER TABLE {table} DISABLE TRIGGER {trigger}",
            f"DROP TRIGGER {trigger} ON {table}",
            f"DROP TABLE {table} CASCADE",
            f"ALTER TABLE {table} RENAME TO other",
            f"CREATE RULE nothing AS ON INSERT TO {table} DO INSTEAD NOTHING",
        ):
            said = refused(served, statement)
            assert "permission denied" in said or "must be owner" in said or "append-only" in said, statement
    for table in APPEND_ONLY:
        assert "permission denied" in refused(served, f"DELETE FROM {table}")  # noqa: S608 - our own names


def test_it_cannot_pass_the_triggers_by_either(served: Database) -> None:
    assert "permission denied" in refused(served, "SET session_replication_role = replica")
    assert "permission denied" in refused(served, f"SET ROLE {OWNS}")
    assert "owner of function" in refused(served, "DROP FUNCTION refuse_append_only() CASCADE")
    harmless = "FUNCTION refuse_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    assert "permission denied" in refused(served, f"CREATE OR REPLACE {harmless}")
    assert "permission denied" in refused(served, "CREATE TABLE public.other (id integer)")


def test_nothing_public_can_be_taken_out(served: Database) -> None:
    for table in ("recommendation", "consultation", "version", "authority", "office", "head", "tile", "erased_text"):
        assert "permission denied" in refused(served, f"DELETE FROM {table}")  # noqa: S608 - our own names


def test_check_tells_a_role_that_is_bound_from_one_that_is_not(
    served: Database, databases: MigratedDatabases, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path, keys=tmp_path / "keys", database_url=served.url, base_url="https://a.example")
    unbound = Settings(
        data=tmp_path,
        keys=tmp_path / "keys",
        database_url=databases.fresh_url("postgresql"),
        base_url="https://a.example",
    )

    def said(of: Settings) -> str:
        return " ".join(problems_of(of))

    assert "could" not in said(settings)
    assert "could delete the record" in said(unbound)


def test_every_table_from_which_rows_are_deleted_is_known() -> None:
    names = {mapper.class_.__name__: mapper.class_.__tablename__ for mapper in Base.registry.mappers}
    deleted = {
        names[name]
        for file in (ROOT / "consult").rglob("*.py")
        for name in re.findall(r"\bdelete\((\w+)\)", file.read_text(encoding="utf-8"))
        if name in names
    }

    assert deleted
    assert deleted <= {*FORGOTTEN, *ERASABLE}
    assert set(FORGOTTEN) <= set(metadata.tables)


@pytest.mark.slow
def test_half_a_year_of_a_town_is_lived_by_the_role_that_serves(served: Database, tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, keys=tmp_path / "keys", database_url=served.url, base_url="https://izvoru.example", demo=True
    )
    create_keys(settings)

    load(settings, served, at=LOADED_AT)

    assert why_halted(served, settings.keys, settings.high_water_file) is None


@pytest.mark.slow
def test_the_owner_restores_a_backup_and_the_service_gets_its_rights_back_and_no_more(
    served: Database, tmp_path: Path
) -> None:
    settings = Settings(
        data=tmp_path / "data", keys=tmp_path / "keys", database_url=served.url, base_url="https://izvoru.example"
    )
    create_keys(settings)
    served.act(record_texts, 2)
    settle(settings, served, at=NOON)
    signed = served.read(newest_checkpoint)
    scripts = Scripts(settings, tmp_path, owner=os.environ["DATABASE_URL"])
    backup = scripts.run("as-service.sh", "backup.sh", tmp_path / "backups").strip()
    emptied(served)

    said = scripts.run("as-owner.sh", "restore.sh", backup)

    assert f"The record {settings.log_origin} holds: 3 entries." in said
    restored = served.read(newest_checkpoint)
    assert signed is not None
    assert restored is not None
    assert restored.note == signed.note
    assert not is_unbound(served)
    assert why_halted(served, settings.keys, settings.high_water_file) is None
    served.act(record_events, 1)
    settle(settings, served, at=NOON)
    assert "permission denied" in refused(served, "DELETE FROM event")
    assert "permission denied" in refused(served, "UPDATE checkpoint SET signed_at = signed_at")


class Scripts:
    """The administrator's scripts, with settings as the runbook lays them out; everybody here is the service's user."""

    def __init__(self, settings: Settings, folder: Path, *, owner: str) -> None:
        service, owns, programs = folder / "consult.env", folder / "owner.env", folder / "programs"
        stated = {
            "CONSULT_DATA": settings.data,
            "CONSULT_KEYS": settings.keys,
            "CONSULT_BASE_URL": settings.base_url,
            "DATABASE_URL": settings.database_url,
        }
        service.write_text("".join(f"{name}='{value}'\n" for name, value in stated.items()))
        owns.write_text(f"DATABASE_URL='{owner}'\nSERVES_AS={SERVES}\n")
        programs.mkdir()
        # `runuser -u consult -- COMMAND`, on a machine that has no such user.
        (programs / "runuser").write_text('#!/bin/sh\nshift 3\nexec "$@"\n')
        (programs / "runuser").chmod(0o755)
        found = [programs, Path(sys.executable).parent, find_postgresql() or Path("/usr/bin")]
        path = os.pathsep.join([*map(str, found), os.environ["PATH"]])
        self._environment = {"PATH": path, "CONSULT_ENV": str(service), "CONSULT_OWNER": str(owns)}

    def run(self, script: str, command: str, argument: Path | str) -> str:
        """Run one of the scripts of `deploy` as `as-service.sh` or `as-owner.sh` does; return what it says."""
        environment = dict(self._environment)
        if script == "as-service.sh":
            del environment["CONSULT_OWNER"]
        deploy = ROOT / "deploy"
        done = subprocess.run(
            [deploy / script, deploy / command, argument], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def emptied(served: Database) -> None:
    """Put a new database in the place of the one that serves, as the runbook says, owned by the same role."""
    url = make_url(served.url)
    served.engine.dispose()
    server = create_engine(
        make_url(os.environ["DATABASE_URL"]).set(database="postgres", query={}), isolation_level="AUTOCOMMIT"
    )
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {url.database} OWNER {OWNS} TEMPLATE template0 ENCODING 'UTF8'"))
    server.dispose()
