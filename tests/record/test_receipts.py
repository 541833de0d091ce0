"""A receipt shows offline that an act stands in the record; anything else is refused in one sentence."""

import json
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from consult.record import canonical
from consult.record.encoding import encode_base64
from consult.record.entries import append
from consult.record.faults import Fault
from consult.record.notes import SigningKey, VerifyingKey
from consult.record.proofs import CheckedReceipt, Proof, check_receipt
from consult.record.receipts import receipt
from consult.record.reports import verify_receipt
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.record.logs import CLERK, KEY, NOON, ORIGIN, an_event, record_events, sequence_all

KNOWN = [KEY.verifying]
STRANGER = SigningKey(ORIGIN, bytes(32))


@pytest.fixture(scope="module")
def made(databases: MigratedDatabases) -> bytes:
    """The receipt of entry 17 of a log of 300."""
    database = Database(databases.fresh_url("sqlite"))
    ids = database.act(record_events, 300)
    sequence_all(database)
    found = database.read(receipt, ids[17])
    database.close()
    assert found is not None
    return found


def checked(data: bytes) -> CheckedReceipt:
    return check_receipt(data, KNOWN)


@pytest.mark.parametrize("size", [1, 2, 257])
def test_every_act_of_a_log_gets_a_receipt_that_holds(database: Database, size: int) -> None:
    ids = database.act(record_events, size)
    sequence_all(database)

    def receipts(db: Session) -> list[bytes | None]:
        return [receipt(db, event_id) for event_id in (ids if size < 3 else ids[::16])]

    found = [checked(data) for data in database.read(receipts) if data is not None]

    assert [one.index for one in found] == list(range(0, size, 1 if size < 3 else 16))
    assert all(one.checkpoint.size == size for one in found)
    assert [one.entry["subject"] for one in found] == [an_event(one.index).subject for one in found]


def test_an_act_that_is_not_in_a_signed_tree_has_no_receipt_yet(database: Database) -> None:
    database.act(record_events, 1)
    sequence_all(database)
    event_id = database.act(lambda db: append(db, an_event(1), signer=CLERK, at=NOON).id)

    assert database.read(receipt, event_id) is None
    assert database.read(receipt, "0" * 32) is None


def test_a_receipt_stays_good_when_the_log_has_grown_and_a_new_one_is_under_the_new_checkpoint(
    database: Database,
) -> None:
    (event_id,) = database.act(record_events, 1)
    sequence_all(database)
    old = database.read(receipt, event_id)
    database.act(lambda db: append(db, an_event(1), signer=CLERK, at=NOON).id)
    sequence_all(database)
    new = database.read(receipt, event_id)

    assert old is not None
    assert new is not None
    assert (checked(old).checkpoint.size, checked(new).checkpoint.size) == (1, 2)
    assert checked(old).entry == checked(new).entry


def test_a_receipt_has_the_form_of_the_standard(made: bytes) -> None:
    lines = made.decode().split("\n")

    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra ")
    assert lines[2] == "index 17"
    assert lines[3 + 9 : 3 + 9 + 4] == ["", ORIGIN, "300", lines[15]]
    assert len(made) < 2_000


def test_a_receipt_says_who_signed_it_when_the_reader_gives_keys(made: bytes) -> None:
    assert check_receipt(made, KNOWN).signers == (ORIGIN,)
    assert check_receipt(made).signers == ()


def test_a_proof_without_extra_data_is_read_but_is_no_receipt_of_ours(made: bytes) -> None:
    proof = Proof.parse(made)
    bare = Proof(proof.index, proof.hashes, proof.checkpoint).encode()

    assert Proof.parse(bare).extra == b""
    with pytest.raises(Fault, match="extra"):
        checked(bare)


def test_one_changed_bit_anywhere_is_found(made: bytes) -> None:
    for at in range(len(made)):
        changed = bytearray(made)
        changed[at] ^= 1
        with pytest.raises(Fault):
            checked(bytes(changed))


