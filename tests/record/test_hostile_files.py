"""Receipts, notes, policies and lists that somebody cut, mixed up or made up: one sentence for each, never a crash."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consult.record import canonical
from consult.record.checkpoints import Checkpoint
from consult.record.encoding import encode_base64
from consult.record.entries import Leaf
from consult.record.faults import Fault
from consult.record.heads import read_head, read_keys
from consult.record.listing import paths_of, read_listing
from consult.record.merkle import leaf_hash
from consult.record.notes import MAX_SIGNATURES, Note, VerifyingKey
from consult.record.proofs import Proof, check_receipt
from consult.record.quorum import WitnessPolicy
from consult.record.receipts import receipt
from consult.record.reports import verify_log, verify_receipt
from consult.record.sources import Folder
from consult.store import Database
from tests.databases import MigratedDatabases
from tests.record.logs import KEY, NOON, WITNESS, exported, record_texts, sequence_all
from tests.tiers import examples

KNOWN = [KEY.verifying]
BOM = b"\xef\xbb\xbf"
POLICY = (
    f"log {KEY.verifying.vkey} https://consult.example.org/log/1\n"
    f"witness pietonii {WITNESS.verifying.vkey} https://pietonii.example\n"
    "group martori any pietonii\nquorum martori\n"
).encode()


@pytest.fixture(scope="module")
def made(databases: MigratedDatabases, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Path]:
    """A receipt with a salt and a cosignature, and the log that gave it."""
    with databases.lend("sqlite") as database:
        return made_in(database, tmp_path_factory.mktemp("made") / "log")


def made_in(database: Database, folder: Path) -> tuple[bytes, Path]:
    database.act(record_texts, 5)
    sequence_all(database)
    found = database.read(lambda db: receipt(db, db.scalars(select(Leaf.event_id).where(Leaf.idx == 3)).one()))
    assert found is not None
    text = Note.parse(Proof.parse(found).checkpoint).text
    return found + WITNESS.cosign(text, NOON), exported(database, folder)


def fault_of(data: bytes) -> Fault:
    with pytest.raises(Fault) as caught:
        check_receipt(data, KNOWN)
    assert caught.value.explain()
    return caught.value


def test_a_receipt_cut_anywhere_is_refused(made: tuple[bytes, Path]) -> None:
    whole, _ = made
    without_witness = len(whole) - len(WITNESS.cosign("", NOON))

    for length in range(len(whole)):
        if length != without_witness:
            fault_of(whole[:length])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: BOM + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\nindex ", b"\nindex 18446744073709551616"),
        lambda data: data.replace(b"\nindex ", b"\nindex 9223372036854775808"),
        lambda data: data.replace(b"\nindex ", b"\nindex -"),
        lambda data: data.replace(b"\nindex ", b"\nindex 0"),
        lambda data: data.replace(b"\nindex ", "\nindex １".encode()),
        lambda data: data.replace(b"\n6\n", b"\n" + b"9" * 4_000 + b"\n"),
        lambda data: data + data.rpartition(b"\n\n")[2] * (MAX_SIGNATURES // 2),
        lambda data: data.replace(b"consult.example.org", b"consult.example.com"),
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.replace(b"consult", b"cons\xfflt"),
        lambda data: data + b"\n",
        lambda data: data * 2,
        lambda data: b"\n" + data,
        lambda data: data.replace(b"\n\n", b"\n \n", 1),
    ],
    ids=[
        "bom", "crlf", "65 bits", "64 bits", "minus", "zero", "digits", "huge size", "17 signatures", "another log",
        "utf-16", "no utf-8", "line", "twice", "empty line", "space",
    ],
)  # fmt: skip
def test_a_receipt_that_was_altered_is_refused(
    made: tuple[bytes, Path], tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "a.tlog-proof"
    file.write_bytes(spoil(made[0]))

    report = verify_receipt(file, KEY.verifying.vkey)

    assert report.exit_code == 1
    assert len(report.sentences) == 1
    fault_of(spoil(made[0]))


@pytest.mark.parametrize(
    "extra",
    [
        b'{"entry":{},"entry":{}}',
        b'{"entry":{"v":1,"v":2}}',
        b'{"entry":' + b"[" * 50_000,
        b'{"entry":{"a":' + b"[" * 900 + b"]" * 900 + b"}}",
        b'{"entry":{"a":1e400}}',
        b'{"entry":{"a":' + b"9" * 5_000 + b"}}",
        b'{"entry":{"a":"\\ud800"}}',
        b'{"entry":[]}',
        b"[]",
        b"null",
        b"\xff",
    ],
    ids=lambda extra: repr(extra[:24]),
)
def test_a_receipt_about_no_entry_is_refused(made: tuple[bytes, Path], extra: bytes) -> None:
    proof = Proof.parse(made[0])

    fault_of(Proof(proof.index, proof.hashes, proof.checkpoint, extra).encode())


def test_a_strangers_receipt_cannot_speak_to_the_terminal(made: tuple[bytes, Path], tmp_path: Path) -> None:
    proof = Proof.parse(made[0])
    entry = canonical.load(proof.extra)["entry"] | {"subject": "\x1b[2J\x07rm\u202e"}
    note = KEY.sign(Checkpoint(KEY.name, 1, leaf_hash(canonical.dump(entry))).text)
    file = tmp_path / "a.tlog-proof"
    file.write_bytes(Proof(0, (), note, canonical.dump({"entry": entry})).encode())

    report = verify_receipt(file)

    assert report.passed
    assert all(sentence.isprintable() for sentence in report.sentences)


@st.composite
def edited(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return data with some of its parts changed, left out, repeated or taken from elsewhere in it."""
    data = whole
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        other = draw(st.integers(0, len(data)))
        part = draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(
                    [b"", b"\n", b"\n\n", b" ", b"+", b"=", "— ".encode(), b"0", b"9" * 20, data[other:end]]
                ),
            )
        )
        data = data[:start] + part + data[end:]
    return data


