"""A receipt and the text as its author kept it: whether it is the one that was committed to, without anybody else."""

from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.record import canonical
from consult.record.bodies import Body, keep_body
from consult.record.committed import check_kept
from consult.record.entries import EventId, append
from consult.record.entry_form import Signer
from consult.record.events import DocumentPublished, QuorumChanged, RecommendationReceived, WitnessAdded
from consult.record.events.log import SUBJECT
from consult.record.faults import Fault
from consult.record.notes import CosigningKey
from consult.record.proofs import Proof, check_receipt
from consult.record.quorum import TrustedLog, TrustedWitness, WitnessPolicy
from consult.record.receipts import receipt
from consult.record.reports import verify_receipt
from consult.record.witnesses import Witness
from consult.store import Database
from tests.record.logs import (
    CLERK,
    CONSULTATION,
    KEY,
    NOON,
    WITNESS,
    a_witness,
    cosign_newest,
    erase_text,
    record_events,
    sequence_all,
)

WORDING = "Trecerea se mută mai aproape de școală.\n\nPiața rămâne unde este."
REASON = "Copiii traversează printre mașini."
PLAIN = f"{WORDING}\n\n{REASON}"


def proposed(db: Session, wording: str = WORDING, reason: str = REASON) -> EventId:
    body = keep_body(db, {"wording": wording, "reason": reason})
    received = RecommendationReceived(
        subject=f"{CONSULTATION}/propuneri/1", number=1, kind="change", body=body.committed
    )
    return append(db, received, signer=Signer("person", "0000abcd"), at=NOON).id


def receipt_of(database: Database, event_id: EventId) -> bytes:
    sequence_all(database)
    found = database.read(receipt, event_id)
    assert found is not None
    return found


@pytest.fixture
def given(sqlite: Database) -> bytes:
    return receipt_of(sqlite, sqlite.act(proposed))


def check(given: bytes, kept: bytes) -> None:
    found = check_receipt(given, [KEY.verifying])
    check_kept(found.entry, found.salt, kept)


@pytest.mark.parametrize(
    "kept",
    [
        canonical.dump({"wording": WORDING, "reason": REASON}),
        canonical.dump({"wording": WORDING, "reason": REASON}) + b"\n",
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode() + b"\r\n",
        PLAIN.replace("ș", "\u015f").replace("ț", "\u0163").encode(),
        PLAIN.replace("ă", "a\u0306").encode(),
        f"\n{WORDING}\n\n\n{REASON}\n".encode(),
    ],
    ids=["json", "json-line", "words", "bom", "crlf", "cedillas", "decomposed", "looser"],
)
def test_the_text_as_its_author_kept_it_is_known_again(given: bytes, kept: bytes) -> None:
    check(given, kept)


@pytest.mark.parametrize(("wording", "reason"), [(WORDING, ""), ("", REASON)])
def test_a_text_of_one_part_is_known_again(sqlite: Database, wording: str, reason: str) -> None:
    given = receipt_of(sqlite, sqlite.act(proposed, wording, reason))

    check(given, f"{wording}{reason}\n".encode())


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe", b"{}", PLAIN.encode()[:-1], WORDING.encode(), bytes(2 << 20)])
def test_another_text_is_not_the_one_that_was_committed_to(given: bytes, kept: bytes) -> None:
    with pytest.raises(Fault, match="is not the text"):
        check(given, kept)


def test_the_file_of_the_log_is_known_without_the_salt_in_the_receipt(sqlite: Database) -> None:
    event_id = sqlite.act(proposed)
    kept = sqlite.read(lambda db: db.scalars(select(Body)).one().file)
    found = check_receipt(receipt_of(sqlite, event_id))

    check_kept(found.entry, b"", kept)


def test_a_receipt_taken_after_the_erasure_carries_no_salt_and_says_so(sqlite: Database) -> None:
    event_id = sqlite.act(proposed)
    before = receipt_of(sqlite, event_id)
    sqlite.act(erase_text, 1)

    after = receipt_of(sqlite, event_id)

    assert check_receipt(before).salt
    assert not check_receipt(after).salt
    with pytest.raises(Fault, match="does not carry the salt"):
        check(after, PLAIN.encode())
    # Who took both while they were public can show it still: what was given out cannot be taken back.
    check(before, PLAIN.encode())


