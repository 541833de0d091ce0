"""An OpenDocument text says in plain text what its reader sees, and the clerk is told what could not come along."""

import pytest

from consult.consultations.importing.odt import read_odt
from consult.consultations.importing.sheets import Code
from consult.consultations.importing.xml import Unreadable
from tests.consultations.importing.samples import odt, package

LEVEL = "text:list-level-style-number"
NUMBERED = (
    '<text:list-style style:name="L1">'
    f'<{LEVEL} text:level="1" style:num-format="1" style:num-prefix="Art. " style:num-suffix="."/>'
    f'<{LEVEL} text:level="2" style:num-format="a" style:num-suffix=")"/>'
    f'<{LEVEL} text:level="3" style:num-format="1" style:num-suffix="." text:display-levels="2"/>'
    "</text:list-style>"
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    '<style:style style:name="Sus"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Nou"><style:paragraph-properties fo:break-before="page" xmlns:fo="fo"/></style:style>'
)


def p(words: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def items(*listed: str, style: str = "", goes_on: bool = False) -> str:
    named = f' text:style-name="{style}"' if style else ""
    kept = ' text:continue-numbering="true"' if goes_on else ""
    inner = "".join(f"<text:list-item>{each if each.startswith('<') else p(each)}</text:list-item>" for each in listed)
    return f"<text:list{named}{kept}>{inner}</text:list>"


def counted(content: bytes) -> dict[Code, str | int | None]:
    return {remark.code: next(iter(remark.facts.values()), None) for remark in read_odt(content).remarks}


def test_paragraphs_are_lines_and_white_space_is_what_is_seen() -> None:
    body = (
        p('Art. 1.<text:s text:c="3"/>Se\n   aprobă<text:tab/>taxa<text:line-break/>locală.')
        + p("")
        + p("Sfârșit", "Nou")
    )

    assert read_odt(odt(body, NUMBERED)).text == "Art. 1. Se aprobă taxa\nlocală.\n\nSfârșit"


def test_the_numbers_that_lists_draw_are_written_out() -> None:
    deep = items("primul", items("sub"))
    body = (
        items("Se aprobă.", p("Scutiri:") + items("elevi;", p("alții:") + items("unu")), style="L1")
        + p("Între")
        + items("Continuă.", style="L1", goes_on=True)
        + items("punct", style="L2")
        + items("Din nou.", style="L1")
    )

    read = read_odt(odt(body, NUMBERED))

    assert read.text.split("\n") == [
        "Art. 1. Se aprobă.", "Art. 2. Scutiri:", "a) elevi;", "b) alții:", "b.1. unu", "Între", "Art. 3. Continuă.",
        "- punct", "Art. 1. Din nou.",
    ]  # fmt: skip
    assert read_odt(odt(deep, NUMBERED)).text == "primul\nsub"


def test_tracked_changes_notes_comments_and_pictures_are_said() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + p("șters")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + p("Cod fiscal.")
        + "</text:note-body></text:note>"
    )
    asked = f"<office:annotation>{p('oare?')}</office:annotation>"
    body = p(f"Taxa{note} este<text:change text:change-id='c'/> nouă{asked}.<draw:frame><draw:image/></draw:frame>")
    header = "<style:master-page><style:header>" + p("Antet") + "</style:header></style:master-page>"

    content = odt(changes + "<text:table-of-content>" + p("Cuprins") + "</text:table-of-content>" + body, header=header)

    assert read_odt(content).text == "Taxa [Cod fiscal.] este nouă."
    assert counted(content) == {
        Code.TRACKED: 1, Code.COMMENTS: 1, Code.NOTES: 1, Code.PICTURES: 1, Code.RUNNING: 1, Code.CONTENTS: None,
    }  # fmt: skip


def test_a_table_comes_with_all_its_cells_and_a_figure_above_the_line_is_an_index() -> None:
    def row(*cells: str) -> str:
        written = "".join(f"<table:table-cell>{p(cell)}</table:table-cell>" for cell in cells)
        return f"<table:table-row>{written}</table:table-row>"

    lone = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2">'
        + p("Total")
        + "</table:table-cell><table:covered-table-cell/></table:table-row>"
    )
    head = f"<table:table-header-rows>{row('Zona', 'Tarif')}</table:table-header-rows>"
    table = f"<table:table>{head}{row('A', '5 | 6')}{lone}</table:table>"

    content = odt(p('Art. 7<text:span text:style-name="Sus">1</text:span>. Tarife:') + table, NUMBERED)

    assert read_odt(content).text.split("\n") == [
        "Art. 7^1. Tarife:", "| Zona | Tarif |", "| --- | --- |", "| A | 5 \\| 6 |", "| Total |  |",
    ]  # fmt: skip
    assert counted(content) == {Code.MERGED: 1}


@pytest.mark.parametrize("content", [b"", package({"mimetype": "x"}), package({"content.xml": "<!DOCTYPE a><a/>"})])
def test_what_is_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_odt(content)
