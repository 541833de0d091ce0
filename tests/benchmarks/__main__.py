"""`make bench`: measure the pages and the record on both databases, and print what was found.

Everything lies in a folder of its own that is gone at the end; the PostgreSQL server is one that this run starts, and
writes to the disk as in production.
"""

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

import consult.tables  # noqa: F401 - every table is known
from consult.identity.vault import Vault
from consult.record.keys import create_key
from consult.settings import Settings
from consult.store import Database
from tests.benchmarks import audits, dossiers, log, serving, tables, texts
from tests.benchmarks.faces import HOST, Face, cost_of, yardstick
from tests.benchmarks.pages import CACHED_MILLISECONDS, PAGES, cached, first_visit
from tests.benchmarks.towns import Town, settle
from tests.databases import KINDS, MigratedDatabases, PostgresqlServer, find_postgresql

SIZES = (1, 100)
#: Short blocks and many: the quietest of them is what a page costs on a machine that does nothing else.
BLOCKS, REQUESTS = 50, 2


@dataclass(frozen=True)
class Place:
    """A town of a size on one kind of database, and how fast its acts were given their places in the log."""

    kind: str
    size: int
    database: Database
    settings: Settings
    town: Town
    sequenced: tables.Figure

    @property
    def name(self) -> str:
        """What its column is called."""
        return f"{self.kind} ×{self.size}"

    def face(self, *, is_cached: bool = False) -> Face:
        """Return its pages."""
        return Face(self.database, self.settings, self.town, is_cached=is_cached)


def main(*only: str) -> None:
    """Measure everything on each kind of database that is here. `only`: `pages`, where nothing else is asked for."""
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
        places = [
            settled(stack, databases, folder, kind, size)
            for kind in KINDS
            for size in SIZES
            if server or kind != "postgresql"
        ]
        if server is None:
            print("PostgreSQL's programs are not on this machine; it is not measured.")
        asyncio.run(measure_pages(places))
        if "pages" not in only:
            measure_the_rest(stack, databases, folder, places)
        tables.yardstick_line(*yardstick())


def settled(stack: ExitStack, databases: MigratedDatabases, folder: Path, kind: str, size: int) -> Place:
    """Settle a town in a database of its own."""
    settings = installation(folder / kind / str(size), databases.fresh_url(kind))
    database = Database(settings.database_url)
    stack.callback(database.close)
    town = database.act(settle, size)
    sequenced = log.sequence_all(database, settings)
    know_the_rows(database)
    return Place(kind, size, database, settings, town, sequenced)


def measure_the_rest(stack: ExitStack, databases: MigratedDatabases, folder: Path, places: Sequence[Place]) -> None:
    """Measure what is no page: the record, long texts, and what is taken along whole."""
    for place in places:
        if place.size == SIZES[-1]:
            tables.heading(f"The public record on {place.kind}")
            living = log.of_a_living_town(place.database, place.settings, place.town)
            tables.figure_lines([place.sequenced, *living, *serving.of_a_served_town(place.face(), place.settings)])
    tables.heading("A long text")
    tables.figure_lines([*texts.of_a_code()])
    tables.heading("What is taken along whole")
    settings = installation(folder / "file", databases.fresh_url("sqlite"))
    database = Database(settings.database_url)
    stack.callback(database.close)
    tables.figure_lines([*dossiers.of_a_file(database, settings), *dossiers.of_a_workbook()])
    tables.heading("A log of many years, on files alone")
    settings = installation(folder / "long", databases.fresh_url("sqlite"))
    database = Database(settings.database_url)
    stack.callback(database.close)
    tables.figure_lines([*log.of_a_long_log(database, settings, folder / "export")])
    tables.figure_lines([*audits.of_a_million_entries(folder / "million")])


def write_logs_nowhere() -> None:
    """Make each request write its line, as in production, to where nobody reads it."""
    logging.basicConfig(filename=os.devnull, level=logging.INFO, format="%(asctime)s %(message)s")


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


async def measure_pages(places: Sequence[Place]) -> None:
    """Print what each page costs in each town, all of which are asked by turns."""
    faces = [place.face() for place in places]
    tables.heading("Pages, each made anew but for the cached ones")
    tables.page_heading([place.name for place in places])
    for page in PAGES:
        asked = [(face, page.asks(face)) for face in faces]
        costs = await cost_of(asked, blocks=BLOCKS, requests=REQUESTS)
        tables.page_line(page.name, costs, page.milliseconds, page.bound)
    copying = [place.face(is_cached=True) for place in places]
    known = [await cached(face) for face in copying]
    for name in known[0]:
        asked = [(face, each[name]) for face, each in zip(copying, known, strict=True)]
        costs = await cost_of(asked, blocks=BLOCKS, requests=REQUESTS)
        tables.page_line(name, costs, CACHED_MILLISECONDS)
    tables.heading("The first visit: bytes on the wire")
    tables.first_visit_lines(await first_visit(faces[-1]))


if __name__ == "__main__":
    main(*sys.argv[1:])
