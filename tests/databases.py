"""Databases for the tests: a PostgreSQL server of our own, and migrated templates that are copied per test."""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from consult.store import Database, migrations

KINDS = ["sqlite", "postgresql"]


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
        self._folder = Path(tempfile.mkdtemp(prefix="consult-pg-"))
        # PostgreSQL refuses to run as root; Debian's package brings the user `postgres`.
        self._as_user: dict[str, Any] = {"user": "postgres", "cwd": "/"} if os.geteuid() == 0 else {"cwd": "/"}
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        data = self._folder / "data"
        self._run(
            "initdb", "-D", str(data), "-U", "consult", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"
        )
        port = free_port()
        fsync = "on" if is_durable else "off"
        settings = f"-p {port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync={fsync} -c max_connections=200"
        self._run("pg_ctl", "-D", str(data), "-w", "-l", str(self._folder / "log"), "-o", settings, "start")
        self.url = f"postgresql+psycopg://consult@127.0.0.1:{port}"

    def stop(self) -> None:
        """Stop the server and remove what it kept."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as_user,
        )


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MigratedDatabases:
    """One migrated template of each kind; `fresh_url` copies it."""

    def __init__(self, folder: Path, server_url: str | None) -> None:
        self._folder = folder
        self._server_url = server_url
        self._templates: dict[str, str] = {}
        self._made = 0

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
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"{self._server_url}/{name}"

    def close(self) -> None:
        """Remove the SQLite files; the PostgreSQL server goes with all its databases."""
        shutil.rmtree(self._folder, ignore_errors=True)

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
        engine = create_engine(f"{self._server_url}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def migrate(url: str) -> None:
    """Bring a database to the schema's head."""
    database = Database(url)
    migrations.migrate(database)
    database.close()
