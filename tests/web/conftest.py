"""What every test of a page may ask for: the face on a database of each kind, a reader in front of it, and the time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from litestar.types import ControllerRouterHandler

from consult.identity.authorities import ANY_HOST, Authority
from consult.identity.vault import Vault
from consult.record.keys import create_key
from consult.settings import Settings
from consult.store import Database
from tests.factories import NOW, an_authority
from tests.web.reader import Clock, Reader
from web.app import HANDLERS, installed, routed
from web.identity.sign_in import sign_in_page as real_sign_in_page
from web.sessions import SignInPage

BASE_URL = "http://izvoru.test"


@pytest.fixture(autouse=True)
def quiet() -> None:
    """The client tells of each request; the tests' own output should be read."""
    logging.getLogger("httpx").setLevel(logging.WARNING)


@pytest.fixture
def clock() -> Clock:
    """The time in the face, which stands still unless a test moves it."""
    return Clock(NOW)


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    """An installation with keys of its own."""
    Vault.create(tmp_path / "keys")
    create_key(tmp_path / "keys", "izvoru.test/log/1")
    return Settings(data=tmp_path, keys=tmp_path / "keys", database_url=database.url, base_url=BASE_URL)


@pytest.fixture
def authority(database: Database) -> Authority:
    """The one authority of the installation."""
    return database.act(an_authority, host=ANY_HOST)


@pytest.fixture
def handlers() -> tuple[ControllerRouterHandler, ...]:
    """The areas that the face leads to; a test of the core puts its own in their place."""
    return HANDLERS


@pytest.fixture
def sign_in_page() -> SignInPage:
    """The page that answers a form of nobody's."""
    return real_sign_in_page


@cache
def routed_once(handlers: tuple[ControllerRouterHandler, ...], sign_in_page: SignInPage) -> Litestar:
    """The handlers behind their doors, which is slow; each test puts them into an installation of its own."""
    return routed(handlers, sign_in_page)


@contextmanager
def opened(app: Any, *, base_url: str = BASE_URL) -> Iterator[TestClient[Any]]:  # Any: Litestar's own type variable
    """Start the face and put a client in front of it, which follows no redirect by itself."""
    with TestClient(app, base_url=base_url) as client:
        client.follow_redirects = False
        del client.headers["user-agent"]
        yield client


@pytest.fixture
def reader(
    settings: Settings,
    database: Database,
    clock: Clock,
    authority: Authority,
    handlers: tuple[ControllerRouterHandler, ...],
    sign_in_page: SignInPage,
) -> Iterator[Reader]:
    """Somebody who reads, and is nobody yet."""
    app = installed(routed_once(handlers, sign_in_page), settings, database, clock=clock)
    with opened(app) as client:
        yield Reader(client, database, clock)
