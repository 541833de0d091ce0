"""The text read from a department's file: looked at, corrected beside the file, and the file kept as it came."""

import pytest

from consult.consultations.announcements import create_consultation
from consult.consultations.drafts import latest_text
from consult.consultations.sources import left_out
from tests.consultations.importing.samples import NUMBERING, docx, listed, p, r, tbl
from tests.factories import DRAFT, NOW
from tests.files.samples import PDF
from tests.files.samples import docx as empty_docx

WORD = docx(
    p("HOTĂRÂRE privind taxele") + p("Consiliul Local hotărăște:")
    + listed("Se aprobă taxele din tabel:") + tbl(["Zona", "Taxa"], ["A", "5 lei"], first="<w:tblHeader/>")
    + p(r("Art. 2. Se publică") + f"<w:ins>{r(' de îndată')}</w:ins>" + r(".")),
    numbering=NUMBERING,
)  # fmt: skip


@pytest.fixture
def draft(database, authority, clerk):
    return database.act(create_consultation, authority.id, title="Taxe", by=clerk, at=NOW)


@pytest.fixture
def page(reader, clerk, draft, own):
    return reader.sign_in(clerk).get(own(draft, "text")).follow("Read the text from a file instead")


def test_a_file_is_read_cut_and_shown_with_what_could_not_be_taken_along(page) -> None:
    page = page.form().fill(file=("taxe.docx", WORD)).submit()

    assert page.heading == "The text as it was cut"
    assert page.banner == "The text was read from the file."
    assert page.texts(".act-table th") == ["Zona", "Taxa"]
    assert page.texts(".act-table td") == ["A", "5 lei"]
    assert "Read from “taxe.docx”" in page.text
    assert "Tracked changes: 1. The text is read as if all of them had been accepted." in page.text
    assert "Every word of the file is in the text." in page.text


def test_the_text_is_corrected_beside_the_file_and_what_is_left_out_of_it_is_said(
    page, reader, database, draft
) -> None:
    page = page.form().fill(file=("taxe.docx", WORD)).submit().follow("Correct it beside the file")

    assert "Art. 2. Se publică de îndată." in page.select(".source-text").get_text()
    assert reader.client.get(page.link("taxe.docx")).content == WORD
    text = page.select("#text").get_text().replace("Art. 2. Se publică de îndată.", "Art. 2. Se publică.")
    page = page.form().fill(text=text).submit()

    assert "One line of the file has words that are not in the text:" in page.text
    assert page.texts(".remarks li")[-1] == "Art. 2. Se publică de îndată."
    assert database.read(latest_text, draft.id).edition == 2


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("taxe.docx", docx(p("Hotărâm să punem parcări."))), "No article was found in this text."),
        (("taxe.docx", empty_docx({"word/vbaProject.bin": b"x"})), "“taxe.docx” contains macros."),
        (("taxe.pdf", PDF), "“taxe.pdf” is damaged or incomplete."),
        (("taxe.pdf", b"abc"), "“taxe.pdf” is really a TXT file."),
    ],
)
def test_a_file_without_a_text_is_refused_and_nothing_is_saved(page, database, draft, file, said) -> None:
    page = page.form().fill(file=file).submit(status=422)

    assert page.errors[0].startswith(said)
    assert page.link(page.errors[0]) == "#file"
    assert database.read(latest_text, draft.id) is None


def test_a_file_read_after_a_colleague_saved_is_told(page, reader, clerk, draft, own, database) -> None:
    reader.get(own(draft, "text")).form().fill(text=DRAFT).submit()

    page = page.form().fill(file=("taxe.docx", WORD)).submit(status=422)

    assert any("saved" in error for error in page.errors)
    assert database.read(latest_text, draft.id).edition == 1


def test_the_source_of_a_draft_is_for_the_desk_alone(page, reader, draft, own) -> None:
    page = page.form().fill(file=("taxe.docx", WORD)).submit().follow("Correct it beside the file")
    address = page.link("taxe.docx")

    reader.client.cookies.clear()

    assert reader.client.get(address, follow_redirects=False).headers["location"].startswith("/en/intra")


def test_words_are_missed_line_by_line_wherever_they_moved() -> None:
    assert left_out("Art. 1. unu doi\nArt. 2. trei\nPagina 7", "Art. 2. Trei\nArt. 1.\nunu doi") == ["Pagina 7"]
