"""What lets the record go on after a restore, and what is refused until it can."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.commands import consult
from consult.commands.keys import add_key, continue_without_key, retire_key, settle
from consult.commands.recovering import recover_record, resume_record
from consult.i18n import current_locale
from consult.identity.offices import Role
from consult.identity.registers import Register, next_number
from consult.record.bodies import keep_body
from consult.record.continuity import Shortened, Unremembered, why_halted
from consult.record.entries import RecordedEvent, append
from consult.record.entry_form import Commitment, Event
from consult.record.events import (
    ConsultationAnnounced,
    DebateRequested,
    MeetingAnnounced,
    ProjectSubmitted,
    RecommendationReceived,
)
from consult.record.export import export
from consult.record.faults import Fault
from consult.record.keyring import all_keys
from consult.record.keys import create_key, load_key
from consult.record.notes import VerifyingKey
from consult.record.sources import Folder
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.settings import Settings
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.factories import an_authority, an_official
from tests.record.logs import CLERK, NOON, ORIGIN, WITNESS, erase_text, record_events, record_texts
from tests.record.test_sources import from_folder, served

ADMINISTRATOR = "admin@izvoru.example"


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    create_key(tmp_path / "keys", ORIGIN)
    return Settings(
        data=tmp_path, keys=tmp_path / "keys", database_url=database.url, base_url="https://consult.example.org"
    )


@pytest.fixture
def empty(database: Database, databases: MigratedDatabases) -> Iterator[Database]:
    """A database of the same kind in which nothing ever happened."""
    kind = "sqlite" if database.is_sqlite else "postgresql"
    made = Database(databases.fresh_url(kind))
    yield made
    made.close()
    databases.forget(made.url)


def live(database: Database, settings: Settings, count: int = 1) -> bytes:
    """Let so many acts happen and be signed; return the newest checkpoint."""
    database.act(record_events, count)
    settle(settings, database, at=NOON)
    newest = database.read(newest_checkpoint)
    assert newest is not None
    return newest.note


def run(settings: Settings, *words: str) -> Result:
    """Run a command in the installation, as its keeper does."""
    environment: Mapping[str, str] = {
        "CONSULT_DATA": str(settings.data),
        "CONSULT_KEYS": str(settings.keys),
        "CONSULT_BASE_URL": settings.base_url,
        "DATABASE_URL": settings.database_url,
    }
    return CliRunner().invoke(consult, words, env=environment)


def events(database: Database) -> int:
    return database.read(lambda db: db.scalar(select(func.count()).select_from(RecordedEvent)) or 0)


def test_no_command_records_anything_while_the_record_is_halted(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    database.act(lambda db: an_official(db, an_authority(db), Role.ADMINISTRATOR, email=ADMINISTRATOR))
    checkpoint = tmp_path / "kept"
    live(database, settings)
    add_key(settings, database, at=NOON)
    checkpoint.write_bytes(live(database, settings))
    settings.high_water_file.unlink()
    before = events(database)
    old = load_key(settings.keys).verifying.vkey

    by = ("--by", ADMINISTRATOR)
    refused = [
        run(settings, "record", "witness", "add", "Pietonii", WITNESS.verifying.vkey, *by),
        run(settings, "record", "witness", "quorum", "1", *by),
        run(settings, "record", "key", "add"),
        run(settings, "record", "key", "retire", old, "--reason", "uzată"),
    ]

    assert [result.exit_code for result in refused] == [1] * len(refused)
    assert not any("Done" in result.output for result in refused)
    assert events(database) == before
    assert run(settings, "record", "recover", "--checkpoint", str(checkpoint)).exit_code == 0
    assert "Done" in run(settings, "record", "witness", "quorum", "0", *by).output
    retire_key(settings, database, old, "uzată", at=NOON)


def test_a_checkpoint_that_others_kept_lets_a_whole_database_go_on(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    older, newest, damaged = tmp_path / "older", tmp_path / "newest", tmp_path / "damaged"
    older.write_bytes(live(database, settings, 2))
    newest.write_bytes(live(database, settings, 2))
    damaged.write_bytes(newest.read_bytes().replace(b"\n4\n", b"\n5\n"))
    settings.high_water_file.unlink()

    too_old = run(settings, "record", "recover", "--checkpoint", str(older))
    forged = run(settings, "record", "recover", "--checkpoint", str(damaged))
    neither = run(settings, "record", "recover")
    healed = run(settings, "record", "recover", "--checkpoint", str(newest))

    assert too_old.exit_code == 1
    assert "shows 2 entries, but at least 4 were signed" in too_old.output
    assert forged.exit_code == 1
    assert neither.exit_code == 2
    assert healed.exit_code == 0
    assert "holds up to 4 entries" in healed.output
    assert "known whole, and no further" in healed.output
    assert settings.high_water_file.read_bytes() == newest.read_bytes()


def test_a_checkpoint_shows_a_database_that_is_too_old(
    database: Database, databases: MigratedDatabases, settings: Settings, tmp_path: Path
) -> None:
    live(database, settings, 2)
    database.engine.dispose()
    restored = Database(databases.copy_url(database.url))
    kept = tmp_path / "kept"
    kept.write_bytes(live(database, settings))
    settings.high_water_file.unlink()

    with pytest.raises(Shortened):
        resume_record(settings, restored, kept, at=NOON)

    assert not settings.high_water_file.exists()
    restored.close()
    databases.forget(restored.url)


def test_an_older_database_without_the_file_goes_on_from_a_copy(
    database: Database, databases: MigratedDatabases, settings: Settings, tmp_path: Path
) -> None:
    live(database, settings, 2)
    database.engine.dispose()
    restored = Database(databases.copy_url(database.url))
    live(database, settings, 3)
    database.read(export, tmp_path / "copy")
    settings.high_water_file.unlink()
    assert why_halted(restored, settings.keys, settings.high_water_file) is not None

    report = recover_record(settings, restored, str(tmp_path / "copy"), at=NOON)

    assert report.passed
    assert why_halted(restored, settings.keys, settings.high_water_file) is None
    live(restored, settings)
    assert verify(Folder(exported(restored, tmp_path / "again", 1))).checkpoint.size == 6
    restored.close()
    databases.forget(restored.url)


def test_a_copy_that_is_too_old_never_makes_the_record_whole_once_nothing_remembers_how_far_was_signed(
    database: Database, databases: MigratedDatabases, settings: Settings, tmp_path: Path
) -> None:
    current_locale.set("en")
    live(database, settings, 2)
    older = exported(database, tmp_path / "older", 1)
    database.engine.dispose()
    restored = Database(databases.copy_url(database.url))
    live(database, settings)
    newest = exported(database, tmp_path / "newest", 1)
    settings.high_water_file.unlink()

    # The newer database signed more than the copy shows; the older one cannot know that there was more.
    refused = recover_record(settings, database, str(older), at=NOON)
    halted = why_halted(database, settings.keys, settings.high_water_file)
    believed = recover_record(settings, restored, str(older), at=NOON)
    longer = recover_record(settings, restored, str(newest), at=NOON)

    assert not refused.passed
    assert "shows 2 entries, but at least 3 were signed" in " ".join(refused.sentences)
    assert isinstance(halted, Unremembered)
    assert believed.sentences[1] == "The record holds up to 2 entries."
    assert "ask every witness" in believed.sentences[2]
    assert believed.facts["remembered"] is False
    assert longer.passed
    assert "1 entry came back." in longer.sentences
    restored.close()
    databases.forget(restored.url)


def test_a_copy_makes_the_record_whole_where_how_far_was_signed_is_remembered(
    database: Database, databases: MigratedDatabases, settings: Settings, tmp_path: Path
) -> None:
    current_locale.set("en")
    live(database, settings, 2)
    database.engine.dispose()
    restored = Database(databases.copy_url(database.url))
    live(database, settings)
    copy = exported(database, tmp_path / "copy", 1)

    report = recover_record(settings, restored, str(copy), at=NOON)

    assert report.sentences[-1] == "The record holds and can go on: 3 entries."
    assert report.facts["remembered"] is True
    restored.close()
    databases.forget(restored.url)


def exported(database: Database, folder: Path, log: int) -> Path:
    database.read(export, folder, log)
    return folder


@pytest.fixture
def first(settings: Settings) -> VerifyingKey:
    return load_key(settings.keys).verifying


@pytest.fixture
def copies(database: Database, settings: Settings, first: VerifyingKey, tmp_path: Path) -> list[Path]:
    """A log whose key was lost, and the log that continues it and says that one of its texts was erased."""
    database.act(record_texts, 2)
    live(database, settings)
    (settings.keys / "log-1.key").unlink()
    continue_without_key(settings, database, "seiful a ars", at=NOON)
    database.act(erase_text, 1)
    live(database, settings)
    return [exported(database, tmp_path / f"copy-{log}", log) for log in (1, 2)]


def test_an_earlier_log_comes_back_with_nothing_but_the_key_of_the_one_that_continues_it(
    settings: Settings, empty: Database, first: VerifyingKey, copies: list[Path], tmp_path: Path
) -> None:
    settings.high_water_file.unlink()

    with pytest.raises(Fault, match="--continued-by"):
        recover_record(settings, empty, str(copies[0]), at=NOON)
    earlier = recover_record(settings, empty, str(copies[0]), continued_by=[str(copies[1])], at=NOON)
    later = recover_record(settings, empty, str(copies[1]), at=NOON)

    assert (earlier.passed, later.passed) == (True, True)
    assert why_halted(empty, settings.keys, settings.high_water_file) is None
    assert empty.read(all_keys, 1) == [first]
    live(empty, settings)
    for log in (1, 2):
        exported(empty, tmp_path / f"again-{log}", log)
    assert verify(Folder(tmp_path / "again-2"), load_key(settings.keys).verifying).checkpoint.size == 4
    assert (tmp_path / "again-1" / "checkpoint").read_bytes() == (copies[0] / "checkpoint").read_bytes()


def test_a_log_that_a_strangers_key_continues_does_not_come_back(
    settings: Settings, empty: Database, copies: list[Path]
) -> None:
    (settings.keys / "log-2.key").unlink()
    create_key(settings.keys, ORIGIN.removesuffix("1") + "2")
    settings.high_water_file.unlink()

    with pytest.raises(Fault, match="not the one that you gave"):
        recover_record(settings, empty, str(copies[0]), continued_by=[str(copies[1])], at=NOON)

    assert events(empty) == 0


def test_a_log_that_ends_elsewhere_than_the_next_one_cites_does_not_come_back(
    settings: Settings, empty: Database, copies: list[Path], tmp_path: Path
) -> None:
    other = Settings(data=tmp_path, keys=tmp_path / "o", database_url=empty.url, base_url=settings.base_url)
    create_key(other.keys, ORIGIN)
    live(empty, other, 4)
    forged = exported(empty, tmp_path / "forged", 1)
    before = events(empty)

    with pytest.raises(Fault):
        recover_record(settings, empty, str(forged), continued_by=[str(copies[1])], at=NOON)

    assert events(empty) == before


def record_numbered(db: Session, register: Register) -> None:
    event = numbered(register, lambda: keep_body(db, {"reason": "Trotuarul este prea îngust."}).committed)
    append(db, event, signer=CLERK, at=NOON)


TOWN = "consult:izvoru"


def numbered(register: Register, kept: Callable[[], Commitment]) -> Event:
    """An act by which a register gives the number 7 of a year."""
    consultation = f"{TOWN}/consultari/7-2026"
    match register:
        case Register.CONSULTATIONS:
            facts = {"number": "7-2026", "title": "Trotuare", "terms": (), "pack": "a" * 64, "version": "b" * 64}
            return ConsultationAnnounced(subject=consultation, **facts)
        case Register.RECOMMENDATIONS:
            subject = f"{consultation}/propuneri/7-2026"
            return RecommendationReceived(subject=subject, number=7, kind="change", body=kept())
        case Register.MEETINGS:
            facts = {"kind": "session", "title": "Ședință", "starts_at": NOON, "place": "Sala mare"}
            return MeetingAnnounced(subject=f"{TOWN}/sedinte/7-2026", **facts)
        case Register.DEBATE_REQUESTS:
            facts = {"number": "7-2026", "by": "Pietonii", "asker": "association", "asked_on": NOON.date()}
            return DebateRequested(subject=consultation, body=kept(), **facts)
        case Register.PROJECTS:
            facts = {"number": 7, "pool": "centru", "category": None, "cost": 50_000_00}
            return ProjectSubmitted(subject=f"{TOWN}/buget/2026/proiecte/7", body=kept(), **facts)


@pytest.mark.parametrize("register", Register)
def test_no_register_gives_a_number_again_that_came_back_with_the_record(
    database: Database,
    databases: MigratedDatabases,
    settings: Settings,
    tmp_path: Path,
    register: Register,
) -> None:
    authority = database.act(an_authority, slug="izvoru")
    live(database, settings)
    database.engine.dispose()
    restored = Database(databases.copy_url(database.url))
    database.act(record_numbered, register)
    live(database, settings)
    copy = exported(database, tmp_path / "copy", 1)

    recover_record(settings, restored, str(copy), at=NOON)

    assert restored.act(next_number, register, authority.id, 2026) == 8
    restored.close()
    databases.forget(restored.url)


def test_a_mirror_that_verifies_and_then_shows_something_else_brings_back_what_was_verified(
    database: Database, databases: MigratedDatabases, settings: Settings, tmp_path: Path
) -> None:
    live(database, settings, 2)
    database.engine.dispose()
    restored = Database(databases.copy_url(database.url))
    live(database, settings, 3)
    true, asked = exported(database, tmp_path / "mirror", 1), list[str]()

    def lie(path: str) -> tuple[int, bytes]:
        asked.append(path)
        status, content = from_folder(true)(path)
        return status, content if asked.count(path) == 1 else content.replace(b"functionari", b"functionare")

    with served(lie) as address:
        report = recover_record(settings, restored, address, at=NOON)

    assert report.passed, report.sentences
    assert report.facts["back"] == 3
    assert asked.count("tile/entries/000.p/5") == 1
    restored.close()
    databases.forget(restored.url)
