"""What the benchmarks ask can be asked, and what they count is right; how long it takes is no test's business."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from consult.store import Database
from tests.benchmarks.__main__ import installation
from tests.benchmarks.audits import PROPOSALS, of_a_million_entries
from tests.benchmarks.dossiers import of_a_file, of_a_workbook
from tests.benchmarks.faces import Face, cost_of
from tests.benchmarks.log import count_events
from tests.benchmarks.pages import FIRST_VISIT, PAGES, STATEMENTS, cached, first_visit
from tests.benchmarks.serving import of_a_served_town
from tests.benchmarks.texts import of_a_code
from tests.benchmarks.towns import settle

READ = [page for page in PAGES if "POST" not in page.name]


def a_face(database: Database, folder: Path, *, is_cached: bool) -> Face:
    settings = replace(installation(folder, database.url), database_url=database.url)
    return Face(database, settings, database.act(settle, 2), is_cached=is_cached)


def test_no_page_asks_the_database_more_than_ten_things(database: Database, tmp_path: Path) -> None:
    face = a_face(database, tmp_path, is_cached=False)

    async def asked() -> dict[str, int]:
        costs = {page.name: await cost_of([(face, page.asks(face))], blocks=1, requests=1) for page in READ}
        return {name: cost.statements for name, (cost,) in costs.items()}

    statements = asyncio.run(asked())

    assert {name: number for name, number in statements.items() if number > STATEMENTS} == {}
    assert statements["home"] > 0


def test_a_first_visit_is_small_and_a_fresh_copy_asks_the_database_nothing(database: Database, tmp_path: Path) -> None:
    face = a_face(database, tmp_path, is_cached=True)

    async def asked() -> tuple[dict[str, int], list[int]]:
        copies = await cached(face)
        costs = [await cost_of([(face, each)], blocks=1, requests=2) for each in copies.values()]
        return await first_visit(face), [cost.statements for (cost,) in costs]

    found, statements = asyncio.run(asked())

    assert len(found) == 5
    assert sum(found.values()) <= FIRST_VISIT
    assert statements == [0, 0]


def test_a_long_text_is_cut_compared_and_given_away_in_every_format() -> None:
    figures = [*of_a_code(articles=6, times=1)]

    assert [figure.name.split()[0] for figure in figures] == [
        "cutting",
        "comparing",
        "as",
        "as",
        "as",
        "as",
        "read",
        "read",
    ]
    assert all(figure.value > 0 for figure in figures)


def test_the_file_holds_all_that_was_received(database: Database, tmp_path: Path) -> None:
    settings = replace(installation(tmp_path, database.url), database_url=database.url)

    seconds, size = of_a_file(database, settings, received=2)

    assert seconds.name == "the file of 2 recommendations"
    assert size.value > 0
    assert next(of_a_workbook(rows=2)).name == "a workbook of 2 rows"


@pytest.mark.slow
def test_the_log_of_a_million_entries_is_a_lawful_one(tmp_path: Path) -> None:
    # The authority and its three officials; of each consultation its rules, its announcement and its report besides.
    told = 4 + 2 * (3 + 2 * PROPOSALS)

    (name, seconds), (_, megabytes) = [(each.name, each.value) for each in of_a_million_entries(tmp_path, 2)]

    assert name.startswith(f"{told:,} entries ")
    assert seconds > 0
    assert megabytes > 0


@pytest.mark.slow
def test_a_served_town_receives_all_that_is_sent_to_it(database: Database, tmp_path: Path) -> None:
    settings = replace(installation(tmp_path, database.url), database_url=database.url)
    face = Face(database, settings, database.act(settle, 2))
    before = database.read(count_events)

    (figure,) = of_a_served_town(face, settings, first=2, sent=6)

    assert figure.value > 0
    assert database.read(count_events) == before + 8
