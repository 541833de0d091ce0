"""A file is read in a process of its own; what cannot be read is refused with a sentence that says what to do."""

import pytest
import typst

from consult.consultations.importing.sheets import Code
from consult.consultations.source_files import NoWords, ScannedFile, TooHardToRead, read_file
from consult.files.uploads import FileDamaged, FileLocked, FormatNotAccepted, HoldsMacros, UnpacksTooLarge
from tests.consultations.importing.samples import LOCKED_PDF, docx, odt, p
from tests.files import samples

PICTURE = (
    "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>\"))"
)
NESTED = "<w:p>" + "<w:ins>" * 20_000 + "</w:ins>" * 20_000 + "</w:p>"


def pdf(source: str) -> bytes:
    content = typst.compile(source.encode())
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("proiect.docx", docx(p("Art. 1. Țară"))),
        ("proiect.odt", odt("<text:p>Art. 1. Țară</text:p>")),
        ("proiect.pdf", pdf("Art. 1. Țară")),
        ("proiect.md", "**Art. 1.** Țară".encode()),
        ("proiect.txt", "\ufeffArt. 1. Țară".encode()),
        ("vechi.txt", "Art. 1. \u0162ară".encode("iso-8859-2")),
    ],
)  # fmt: skip
def test_each_format_of_a_draft_is_read(name: str, content: bytes) -> None:
    checked, reading = read_file(name, content)

    assert reading.text.replace("\u0162", "Ț") == "Art. 1. Țară"
    assert checked.size == len(content)


def test_what_is_to_be_said_of_a_file_comes_along() -> None:
    _, reading = read_file("proiect.pdf", pdf("Art. 1. Text"))

    assert [remark.code for remark in reading.remarks] == [Code.PDF]
    assert reading.remarks[0].explain()


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("scan.pdf", pdf(PICTURE), ScannedFile),
        ("gol.docx", docx(p("")), NoWords),
        ("rupt.docx", samples.docx({"word/document.xml": b"<a>"}), FileDamaged),
        ("adanc.docx", docx(NESTED), FileDamaged),
        ("macro.docx", samples.docx({"word/vbaProject.bin": b"x"}), HoldsMacros),
        ("bomba.docx", samples.bomb(), UnpacksTooLarge),
        ("tabel.xlsx", samples.xlsx(), FormatNotAccepted),
    ],
)
def test_what_cannot_be_read_is_refused_by_what_it_is(name: str, content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_file(name, content)


def test_a_pdf_under_a_password_is_refused() -> None:
    with pytest.raises(FileLocked):
        read_file("parola.pdf", LOCKED_PDF)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.consultations.source_files.SECONDS", 0.001)

    with pytest.raises(TooHardToRead):
        read_file("proiect.txt", b"Art. 1. Text")
