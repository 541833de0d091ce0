"""A file's name is shown without what could deceive a reader, and names nothing on our disk."""

import pytest

from consult.files.names import display_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("proiect de hotărâre.pdf", "proiect de hotărâre.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Acte\\2026\\buget.xlsx", "buget.xlsx"),
        ("cod\u202efdp.exe", "codfdp.exe"),
        ("a\u200bb\u0000c\u001b[2Jd.pdf", "abc[2Jd.pdf"),
        ("două\nrânduri\t.pdf", "două rânduri.pdf"),
        ("spa\u00a0țiu.pdf", "spa țiu.pdf"),
        ("hota\u0306ra\u0302re.pdf", "hotărâre.pdf"),
        ("\u015fedin\u0163\u0103.pdf", "ședință.pdf"),
        ("  .ascuns.pdf. ", "ascuns.pdf"),
        ("", "document"),
        ("/", "document"),
        ("...", "document"),
        ("\u202e.pdf", "pdf"),
        ("a" * 300 + ".docx", "a" * 145 + ".docx"),
        ("b" * 300, "b" * 150),
        ("Nr. 12 din 3 martie", "Nr. 12 din 3 martie"),
        ("<script>.txt", "<script>.txt"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(sent: str, shown: str) -> None:
    assert display_name(sent) == shown


def test_no_name_is_longer_than_150_characters() -> None:
    assert all(len(display_name("x" * length + ".jpeg")) <= 150 for length in range(140, 160))