def test_a_document_is_known_by_its_plain_hash(sqlite: Database) -> None:
    kept = b"%PDF-1.7 Referat"

    def publish(db: Session) -> EventId:
        digest = sha256(kept).hexdigest()
        published = DocumentPublished(
            subject=f"{CONSULTATION}/documente/1", name="Referat.pdf", kind="report", sha256=digest
        )
        return append(db, published, signer=Signer("clerk", "0000abcd"), at=NOON).id

    given = receipt_of(sqlite, sqlite.act(publish))

    check(given, kept)
    with pytest.raises(Fault, match="nor a document"):
        check(given, kept + b" ")


def test_an_act_about_no_text_says_that_there_is_nothing_to_compare(sqlite: Database) -> None:
    def append_one(db: Session) -> EventId:
        return EventId(record_events(db, 1)[0])

    with pytest.raises(Fault, match="nothing to compare"):
        check(receipt_of(sqlite, sqlite.act(append_one)), b"anything")


@pytest.mark.parametrize("salt", [7, "ab", "g" * 64, "A" * 64, "a" * 66])
def test_a_salt_that_no_text_can_have_is_refused(given: bytes, salt: object) -> None:
    proof = Proof.parse(given)
    carried = canonical.load(proof.extra) | {"salt": salt}
    forged = Proof(proof.index, proof.hashes, proof.checkpoint, canonical.dump(carried)).encode()

    with pytest.raises(Fault, match="a salt that no text can have"):
        check_receipt(forged)


@pytest.fixture
def files(given: bytes, tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a.tlog-proof").write_bytes(given)
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    return tmp_path / "a.tlog-proof", tmp_path / "a.txt"


def test_the_command_says_that_the_file_is_the_one(files: tuple[Path, Path]) -> None:
    report = verify_receipt(files[0], KEY.verifying.vkey, kept=files[1])

    assert report.passed
    assert report.sentences[-1] == "The file a.txt is exactly what it commits to."


def test_the_command_says_of_which_file_it_is_not(files: tuple[Path, Path]) -> None:
    files[1].write_text("Altceva.", encoding="utf-8")

    assert verify_receipt(files[0], kept=files[1]).facts["where"] == "a.txt"


@pytest.mark.parametrize("has_cosigned", [True, False])
def test_a_receipt_is_judged_by_the_readers_own_policy(sqlite: Database, tmp_path: Path, *, has_cosigned: bool) -> None:
    event_id = sqlite.act(proposed)
    witness = sqlite.act(named_witness)
    sequence_all(sqlite)
    if has_cosigned:
        sqlite.act(cosign_newest, witness)
    file, policy = tmp_path / "a.tlog-proof", tmp_path / "policy"
    file.write_bytes(receipt_of(sqlite, event_id))
    policy.write_bytes(policy_asking_for(WITNESS))

    report = verify_receipt(file, policy=policy)

    assert report.passed is has_cosigned
    if has_cosigned:
        assert report.sentences[-1].startswith("The witnesses of your policy have seen it: pietonii (")
        assert report.facts["signers"] == [KEY.name]
    else:
        assert report.facts["where"] == "--policy"


def named_witness(db: Session) -> Witness:
    witness = a_witness(db)
    named = WitnessAdded(subject=SUBJECT, name=witness.name, key=witness.vkey, url=witness.url)
    append(db, named, signer=CLERK, at=NOON)
    append(db, QuorumChanged(subject=SUBJECT, quorum=1), signer=CLERK, at=NOON)
    return witness


def policy_asking_for(witness: CosigningKey) -> bytes:
    key = witness.verifying
    logs = (TrustedLog(KEY.verifying.vkey, key=KEY.verifying),)
    return WitnessPolicy(logs, (TrustedWitness("pietonii", key.vkey, key=key),), (), "pietonii").encode()
