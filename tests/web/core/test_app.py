"""What runs beside the pages, and how one request finds its database."""

from threading import Event, current_thread

import pytest
from litestar.types import ControllerRouterHandler

from consult.settings import Settings
from consult.store import Database
from tests.web.conftest import opened
from tests.web.core.sample import notes, sign_in_page
from tests.web.reader import Reader
from web.app import installed, routed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_the_worker_runs_beside_the_pages_and_finishes_what_it_began(
    settings: Settings, database: Database, handlers: tuple[ControllerRouterHandler, ...]
) -> None:
    seen: list[object] = []

    def work(with_settings: Settings, with_database: Database, stop: Event) -> None:
        seen.append((with_settings, with_database.read(notes), current_thread().name))
        stop.wait()
        seen.append("finished")

    app = installed(routed(handlers, sign_in_page), settings, database, background=[work, work])
    with opened(app) as client:
        client.get("/note")
        assert "finished" not in seen

    assert [each[:2] for each in seen if isinstance(each, tuple)] == [(settings, [])] * 2
    assert seen.count("finished") == 2


def test_there_is_no_description_of_the_machine_for_strangers(reader: Reader) -> None:
    for path in ("/schema", "/schema/openapi.json", "/docs", "/openapi.json"):
        reader.get(path, status=404)
