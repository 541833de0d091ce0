"""`make bench`: measure the pages and the record on both databases, and print what was found.

Everything lies in a folder of its own that is gone at the end; the PostgreSQL server is one that this run starts, and
writes to the disk as in production.
"""

import asyncio
import logging
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

import consult.tables  # noqa: F401 - every table is known
from consult.identity.vault import Vault
from consult.record.keys import create_key
from consult.settings import Settings
from consult.store import Database
from tests.benchmarks import audits, dossiers, log, tables, texts
from tests.benchmarks.faces import HOST, Face, cost_of, yardstick
from tests.benchmarks.pages import CACHED_MILLISECONDS, PAGES, cached, first_visit
from tests.benchmarks.towns import Town, settle
from tests.databases import KINDS, MigratedDatabases, PostgresqlServer, find_postgresql

SIZES = (1, 100)
#: Short blocks and many: the quietest of them is what a page costs on a machine that does nothing else.
BLOCKS, REQUESTS = 25, 4


def main() -> None:
    """Measure everything on each kind of database that is here."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="consult-bench-")))
        write_logs_nowhere()
        binaries = find_postgresql()
        server = PostgresqlServer(binaries, is_durable=True) if binaries else None
        if server:
            stack.callback(server.stop)
        databases = MigratedDatabases(server.url if server else None, folder=folder / "databases")
        (folder / "databases").mkdir()
        tables.yardstick_line(*yardstick())
        tables.heading("A long text")
        tables.figure_lines([*texts.of_a_code()])
        tables.heading("What is taken along whole")
        settings = installation(folder / "file", databases.fresh_url("sqlite"))
        database = Database(settings.database_url)
        stack.callback(database.close)
        tables.figure_lines([*dossiers.of_a_file(database, settings), *dossiers.of_a_workbook()])
        for kind in KINDS:
            if kind == "postgresql" and server is None:
                print("PostgreSQL's programs are not on this machine; it is not measured.")
                continue
            measure(kind, databases, folder / kind)
        tables.heading("A log of many years, on files alone")
        settings = installation(folder / "long", databases.fresh_url("sqlite"))
        database = Database(settings.database_url)
        stack.callback(database.close)
        tables.figure_lines([*log.of_a_long_log(database, settings, folder / "export")])
        tables.figure_lines([*audits.of_a_million_entries(folder / "million")])
        tables.yardstick_line(*yardstick())


def write_logs_nowhere() -> None:
    """Make each request write its line, as in production, to where nobody reads it."""
    logging.basicConfig(filename=os.devnull, level=logging.INFO, format="%(asctime)s %(message)s")


def measure(kind: str, databases: MigratedDatabases, folder: Path) -> None:
    """Measure the pages and the record on one kind of database."""
    towns = []
    with ExitStack() as stack:
        for size in SIZES:
            settings = installation(folder / str(size), databases.fresh_url(kind))
            database = Database(settings.database_url)
            stack.callback(database.close)
            town = database.act(settle, size)
            towns.append((database, settings, town))
            sequenced = log.sequence_all(database, settings)
            know_the_rows(database)
        asyncio.run(measure_pages(kind, towns))
        tables.heading(f"The public record on {kind}")
        database, settings, town = towns[-1]
        tables.figure_lines([sequenced, *log.of_a_living_town(database, settings, town)])


def know_the_rows(database: Database) -> None:
    """Let the planner know how much there is, as PostgreSQL's autovacuum does by itself within a minute."""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def installation(folder: Path, url: str) -> Settings:
    """Return the settings of an installation with keys of its own."""
    settings = Settings(data=folder, keys=folder / "keys", database_url=url, base_url=f"https://{HOST}")
    Vault.create(settings.keys)
    create_key(settings.keys, settings.log_origin)
    return settings


async def measure_pages(kind: str, towns: list[tuple[Database, Settings, Town]]) -> None:
    """Print what each page costs in each town."""
    faces = [Face(*each) for each in towns]
    tables.heading(f"Pages on {kind}: each made anew")
    tables.page_heading([f"town ×{size}" for size in SIZES])
    for page in PAGES:
        asked = [(face, page.asks(face)) for face in faces]
        costs = await cost_of(asked, blocks=BLOCKS, requests=REQUESTS)
        tables.page_line(page.name, costs, page.milliseconds)
    copying = [Face(*each, is_cached=True) for each in towns]
    known = [await cached(face) for face in copying]
    for name in known[0]:
        asked = [(face, each[name]) for face, each in zip(copying, known, strict=True)]
        costs = await cost_of(asked, blocks=BLOCKS, requests=REQUESTS)
        tables.page_line(name, costs, CACHED_MILLISECONDS)
    tables.heading("The first visit: bytes on the wire")
    tables.first_visit_lines(await first_visit(faces[-1]))


if __name__ == "__main__":
    main()
