"""The drill of the runbook: serve, back up, write on, lose everything, restore, be refused, recover, go on."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from consult.commands.installing import problems_of
from consult.commands.keys import continue_without_key
from consult.i18n import current_locale
from consult.identity.actors import Actor
from consult.identity.authorities import ANY_HOST
from consult.record.checkpoints import open_checkpoint
from consult.record.export import export
from consult.record.high_water import HighWater
from consult.record.keys import load_key, load_keyring
from consult.record.proofs import check_receipt
from consult.record.receipts import receipt
from consult.record.sequencer import advance
from consult.record.sources import Folder
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.settings import Settings
from consult.store import Database
from tests.databases import KINDS, MigratedDatabases
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_open_consultation
from tests.record.logs import erase_text, record_texts
from tests.test_deploy import backed_up, destroy, environment_of, installation, run, to_lose
from tests.web.conftest import BASE_URL, opened
from tests.web.reader import Clock, Reader
from web.app import create_app

PROPOSE = "/en/consultari/1-2026/propune?la=art-3&fel=observatie"
WORDS = "Trotuarul este prea îngust pentru un cărucior."


@pytest.fixture
def database(request: pytest.FixtureRequest, databases: MigratedDatabases) -> Iterator[Database]:
    with to_lose(databases, request.param) as fresh:
        yield fresh


def work(settings: Settings, database: Database) -> bytes:
    """Sequence and sign what waits, as the worker does; return the newest checkpoint."""
    high_water = HighWater(settings.high_water_file)
    while advance(database, load_keyring(settings.keys), at=NOW, high_water=high_water):
        pass
    newest = database.read(newest_checkpoint)
    assert newest is not None
    return newest.note


@contextmanager
def visited(settings: Settings, database: Database, author: Actor) -> Iterator[Reader]:
    """Open the service on a database, and sign in."""
    app = create_app(replace(settings, base_url=BASE_URL), database, clock=Clock(NOW))
    with opened(app) as client:
        yield Reader(client, database, Clock(NOW)).sign_in(author)


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
def test_after_a_restore_the_record_goes_on_where_it_was_signed(database: Database, tmp_path: Path) -> None:
    settings = replace(installation(tmp_path / "keys", database.url), data=tmp_path / "data")
    settings.files.mkdir(parents=True)
    key = load_key(settings.keys).verifying
    consultation = database.act(lambda db: an_open_consultation(db, an_authority(db, host=ANY_HOST)))
    author = database.act(a_citizen)
    work(settings, database)
    backup = backed_up(settings, tmp_path / "backups")

    late = database.act(lambda db: a_recommendation(db, consultation))
    kept_checkpoint = work(settings, database)
    kept_receipt = database.read(receipt, late.event_id)
    database.read(export, tmp_path / "mirror")
    destroy(database, settings)
    restoring = run("restore.sh", backup, settings)
    assert restoring.returncode == 0, restoring.stderr

    restored = Database(settings.database_url)
    current_locale.set("en")
    assert any("restored from a backup" in problem for problem in problems_of(settings))
    with visited(settings, restored, author) as reader:
        closed = reader.ask("GET", "/en/consultari/1-2026/propuneri")
        refused = reader.ask("POST", PROPOSE, data={"reason": WORDS})
        status = reader.get("/en/stare")
    assert (closed.status_code, refused.status_code) == (503, 503)
    assert WORDS in refused.text
    assert "being brought up to date" in refused.text
    assert "2 entries, but 3 were signed" in status.text

    recovering = consult(settings, "record", "recover", "--from", str(tmp_path / "mirror"))
    assert recovering.returncode == 0, recovering.stderr
    assert "recommendation.received consult:" in recovering.stdout
    assert "can go on" in recovering.stdout

    assert not any("Nothing can be recorded" in problem for problem in problems_of(settings))
    new = restored.act(lambda db: a_recommendation(db, consultation))
    work(settings, restored)
    assert new.number == late.number + 1
    restored.read(export, tmp_path / "again")
    found = verify(Folder(tmp_path / "again"), key)
    kept, _ = open_checkpoint(kept_checkpoint, [key])
    assert found.checkpoint.size > kept.size
    assert kept_receipt is not None
    assert check_receipt(kept_receipt, [key]).checkpoint == kept
    with visited(settings, restored, author) as reader:
        form = reader.get(PROPOSE).form("Check the proposal")
        assert form.fill(reason=WORDS).submit().heading
    restored.close()


@pytest.mark.slow
@pytest.mark.parametrize("database", KINDS, indirect=True)
def test_a_restore_verifies_the_logs_whose_keys_were_lost_too(database: Database, tmp_path: Path) -> None:
    settings = replace(installation(tmp_path / "keys", database.url), data=tmp_path / "data")
    settings.files.mkdir(parents=True)
    database.act(record_texts, 2)
    work(settings, database)
    (settings.keys / "log-1.key").unlink()
    continue_without_key(settings, database, "seiful a ars", at=NOW)
    database.act(erase_text, 1)
    work(settings, database)
    backup = backed_up(settings, tmp_path / "backups")
    destroy(database, settings)

    restoring = run("restore.sh", backup, settings)

    assert restoring.returncode == 0, restoring.stderr
    assert "/log/1 holds: 3 entries" in restoring.stdout
    assert "/log/2 holds: 2 entries" in restoring.stdout


def consult(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of ours as the administrator does."""
    return subprocess.run(
        [sys.executable, "-c", "from consult.commands import main; main()", *words],
        env=environment_of(settings),
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
