"""Keys of the record change in the open: whoever trusts an old one is led to the new one, and to no other."""

import shutil
from pathlib import Path

import pytest

from consult.commands.keys import NotTheirTurn, add_key, retire_key, settle
from consult.commands.recovering import recover_record
from consult.record.export import export
from consult.record.faults import Fault
from consult.record.keyring import signing_keys
from consult.record.keys import create_key, load_key, load_keyring
from consult.record.notes import Note, VerifyingKey
from consult.record.sources import Folder
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.settings import Settings
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.record.logs import NOON, ORIGIN, record_events


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    folder = tmp_path / "keys"
    create_key(folder, ORIGIN)
    return Settings(data=tmp_path, keys=folder, database_url=database.url, base_url="https://consult.example.org")


@pytest.fixture
def old(settings: Settings) -> VerifyingKey:
    return load_key(settings.keys).verifying


def live(database: Database, settings: Settings, count: int) -> None:
    database.act(record_events, count)
    settle(settings, database, at=NOON)


def signed(database: Database) -> Note:
    newest = database.read(newest_checkpoint)
    assert newest is not None
    return Note.parse(newest.note)


def export_to(database: Database, folder: Path) -> Path:
    database.read(export, folder)
    return folder


def test_both_sign_between_the_addition_and_the_retirement(
    database: Database, settings: Settings, old: VerifyingKey
) -> None:
    live(database, settings, 3)
    assert signed(database).signed_by([old]) == [old]

    new = add_key(settings, database, at=NOON)
    live(database, settings, 1)
    assert signed(database).signed_by([old, new]) == [old, new]
    assert database.read(signing_keys) == [old, new]

    retire_key(settings, database, old.vkey, "worn", at=NOON)
    live(database, settings, 1)
    assert [each.key_id for each in signed(database).signatures] == [new.id]
    assert database.read(signing_keys) == [new]


@pytest.fixture
def handed_over(database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path) -> tuple[Path, VerifyingKey]:
    """A log of which the first key was retired and destroyed, and its new key."""
    live(database, settings, 3)
    new = add_key(settings, database, at=NOON)
    live(database, settings, 300)
    retire_key(settings, database, old.vkey, "worn", at=NOON)
    (settings.keys / "log-1.key").unlink()
    live(database, settings, 2)
    return export_to(database, tmp_path / "log"), new


def test_whoever_trusts_the_old_key_is_led_to_the_new_one(
    handed_over: tuple[Path, VerifyingKey], old: VerifyingKey
) -> None:
    log, new = handed_over

    assert (log / "key").read_text() == f"{new.vkey}\n"
    assert "handover/4\n" in (log / "files").read_text()
    for trusted in (old, new, None):
        assert verify(Folder(log), trusted).checkpoint.size == 307


def test_another_key_is_not_trusted(handed_over: tuple[Path, VerifyingKey], tmp_path: Path) -> None:
    log, _ = handed_over
    stranger = create_key(tmp_path / "stranger", ORIGIN).verifying

    with pytest.raises(Fault, match="not the one that you gave"):
        verify(Folder(log), stranger)


def test_a_handover_that_the_old_key_did_not_sign_leads_nowhere(
    handed_over: tuple[Path, VerifyingKey], old: VerifyingKey, tmp_path: Path
) -> None:
    log, new = handed_over
    forged = Path(shutil.copytree(log, tmp_path / "forged"))
    text, _, lines = (log / "handover/4").read_text().rpartition("\n\n")
    by_the_old, by_the_new = lines.splitlines()
    (forged / "handover/4").write_text(f"{text}\n\n{by_the_new}\n")

    with pytest.raises(Fault, match="not the one that you gave"):
        verify(Folder(forged), old)
    assert verify(Folder(forged), new).key == new
    (forged / "handover/4").write_text(f"{text}\n\n{by_the_old}\n")
    with pytest.raises(Fault, match="handover/4: None of the signatures"):
        verify(Folder(forged), old)


def test_what_comes_back_from_a_copy_has_its_handover_with_it(
    database: Database,
    databases: MigratedDatabases,
    settings: Settings,
    old: VerifyingKey,
    tmp_path: Path,
) -> None:
    live(database, settings, 3)
    database.engine.dispose()
    backup = databases.copy_url(database.url)
    new = add_key(settings, database, at=NOON)
    live(database, settings, 2)
    mirror = export_to(database, tmp_path / "mirror")
    restored = Database(backup)

    report = recover_record(settings, restored, str(mirror), at=NOON)
    retire_key(settings, restored, old.vkey, "worn", at=NOON)

    assert report.passed, report.sentences
    log = export_to(restored, tmp_path / "log")
    assert (log / "handover/4").read_bytes() == (mirror / "handover/4").read_bytes()
    assert verify(Folder(log), old).checkpoint.size == 7
    assert verify(Folder(log), new).checkpoint.size == 7
    restored.close()


@pytest.mark.parametrize("trusted", ["old", "new"])
def test_a_handover_of_another_tree_is_refused(
    handed_over: tuple[Path, VerifyingKey], old: VerifyingKey, tmp_path: Path, trusted: str
) -> None:
    log, new = handed_over
    (log / "handover/4").write_bytes((log / "checkpoint").read_bytes())

    with pytest.raises(Fault, match="handover/4: It is not the checkpoint"):
        verify(Folder(log), old if trusted == "old" else new)


def test_a_handover_that_is_missing_is_missed(handed_over: tuple[Path, VerifyingKey]) -> None:
    log, new = handed_over
    files = (log / "files").read_text()
    (log / "files").write_text(files.replace("handover/4\n", ""))
    shutil.rmtree(log / "handover")

    with pytest.raises(Fault, match="handed over to another is missing"):
        verify(Folder(log), new)


def test_a_published_key_that_was_retired_is_refused(handed_over: tuple[Path, VerifyingKey], old: VerifyingKey) -> None:
    log, new = handed_over
    (log / "key").write_text(f"{old.vkey}\n{new.vkey}\n")

    with pytest.raises(Fault, match="Not all of the keys"):
        verify(Folder(log), new)


def test_a_key_file_that_no_entry_names_signs_nothing(
    database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path
) -> None:
    live(database, settings, 1)
    stranger = create_key(tmp_path / "elsewhere", ORIGIN)
    file = settings.keys / f"log-1-{stranger.verifying.id.hex()}.key"
    file.touch(mode=0o600)
    file.write_text(f"{stranger.secret}\n")

    live(database, settings, 1)

    assert len(load_keyring(settings.keys).keys) == 2
    assert [each.key_id for each in signed(database).signatures] == [old.id]


def test_the_only_key_is_not_retired_and_a_third_is_not_added(
    database: Database, settings: Settings, old: VerifyingKey
) -> None:
    live(database, settings, 1)
    with pytest.raises(NotTheirTurn, match="the only key"):
        retire_key(settings, database, old.vkey, "worn", at=NOON)
    add_key(settings, database, at=NOON)

    with pytest.raises(NotTheirTurn, match="Two keys"):
        add_key(settings, database, at=NOON)
    with pytest.raises(NotTheirTurn, match="does not sign"):
        retire_key(settings, database, "other+00+00", "worn", at=NOON)

    assert len(signed(database).signatures) == 2
