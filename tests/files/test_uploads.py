"""A file is received for what it is, or refused with a sentence that says what to do."""

import hashlib
import time
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_BZIP2

import pytest

from consult.files import CheckedFile, UploadRefused, check_upload
from consult.files.formats import MD, PDF, TEXTS
from consult.files.uploads import (
    LARGEST,
    FileDamaged,
    FileEmpty,
    FileLocked,
    FileTooLarge,
    FormatNotAccepted,
    FormatUnknown,
    HoldsMacros,
    NameMisleads,
    PartsMislead,
    PictureTooLarge,
    TextUnreadable,
    UnpacksTooLarge,
)
from consult.i18n import current_locale
from tests.files import samples

TEXT = "Art. 1. – Se aprobă regulamentul. Ședința „ordinară” începe la ora țintă."
CEDILLAS = TEXT.translate(str.maketrans("ȘșȚț", "\u015e\u015f\u0162\u0163"))


def named(value: object) -> str | None:
    """Leave bytes out of the names of the tests."""
    return "" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("proiect.pdf", samples.PDF, "application/pdf"),
        ("proiect.PDF", b"\xef\xbb\xbf\r\n" + samples.PDF, "application/pdf"),
        ("parolă.pdf", samples.ENCRYPTED_PDF, "application/pdf"),
        ("r.docx", samples.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("b.xlsx", samples.xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("r.odt", samples.open_document("text"), "application/vnd.oasis.opendocument.text"),
        ("b.ods", samples.open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
        ("note.txt", TEXT.encode(), "text/plain"),
        ("buget.csv", b"cod;suma\n1;100\n", "text/csv"),
        ("plan.png", samples.png(), "image/png"),
        ("poza.jpg", samples.jpeg(), "image/jpeg"),
        ("poza.jpeg", samples.jpeg(frame=0xC2), "image/jpeg"),
    ],
    ids=named,
)
def test_a_file_that_is_what_it_says_is_received(name: str, content: bytes, media_type: str) -> None:
    file = check_upload(name, content)

    assert (file.name, file.media_type, file.size) == (name, media_type, len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()


def test_a_file_on_the_disk_is_judged_as_its_bytes_are(tmp_path: Path) -> None:
    spooled = tmp_path / "upload-1"
    spooled.write_bytes(samples.PDF)

    assert check_upload("proiect.pdf", spooled) == check_upload("proiect.pdf", samples.PDF)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("gol.pdf", b"", FileEmpty),
        ("animat.gif", samples.GIF, FormatNotAccepted),
        ("animat.png", samples.GIF, FormatNotAccepted),
        ("pagina.html", b"<!DOCTYPE html><script>alert(1)</script>", FormatNotAccepted),
        ("pagina.jpg", b" \n<html><body>", FormatNotAccepted),
        ("desen.svg", b'<?xml version="1.0"?><svg onload="alert(1)"/>', FormatNotAccepted),
        ("note.txt", b"\xef\xbb\xbf<svg onload='alert(1)'>", FormatNotAccepted),
        ("note.txt", b"{\\rtf1\\ansi hello}", FormatNotAccepted),
        ("prezentare.pptx", samples.archive({"[Content_Types].xml": b"", "ppt/p.xml": b""}), FormatNotAccepted),
        ("arhiva.docx", samples.archive({"0.zip": samples.docx()}), FormatNotAccepted),
        ("vechi.doc", samples.old_office_file("WordDocument"), FormatNotAccepted),
        ("vechi.docx", samples.old_office_file("Workbook"), FormatNotAccepted),
        ("ceva.pdf", b"\x00\x01\x02\x03", FormatUnknown),
        ("fara-extensie", samples.PDF, NameMisleads),
        ("proiect.docx", samples.PDF, NameMisleads),
        ("proiect.pdf", samples.docx(), NameMisleads),
        ("plan.jpg", samples.png(), NameMisleads),
        ("program.pdf.exe", samples.PDF, NameMisleads),
        ("note.pdf", TEXT.encode(), NameMisleads),
        ("calcul.xlsx", samples.open_document("spreadsheet"), NameMisleads),
        ("parola.docx", samples.old_office_file("EncryptedPackage"), FileLocked),
        ("parola.docx", samples.locked_archive(), FileLocked),
        ("taiat.pdf", samples.PDF[:30], FileDamaged),
        ("taiat.docx", samples.docx()[:-30], FileDamaged),
        ("stricat.docx", samples.damaged_archive(), FileDamaged),
        ("straniu.docx", samples.archive({"mimetype": b"x" * 99}, method=ZIP_BZIP2), FileDamaged),
        ("taiat.png", samples.png()[:-12], FileDamaged),
        ("taiat.jpg", samples.jpeg()[:40], FileDamaged),
        ("fara-marime.png", samples.png(width=0), FileDamaged),
        ("macro.docx", samples.docx({"word/vbaProject.bin": b"\x00"}), HoldsMacros),
        ("macro.docm", samples.docx(content_types=b"application/vnd.ms-word.document.macroEnabled.main"), HoldsMacros),
        ("macro.odt", samples.open_document("text", {"Basic/Standard/Module1.xml": b""}), HoldsMacros),
        ("urias.png", samples.png(25_000, 25_000), PictureTooLarge),
        ("urias.jpg", samples.jpeg(5_001, 5_000), PictureTooLarge),
        ("note.txt", "Привет, город".encode("cp1251"), TextUnreadable),
        ("note.txt", "Bună".encode("utf-16"), TextUnreadable),
        ("note.csv", b"a;b\n\x1b[2J", TextUnreadable),
    ],
    ids=named,
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes, refusal: type[UploadRefused]) -> None:
    with pytest.raises(refusal) as refused:
        check_upload(name, content)

    assert type(refused.value) is refusal
    assert refused.value.field == "file"
    assert "%" not in refused.value.explain()


