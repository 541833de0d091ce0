"""The record outlives its key: another log continues it, and what the lost key signed holds as it did before."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from stat import S_IMODE
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select

from consult.audit import rules
from consult.audit.audit import audit
from consult.commands import consult
from consult.commands.installing import problems_of_keys
from consult.commands.keys import OPERATOR, NotTheirTurn, add_key, continue_without_key, retire_key, settle
from consult.commands.recovering import recover_record
from consult.commands.working import DIGEST
from consult.identity.vault import Vault
from consult.jobs import Job
from consult.notifications.digests import publish_digest
from consult.record import canonical
from consult.record.bodies import Body
from consult.record.continuation import NothingToContinue, continue_log
from consult.record.continuity import ForeignKey, NotContinued, Shortened, why_halted
from consult.record.cosigning import due
from consult.record.digests import newest_digests
from consult.record.entries import append, entry_at, entry_of, waiting_since
from consult.record.entry_form import Event
from consult.record.events import KeyAdded, KeyRetired, QuorumChanged, WitnessAdded, WitnessRemoved
from consult.record.events.log import SUBJECT
from consult.record.export import export
from consult.record.faults import Fault
from consult.record.high_water import HighWater
from consult.record.keyring import key_changes, signing_keys
from consult.record.keys import NoKey, create_another_key, create_key, load_key, load_keyring
from consult.record.notes import CosigningKey, VerifyingKey
from consult.record.proofs import check_receipt
from consult.record.receipts import receipt
from consult.record.reports import verify_log
from consult.record.sequencer import grow, sign_head
from consult.record.sources import Folder
from consult.record.stamping import stamp_digest
from consult.record.static import files_bytes, policy_bytes
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.record.witnesses import current_witnesses, signed_roll
from consult.settings import Settings
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.factories import an_authority
from tests.record import timestamping
from tests.record.logs import (
    CLERK,
    NOON,
    ORIGIN,
    WITNESS,
    a_witness,
    cosign_newest,
    erase_text,
    record_events,
    record_texts,
)
from tests.record.test_sources import from_folder, served

NEXT_ORIGIN = ORIGIN.removesuffix("1") + "2"
WHY = "seiful a ars"


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    folder = tmp_path / "keys"
    create_key(folder, ORIGIN)
    base_url = f"https://{ORIGIN.partition('/')[0]}"
    high_water = tmp_path / "high-water"
    return Settings(data=tmp_path, keys=folder, database_url=database.url, base_url=base_url, high_water=high_water)


@pytest.fixture
def old(settings: Settings) -> VerifyingKey:
    return load_key(settings.keys).verifying


def live(database: Database, settings: Settings, count: int) -> list[str]:
    ids = database.act(record_events, count)
    settle(settings, database, at=NOON)
    return ids


def lose(settings: Settings) -> None:
    for file in settings.keys.glob("*.key"):
        file.unlink()


def go_on(database: Database, settings: Settings) -> VerifyingKey:
    return continue_without_key(settings, database, WHY, at=NOON)


def exported(database: Database, folder: Path, log: int) -> Folder:
    database.read(export, folder, log)
    return Folder(folder)


def broken_of_the_log(folder: Path) -> set[str]:
    """Return which rules about the log itself its entries break; who acts in these tests is no matter here."""
    return {failure.breach.rule.id for failure in audit(Folder(folder), at=NOON).failures} & {
        rules.KEYS.id, rules.WITNESSES.id, rules.QUORUM.id, rules.BEGINNING.id, rules.CONTINUED.id, rules.UNBROKEN.id,
    }  # fmt: skip


def stated(database: Database, index: int, log: int) -> dict[str, Any]:
    entry = database.read(entry_at, index, log)
    assert entry is not None
    return canonical.load(entry.event.entry)


def test_the_next_log_begins_by_citing_the_last_checkpoint_of_the_one_before(
    database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path
) -> None:
    live(database, settings, 3)
    last = database.read(newest_checkpoint)
    lose(settings)

    new = go_on(database, settings)

    live(database, settings, 2)
    first = stated(database, 0, 2)
    assert new.name == NEXT_ORIGIN
    assert (first["type"], first["facts"]["reason"]) == ("log.continued", WHY)
    assert last is not None
    assert first["facts"]["checkpoint"] == last.note.decode()
    assert verify(exported(database, tmp_path / "1", 1), old).checkpoint.size == 3
    assert verify(exported(database, tmp_path / "2", 2), new).checkpoint.size == 3
    for log in (1, 2):
        assert broken_of_the_log(tmp_path / str(log)) == set()
    with pytest.raises(Fault, match="not the one that you gave"):
        verify(Folder(tmp_path / "2"), old)


def test_the_earlier_log_stays_as_it_was_to_the_last_byte(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    database.act(record_texts, 3)
    live(database, settings, 300)
    database.read(export, tmp_path / "before")
    lose(settings)

    go_on(database, settings)
    live(database, settings, 40)

    database.read(export, tmp_path / "after", 1)
    before, after = (
        {path: (folder / path).read_bytes() for path in Folder(folder).paths()}
        for folder in (tmp_path / "before", tmp_path / "after")
    )
    assert before == after


def test_what_waited_for_its_place_comes_after_the_first_entry(database: Database, settings: Settings) -> None:
    live(database, settings, 2)
    lose(settings)
    waiting = database.act(record_events, 3)

    go_on(database, settings)

    entries = [database.read(entry_of, event_id) for event_id in waiting]
    assert [(entry.log, entry.index) for entry in entries if entry] == [(2, 1), (2, 2), (2, 3)]
    assert database.read(waiting_since) is None


def test_what_had_a_place_that_was_never_signed_comes_before_what_waited(
    database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path
) -> None:
    live(database, settings, 2)
    placed = database.act(record_events, 3)
    database.sequence(grow)
    lose(settings)
    waiting = database.act(record_events, 1)

    new = go_on(database, settings)

    entries = [database.read(entry_of, event_id) for event_id in (*placed, *waiting)]
    assert [(entry.log, entry.index) for entry in entries if entry] == [(2, 1), (2, 2), (2, 3), (2, 4)]
    assert database.read(entry_at, 2, 1) is None
    assert verify(exported(database, tmp_path / "1", 1), old).checkpoint.size == 2
    assert verify(exported(database, tmp_path / "2", 2), new).checkpoint.size == 5


def test_a_note_that_was_signed_and_then_forgotten_by_a_crash_is_the_last_one(
    database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path
) -> None:
    live(database, settings, 2)
    database.act(record_events, 3)
    database.sequence(grow)

    class CrashError(Exception):
        pass

    def crash(db: Any, *arguments: Any, **named: Any) -> None:
        sign_head(db, *arguments, **named)
        raise CrashError

    with pytest.raises(CrashError):
        database.sequence(crash, load_keyring(settings.keys), HighWater(settings.high_water_file), at=NOON)
    lose(settings)

    go_on(database, settings)

    assert verify(exported(database, tmp_path / "1", 1), old).checkpoint.size == 5


def test_a_receipt_of_the_earlier_log_holds_and_stays_the_same(
    database: Database, settings: Settings, old: VerifyingKey
) -> None:
    event_id = live(database, settings, 3)[1]
    before = database.read(receipt, event_id)
    lose(settings)

    new = go_on(database, settings)

    assert before is not None
    assert database.read(receipt, event_id) == before
    assert check_receipt(before, [old]).index == 1
    later = database.read(receipt, live(database, settings, 1)[0])
    assert later is not None
    assert check_receipt(later, [new]).checkpoint.origin == NEXT_ORIGIN


def test_a_key_that_is_there_is_not_lost(database: Database, settings: Settings) -> None:
    live(database, settings, 1)

    with pytest.raises(NotTheirTurn, match="nothing is lost"):
        go_on(database, settings)

    assert len(list(settings.keys.glob("*.key"))) == 1


def test_a_key_that_somebody_else_has_signs_what_waits_and_no_more(
    database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path
) -> None:
    live(database, settings, 1)
    database.act(record_events, 2)

    new = continue_without_key(settings, database, "copiată", is_compromised=True, at=NOON)

    live(database, settings, 1)
    assert verify(exported(database, tmp_path / "1", 1), old).checkpoint.size == 3
    assert verify(exported(database, tmp_path / "2", 2), new).checkpoint.size == 2


def test_a_wrong_key_in_the_place_of_the_lost_one_does_not_stand_in_the_way(
    database: Database, settings: Settings
) -> None:
    live(database, settings, 1)
    lose(settings)
    create_key(settings.keys, ORIGIN)

    new = go_on(database, settings)

    assert database.read(signing_keys) == [new]


def test_a_command_that_was_interrupted_goes_on_with_the_key_that_it_made(
    database: Database, settings: Settings
) -> None:
    live(database, settings, 1)
    lose(settings)
    made = create_key(settings.keys, NEXT_ORIGIN).verifying
    assert why_halted(database, settings.keys, settings.high_water_file) is not None

    assert go_on(database, settings) == made
    assert why_halted(database, settings.keys, settings.high_water_file) is None


def test_a_log_that_signed_nothing_has_nothing_to_continue(database: Database, settings: Settings) -> None:
    database.act(record_events, 1)
    lose(settings)

    with pytest.raises(NothingToContinue):
        go_on(database, settings)


def test_a_second_loss_is_a_third_log(database: Database, settings: Settings, tmp_path: Path) -> None:
    live(database, settings, 1)
    for _ in range(2):
        lose(settings)
        new = go_on(database, settings)

    assert new.name.endswith("/log/3")
    for log, size in ((1, 1), (2, 1), (3, 1)):
        assert verify(exported(database, tmp_path / str(log), log)).checkpoint.size == size


def test_a_key_that_was_added_is_no_key_of_the_next_log(database: Database, settings: Settings) -> None:
    live(database, settings, 1)
    add_key(settings, database, at=NOON)
    lose(settings)

    new = go_on(database, settings)

    assert database.read(signing_keys) == [new]
    assert database.read(key_changes, 99) == []
    assert len(database.read(signing_keys, 1)) == 2


def test_a_change_of_keys_that_waited_when_the_key_was_lost_changes_nothing_in_the_next_log(
    database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path
) -> None:
    live(database, settings, 1)
    never = create_another_key(settings.keys, ORIGIN).verifying
    database.act(lambda db: append(db, KeyAdded(subject=SUBJECT, key=never.vkey), signer=CLERK, at=NOON))
    retired = KeyRetired(subject=SUBJECT, key=old.vkey, reason="rotație")
    database.act(lambda db: append(db, retired, signer=CLERK, at=NOON))
    lose(settings)

    new = go_on(database, settings)

    assert [stated(database, index, 2)["type"] for index in (1, 2)] == ["key.added", "key.retired"]
    assert database.read(signing_keys) == [new]
    assert verify(exported(database, tmp_path / "2", 2), new).key == new
    assert broken_of_the_log(tmp_path / "2") == set()


def test_the_keys_of_the_next_log_change_like_those_of_the_first(
    database: Database, settings: Settings, old: VerifyingKey, tmp_path: Path
) -> None:
    live(database, settings, 1)
    retired = KeyRetired(subject=SUBJECT, key=old.vkey, reason="rotație")
    database.act(lambda db: append(db, retired, signer=CLERK, at=NOON))
    lose(settings)
    new = go_on(database, settings)

    newer = add_key(settings, database, at=NOON)
    retire_key(settings, database, new.vkey, "rotație", at=NOON)

    assert database.read(signing_keys) == [newer]
    assert verify(exported(database, tmp_path / "2", 2), new).key == newer
    assert broken_of_the_log(tmp_path / "2") == set()


def test_witnesses_who_were_named_or_dropped_when_the_key_was_lost_are_so_in_the_next_log(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    other = CosigningKey("ziarul.example/martor", b"z" * 32).verifying

    def record(*events: Event) -> None:
        database.act(lambda db: [append(db, event, signer=CLERK, at=NOON) for event in events])

    witness = database.act(a_witness)
    record(
        WitnessAdded(subject=SUBJECT, name=witness.name, key=witness.vkey, url=witness.url),
        QuorumChanged(subject=SUBJECT, quorum=1),
    )
    settle(settings, database, at=NOON)
    lose(settings)
    record(
        WitnessAdded(subject=SUBJECT, name="Ziarul", key=other.vkey, url=""),
        WitnessRemoved(subject=SUBJECT, name=witness.name, key=witness.vkey, reason="a plecat"),
    )

    new = go_on(database, settings)

    exported(database, tmp_path / "2", 2)
    assert list(database.read(signed_roll, 2).urls) == [other.vkey]
    assert verify(Folder(tmp_path / "2"), new).checkpoint.size == 5
    assert broken_of_the_log(tmp_path / "2") == set()


def test_a_key_that_somebody_else_has_lies_there_under_a_name_that_says_so_and_signs_nothing(
    database: Database, settings: Settings
) -> None:
    live(database, settings, 1)
    add_key(settings, database, at=NOON)
    names = {file.name for file in settings.keys.iterdir()}

    new = continue_without_key(settings, database, "copiată", is_compromised=True, at=NOON)

    assert {file.name for file in settings.keys.iterdir()} == {"log-2.key", *(f"{name}.compromised" for name in names)}
    assert {S_IMODE(file.stat().st_mode) for file in settings.keys.iterdir()} == {0o600}
    assert load_keyring(settings.keys).keys[0].verifying == new
    (settings.keys / "log-2.key").rename(settings.data / "log-2.key")
    with pytest.raises(NoKey):
        load_keyring(settings.keys)


def test_a_key_that_is_put_back_from_an_envelope_after_the_end_of_its_log_signs_nothing(
    database: Database, settings: Settings
) -> None:
    live(database, settings, 1)
    envelope = (settings.keys / "log-1.key").read_text()
    continue_without_key(settings, database, "copiată", is_compromised=True, at=NOON)
    (settings.keys / "log-2.key").unlink()

    (settings.keys / "log-1.key").write_text(envelope)
    (settings.keys / "log-1.key").chmod(0o600)

    assert isinstance(why_halted(database, settings.keys, settings.high_water_file), ForeignKey)


def test_a_command_that_was_interrupted_once_the_next_log_had_begun_goes_on_with_it(
    database: Database, settings: Settings
) -> None:
    live(database, settings, 1)
    lose(settings)
    made = create_key(settings.keys, NEXT_ORIGIN).verifying
    database.sequence(continue_log, HighWater(settings.high_water_file), WHY, signer=OPERATOR, at=NOON)

    assert go_on(database, settings) == made

    assert [file.name for file in settings.keys.iterdir()] == ["log-2.key"]
    assert database.read(signing_keys) == [made]
    assert why_halted(database, settings.keys, settings.high_water_file) is None


def test_the_witnesses_are_named_again_and_asked_from_the_beginning(database: Database, settings: Settings) -> None:
    def name(db: Any) -> None:
        witness = a_witness(db)
        named = WitnessAdded(subject=SUBJECT, name=witness.name, key=witness.vkey, url=witness.url)
        append(db, named, signer=CLERK, at=NOON)
        append(db, QuorumChanged(subject=SUBJECT, quorum=1), signer=CLERK, at=NOON)

    database.act(name)
    settle(settings, database, at=NOON)
    database.act(lambda db: cosign_newest(db, db.scalars(select(type(current_witnesses(db)[0]))).one()))
    lose(settings)

    go_on(database, settings)

    policy = database.read(policy_bytes) or b""
    assert f"log {NEXT_ORIGIN}+".encode() in policy
    assert WITNESS.verifying.vkey.encode() in policy
    assert [witness.known_size for witness in database.read(due, at=NOON + timedelta(minutes=1))] == [0]
    assert b"\nwitnessed\n" in (database.read(files_bytes, 1) or b"")
    assert b"\nwitnessed\n" not in (database.read(files_bytes, 2) or b"")


def test_a_backup_from_before_the_loss_comes_back_log_by_log(
    database: Database, settings: Settings, back_up: Callable[[], str], tmp_path: Path
) -> None:
    live(database, settings, 2)
    backup = back_up()
    live(database, settings, 3)
    lose(settings)
    new = go_on(database, settings)
    live(database, settings, 2)
    mirrors = [tmp_path / f"mirror-{log}" for log in (1, 2)]
    for log, mirror in enumerate(mirrors, start=1):
        database.read(export, mirror, log)
    restored = Database(backup)

    assert isinstance(why_halted(restored, settings.keys, settings.high_water_file), NotContinued)
    with pytest.raises(NotContinued):
        go_on(restored, settings)
    with pytest.raises(Fault, match="bring that back first"):
        recover_record(settings, restored, str(mirrors[1]), at=NOON)
    for mirror in mirrors:
        assert recover_record(settings, restored, str(mirror), at=NOON).passed

    assert why_halted(restored, settings.keys, settings.high_water_file) is None
    live(restored, settings, 1)
    exported(restored, tmp_path / "1", 1)
    assert (tmp_path / "1" / "checkpoint").read_bytes() == (mirrors[0] / "checkpoint").read_bytes()
    assert verify(Folder(tmp_path / "1")).checkpoint.size == 5
    assert verify(exported(restored, tmp_path / "2", 2), new).checkpoint.size == 4
    restored.close()


def test_whoever_lost_the_key_and_the_last_days_recovers_first_and_continues_then(
    database: Database, settings: Settings, old: VerifyingKey, back_up: Callable[[], str], tmp_path: Path
) -> None:
    live(database, settings, 2)
    backup = back_up()
    live(database, settings, 3)
    database.read(export, tmp_path / "mirror")
    lose(settings)
    restored = Database(backup)

    with pytest.raises(Shortened):
        go_on(restored, settings)
    settings.high_water_file.unlink()
    report = recover_record(settings, restored, str(tmp_path / "mirror"), at=NOON)
    go_on(restored, settings)

    assert report.passed
    assert "size" not in report.facts, "it was not signed on: the key is not here"
    assert verify(exported(restored, tmp_path / "1", 1), old).checkpoint.size == 5
    restored.close()


def test_each_log_that_signed_on_a_day_has_its_digest_of_that_day(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    live(database, settings, 2)
    database.act(an_authority)
    database.act(publish_digest, is_stamped=False, at=NOON)
    live(database, settings, 1)
    lose(settings)
    go_on(database, settings)

    for days in (0, 1):
        database.act(publish_digest, is_stamped=False, at=NOON + timedelta(days=days))

    kept = database.read(newest_digests, limit=9)
    tomorrow = NOON.date() + timedelta(days=1)
    assert [(digest.day, digest.log, digest.size) for digest in kept] == [
        (tomorrow, 2, 1),
        (NOON.date(), 2, 1),
        (NOON.date(), 1, 2),
    ]
    for log in (1, 2):
        assert verify(exported(database, tmp_path / str(log), log)).checkpoint.size == {1: 4, 2: 1}[log]


def test_a_log_that_ended_before_the_digest_of_its_last_day_still_has_it(
    database: Database, settings: Settings
) -> None:
    live(database, settings, 2)
    lose(settings)
    go_on(database, settings)
    database.act(an_authority)

    database.act(publish_digest, is_stamped=False, at=NOON)

    assert [(each.log, each.size) for each in database.read(newest_digests, limit=9)] == [(2, 1), (1, 2)]


def test_the_words_of_the_next_log_go_out_on_the_day_on_which_it_begins(database: Database, settings: Settings) -> None:
    live(database, settings, 2)
    lose(settings)

    go_on(database, settings)

    assert database.read(lambda db: db.scalars(select(Job.kind)).all()) == [DIGEST]


def test_a_time_stamp_is_over_the_digest_of_one_log(database: Database, settings: Settings, tmp_path: Path) -> None:
    live(database, settings, 2)
    lose(settings)
    go_on(database, settings)
    database.act(an_authority)
    database.act(publish_digest, is_stamped=False, at=NOON)
    authority = timestamping.found(tmp_path / "tsa")

    with timestamping.served(authority) as url:
        for log in (1, 2):
            stamp_digest(database, NOON.date(), log, url=url, roots=[authority.root], at=NOON)

    for log in (1, 2):
        folder = exported(database, tmp_path / str(log), log)
        verify(folder)
        assert any(path.startswith("timestamps/") for path in folder.paths())


@pytest.fixture
def back_up(database: Database, databases: MigratedDatabases) -> Callable[[], str]:
    def copy() -> str:
        database.engine.dispose()
        return databases.copy_url(database.url)

    return copy


class Forgotten(NamedTuple):
    """Both logs as folders, after a text of the first was erased, of which only the second can speak.

    `backup`: the database before all this.
    """

    first: str
    second: str
    backup: str


@pytest.fixture
def forgotten(database: Database, settings: Settings, back_up: Callable[[], str], tmp_path: Path) -> Forgotten:
    live(database, settings, 1)
    backup = back_up()
    database.act(record_texts, 2)
    settle(settings, database, at=NOON)
    database.read(export, tmp_path / "before")
    lose(settings)
    go_on(database, settings)
    database.act(erase_text, 1)
    settle(settings, database, at=NOON)
    for log in (1, 2):
        exported(database, tmp_path / str(log), log)
    return Forgotten(str(tmp_path / "1"), str(tmp_path / "2"), backup)


def test_a_text_of_the_earlier_log_can_still_be_erased(forgotten: Forgotten, database: Database) -> None:
    first, second, _ = forgotten

    assert (database.read(files_bytes, 1) or b"").count(b"\nbody/") == 1
    assert verify(Folder(Path(second))).erased == 1
    assert not verify_log(first).passed
    assert verify_log(first, continued_by=[second]).passed
    assert not verify_log(second, continued_by=[first]).passed


def test_the_audit_of_the_earlier_log_hears_the_later_one_too(forgotten: Forgotten) -> None:
    first, second, _ = forgotten

    alone = CliRunner().invoke(consult, ["audit", first])
    both = CliRunner().invoke(consult, ["audit", first, "--continued-by", second])
    turned = CliRunner().invoke(consult, ["audit", second, "--continued-by", first])

    assert (alone.exit_code, turned.exit_code) == (1, 1)
    assert "no entry says it was erased" in alone.output
    assert "no entry says it was erased" not in both.output


def test_a_mirror_of_the_earlier_log_forgets_what_the_later_one_erased(forgotten: Forgotten, tmp_path: Path) -> None:
    first, second, _ = forgotten
    copy = str(tmp_path / "copy")
    with served(from_folder(tmp_path / "before")) as address:
        assert CliRunner().invoke(consult, ["record", "mirror", address, copy]).exit_code == 0

    with served(from_folder(Path(first))) as address:
        done = CliRunner().invoke(consult, ["record", "mirror", address, copy, "--continued-by", second])

    assert done.exit_code == 0, done.output
    assert "1 file was deleted here" in done.output
    assert verify_log(copy, continued_by=[second]).facts["to_delete"] == []


def test_the_earlier_log_comes_back_without_the_text_that_the_later_one_erased(
    settings: Settings, forgotten: Forgotten
) -> None:
    first, second, backup = forgotten
    restored = Database(backup)

    with pytest.raises(Fault, match="no entry says it was erased"):
        recover_record(settings, restored, first, at=NOON)
    assert recover_record(settings, restored, first, continued_by=[second], at=NOON).passed
    report = recover_record(settings, restored, second, at=NOON)

    assert report.passed, report.sentences
    assert report.facts["lost"] == [], "what happened to the log itself its entries tell whole"
    assert (restored.read(files_bytes, 1) or b"").count(b"\nbody/") == 1
    restored.close()


def test_a_record_that_came_back_is_verified_from_its_first_log_on(settings: Settings, forgotten: Forgotten) -> None:
    first, second, backup = forgotten
    restored = Database(backup)
    recover_record(settings, restored, first, continued_by=[second], at=NOON)
    restored.act(lambda db: db.execute(delete(Body)))

    with pytest.raises(Fault, match="no entry says it was erased"):
        recover_record(settings, restored, second, at=NOON)
    restored.close()


def test_a_log_is_continued_by_no_other_than_the_one_that_cites_its_end(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    live(database, settings, 1)
    lose(settings)
    go_on(database, settings)
    lose(settings)
    go_on(database, settings)
    first, second, third = (str(tmp_path / str(log)) for log in (1, 2, 3))
    for log in (1, 2, 3):
        exported(database, tmp_path / str(log), log)

    assert verify_log(first, continued_by=[second, third]).passed
    assert verify_log(first, continued_by=[third]).facts["where"] == "--continued-by"


def test_the_command_asks_before_it_begins_another_log(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(database, settings, 1)
    lose(settings)
    for name, value in (
        ("CONSULT_DATA", settings.data),
        ("CONSULT_KEYS", settings.keys),
        ("CONSULT_HIGH_WATER", settings.high_water_file),
        ("DATABASE_URL", settings.database_url),
        ("CONSULT_BASE_URL", settings.base_url),
    ):
        monkeypatch.setenv(name, str(value))
    command = ["record", "key", "lost", "--reason", WHY]

    refused = CliRunner().invoke(consult, command, input="n\n")
    assert refused.exit_code == 1
    assert not list(settings.keys.glob("*.key"))

    done = CliRunner().invoke(consult, [*command, "--yes"])
    assert done.exit_code == 0, done.output
    assert load_key(settings.keys).verifying.vkey in done.output
    Vault.create(settings.keys)
    assert list(problems_of_keys(settings)) == []
