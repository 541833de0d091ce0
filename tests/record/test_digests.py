"""Each day one checkpoint is spread and kept for ever; a log that does not go on from all of them fails."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from consult import clock
from consult.audit.times import Bound, bounds_in
from consult.commands import consult
from consult.record import canonical
from consult.record.checkpoints import Checkpoint, open_checkpoint
from consult.record.digests import Cosigner, Digest, cosigners_of, digest_of, keep_digest, neighbours_of, newest_digests
from consult.record.entries import append, history
from consult.record.events import QuorumChanged, WitnessAdded
from consult.record.events.log import DIGESTS_SUBJECT, SUBJECT
from consult.record.faults import Fault
from consult.record.listing import read_listing
from consult.record.merkle import leaf_hash
from consult.record.notes import SigningKey
from consult.record.proquints import words_of
from consult.record.reports import verify_log
from consult.record.sources import Folder
from consult.record.stamping import keep_timestamp, stamp_digest, timestamp_bytes, timestamp_of
from consult.record.static import immutable_bytes
from consult.record.tree import newest_checkpoint
from consult.record.verify import verify
from consult.record.witnesses import Witness
from consult.store import Database
from tests.record.logs import (
    CLERK,
    KEY,
    NOON,
    ORIGIN,
    WITNESS,
    a_witness,
    cosign_newest,
    exported,
    record_events,
    record_texts,
    sequence_all,
)
from tests.record.timestamping import TimestampAuthority, found, served

DAY = timedelta(days=1)
TODAY = NOON.date()


@pytest.fixture
def log(database: Database) -> Database:
    """A log of four entries."""
    database.act(record_texts, 3)
    sequence_all(database)
    return database


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> TimestampAuthority:
    return found(tmp_path_factory.mktemp("tsa") / "tsa")


def grow(log: Database, count: int) -> None:
    """Let the log grow by some acts."""
    log.act(lambda db: record_events(db, count))
    sequence_all(log)


def witnessed(log: Database) -> Witness:
    """Name a witness, who must have signed."""
    named = WitnessAdded(subject=SUBJECT, name="Pietonii", key=WITNESS.verifying.vkey, url="")
    for event in (named, QuorumChanged(subject=SUBJECT, quorum=1)):
        log.act(append, event, signer=CLERK, at=NOON)
    sequence_all(log)
    return log.act(a_witness)


def fault_in(folder: Path) -> Fault:
    with pytest.raises(Fault) as caught:
        verify(Folder(folder), KEY.verifying)
    return caught.value


def test_the_newest_checkpoint_is_the_digest_of_the_day(log: Database) -> None:
    kept = log.act(keep_digest, at=NOON)

    newest = log.read(newest_checkpoint)
    assert kept is not None
    assert newest is not None
    assert (kept.day, kept.size, kept.note) == (TODAY, 4, newest.note)
    assert kept.words == words_of(open_checkpoint(newest.note, [KEY.verifying])[0].root)


def test_a_day_has_one_digest_however_often_it_is_asked_for(log: Database) -> None:
    log.act(keep_digest, at=NOON)
    grow(log, 1)

    again = log.act(keep_digest, at=NOON + timedelta(hours=1))

    digest = log.read(digest_of, TODAY)
    assert again is None
    assert digest is not None
    assert digest.size == 4


def test_a_day_begins_at_midnight_in_bucharest(log: Database) -> None:
    log.act(keep_digest, at=datetime(2026, 11, 24, 21, 59, tzinfo=UTC))
    log.act(keep_digest, at=datetime(2026, 11, 24, 22, 0, tzinfo=UTC))

    digests = log.read(newest_digests, limit=9)

    assert [digest.day for digest in digests] == [date(2026, 11, 25), date(2026, 11, 24)]


def test_a_record_without_an_entry_has_no_digest(database: Database) -> None:
    sequence_all(database)

    assert database.act(keep_digest, at=NOON) is None


def test_a_digest_bears_the_signatures_of_witnesses_and_says_whose_they_are(log: Database) -> None:
    witness = witnessed(log)
    log.act(cosign_newest, witness)

    digest = log.act(keep_digest, at=NOON)

    assert digest is not None
    cosigners = log.read(cosigners_of, digest)
    assert cosigners == [Cosigner("Asociația Pietonii Orașului", NOON)]


def test_a_checkpoint_that_witnesses_have_signed_is_preferred_while_they_are_busy_with_the_next(log: Database) -> None:
    log.act(cosign_newest, witnessed(log))
    grow(log, 1)

    soon = log.act(keep_digest, at=NOON + timedelta(minutes=59))
    late = log.act(keep_digest, at=NOON + DAY)

    assert soon is not None
    assert late is not None
    assert (soon.size, late.size) == (6, 7)


def days_of(digests: Iterable[Digest | None]) -> list[date | None]:
    return [digest.day if digest else None for digest in digests]


def test_digests_are_paged_and_know_their_neighbours(log: Database) -> None:
    first, second, third, _ = (log.act(keep_digest, at=NOON + days * DAY) for days in range(4))

    page = log.read(newest_digests, limit=2, before=TODAY + 3 * DAY)

    assert [digest.day for digest in page] == [TODAY + 2 * DAY, TODAY + DAY]
    assert [days_of(log.read(neighbours_of, digest)) for digest in (first, second)] == [
        [None, second.day],
        [first.day, third.day],
    ]


def test_digests_lie_in_the_log_and_the_log_must_have_grown_from_each(log: Database, tmp_path: Path) -> None:
    log.act(keep_digest, at=NOON)
    grow(log, 300)
    log.act(keep_digest, at=NOON + DAY)
    grow(log, 1)

    folder = exported(log, tmp_path / "log")

    listed = (folder / "files").read_text().splitlines()
    assert [path for path in listed if path.startswith("digests/")] == ["digests/2026-11-24", "digests/2026-11-25"]
    assert verify(Folder(folder), KEY.verifying).checkpoint.size == 307


def test_a_digest_is_a_checkpoint_that_a_reader_can_keep_and_check_against(log: Database, tmp_path: Path) -> None:
    log.act(cosign_newest, witnessed(log))
    digest = log.act(keep_digest, at=NOON)
    assert digest is not None
    (tmp_path / "kept").write_bytes(digest.note)
    grow(log, 5)

    report = verify_log(str(exported(log, tmp_path / "log")), KEY.verifying.vkey, since=tmp_path / "kept")

    assert report.passed


def another_root(checkpoint: Checkpoint) -> Checkpoint:
    return Checkpoint(ORIGIN, checkpoint.size, bytes(32))


def another_origin(checkpoint: Checkpoint) -> Checkpoint:
    return Checkpoint("elsewhere.example.org/log/1", checkpoint.size, checkpoint.root)


def larger(checkpoint: Checkpoint) -> Checkpoint:
    return Checkpoint(ORIGIN, checkpoint.size + 1, checkpoint.root)


@pytest.mark.parametrize(
    ("change", "key", "said"),
    [
        (another_root, KEY, "The signed root is"),
        (another_origin, KEY, "This is the checkpoint of elsewhere.example.org/log/1"),
        (larger, KEY, "larger than the newest checkpoint"),
        (lambda same: same, SigningKey(ORIGIN, bytes(32)), "None of the signatures is by the key"),
    ],
)
def test_a_digest_of_another_record_is_found(
    log: Database, tmp_path: Path, change: Callable[[Checkpoint], Checkpoint], key: SigningKey, said: str
) -> None:
    digest = log.act(keep_digest, at=NOON)
    assert digest is not None
    folder = exported(log, tmp_path / "log")

    (folder / "digests/2026-11-24").write_bytes(key.sign(change(digest.checkpoint).text))

    fault = fault_in(folder)
    assert fault.where == "digests/2026-11-24"
    assert said in str(fault)


def test_a_digest_that_is_listed_and_missing_is_found(log: Database, tmp_path: Path) -> None:
    log.act(keep_digest, at=NOON)
    folder = exported(log, tmp_path / "log")

    (folder / "digests/2026-11-24").unlink()

    assert fault_in(folder).where == "digests/2026-11-24"


def told_and_exported(log: Database, folder: Path) -> Path:
    """Keep a digest, let the record say so, and keep that of the next day; export all of it."""
    log.act(keep_digest, at=NOON)
    sequence_all(log)
    log.act(keep_digest, at=NOON + DAY)
    sequence_all(log)
    return exported(log, folder)


def test_the_record_says_of_each_digest_which_it_was_and_which_was_before(log: Database, tmp_path: Path) -> None:
    folder = told_and_exported(log, tmp_path / "log")

    told = [each.event.stated for each in log.read(history, DIGESTS_SUBJECT)]

    first, second = ((folder / f"digests/2026-11-{day}").read_bytes() for day in (24, 25))
    assert [each["facts"] for each in told] == [
        {"day": "2026-11-24", "size": 4, "sha256": sha256(first).hexdigest()},
        {"day": "2026-11-25", "size": 5, "sha256": sha256(second).hexdigest()},
    ]
    assert told[1]["prev"] == leaf_hash(canonical.dump(told[0])).hex()
    assert verify(Folder(folder), KEY.verifying).checkpoint.size == 6


def test_a_digest_that_was_taken_away_and_off_the_list_is_missed(log: Database, tmp_path: Path) -> None:
    folder = told_and_exported(log, tmp_path / "log")
    listed = folder / "files"

    (folder / "digests/2026-11-24").unlink()
    listed.write_bytes(listed.read_bytes().replace(b"digests/2026-11-24\n", b""))

    fault = fault_in(folder)
    assert fault.where == "entry 4"
    assert "digests/2026-11-24, which went out, is not in the list" in str(fault)


def test_a_digest_that_was_put_in_the_place_of_another_is_found(log: Database, tmp_path: Path) -> None:
    """It is signed by the log, and the log has grown from it; but another one went out on that day."""
    folder = told_and_exported(log, tmp_path / "log")

    (folder / "digests/2026-11-24").write_bytes((folder / "digests/2026-11-25").read_bytes())

    fault = fault_in(folder)
    assert fault.where == "entry 4"
    assert "is not the one that went out" in str(fault)


def test_a_digest_that_is_not_listed_is_found(log: Database, tmp_path: Path) -> None:
    log.act(keep_digest, at=NOON)
    folder = exported(log, tmp_path / "log")
    listed = folder / "files"

    listed.write_bytes(listed.read_bytes().replace(b"digests/2026-11-24\n", b""))

    assert "not in the list" in str(fault_in(folder))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["digests/2026-11-25", "digests/2026-11-24"], "out of order"),
        (["digests/2026-11-24", "digests/2026-11-24"], "twice"),
        (["timestamps/2026-11-24.tsr", "digests/2026-11-24"], "not stand in its place"),
        (["timestamps/2026-11-24.tsr"], "has no digest"),
        (["digests/2026-13-41"], "no calendar has"),
        (["digests/24.11.2026"], "is missing, or not in its place"),
    ],
)
def test_the_list_names_days_in_one_order_only(lines: list[str], said: str) -> None:
    listed = ["checkpoint", "files", "key", "policy", *lines, "tile/0/000.p/1", "tile/entries/000.p/1"]

    with pytest.raises(Fault, match=said):
        read_listing((f"{line}\n".encode() for line in listed), 1)


def test_nothing_is_served_for_a_day_that_has_no_digest(log: Database) -> None:
    log.act(keep_digest, at=NOON)

    assert log.read(immutable_bytes, "digests/2026-11-24") is not None
    for path in ("digests/2026-11-23", "digests/2026-13-41", "digests/0000-00-00", "timestamps/2026-11-24.tsr"):
        assert log.read(immutable_bytes, path) is None


def stamped(log: Database, tsa: TimestampAuthority) -> Digest:
    """Keep a digest and have it stamped."""
    log.act(keep_digest, at=NOON)
    with served(tsa) as url:
        stamp_digest(log, TODAY, url=url, roots=[tsa.root], at=NOON)
    digest = log.read(digest_of, TODAY)
    assert digest is not None
    return digest


def test_a_time_stamp_is_asked_for_kept_and_listed(log: Database, tsa: TimestampAuthority, tmp_path: Path) -> None:
    digest = stamped(log, tsa)

    folder = exported(log, tmp_path / "log")

    stamp = log.read(timestamp_of, digest)
    assert stamp is not None
    assert stamp.by == "Marca"
    assert abs(stamp.at - clock.now()) < timedelta(minutes=5)
    assert "timestamps/2026-11-24.tsr" in (folder / "files").read_text().splitlines()
    assert verify(Folder(folder), KEY.verifying).checkpoint.size == 4


def test_the_audit_takes_it_for_the_time_by_which_somebody_outside_had_seen_so_much(
    log: Database, tsa: TimestampAuthority, tmp_path: Path
) -> None:
    digest = stamped(log, tsa)
    stamp = log.read(timestamp_of, digest)

    bounds = bounds_in(Folder(exported(log, tmp_path / "log")))

    assert stamp is not None
    assert bounds == [Bound(4, stamp.at, "Marca")]


def test_openssl_verifies_what_lies_in_the_log(log: Database, tsa: TimestampAuthority, tmp_path: Path) -> None:
    stamped(log, tsa)

    folder = exported(log, tmp_path / "log")

    files = ("-data", str(folder / "digests/2026-11-24"), "-in", str(folder / "timestamps/2026-11-24.tsr"))
    assert "Verification: OK" in tsa.openssl("ts", "-verify", *files, "-CAfile", "root.pem")


def test_a_time_stamp_is_asked_for_once(log: Database, tsa: TimestampAuthority) -> None:
    stamped(log, tsa)
    first = log.read(timestamp_bytes, TODAY)

    stamped(log, tsa)

    assert log.read(timestamp_bytes, TODAY) == first


def test_a_time_stamp_of_a_stranger_is_not_kept(log: Database, tsa: TimestampAuthority, tmp_path: Path) -> None:
    stranger = found(tmp_path / "stranger")
    log.act(keep_digest, at=NOON)

    with served(stranger) as url, pytest.raises(Fault, match="does not hold"):
        stamp_digest(log, TODAY, url=url, roots=[tsa.root], at=NOON)

    assert log.read(timestamp_bytes, TODAY) is None


def test_an_answer_to_another_question_is_not_kept(log: Database, tsa: TimestampAuthority) -> None:
    digest = stamped(log, tsa)
    old = log.read(timestamp_bytes, TODAY)
    assert digest is not None
    assert old is not None
    log.act(keep_digest, at=NOON + DAY)

    with served(tsa, instead=old) as url, pytest.raises(Fault, match="does not hold"):
        stamp_digest(log, TODAY + DAY, url=url, roots=[tsa.root], at=NOON)


@pytest.mark.parametrize(
    ("status", "instead", "said"),
    [
        (500, b"", "status 500"),
        (200, b"<html>", "not a time stamp"),
        (200, bytes.fromhex("30053003020102"), "No time stamp was granted|not a time stamp"),
        (200, bytes(200_000), "longer than"),
    ],
)
def test_an_answer_that_is_no_time_stamp_is_a_fault(
    log: Database, tsa: TimestampAuthority, status: int, instead: bytes, said: str
) -> None:
    log.act(keep_digest, at=NOON)

    with served(tsa, status=status, instead=instead) as url, pytest.raises(Fault, match=said):
        stamp_digest(log, TODAY, url=url, roots=[tsa.root], at=NOON)


def test_a_time_stamp_over_another_file_is_found(log: Database, tsa: TimestampAuthority, tmp_path: Path) -> None:
    stamped(log, tsa)
    answer = log.read(timestamp_bytes, TODAY)
    grow(log, 1)
    log.act(keep_digest, at=NOON + DAY)
    assert answer is not None
    log.act(keep_timestamp, TODAY + DAY, answer, at=NOON)

    fault = fault_in(exported(log, tmp_path / "log"))

    assert fault.where == "timestamps/2026-11-25.tsr"
    assert "not over this file" in str(fault)


def test_a_time_stamp_that_was_tampered_with_is_found(log: Database, tsa: TimestampAuthority, tmp_path: Path) -> None:
    stamped(log, tsa)
    folder = exported(log, tmp_path / "log")
    file = folder / "timestamps/2026-11-24.tsr"

    file.write_bytes(file.read_bytes()[:-40])

    assert fault_in(folder).where == "timestamps/2026-11-24.tsr"


@pytest.fixture
def stranger(tmp_path: Path) -> TimestampAuthority:
    return found(tmp_path / "stranger")


def stamped_by(log: Database, authority: TimestampAuthority, folder: Path) -> Path:
    """Export a log with a time stamp of an authority."""
    stamped(log, authority)
    return exported(log, folder)


def test_whoever_has_the_certificate_of_the_provider_checks_that_it_signed(
    log: Database, tsa: TimestampAuthority, tmp_path: Path
) -> None:
    folder = stamped_by(log, tsa, tmp_path / "log")

    report = verify_log(str(folder), KEY.verifying.vkey, timestamp_roots=tsa.folder / "root.pem")

    assert report.passed, report.sentences
    assert (report.facts["timestamps"], report.facts["timestamps_signed"]) == (1, True)
    assert any("bears the signature of Marca, for which your certificates vouch" in said for said in report.sentences)


def test_a_time_stamp_that_a_stranger_signed_is_found_by_whoever_has_the_certificate(
    log: Database, tsa: TimestampAuthority, stranger: TimestampAuthority, tmp_path: Path
) -> None:
    folder = stamped_by(log, stranger, tmp_path / "log")

    report = verify_log(str(folder), KEY.verifying.vkey, timestamp_roots=tsa.folder / "root.pem")

    assert not report.passed
    assert report.facts["where"] == "timestamps/2026-11-24.tsr"


def test_without_a_certificate_it_is_said_that_nobody_checked_who_signed(
    log: Database, stranger: TimestampAuthority, tmp_path: Path
) -> None:
    folder = stamped_by(log, stranger, tmp_path / "log")

    report = verify_log(str(folder), KEY.verifying.vkey)

    assert report.passed
    assert (report.facts["timestamps"], report.facts["timestamps_signed"]) == (1, False)
    assert any("Whether it bears the signature of Marca was not checked" in said for said in report.sentences)


def test_a_record_without_time_stamps_says_nothing_of_them(log: Database, tmp_path: Path) -> None:
    report = verify_log(str(exported(log, tmp_path / "log")), KEY.verifying.vkey)

    assert report.facts["timestamps"] == 0
    assert not any("--timestamp-roots" in said for said in report.sentences)


@pytest.mark.parametrize("content", [b"", b"not a certificate", b"\xff", b"-----BEGIN CERTIFICATE-----\n"])
def test_a_file_without_certificates_is_a_fault(log: Database, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "root.pem").write_bytes(content)

    report = verify_log(str(exported(log, tmp_path / "log")), timestamp_roots=tmp_path / "root.pem")

    assert report.facts["where"] == "--timestamp-roots"


def test_the_audit_asks_for_the_same_signature(
    log: Database, tsa: TimestampAuthority, stranger: TimestampAuthority, tmp_path: Path
) -> None:
    folder = stamped_by(log, tsa, tmp_path / "log")

    def audited(*options: str) -> str:
        return CliRunner().invoke(consult, ["--locale", "en", "audit", str(folder), *options]).output

    assert "Whether it bears the signature of Marca was not checked" in audited()
    assert "for which your certificates vouch" in audited("--timestamp-roots", str(tsa.folder / "root.pem"))
    assert "does not hold" in audited("--timestamp-roots", str(stranger.folder / "root.pem"))