@pytest.mark.parametrize("corner", [(1, 1), (5_000, 5_000), (25_000_000, 1)])
def test_a_picture_of_25_million_pixels_is_received(corner: tuple[int, int]) -> None:
    assert check_upload("plan.png", samples.png(*corner)).media_type == "image/png"


@pytest.mark.parametrize(
    "name",
    [
        "../word/x.xml",
        "word/../../x.xml",
        "word/..",
        "..\\x.xml",
        "/etc/passwd",
        "\\\\server\\x.xml",
        "C:\\x.xml",
        "word/x.xml\x00.exe",
        "word/\x1b[2J",
        "Word/Document.xml",
    ],
)
def test_an_office_document_whose_parts_have_names_that_lead_astray_is_refused(name: str) -> None:
    with pytest.raises(PartsMislead):
        check_upload("r.docx", samples.with_entry_named(name))


def test_an_office_document_with_two_parts_of_one_name_is_refused() -> None:
    with pytest.raises(PartsMislead):
        check_upload("r.docx", samples.with_entry_named("word/document.xml"))


@pytest.mark.parametrize("name", ["word/..rels.xml", "word/x..xml", "word/media/", "customXml/item1.xml", "word/ț.xml"])
def test_an_office_document_may_have_parts_of_many_names(name: str) -> None:
    assert check_upload("r.docx", samples.with_entry_named(name)).name == "r.docx"


def test_a_pdf_renamed_docx_is_called_what_it_is() -> None:
    with pytest.raises(NameMisleads) as refused:
        check_upload("C:\\Acte\\hotărâre.docx", samples.PDF)

    assert refused.value.facts == {"name": "hotărâre.docx", "found": "PDF", "extension": ".pdf"}


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.gif", samples.GIF, "GIF"),
        ("a.doc", samples.old_office_file("WordDocument"), "DOC"),
        ("a.docx", samples.archive({"a.txt": b""}), "ZIP"),
        ("a.txt", b"<html>", "HTML"),
    ],
    ids=named,
)
def test_a_format_that_is_not_received_is_named(name: str, content: bytes, found: str) -> None:
    with pytest.raises(FormatNotAccepted) as refused:
        check_upload(name, content)

    assert refused.value.facts["found"] == found


