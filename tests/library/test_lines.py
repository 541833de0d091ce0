"""The lines of a budget as they are read from what town halls write."""

from collections.abc import Iterable

import pytest

from consult.i18n import current_locale
from consult.library.columns import suggested_unit
from consult.library.figures import written
from consult.library.lines import Line, Oddity, Reading, read_lines
from consult.library.sheets import MOST_ROWS, NotATable, TooManyRows, read_rows, write_rows
from consult.money import Unit
from tests.library.samples import BUDGET


@pytest.fixture
def budget() -> Reading:
    return read_lines(BUDGET, Unit.THOUSAND)


def oddities(reading: Reading) -> list[tuple[int, Oddity]]:
    return [(doubt.line, doubt.oddity) for doubt in reading.doubts]


def named(lines: Iterable[Line]) -> dict[str, Line]:
    return {line.key: line for line in lines}


def test_the_head_names_the_columns_though_a_year_reads_as_an_amount(budget: Reading) -> None:
    assert budget.columns == ["2026", "Propuneri 2027"]


def test_amounts_are_whole_bani_whatever_the_table_counts_in(budget: Reading) -> None:
    assert named(budget.lines)["51-02-01"].amounts == [7_000_000, 8_025_000]


def test_a_line_is_part_of_the_one_whose_code_its_own_continues_and_chapters_of_the_total(budget: Reading) -> None:
    assert [(line.key, line.parent_key, line.depth) for line in budget.lines] == [
        ("total-cheltuieli", None, 0),
        ("51-02", "total-cheltuieli", 1),
        ("51-02-01", "51-02", 2),
        ("51-02-02", "51-02", 2),
        ("65-02", "total-cheltuieli", 1),
        ("65-02-03", "65-02", 2),
    ]


def test_a_table_whose_sums_add_up_is_in_no_doubt(budget: Reading) -> None:
    assert oddities(budget) == []
    assert budget.is_publishable


@pytest.mark.parametrize(
    "way",
    [
        lambda text: text.replace(";", "\t"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        lambda text: text.replace(",", ".").replace(";", ",").replace("80.250", "80.25"),
        lambda text: f"\n;;;\n{text}\n\n",
    ],
    ids=["tabs", "crlf", "mark", "commas", "empty-rows"],
)
def test_a_table_reads_the_same_however_a_spreadsheet_saved_it(budget: Reading, way) -> None:
    assert read_lines(way(BUDGET), Unit.THOUSAND).lines == budget.lines


def test_a_total_below_its_chapters_takes_them_as_its_parts() -> None:
    reading = read_lines("Capitol;Suma\nVenituri proprii;10\nSubvenții;5\nTOTAL VENITURI;15\n", Unit.LEU)

    assert [(line.title, line.depth) for line in reading.lines] == [
        ("TOTAL VENITURI", 0),
        ("Venituri proprii", 1),
        ("Subvenții", 1),
    ]
    assert oddities(reading) == []


def test_without_codes_a_line_is_part_of_the_last_one_further_to_the_left() -> None:
    reading = read_lines(
        "Denumire;Suma\nȘcoli;30\n  Reparații;20\n    Acoperiș;20\n  Mobilier;10\nParcuri;5\n", Unit.LEU
    )

    assert [(line.title, line.parent_key) for line in reading.lines] == [
        ("Școli", None),
        ("Reparații", "scoli"),
        ("Acoperiș", "reparatii"),
        ("Mobilier", "scoli"),
        ("Parcuri", None),
    ]


def test_each_odd_line_is_named_by_its_number_and_only_what_would_be_published_wrong_stops() -> None:
    table = "Cod;Denumire;Suma\n51;Primăria;10\n51.01;Salarii;8\n51.01;Salarii;1\n52;Datorii;zece\n;;7\n;din care:;\n"

    reading = read_lines(table, Unit.LEU)

    assert [(doubt.line, doubt.oddity, doubt.stops) for doubt in reading.doubts] == [
        (2, Oddity.SUM_DIFFERS, False),
        (4, Oddity.CODE_TWICE, False),
        (5, Oddity.NOT_AN_AMOUNT, True),
        (6, Oddity.NO_TITLE, True),
        (7, Oddity.NO_AMOUNT, False),
    ]
    assert not reading.is_publishable


def test_a_sum_that_does_not_add_up_is_told_with_both_values() -> None:
    current_locale.set("en")
    reading = read_lines("Denumire;2027\nȘcoli;30\n  Reparații;20,50\n", Unit.LEU)

    assert [doubt.explain() for doubt in reading.doubts] == [
        "“Școli” says 30 lei under “2027”, but the lines below it add up to 20,50 lei."
    ]


def test_lines_of_one_name_have_a_name_of_their_own() -> None:
    reading = read_lines("Denumire;Suma\nAlte cheltuieli;1\nAlte cheltuieli;2\n", Unit.LEU)

    assert [line.key for line in reading.lines] == ["alte-cheltuieli", "alte-cheltuieli--2"]


@pytest.mark.parametrize("text", ["", "Art. 1. Se aprobă bugetul.", "Cod;Denumire\n51;Primăria\n", "1;2\n3;4\n"])
def test_a_text_without_titles_and_amounts_is_no_table(text: str) -> None:
    with pytest.raises(NotATable):
        read_lines(text, Unit.LEU)


def test_a_table_longer_than_any_budget_is_refused() -> None:
    with pytest.raises(TooManyRows):
        read_rows("Școli;1\n" * (MOST_ROWS + 1))


def test_the_unit_is_the_one_that_the_table_names() -> None:
    assert suggested_unit(read_rows(BUDGET)) is Unit.THOUSAND
    assert suggested_unit(read_rows("Denumire;Suma în lei\nȘcoli;1\n")) is Unit.LEU


def test_the_file_that_is_published_reads_as_the_same_lines(budget: Reading) -> None:
    again = read_lines(written(budget.columns, budget.lines), Unit.LEU)

    assert again.columns == budget.columns
    assert [(line.key, line.parent_key, line.amounts) for line in again.lines] == [
        (line.key, line.parent_key, line.amounts) for line in budget.lines
    ]


def test_no_title_begins_like_a_formula() -> None:
    reading = read_lines('Denumire;Suma\n"=HYPERLINK(""http://evil.example"")";1\n- Salarii;2\n', Unit.LEU)

    assert [line.title for line in reading.lines] == ['HYPERLINK("http://evil.example")', "Salarii"]


def test_a_row_is_one_line_of_its_text_whatever_its_cells_held() -> None:
    assert write_rows(read_rows('Denumire;Suma\n"Școli\nși licee";1\n')) == "Denumire;Suma\nȘcoli și licee;1\n"
