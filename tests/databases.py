"""Databases for the tests: a PostgreSQL server of our own, migrated templates, and copies that are lent to tests."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from consult.store import Database, migrations

KINDS = ["sqlite", "postgresql"]
#: Rows that nothing may delete are deleted all the same: what refuses it is another function while this runs.
DELETE_ALL = """
SET LOCAL lock_timeout = '2s';
SET LOCAL session_replication_role = replica;
DO $$
DECLARE
    refusal text := pg_get_functiondef('refuse_append_only'::regproc);
    tables regclass[] := ARRAY(
        SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    );
    written regclass;
BEGIN
    CREATE OR REPLACE FUNCTION refuse_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    FOREACH written IN ARRAY tables LOOP
        EXECUTE 'DELETE FROM ' || written;
    END LOOP;
    EXECUTE refusal;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
END $$
"""
#: A table of the catalogue has a row for each table and index, which changes with whatever is added to them.
SCHEMA = """
SELECT md5(string_agg(oid || ' ' || xmin, ',' ORDER BY oid)) FROM pg_class
WHERE relnamespace = 'public'::regnamespace
"""
#: What both servers and their databases may need at once, in bytes.
ROOM = 2 << 30


def quick_folder(prefix: str) -> Path:
    """Make a folder in memory where the system has one: a thousand databases and keys are written, and none must last.

    What makes sure of a file waits for the disk, ten milliseconds each time. Some tests run programs of their own.
    """
    memory = Path("/dev/shm")  # noqa: S108 - a new folder of our own, readable by us alone
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    roomy = roomy and not os.statvfs(memory).f_flag & os.ST_NOEXEC
    return Path(tempfile.mkdtemp(prefix=prefix, dir=memory if roomy else None))


def find_postgresql() -> Path | None:
    """Return the folder of PostgreSQL's programs: Debian's own place first, then the search path."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