def test_ten_megabytes_are_received_and_one_byte_more_is_not() -> None:
    largest = samples.PDF + bytes(LARGEST - len(samples.PDF))

    assert check_upload("proiect.pdf", largest).size == LARGEST
    with pytest.raises(FileTooLarge):
        check_upload("proiect.pdf", largest + b"\0")


@pytest.mark.parametrize(
    ("size", "said"), [(14 * 1024 * 1024, "14"), (LARGEST + 1, "10.1"), (20 * 1024 * 1024 + 1, "20.1")]
)
def test_the_size_of_a_file_that_is_too_large_is_never_said_to_be_the_limit(size: int, said: str) -> None:
    with pytest.raises(FileTooLarge) as refused:
        check_upload("proiect.pdf", bytes(size))

    assert refused.value.facts == {"size": Decimal(said), "largest": Decimal(10)}
    assert str(refused.value) == f"The file is {said} MB; the largest accepted is 10 MB."


def test_a_size_is_said_in_the_readers_language() -> None:
    before = current_locale.set("ro")

    said = FileTooLarge(size=Decimal("10.1"), largest=Decimal(10)).explain()

    current_locale.reset(before)
    assert "10,1\u00a0MB" in said


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (samples.bomb, UnpacksTooLarge),
        (samples.steep_bomb, UnpacksTooLarge),
        (samples.crowded_archive, UnpacksTooLarge),
        (samples.lying_bomb, FileDamaged),
    ],
)
def test_a_zip_bomb_is_refused_at_once_and_fills_no_memory(
    made: Callable[[], bytes], refusal: type[UploadRefused]
) -> None:
    content = made()
    assert len(content) < LARGEST
    tracemalloc.start()
    began = time.thread_time()

    with pytest.raises(refusal):
        check_upload("raport.docx", content)

    elapsed = time.thread_time() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert elapsed < 1
    assert peak < 3 * 1024 * 1024


def test_a_large_table_that_packs_well_is_received() -> None:
    rows = "".join(f'<c r="A{number}"><v>{number}</v></c>' for number in range(600_000)).encode()
    content = samples.docx({"word/embeddings/table.xml": rows})

    assert len(rows) > 5 * len(content)
    assert check_upload("raport.docx", content).size == len(content)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (b"plain", "utf-8"),
        (CEDILLAS.encode("cp1250"), "cp1250"),
        (CEDILLAS.replace("„", '"').replace("”", '"').replace("–", "-").encode("iso-8859-2"), "iso-8859-2"),
    ],
    ids=named,
)
def test_the_encoding_of_a_text_is_said_and_the_text_is_kept_as_it_was_sent(content: bytes, encoding: str) -> None:
    file = check_upload("note.txt", content)

    assert file.encoding == encoding
    assert file.is_in_old_encoding == (encoding != "utf-8")
    assert file.media_type.removeprefix("text/plain") in {"", "; charset=windows-1250", "; charset=iso-8859-2"}
    assert file.sha256 == hashlib.sha256(content).hexdigest()


def test_what_is_not_text_has_no_encoding() -> None:
    assert check_upload("proiect.pdf", samples.PDF) == CheckedFile(
        name="proiect.pdf",
        format=PDF,
        size=len(samples.PDF),
        sha256=hashlib.sha256(samples.PDF).hexdigest(),
        encoding=None,
    )


def test_what_a_form_does_not_take_is_refused_by_it_alone() -> None:
    with pytest.raises(FormatNotAccepted, match=r"is a XLSX file\. We accept DOCX, ODT, PDF, MD, TXT"):
        check_upload("tabel.xlsx", samples.xlsx(), formats=TEXTS)
    with pytest.raises(FormatNotAccepted, match="is a PNG file"):
        check_upload("scan.png", samples.png(), formats=TEXTS)

    assert check_upload("proiect.md", TEXT.encode(), formats=TEXTS).format is MD


def test_a_text_with_the_ending_of_a_table_is_a_table() -> None:
    assert check_upload("a.csv", TEXT.encode()).media_type == "text/csv"
