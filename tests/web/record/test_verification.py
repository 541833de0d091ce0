"""Checking what somebody brings: a receipt, a file, a number or a code, with a sentence for whatever is wrong."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.consultations.versions import Version
from consult.record.bodies import Body, keep_body, texts
from consult.record.checkpoints import Checkpoint
from consult.record.entries import entry_at
from consult.record.merkle import leaf_hash, node_hash
from consult.record.notes import SigningKey
from consult.record.proofs import Proof, encode_receipt
from consult.store import Base, Database
from tests.factories import a_draft_ready_for_approval, a_recommendation
from tests.tiers import examples
from tests.web.reader import Page, Reader
from tests.web.record.conftest import REPORT, Town


def checked(reader: Reader, *, status: int = 200, **values: object) -> Page:
    return reader.get("/en/registru/verifica").form("Check").fill(**values).submit(status=status)


def results(page: Page) -> list[str]:
    return page.texts(".inset h2")


@pytest.fixture
def receipt(reader: Reader, town: Town) -> bytes:
    """The receipt of entry 4, proposal 2/2026."""
    return reader.ask("GET", f"/registru/act/{town.recommendations[1].event_id}.tlog-proof").content


def test_a_receipt_that_holds_says_what_it_is_about_and_where_it_stands(reader: Reader, receipt: bytes) -> None:
    page = checked(reader, file=("registru-4.tlog-proof", receipt))

    assert results(page) == ["The receipt holds"]
    assert page.title.startswith("The receipt holds")
    assert "Proposal no. 2/2026 received on art. 3" in page.text
    assert "It is entry 4 of the 6" in page.text
    assert page.link("Entry 4") == "/en/registru/4"
    assert page.link("What it is about") == "/en/consultari/1-2026/propuneri/2-2026"


def test_a_receipt_is_known_by_its_content_whatever_its_file_is_called(reader: Reader, receipt: bytes) -> None:
    assert results(checked(reader, file=("download.txt", receipt))) == ["The receipt holds"]


def test_a_receipt_and_the_text_as_its_author_kept_it_go_together(
    reader: Reader, town: Town, database: Database, receipt: bytes
) -> None:
    said = database.read(words_of, town.recommendations[1].id)

    page = checked(reader, file=("a.tlog-proof", receipt), kept=("a.txt", said.replace("\n", "\r\n").encode()))

    assert results(page) == ["The receipt holds", "The receipt is of this file"]


def test_a_receipt_and_another_text_do_not_go_together(reader: Reader, receipt: bytes) -> None:
    page = checked(reader, file=("a.tlog-proof", receipt), kept=("a.txt", b"Altceva."))

    assert results(page) == ["The receipt holds", "The receipt is not of this file"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("other", [{}, {"file": ("Referat.pdf", REPORT)}])
def test_a_text_without_a_receipt_is_not_looked_at(reader: Reader, town: Town, other: dict[str, object]) -> None:
    page = checked(reader, kept=("a.txt", b"Altceva."), status=422, **other)

    assert page.errors[-1] == "Choose the receipt as well, as the file above: this one is compared with it."


def words_of(db: Session, recommendation_id: RecommendationId) -> str:
    body = db.scalars(
        select(Body)
        .join(Recommendation, Recommendation.body_id == Body.id)
        .where(Recommendation.id == recommendation_id)
    ).one()
    said = texts(body)
    return "\n\n".join(filter(None, (said["wording"], said["reason"])))


def test_an_old_receipt_holds_when_the_record_has_grown(
    reader: Reader, town: Town, receipt: bytes, database: Database
) -> None:
    database.act(a_recommendation, town.consultation)
    town.sequence()

    assert "It is entry 4 of the 6" in checked(reader, file=("a.tlog-proof", receipt)).text


SPOILT: list[tuple[Callable[[bytes], bytes], str]] = [
    (lambda data: data[:-30], "signature"),
    (lambda data: data[:60], "cut short"),
    (lambda data: data.replace(b"\n", b"\r\n"), "line ends were changed to CRLF"),
    (lambda data: b"\xef\xbb\xbf" + data, "A mark was put before the receipt"),
    (lambda data: data.replace(b"index 4", b"index 5"), "do not lead from its entry to the root"),
    (lambda data: data.replace(b"index 4", b"index 9"), "names index 9 of a log that has 6"),
    (lambda _: b"Not a receipt at all", "This is not a receipt"),
    (lambda _: b"c2sp.org/tlog-proof@v1\n\xff\n\n", "characters that no receipt has"),
    (lambda _: b"\xff\xfe\x00", "This is not a receipt"),
    (lambda data: data + b"\x00" * 300_000, "longer than any receipt"),
]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_receipt_that_does_not_hold_says_why(reader: Reader, receipt: bytes) -> None:
    for spoil, sentence in SPOILT:
        page = checked(reader, file=("registru-4.tlog-proof", spoil(receipt)))

        assert results(page) == ["The receipt does not hold"]
        assert sentence in page.text


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@given(data=st.data())
def test_whatever_is_sent_as_a_receipt_is_answered_by_a_page(
    reader: Reader, receipt: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(receipt)))
    end = data.draw(st.integers(start, min(len(receipt), start + 60)))
    spoilt = receipt[:start] + data.draw(st.binary(max_size=8)) + receipt[end:]
    kept = data.draw(st.none() | st.binary(min_size=1, max_size=50))

    page = checked(reader, file=("a.tlog-proof", spoilt), **({"kept": ("a.txt", kept)} if kept else {}))

    assert results(page)


def test_a_receipt_of_another_record_is_sent_there(reader: Reader, town: Town, database: Database) -> None:
    entry = database.read(entry_at, 4)
    assert entry is not None
    stranger = SigningKey("vecini.example/log/1", bytes(32))
    note = stranger.sign(Checkpoint(stranger.name, 1, leaf_hash(entry.event.entry)).text)

    page = checked(reader, file=("a.tlog-proof", encode_receipt(Proof(0, (), note), entry.event.entry)))

    assert results(page) == ["The receipt is of another record"]
    assert "vecini.example/log/1" in page.text


def test_a_receipt_that_a_forger_signed_in_our_name_does_not_hold(
    reader: Reader, town: Town, key: SigningKey, database: Database
) -> None:
    entry = database.read(entry_at, 4)
    assert entry is not None
    forger = SigningKey(key.name, bytes(32))
    note = forger.sign(Checkpoint(key.name, 1, leaf_hash(entry.event.entry)).text)

    page = checked(reader, file=("a.tlog-proof", encode_receipt(Proof(0, (), note), entry.event.entry)))

    assert results(page) == ["The receipt does not hold"]
    assert "None of the signatures is by the key" in page.text


@pytest.mark.parametrize("size", [1, 6])
def test_a_receipt_that_our_key_signed_and_the_record_contradicts_is_named_as_the_proof_it_is(
    reader: Reader, town: Town, key: SigningKey, database: Database, size: int
) -> None:
    entry = database.read(entry_at, 4)
    assert entry is not None
    hashes = () if size == 1 else (bytes(32),) * 3
    root = leaf_hash(entry.event.entry)
    for sibling in hashes:
        root = node_hash(root, sibling)
    note = key.sign(Checkpoint(key.name, size, root).text)

    page = checked(reader, file=("a.tlog-proof", encode_receipt(Proof(0, hashes, note), entry.event.entry)))

    assert results(page) == ["The record contradicts this receipt"]
    assert "it proves that the record was rewritten" in page.text


def test_a_published_document_is_found_by_its_bytes(reader: Reader, town: Town) -> None:
    page = checked(reader, file=("anything.pdf", REPORT))

    assert results(page) == ["Found: Referat.pdf"]
    assert "Regulamentul parcărilor de reședință" in page.text
    assert page.link("Entry 2") == "/en/registru/2"
    assert page.link("The consultation").startswith("/en/consultari/1-2026/")


def test_one_changed_byte_makes_another_file(reader: Reader, town: Town) -> None:
    page = checked(reader, file=("Referat.pdf", REPORT + b" "))

    assert results(page) == ["Not found"]
    assert sha256(REPORT + b" ").hexdigest() in page.text
    assert "is another file" in page.text


def test_a_draft_that_is_not_public_is_not_found(reader: Reader, town: Town, database: Database) -> None:
    draft = "Art. 1. - Un proiect care nu e public.\n"
    database.act(a_draft_ready_for_approval, town.authority, text=draft)

    assert results(checked(reader, file=("proiect.txt", draft.encode()))) == ["Not found"]


def test_the_text_of_a_version_is_found_by_its_hash_and_as_the_file_that_this_site_gives(
    reader: Reader, town: Town, database: Database
) -> None:
    digest = database.read(lambda db: db.scalar(select(Version.sha256)))

    by_hash = checked(reader, text=str(digest).upper())
    by_file = checked(reader, file=("v1.txt", reader.ask("GET", "/consultari/1-2026/text/v1.txt").content))

    assert results(by_hash) == results(by_file) == ["Found: Version 1 of the text"]


def test_a_text_and_rules_from_a_copy_of_the_record_are_found(reader: Reader, town: Town) -> None:
    paths = reader.ask("GET", "/log/1/files").text.splitlines()
    files = {path.split("/")[0]: reader.ask("GET", f"/log/1/{path}").content for path in paths}

    assert results(checked(reader, file=("body", files["body"]))) == ["Found: the text of an entry"]
    assert results(checked(reader, file=("pack", files["pack"]))) == ["Found: the rules of a consultation"]


def test_a_proposal_is_found_by_its_number(reader: Reader, town: Town) -> None:
    for written in ("2/2026", "2-2026", "nr. 2 / 2026", "http://izvoru.test/consultari/1-2026/propuneri/2-2026"):
        page = checked(reader, text=written)

        assert results(page) == ["Found: proposal no. 2/2026"]
        assert "Its text is the one to which the record committed on that day." in page.text
        assert page.link("The receipt") == f"/en/registru/act/{town.recommendations[1].event_id}"


def test_a_number_that_both_have_finds_the_proposal_and_the_consultation(reader: Reader, town: Town) -> None:
    assert results(checked(reader, text="1/2026")) == ["Found: proposal no. 1/2026", "Found: consultation 1-2026"]


def test_a_text_that_was_changed_behind_the_record_is_noticed(reader: Reader, town: Town, database: Database) -> None:
    def change(db: Session) -> None:
        other = keep_body(db, {"wording": "Altceva.", "reason": ""})
        db.get_one(Recommendation, town.recommendations[1].id).body_id = other.id

    database.act(change)

    assert "it was changed" in checked(reader, text="2/2026").text


def test_an_act_is_found_by_its_code_its_address_and_its_index(reader: Reader, town: Town) -> None:
    code = town.recommendations[1].event_id
    for written in (
        code,
        code.upper(),
        f"http://izvoru.test/en/registru/act/{code}",
        "4",
        "http://izvoru.test/registru/4",
    ):
        page = checked(reader, text=written)

        assert results(page) == ["Found in the record"], written
        assert "Proposal no. 2/2026" in page.text


def test_what_is_not_here_is_said_in_a_sentence(reader: Reader, town: Town) -> None:
    for written in ("999/2026", "999999999/9999", "0" * 32, "0" * 64, "6", "9" * 18):
        assert results(checked(reader, text=written)) == ["Not found"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_neither_number_nor_code_is_said_beside_the_field_and_kept(reader: Reader, town: Town) -> None:
    for written in ("bună ziua", "-1", "１２", "1e9", "0" * 31, "9" * 19, "<script>", "'; DROP TABLE leaf"):
        page = checked(reader, text=written, status=422)

        assert page.errors == ["This is neither a number, such as 47/2026, nor a code, nor a hash."]
        assert page.form("Check").values["text"] == [written]
        assert results(page) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_and_an_empty_file_are_said_to_be_so(reader: Reader, town: Town) -> None:
    assert checked(reader, status=422).errors == ["Choose a file, or write a number or a code."]
    assert checked(reader, file=("gol.pdf", b""), status=422).errors == ["The file is empty."]


def test_a_file_and_a_number_are_both_answered(reader: Reader, town: Town) -> None:
    page = checked(reader, file=("Referat.pdf", REPORT), text="2/2026")

    assert results(page) == ["Found: Referat.pdf", "Found: proposal no. 2/2026"]


def test_nothing_that_is_sent_is_kept(reader: Reader, receipt: bytes, database: Database) -> None:
    def rows(db: Session) -> dict[str, int]:
        return {
            table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in Base.metadata.sorted_tables
        }

    before = database.read(rows)
    page = checked(reader, file=("a.tlog-proof", receipt), text="2/2026")
    checked(reader, file=("secret.pdf", b"%PDF-1.7 secret"))

    assert database.read(rows) == before
    assert page.response.headers["cache-control"] == "no-store"