@settings(max_examples=examples(120), deadline=None)
@given(data=st.data())
def test_no_receipt_breaks_the_program(made: tuple[bytes, Path], data: st.DataObject) -> None:
    spoilt = data.draw(edited(made[0]))

    for keys in ([], KNOWN, [*KNOWN, WITNESS.verifying]):
        refused_or_right(lambda given=spoilt, keys=keys: check_receipt(given, keys))


def refused_or_right(read: Callable[[], object]) -> None:
    """Read something; a fault must have a sentence, and nothing else may be raised."""
    try:
        read()
    except Fault as fault:
        fault.explain()


@settings(max_examples=examples(120), deadline=None)
@given(data=st.data())
def test_no_policy_and_no_key_breaks_the_program(data: st.DataObject) -> None:
    refused_or_right(lambda: WitnessPolicy.parse(data.draw(edited(POLICY))))
    refused_or_right(
        lambda: VerifyingKey.parse(data.draw(edited(KEY.verifying.vkey.encode())).decode(errors="replace"))
    )


@settings(max_examples=examples(100), deadline=None)
@given(data=st.data())
def test_no_list_of_files_breaks_the_program(data: st.DataObject) -> None:
    lines = "".join(f"{path}\n" for path in paths_of(300, ["0" * 64], ["1" * 64], is_witnessed=True, handovers=[7]))
    spoilt = data.draw(edited(lines.encode())).splitlines(keepends=True)

    refused_or_right(lambda: read_listing(iter(spoilt), data.draw(st.sampled_from([0, 1, 300, 70_000]))))


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_no_small_file_of_a_log_breaks_the_program(made: tuple[bytes, Path], data: st.DataObject) -> None:
    _, log = made
    name = data.draw(st.sampled_from(["checkpoint", "key", "policy", "files"]))
    whole = (log / name).read_bytes()
    (log / name).write_bytes(data.draw(edited(whole)))
    try:
        source = Folder(log)
        refused_or_right(lambda: read_head(source, read_keys(source)))
        verify_log(str(log), hashes_only=data.draw(st.booleans()))
    finally:
        (log / name).write_bytes(whole)


@pytest.mark.parametrize("count", [MAX_SIGNATURES, MAX_SIGNATURES + 1])
def test_a_note_bears_sixteen_signatures_and_no_more(made: tuple[bytes, Path], count: int) -> None:
    stranger = f"— stranger.example {encode_base64(bytes(68))}\n".encode()
    signed = (made[1] / "checkpoint").read_bytes() + stranger * (count - 1)

    if count > MAX_SIGNATURES:
        with pytest.raises(Fault, match="carries 17 signatures; at most 16"):
            Note.parse(signed)
    else:
        assert Note.parse(signed).signed_by(KNOWN) == KNOWN
