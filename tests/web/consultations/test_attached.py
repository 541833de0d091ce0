"""The files of a proposal on its pages: chosen once, kept while it is written, shown beside the words."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select

from consult.consultations.attachments import MOST_FILES
from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation
from consult.record.committed import check_kept
from consult.record.faults import Fault
from consult.record.proofs import check_receipt
from consult.store import Database
from tests.factories import a_citizen
from tests.files.samples import GIF, PDF
from tests.record.logs import sequence_all
from tests.web.consultations.conftest import Town
from tests.web.reader import Page, Reader

WRITE = "/en/consultari/1-2026/propune?la=art-2&fel=observatie"
STUDY = ("Studiu.pdf", PDF)


@pytest.fixture
def consultation(town: Town) -> Consultation:
    return town.publish()


@pytest.fixture
def writing(reader: Reader, town: Town, consultation: Consultation) -> Page:
    return reader.sign_in(town.database.act(a_citizen)).get(WRITE)


def test_a_file_is_chosen_checked_sent_and_handed_out_from_the_page_of_its_proposal(
    reader: Reader, writing: Page
) -> None:
    check = writing.form("Check the proposal").fill(reason="Vedeți studiul.", files=STUDY).submit()
    check.form("Send the proposal").submit()
    shown = reader.get("/en/consultari/1-2026/propuneri/1-2026")
    response = reader.client.get(shown.link("Studiu.pdf"))

    assert "Studiu.pdf" in check.text
    assert response.content == PDF
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert "With one file" in reader.get("/en/consultari/1-2026/text/art-2").text


def test_the_register_names_the_files_of_each_to_spreadsheets_and_to_programs(reader: Reader, writing: Page) -> None:
    check = writing.form("Check the proposal").fill(reason="Vedeți studiul.", files=STUDY).submit()
    check.form("Send the proposal").submit()

    head, row = csv.reader(StringIO(reader.ask("GET", "/en/consultari/1-2026/propuneri.csv").text, newline=""))
    (listed,) = reader.ask("GET", "/consultari/1-2026/propuneri.json").json()["recommendations"]

    assert row[head.index("Files")] == "Studiu.pdf"
    (file,) = listed["files"]
    assert (file["name"], file["size"], file["media_type"]) == ("Studiu.pdf", len(PDF), "application/pdf")
    assert reader.client.get(file["url"]).content == PDF


def test_whoever_kept_a_file_can_show_by_the_receipt_alone_that_it_is_the_one(
    reader: Reader, writing: Page, database: Database
) -> None:
    check = writing.form("Check the proposal").fill(reason="Vedeți studiul.", files=STUDY).submit()
    check.form("Send the proposal").submit()
    sequence_all(database)
    event_id = database.read(lambda db: db.scalars(select(Recommendation.event_id)).one())

    receipt = check_receipt(reader.ask("GET", f"/registru/act/{event_id}.tlog-proof").content)

    check_kept(receipt.entry, receipt.salt, PDF, receipt.files)
    with pytest.raises(Fault, match="is not the text"):
        check_kept(receipt.entry, receipt.salt, PDF + b"\n", receipt.files)
    with pytest.raises(Fault, match="is not the text"):
        check_kept(receipt.entry, receipt.salt, PDF)


def test_a_file_stays_chosen_whatever_else_must_be_put_right(writing: Page) -> None:
    again = writing.form("Check the proposal").fill(files=STUDY).submit(status=422)

    check = again.form("Check the proposal").fill(reason="Vedeți studiul.").submit()

    assert again.errors == ["Write your proposal."]
    assert "Studiu.pdf" in check.text


def test_a_file_goes_by_taking_its_tick_away(writing: Page) -> None:
    check = writing.form("Check the proposal").fill(reason="Vedeți studiul.", files=STUDY).submit()
    back = check.form("Change").submit()

    check = back.form("Check the proposal").fill(attached=[]).submit()

    assert "Studiu.pdf" not in check.text


def test_a_file_that_we_do_not_take_is_told_beside_the_field(writing: Page) -> None:
    again = writing.form("Check the proposal").fill(reason="Da.", files=("poza.gif", GIF)).submit(status=422)

    assert len(again.errors) == 1
    assert again.errors[0].startswith("“poza.gif” is a GIF file.")


def test_the_sixth_file_is_refused_and_the_five_stay(reader: Reader, writing: Page) -> None:
    page = writing
    for _ in range(MOST_FILES):
        page = page.form("Check the proposal").fill(files=STUDY).submit(status=422)

    page = page.form("Check the proposal").fill(reason="Da.", files=STUDY).submit(status=422)

    assert page.errors == ["A proposal comes with at most 5 files."]
    assert len(page.form("Check the proposal").values["attached"]) == MOST_FILES


def test_somebody_without_an_account_sends_files_too(reader: Reader, consultation: Consultation) -> None:
    page = reader.get("/en/consultari/1-2026/propune/fara-cont?la=art-2&fel=observatie")
    written = {"reason": "Vedeți studiul.", "name": "Ana Pop", "email": "ana@exemplu.ro", "files": STUDY}

    check = page.form("Check the proposal").fill(**written).submit()
    sent = check.form("Send the proposal").submit()

    assert "Studiu.pdf" in check.text
    assert sent.heading == "Look into your mailbox"
