"""Documents at the desk: judged by what they really are, kept by their hash, taken away until publication."""

import pytest

from consult.consultations.documents import documents_of
from consult.files.blobs import Blob
from tests.files.samples import GIF, PADDING, PDF, docx, open_document, png


@pytest.fixture
def page(reader, clerk, waiting, own):
    return reader.sign_in(clerk).get(own(waiting, "documente"))


def added(page, file, kind="annex", status=200):
    return page.form("Add the document").fill(kind=kind, file=file).submit(status=status)


def test_a_document_is_added_listed_and_handed_out(reader, database, page, waiting, own) -> None:
    page = added(page, ("Raport de aprobare.pdf", PDF), kind="report")

    assert page.banner == "The document is added."
    assert page.texts("tbody th") == ["Raport de aprobare.pdf"]
    assert "Explanatory report" in page.texts("tbody td")
    response = reader.client.get(page.link("Raport de aprobare.pdf"))
    assert response.content == PDF
    assert response.headers["content-type"].startswith("application/pdf")
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["content-security-policy"] == "default-src 'none'; sandbox"
    (document,) = database.read(documents_of, waiting.id)
    assert database.read(lambda db: db.get(Blob, document.sha256)) is not None


@pytest.mark.parametrize(
    ("dash", "encoding", "charset"), [("–", "cp1250", "windows-1250"), ("-", "iso-8859-2", "iso-8859-2")]
)
def test_a_text_in_an_old_encoding_is_kept_as_it_is_told_of_and_read_rightly(
    reader, page, dash, encoding, charset
) -> None:
    content = f"Art. 1 {dash} Taxa pentru ora\u015f \u015fi \u0163ar\u0103.".encode(encoding)

    page = added(page, ("anexa.txt", content))

    assert page.banner.startswith("The document is added as it is, in an encoding of the past.")
    response = reader.client.get(page.link("anexa.txt"))
    assert response.headers["content-type"] == f"text/plain; charset={charset}"
    assert response.text == content.decode(encoding)


def test_a_text_in_the_encoding_of_the_web_is_handed_out_as_such(reader, page) -> None:
    page = added(page, ("anexa.txt", "Școala și țara".encode()))

    response = reader.client.get(page.link("anexa.txt"))

    assert page.banner == "The document is added."
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("raport.docx", PDF), "“raport.docx” is really a PDF file. Rename it to end in .pdf, or choose another file."),
        (("poza.gif", GIF), "“poza.gif” is a GIF file. We accept PDF, DOCX, ODT, XLSX, ODS, TXT, CSV, PNG, JPG."),
        (("gol.pdf", b""), "“gol.pdf” is empty. Choose the file again."),
        (("pagina.txt", b"<html><script>"), "“pagina.txt” is a HTML file."),
        (("bomba.docx", docx({"word/media/x": bytes(200 * 1024 * 1024)})), "“bomba.docx” grows too large"),
        (("mare.pdf", PDF + bytes(11 * 1024 * 1024)), "The file is 11.1 MB; the largest accepted is 10 MB."),
    ],
    ids=["renamed", "not accepted", "empty", "markup", "zip bomb", "too large"],
)
def test_a_wrong_file_is_told_what_it_really_is(page, database, waiting, file, said) -> None:
    page = added(page, file, kind="study", status=422)

    assert page.errors[0].startswith(said)
    assert page.link(page.errors[0]) == "#file"
    assert page.select('input[value="study"]').has_attr("checked")
    assert database.read(documents_of, waiting.id) == []


def test_a_file_that_must_be_chosen_again_is_named(page) -> None:
    page = page.form("Add the document").fill(file=("Plan.png", png())).submit(status=422)

    assert page.errors == ["Choose what the document is.", "Choose the file “Plan.png” again."]


def test_nothing_chosen_is_said(page) -> None:
    page = page.form("Add the document").fill(kind="annex").submit(status=422)

    assert page.errors == ["Choose a file."]


def test_a_document_is_removed_and_can_be_added_again(reader, database, page, waiting) -> None:
    page = added(page, ("Plan.pdf", PDF))

    form = page.form("Remove Plan.pdf")
    page = form.submit()

    assert page.banner == "The document is removed."
    assert database.read(documents_of, waiting.id) == []
    # Sent once more, the same button does nothing more.
    assert form.submit().heading == "Documents"
    assert added(page, ("Plan.pdf", PDF)).texts("tbody th") == ["Plan.pdf"]


def test_a_document_that_is_sent_twice_is_there_once(page) -> None:
    form = page.form("Add the document").fill(kind="annex", file=("Plan.pdf", PDF))

    form.submit()

    assert form.submit().texts("tbody th") == ["Plan.pdf"]


def test_a_file_that_is_there_already_is_told_by_its_name(page) -> None:
    page = added(page, ("Plan.pdf", PDF))

    page = added(page, ("Referat.pdf", PDF), kind="report", status=422)

    assert page.errors == ["This file is among the documents already, as “Plan.pdf”."]


@pytest.mark.parametrize(
    "file",
    [
        ("anexa.docx", docx({"word/comments.xml": b"x", "word/footnotes.xml": PADDING + b'<w:ins w:id="1">'})),
        ("anexa.docx", docx({"word/header1.xml": b'<w:commentReference w:id="0"/>'})),
        ("anexa.odt", open_document("text", {"content.xml": b"<office:annotation><text:p>"})),
    ],
)
def test_a_document_that_still_tells_how_it_was_written_is_not_published(page, file) -> None:
    page = added(page, file, status=422)

    (error,) = page.errors
    assert error.startswith(f"“{file[0]}” still has tracked changes or comments in the margin")


def test_a_document_without_such_traces_is_received(page) -> None:
    page = added(page, ("anexa.docx", docx({"word/comments.xml": b"<w:comments/>", "word/header1.xml": b"<w:instr"})))

    assert page.banner == "The document is added."


def test_a_name_that_would_mislead_is_made_harmless(page) -> None:
    page = added(page, ("../../<b>cod\u202efdp.pdf", PDF))

    (shown,) = page.texts("tbody th")
    assert "/" not in shown
    assert "\u202e" not in shown
    assert "<b>" in shown or "b>" in shown


def test_another_authoritys_document_is_not_handed_out(reader, database, page, waiting, clerk) -> None:
    page = added(page, ("Plan.pdf", PDF))
    address = page.link("Plan.pdf")

    reader.sign_out()

    assert reader.client.get(address, headers={"Sec-Fetch-Site": "none"}).status_code == 303