def test_a_receipt_cut_short_anywhere_is_found(made: bytes) -> None:
    for length in range(len(made)):
        with pytest.raises(Fault):
            checked(made[:length])


def remade(made: bytes, **changes: object) -> bytes:
    proof = Proof.parse(made)
    members = {"index": proof.index, "hashes": proof.hashes, "checkpoint": proof.checkpoint, "extra": proof.extra}
    return Proof(**(members | changes)).encode()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"index": 18}, "do not lead"),
        ({"index": 300}, "names index 300 of a log that has 300"),
        ({"index": 1 << 64}, "64-bit"),
        ({"hashes": ()}, "do not lead"),
        ({"hashes": (b"short",)}, "32 bytes"),
        ({"hashes": (bytes(32),) * 64}, "at most 63"),
        ({"extra": b"{}"}, "does not carry the entry"),
        ({"extra": b'{"entry":"text"}'}, "does not carry the entry"),
        ({"extra": b"\xff"}, "not the JSON"),
        ({"extra": b'{"entry": {}}'}, "canonical"),
        ({"checkpoint": b""}, "no signature"),
        ({"checkpoint": STRANGER.sign(f"{ORIGIN}\n300\n{encode_base64(bytes(32))}\n")}, "None of the signatures"),
    ],
)
def test_a_receipt_that_does_not_hold_says_why(made: bytes, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(Fault, match=sentence):
        checked(remade(made, **changes))


def test_an_entry_that_says_something_else_is_found(made: bytes) -> None:
    stated = canonical.load(Proof.parse(made).extra)
    stated["entry"]["at"] = "2026-11-23T12:00:00Z"

    with pytest.raises(Fault, match="do not lead"):
        checked(remade(made, extra=canonical.dump(stated)))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "does not begin"),
        (b"%PDF-1.7", "does not begin"),
        (b"c2sp.org/tlog-proof@v1\n", "cut short"),
        (b"c2sp.org/tlog-proof@v1\n\n", "at which index"),
        (b"c2sp.org/tlog-proof@v1\nindex 07\n\n", "decimal"),
        (b"c2sp.org/tlog-proof@v1\r\nindex 7\r\n\r\n", "CRLF"),
        (b"\xef\xbb\xbfc2sp.org/tlog-proof@v1\nindex 7\n\n", "BOM"),
        (b"\x89PNG\r\n\x1a\n", "does not begin"),
        (b"\xff\xfe", "does not begin"),
        (b"c2sp.org/tlog-proof@v1\n\xff\n\n", "characters that no receipt has"),
        (b"a" * 300_000, "longer"),
    ],
)
def test_what_is_no_receipt_is_said_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Fault, match=sentence):
        checked(data)


@pytest.mark.parametrize("key", [None, KEY.verifying])
def test_the_report_of_a_receipt_can_be_read_by_people_and_programs(
    made: bytes, tmp_path: Path, key: VerifyingKey | None
) -> None:
    file = tmp_path / "receipt.tlog-proof"
    file.write_bytes(made)

    report = verify_receipt(file, key.vkey if key else None)

    assert report.exit_code == 0
    assert "official.appointed" in report.sentences[1]
    assert ("No key was given" in report.sentences[-1]) is (key is None)
    assert json.loads(json.dumps(report.json))["index"] == 17


@pytest.mark.parametrize("name", ["missing.tlog-proof", ".", "crlf.tlog-proof", "/proc/self/mem"])
def test_the_report_of_a_receipt_that_does_not_hold_is_one_sentence(made: bytes, tmp_path: Path, name: str) -> None:
    (tmp_path / "crlf.tlog-proof").write_bytes(made.replace(b"\n", b"\r\n"))

    report = verify_receipt(tmp_path / name)

    assert report.exit_code == 1
    assert len(report.sentences) == 1
    assert report.json["fault"]
