"""What every test may ask for: a database of either kind, fresh or rolled back, with the real schema."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

import consult.tables  # noqa: F401 - every table is known, whatever a test imports
from consult.commands.rights import FORGOTTEN
from consult.i18n import DEFAULT_LOCALE, current_locale
from consult.identity.passwords import CITIZEN, OFFICIAL
from consult.record.append_only import ERASABLE
from consult.store import Base, Database
from tests.databases import KINDS, MigratedDatabases, PostgresqlServer, find_postgresql, quick_folder
from tests.tiers import SLOW, is_another_kind

#: What takes as long as five hundred other tests: begun last, everything would wait for it alone.
LONGEST = "test_journey.py"
#: What is about the databases themselves, and so is always tried on both of them.
ABOUT_DATABASES = ("tests/store/", "tests/jobs/", "tests/test_migrations.py", "tests/record/test_sequencer.py")
SERVER_URL = "CONSULT_TEST_POSTGRESQL"
#: Where pytest makes the folders of the tests (`tmp_path`), unless told (`--basetemp=…` keeps them after the run).
FOLDERS = "PYTEST_DEBUG_TEMPROOT"
_server: PostgresqlServer | None = None
_folders: Path | None = None


@event.listens_for(Session, "persistent_to_deleted")
def only_what_may_be_forgotten(_session: Session, row: Base) -> None:
    """Let no action take a row from a table from which the role that serves may take none: `consult migrate --role`."""
    assert row.__tablename__ in {*FORGOTTEN, *ERASABLE}, f"{row.__tablename__}: consult/commands/rights.py"


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL server for the whole run, before the parallel workers are started, and make its folders."""
    global _server, _folders  # noqa: PLW0603 - one of each a run, gone at its end
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    if FOLDERS not in os.environ:
        _folders = quick_folder("consult-tests-")
        os.environ[FOLDERS] = str(_folders)
    if SERVER_URL in os.environ:
        return
    binaries = find_postgresql()
    if binaries is not None:
        _server = PostgresqlServer(binaries)
        os.environ[SERVER_URL] = _server.url


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this run started, and remove its folders."""
    if _server is not None:
        _server.stop()
    if _folders is not None:
        shutil.rmtree(_folders, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, and leave the slow tier out of the quick run; it is `SLOW=1 make test`."""
    items.sort(key=lambda item: item.path.name != LONGEST)
    if not SLOW:
        kinds = Counter(sentence_of(item) for item in items)
        slow = {item for item in items if is_slow(item, is_of_both=kinds[sentence_of(item)] > 1)}
        config.hook.pytest_deselected(items=list(slow))
        items[:] = [item for item in items if item not in slow]


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among the tests: going through them all again is a quarter of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def is_slow(item: pytest.Item, *, is_of_both: bool) -> bool:
    """Return whether a test, or a test on one of both kinds of database, is left to the slow tier."""
    if item.get_closest_marker("slow") is not None:
        return True
    kind = kind_of(item)
    return kind is not None and is_of_both and is_another_kind(sentence_of(item), kind, KINDS)


def kind_of(item: pytest.Item) -> str | None:
    """Return the kind of database on which a sentence is tried; None where it is tried on none, or on both always."""
    if item.nodeid.startswith(ABOUT_DATABASES):
        return None
    parameters = getattr(item, "callspec", None)
    given = parameters.params if parameters else {}
    return given.get("database") or given.get("engine")


def sentence_of(item: pytest.Item) -> str:
    """Return what a test is called on every kind of database."""
    return item.nodeid.replace(kind_of(item) or " ", "")


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash passwords at the least cost: the tests hash a thousand of them, and no attacker will ever see one.

    What hashing costs in the service is tried in `tests/identity/test_passwords.py`, which puts itself in this place.
    """
    with pytest.MonkeyPatch.context() as patch:
        for rule, passes in ((CITIZEN, 1), (OFFICIAL, 2)):
            least = replace(rule.hasher._parameters, memory_cost=64, time_cost=passes)
            patch.setattr(rule.hasher, "_parameters", least)
        yield


@pytest.fixture(autouse=True)
def _first_language() -> None:
    """Every test begins in the language of the service, whatever the one before it (or its command line) spoke."""
    current_locale.set(DEFAULT_LOCALE)


@pytest.fixture(scope="session")
def databases() -> Iterator[MigratedDatabases]:
    """Migrated databases, from which a fresh one is copied in milliseconds."""
    made = MigratedDatabases(os.environ.get(SERVER_URL))
    yield made
    made.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, databases: MigratedDatabases) -> Iterator[Database]:
    """A database of each kind without a row, for tests that commit, race or sequence."""
    with databases.lend(request.param) as lent:
        yield lent


@pytest.fixture(scope="session", params=KINDS)
def engine(request: pytest.FixtureRequest, databases: MigratedDatabases) -> Iterator[Engine]:
    """One migrated database of each kind that tests of rules share, each rolling back."""
    shared = Database(databases.fresh_url(request.param))
    yield shared.engine
    shared.close()


@pytest.fixture
def db(engine: Engine) -> Iterator[Session]:
    """A session whose every change, committed or not, is rolled back at the end of the test."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        outer.rollback()


@pytest.fixture
def shared_folder() -> Path:
    """The folder of real acts and elections beside the repository; tests that read it skip where it is missing."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not here")
    return folder
