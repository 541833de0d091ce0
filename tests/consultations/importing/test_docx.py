"""A Word document says in plain text what its reader sees, and the clerk is told what could not come along."""

import pytest

from consult.consultations.importing.docx import read_docx
from consult.consultations.importing.sheets import Code
from consult.consultations.importing.xml import Unreadable
from consult.consultations.parsing import parse
from tests.consultations.importing.samples import NUMBERING, docx, listed, p, package, r, tbl


def counted(content: bytes) -> dict[Code, str | int | None]:
    return {remark.code: next(iter(remark.facts.values()), None) for remark in read_docx(content).remarks}


def test_every_paragraph_is_a_line_and_an_empty_one_parts_them() -> None:
    read = read_docx(
        docx(
            p("PROIECT DE HOTĂRÂRE")
            + p(" ")
            + p(" ")
            + p(r("Art. 1. ") + r("Se  aprobă") + "<w:r><w:tab/></w:r>" + r("taxa."))
        )
    )

    assert read.text == "PROIECT DE HOTĂRÂRE\n\nArt. 1. Se aprobă taxa."
    assert read.remarks == ()


def test_the_numbers_that_word_draws_are_written_out() -> None:
    body = (
        listed("Se aprobă taxa.") + listed("Prima.", 1) + listed("A doua:", 1) + listed("una;", 2) + listed("alta.", 2)
        + p("Text fără număr.") + listed("Scutiri.") + listed("Una.", 1) + listed("punct", 0, 2)
        + p("Dispoziții", '<w:pStyle w:val="Capitol"/>') + listed("Reluat.", 0, 3) + p("", "") + listed("", 0, 3)
    )  # fmt: skip
    styles = (
        '<w:style w:styleId="Capitol"><w:name w:val="Capitol"/><w:basedOn w:val="Titlu"/></w:style>'
        '<w:style w:styleId="Titlu"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )

    read = read_docx(docx(body, numbering=NUMBERING, styles=styles))

    assert read.text.split("\n") == [
        "Art. 1. Se aprobă taxa.", "(1) Prima.", "(2) A doua:", "a) una;", "b) alta.", "Text fără număr.",
        "Art. 2. Scutiri.", "(1) Una.", "- punct", "Capitolul I Dispoziții", "Art. 5. Reluat.",
    ]  # fmt: skip


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    body = (
        p(
            r("Taxa este de ")
            + f"<w:del>{r('5').replace('w:t', 'w:delText')}</w:del><w:ins>{r('7')}</w:ins>"
            + r(" lei.")
        )
        + p("Prima jumătate", "<w:rPr><w:del/></w:rPr>")
        + p(" și a doua.")
    )

    read = read_docx(docx(body))

    assert read.text == "Taxa este de 7 lei.\nPrima jumătate și a doua."
    assert [(remark.code, remark.facts) for remark in read.remarks] == [(Code.TRACKED, {"count": 2})]


def test_comments_pictures_hidden_text_and_running_heads_stay_behind_and_are_said() -> None:
    body = p(
        r("Art. 1.") + '<w:r><w:commentReference w:id="0"/></w:r>' + "<w:r><w:drawing/></w:r>"
        + r("ascuns", "<w:vanish/>") + r("vizibil", '<w:vanish w:val="0"/>')
    )  # fmt: skip
    contents = p("Capitolul I ..... 3", '<w:pStyle w:val="TOC1"/>')
    styles = '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'

    content = docx(contents + body, styles=styles, header1=p("Consiliul Local"))

    assert read_docx(content).text == "Art. 1.vizibil"
    assert counted(content) == {
        Code.COMMENTS: 1, Code.PICTURES: 1, Code.HIDDEN: 1, Code.RUNNING: 1, Code.CONTENTS: None,
    }  # fmt: skip


def test_a_footnote_stands_behind_the_words_it_is_about() -> None:
    notes = f'<w:footnote w:id="2">{p("Conform Codului fiscal.")}</w:footnote>'
    body = p(r("Taxa") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" se plătește."))

    content = docx(body, footnotes=notes)

    assert read_docx(content).text == "Taxa [Conform Codului fiscal.] se plătește."
    assert counted(content) == {Code.NOTES: 1}


def test_a_figure_above_the_line_is_an_index() -> None:
    body = p(r("Art. 7") + r("1", '<w:vertAlign w:val="superscript"/>') + r(". Un articol nou."))

    read = read_docx(docx(p("Art. 7. Vechi.") + body))

    assert [article.key for article in parse(read.text).articles] == ["art-7", "art-7-ind-1"]


def test_a_table_comes_with_all_its_cells() -> None:
    fees = tbl(
        ["Nr.", "Zona", "Tarif | oră"], [listed("A"), "x"], [listed("B"), p("y") + p("z")], first="<w:tblHeader/>"
    )
    merged = tbl(["<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p("lat"), "c"], ["a", "b", "c"])

    content = docx(p("Art. 1. Tarifele:") + fees + merged + p("(2) Altele."), numbering=NUMBERING)

    assert read_docx(content).text.split("\n") == [
        "Art. 1. Tarifele:",
        "| Nr. | Zona | Tarif \\| oră |",
        "| --- | --- | --- |",
        "| Art. 1. A | x |  |",
        "| Art. 2. B | y\\nz |  |",
        "",
        "| lat |  | c |",
        "| a | b | c |",
        "",
        "(2) Altele.",
    ]
    assert counted(content) == {Code.MERGED: 1}


def test_a_frame_around_words_is_no_table() -> None:
    content = docx(p("Art. 1. Text.") + tbl(["PREȘEDINTE", "SECRETAR GENERAL"]))

    assert read_docx(content).text == "Art. 1. Text.\nPREȘEDINTE\nSECRETAR GENERAL"
    assert counted(content) == {Code.LAYOUT: 1}


def test_a_text_box_is_read_once_and_a_new_page_parts_what_it_follows() -> None:
    box = f"<w:drawing><w:txbxContent>{p('ANEXA nr. 1')}</w:txbxContent></w:drawing>"
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    twice = f"<w:r><mc:AlternateContent xmlns:mc='mc'>{choices}</mc:AlternateContent></w:r>"

    read = read_docx(docx(p("Primar,") + p('<w:r><w:br w:type="page"/></w:r>' + twice) + p("Taxe")))

    assert read.text == "Primar,\n\nANEXA nr. 1\nTaxe"
    assert read.remarks == ()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04",
        package({"word/other.xml": "<a/>"}),
        package({"word/document.xml": "<a><b></a>"}),
        package({"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}),
    ],
)
def test_what_is_no_document_or_declares_entities_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_docx(content)