class PostgresqlServer:
    """A server on loopback and a random port, with a data directory of its own, run by a user that is not root.

    `is_durable`: what it commits is on the disk, as in production; the tests do without.
    """

    def __init__(self, binaries: Path, *, is_durable: bool = False) -> None:
        self._binaries = binaries
        on_disk = Path(tempfile.mkdtemp(prefix="consult-pg-")) if is_durable else None
        self._folder = on_disk or quick_folder("consult-pg-")
        # PostgreSQL refuses to run as root; Debian's package brings the user `postgres`.
        self._as_user: dict[str, Any] = {"user": "postgres", "cwd": "/"} if os.geteuid() == 0 else {"cwd": "/"}
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        data = self._folder / "data"
        self._run(
            "initdb", "-D", str(data), "-U", "consult", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"
        )
        port = free_port()
        settings = f"-p {port} -k {self._folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        if not is_durable:
            settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
            settings += " -c wal_level=minimal -c max_wal_senders=0"
            # Nothing here lives long enough to be swept, and what compiles a query costs more than running it once.
            settings += " -c autovacuum=off -c jit=off -c max_parallel_workers_per_gather=0 -c checkpoint_timeout=1h"
        self._start = ["pg_ctl", "-D", str(data), "-w", "-l", str(self._folder / "log"), "-o", settings, "start"]
        self._run(*self._start)
        self.url = f"postgresql+psycopg://consult@127.0.0.1:{port}"

    def stop(self) -> None:
        """Stop the server and remove what it kept."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def crash(self) -> None:
        """Kill all of its processes at once, as a power cut would, and start it anew."""
        above = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        for pid in (above, *children_of(above)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while True:
            # It refuses to start as long as one of those is not quite gone.
            with suppress(subprocess.CalledProcessError):
                self._run(*self._start)
                return
            sleep(0.2)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as_user,
        )


def children_of(above: int) -> list[int]:
    """Return the processes that one has started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == above:
                found.append(int(folder.name))
    return found


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MigratedDatabases:
    """One migrated template of each kind; `fresh_url` copies it, `forget` removes the copy, `lend` lends one again.

    `folder`: where SQLite's files lie; in memory where none is given.
    """

    def __init__(self, server_url: str | None, *, folder: Path | None = None) -> None:
        self._folder = folder or quick_folder("consult-sqlite-")
        self._server_url = server_url
        self._server = create_engine(f"{server_url}/postgres", isolation_level="AUTOCOMMIT") if server_url else None
        self._templates: dict[str, str] = {}
        self._spare: dict[str, Database] = {}
        self._made = 0

    @contextmanager
    def lend(self, kind: str) -> Iterator[Database]:
        """Lend a database with the schema at head and no rows, and take whatever is written back out of it.

        A new database would do, but its connections and its statements, which are compiled once for each engine, would
        be new as well; together they cost more than most tests. One that was given another schema is not lent again.
        """
        database = self._spare.pop(kind, None) or Database(self.fresh_url(kind))
        schema = None if database.is_sqlite else schema_of(database)
        yield database
        if self._emptied(database, schema):
            self._spare[kind] = database
        else:
            database.close()
            self.forget(database.url)

    def fresh_url(self, kind: str) -> str:
        """Return the URL of a new database with the schema at head and no rows."""
        template = self._templates.get(kind) or self._make_template(kind)
        self._templates[kind] = template
        self._made += 1
        if kind == "sqlite":
            copy = self._folder / f"copy-{self._made}.db"
            shutil.copyfile(template, copy)
            return f"sqlite:///{copy}"
        name = f"copy_{os.getpid()}_{self._made}"
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return f"{self._server_url}/{name}"

    def copy_url(self, url: str) -> str:
        """Return the URL of a copy of a database as it is now, as a backup of this moment would bring it back.

        Nobody may have it open.
        """
        self._made += 1
        if url.startswith("sqlite"):
            copy = self._folder / f"copy-{self._made}.db"
            with (
                closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as living,
                closing(sqlite3.connect(copy)) as new,
            ):
                living.backup(new)
            return f"sqlite:///{copy}"
        name = f"copy_{os.getpid()}_{self._made}"
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{url.rpartition("/")[2]}" STRATEGY FILE_COPY')
        return f"{self._server_url}/{name}"

    def forget(self, url: str) -> None:
        """Remove a copy that nobody uses any more."""
        name = url.rpartition("/")[2]
        if url.startswith("sqlite"):
            for file in self._folder.glob(f"{name}*"):
                file.unlink()
        else:
            self._administer(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Remove the SQLite files; the PostgreSQL server goes with all its databases."""
        for database in self._spare.values():
            database.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._server is not None:
            self._server.dispose()

    def _emptied(self, database: Database, schema: str | None) -> bool:
        """Take out of a database what a test wrote; return False where it is no longer as it was lent."""
        if database.is_sqlite:
            with (
                closing(sqlite3.connect(self._templates["sqlite"])) as template,
                closing(sqlite3.connect(str(database.engine.url.database))) as copy,
            ):
                template.backup(copy)
            return True
        try:
            with database.engine.begin() as connection:
                connection.exec_driver_sql(DELETE_ALL)
        except OperationalError:
            # Something of the test's still holds a row.
            return False
        return schema_of(database) == schema

    def _make_template(self, kind: str) -> str:
        if kind == "sqlite":
            path = self._folder / "template.db"
            migrate(f"sqlite:///{path}")
            return str(path)
        if self._server_url is None:
            missing = "no PostgreSQL programs (initdb, pg_ctl) on this machine"
            if os.environ.get("CI") == "true":
                pytest.fail(missing)
            pytest.skip(missing)
        name = f"template_{os.getpid()}"
        self._administer(f'CREATE DATABASE "{name}"')
        migrate(f"{self._server_url}/{name}")
        return name

    def _administer(self, statement: str) -> None:
        assert self._server is not None
        with self._server.connect() as connection:
            connection.execute(text(statement))


def schema_of(database: Database) -> str:
    """Return what changes whenever the schema of a PostgreSQL database does."""
    with database.engine.connect() as connection:
        return str(connection.exec_driver_sql(SCHEMA).scalar_one())


def migrate(url: str) -> None:
    """Bring a database to the schema's head."""
    database = Database(url)
    migrations.migrate(database)
    database.close()
