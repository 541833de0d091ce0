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
#: What both servers and their databases may need at once, in bytes.
ROOM = 2 << 30


def quick_folder(prefix: str) -> Path:
    """Make a folder in memory where the system has one: a thousand databases are copied, and none must last."""
    memory = Path("/dev/shm")  # noqa: S108 - a new folder of our own, readable by us alone
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
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
    """One migrated template of each kind; `fresh_url` copies it, `forget` removes the copy.

    `folder`: where SQLite's files lie; in memory where none is given.
    """

    def __init__(self, server_url: str | None, *, folder: Path | None = None) -> None:
        self._folder = folder or quick_folder("consult-sqlite-")
        self._server_url = server_url
        self._server = create_engine(f"{server_url}/postgres", isolation_level="AUTOCOMMIT") if server_url else None
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
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
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
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._server is not None:
            self._server.dispose()

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


def migrate(url: str) -> None:
    """Bring a database to the schema's head."""
    database = Database(url)
    migrations.migrate(database)
    database.close()
