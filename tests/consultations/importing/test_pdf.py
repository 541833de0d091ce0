"""A PDF with text gives its paragraphs back; a scan is told apart from it. The PDFs are set here, by Typst."""

import pytest
import typst

from consult.consultations.importing.pdf import Scanned, read_pdf
from consult.consultations.importing.sheets import Code
from consult.consultations.importing.xml import Unreadable
from consult.consultations.parsing import parse
from tests.consultations.drafts import act
from tests.files.samples import PDF

SHEET = """\
#set page(paper: "a5", header: [Primăria Izvoru – proiect], footer: context [Pagina #counter(page).display() din 9])
#set text(lang: "ro", hyphenate: true, size: 11pt)
#set par(justify: true)
"""
LONG = "Se aprobă regulamentul privind organizarea și funcționarea parcărilor publice cu plată din municipiu. " * 12
ONE_PIXEL = (
    "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>\"))"
)


def pdf(source: str) -> bytes:
    content = typst.compile(source.encode())
    assert isinstance(content, bytes)
    return content


def test_paragraphs_are_put_together_from_their_lines_over_pages_without_running_heads() -> None:
    paragraphs = ["Art. 1. " + LONG, "(2) " + LONG, "(3) Scurt.", "Art. 2. " + LONG]

    read = read_pdf(pdf(SHEET + "\n\n".join(paragraphs)))

    assert read.text.split("\n") == [" ".join(each.split()) for each in paragraphs]
    facts = {remark.code: remark.facts for remark in read.remarks}
    assert facts[Code.RUNNING] == {"count": 4}
    assert Code.PDF in facts


def test_a_word_parted_at_the_end_of_a_line_is_whole_again_and_a_hyphen_of_its_own_stays() -> None:
    lines = ["Presa mass-media func-", "ționează într-", "o sală, dându-", "le presei mass-", "media locul."]

    read = read_pdf(pdf("#set page(width: 200pt)\n" + " \\\n".join(lines)))

    assert read.text == "Presa mass-media funcționează într-o sală, dându-le presei mass-media locul."
    assert {remark.code: remark.facts for remark in read.remarks}[Code.HYPHENS] == {"count": 1}


def test_a_footnote_stands_behind_its_words_and_an_index_keeps_its_sign() -> None:
    read = read_pdf(
        pdf(SHEET + "Art. 7#super[1]. Taxa#footnote[Conform Codului fiscal.] este de 5 lei.\n\nArt. 8. " + LONG * 3)
    )

    assert read.text.split("\n")[0] == "Art. 7^1. Taxa [Conform Codului fiscal.] este de 5 lei."
    assert {remark.code: remark.facts for remark in read.remarks}[Code.NOTES] == {"count": 1}


def test_a_real_act_printed_and_read_back_has_the_same_articles() -> None:
    text = act("153210.txt")
    escaped = "".join(f"\\{sign}" if sign in "#$*_`<>@[]~/=-+\\'\"" else sign for sign in text)

    read = read_pdf(pdf(SHEET + escaped.replace("\n", "\n\n")))

    before, after = parse(text), parse(read.text)
    assert [article.key for article in after.articles] == [article.key for article in before.articles]
    assert after.text.split() == before.text.split()


def test_a_scan_is_refused_and_a_scanned_page_among_others_is_said() -> None:
    with pytest.raises(Scanned):
        read_pdf(pdf(ONE_PIXEL))

    read = read_pdf(pdf(f"Art. 1. Text.\n#pagebreak()\n{ONE_PIXEL}"))

    assert {remark.code: remark.facts for remark in read.remarks}[Code.SCANNED] == {"pages": "2"}


@pytest.mark.parametrize("content", [b"%PDF-1.7 startxref", PDF, b""])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises((Unreadable, Scanned)):
        read_pdf(content)
