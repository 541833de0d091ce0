"""The figures of a draft budget at the desk: read from a file, looked through, corrected, published with the draft."""

import pytest

from consult.consultations.announcements import create_consultation
from consult.consultations.figures import figures_being_written, save_figures
from consult.money import Unit
from tests.factories import NOW
from tests.library.samples import BUDGET, xlsx

CELL = '<row><c r="A{n}" t="s" s="{style}"><v>{text}</v></c><c r="C{n}"><f>1+1</f><v>{amount}</v></c></row>'
WORKBOOK = xlsx(
    '<row><c r="A1" t="inlineStr"><is><t>Denumire (mii lei)</t></is></c><c r="C1"><v>2027</v></c></row>',
    CELL.format(n=2, style=0, text=0, amount="30.000000000000004"),
    CELL.format(n=3, style=1, text=1, amount="30"),
    texts="<si><t>Școli</t></si><si><r><t>Repa</t></r><r><t>rații</t></r></si>",
    styles='<cellXfs><xf/><xf><alignment indent="1"/></xf></cellXfs>',
)


@pytest.fixture
def draft(database, authority, clerk):
    return database.act(create_consultation, authority.id, title="Bugetul", by=clerk, at=NOW)


@pytest.fixture
def page(reader, clerk, draft, own):
    return reader.sign_in(clerk).get(own(draft, "cifre"))


def file_form(page):
    return page.form("Read the file")


def test_a_table_is_read_from_a_file_and_shown_as_it_was_understood(page) -> None:
    page = file_form(page).fill(file=("buget.csv", BUDGET.encode("utf-8-sig"))).submit()

    assert page.banner == "The figures were read from the file."
    assert "All lines were understood, and all sums add up." in page.text
    assert page.texts(".table th[scope=row]")[:2] == ["TOTAL CHELTUIELI", "51.02 Autorități publice"]
    assert page.texts(".table tbody strong")[0] == "185,500 lei"


def test_an_old_encoding_is_read_as_what_it_is(page) -> None:
    words = BUDGET.replace("ș", "\u015f").replace("ț", "\u0163")

    page = file_form(page).fill(file=("buget.csv", words.encode("cp1250"))).submit()

    assert "51.02 Autorități publice" in page.texts(".table th[scope=row]")


def test_a_workbook_gives_its_last_values_its_indents_and_no_formula(page, database, draft) -> None:
    file_form(page).fill(file=("buget.xlsx", WORKBOOK)).submit()

    written = database.read(figures_being_written, draft.id)
    assert [(line.title, line.depth, line.amounts) for line in written.reading.lines] == [
        ("Școli", 0, [3_000_000]),
        ("Reparații", 1, [3_000_000]),
    ]
    assert written.latest.unit == Unit.THOUSAND


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("a.csv", b"Art. 1. Se aproba bugetul.\n"), "No table was found"),
        (("a.xlsx", xlsx()), "“a.xlsx” has no text in it."),
        (("a.xlsx", b"PK\x03\x04 broken"), "“a.xlsx” is damaged or incomplete."),
        (("a.pdf", b"%PDF-1.4 startxref"), "“a.pdf” is a PDF file. We accept CSV, XLSX."),
    ],
    ids=["words", "empty", "broken", "pdf"],
)
def test_a_file_that_is_no_table_is_told_why(page, file, said) -> None:
    page = file_form(page).fill(file=file).submit(status=422)

    assert said in page.errors[0]


def test_odd_lines_are_named_by_their_number_and_corrected_in_the_table(page) -> None:
    odd = BUDGET.replace("80,250", "optzeci")
    page = file_form(page).fill(file=("buget.csv", odd.encode())).submit()
    assert "Line 6: “optzeci” under “Propuneri 2027” is not an amount. Correct it before publishing." in page.text

    text = page.select("#text").get_text().replace("optzeci", "80,250")
    page = page.form("Save the figures").fill(text=text).submit()

    assert page.banner == "The figures are saved."
    assert "All lines were understood, and all sums add up." in page.text


def test_who_saves_second_is_told_of_the_first(page, database, draft, colleague) -> None:
    values = {"text": BUDGET, "unit": Unit.THOUSAND, "main": None, "edition": 0}
    database.act(save_figures, draft.id, **values, by=colleague, at=NOW)

    page = page.form("Save the figures").fill(text="Denumire;Suma\nȘcoli;1\n").submit(status=422)

    assert "Dan Colegu saved this draft" in page.errors[0]
    assert "Școli;1" in page.select("#text").get_text()


def test_a_draft_budget_runs_under_its_own_law_too_and_the_dates_say_so(page, reader, draft, own) -> None:
    page.form("Save under which laws it runs").fill(budget=True).submit()

    page = reader.get(own(draft, "date"))

    assert "The last day for contestations of the draft budget" in page.text
    assert "Legea 273/2006, art. 39 alin. (3)" in page.text.replace("\u00a0", " ")


def test_figures_are_taken_away_only_by_who_says_so(page) -> None:
    page = file_form(page).fill(file=("buget.csv", BUDGET.encode())).submit()

    empty = page.form("Save the figures").fill(text="").submit(status=422)
    assert empty.errors == ["Paste the table."]

    page = page.form("Save the figures").fill(text="", without=True).submit()
    assert not page.html.select(".table")
