"""The register of a year: through all consultations, narrowed, in pages, as a file, and never with contact data."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

from sqlalchemy import select

from consult.consultations.entering import enter_recommendation
from consult.consultations.recommendations import Kind, Recommendation, Source
from consult.consultations.withdrawals import withdraw_recommendation
from consult.consultations.words import Words
from consult.identity.offices import Role
from tests.consultations.test_entering import LETTER
from tests.factories import (
    NOW,
    a_citizen,
    a_member_of,
    a_recommendation,
    an_official,
    an_open_consultation,
    an_organisation,
)
from tests.web.test_workbooks import rows_of

HOUR = timedelta(hours=1)


def two_consultations(database, authority):
    def said(db):
        first, second = an_open_consultation(db, authority), an_open_consultation(db, authority)
        a_recommendation(db, first)
        a_member = a_member_of(db, an_organisation(db, authority, name="Asociația Drumeților"))
        a_recommendation(db, second, by=a_member, kind=Kind.DELETION)
        clerk = an_official(db, authority, Role.CLERK)
        letter = replace(LETTER, said=Words(Kind.OBSERVATION, "=HYPERLINK(1)", ""), email="maria@posta.example")
        enter_recommendation(db, second.id, letter=letter, by=clerk, at=NOW + 2 * HOUR)
        author = a_citizen(db)
        gone = a_recommendation(db, first, by=author)
        withdraw_recommendation(db, gone.id, by=author, at=NOW + 2 * HOUR)
        return first, second

    return database.act(said)


def numbers(page) -> list[str]:
    return page.texts(".table tbody tr td:first-child")


def test_it_runs_through_all_consultations_of_the_year(reader, database, authority) -> None:
    two_consultations(database, authority)

    page = reader.get("/en/registrul-propunerilor/2026")

    assert numbers(page) == ["1/2026", "2/2026", "3/2026", "4/2026"]
    assert page.follow("3/2026").heading == "Proposal no. 3/2026"


def test_it_is_narrowed_by_each_of_its_filters(reader, database, authority) -> None:
    first, _ = two_consultations(database, authority)

    found = {
        query: numbers(reader.get(f"/en/registrul-propunerilor/2026?{query}"))
        for query in (
            f"consultare={first.reference}",
            "sursa=hartie",
            "fel=eliminari",
            "autori=organizatii",
            "stare=retrase",
            "stare=fara-raspuns&sursa=pagini",
            "articol=art-3",
            "articol=art-4",
        )
    }

    assert list(found.values()) == [
        ["1/2026", "4/2026"],
        ["3/2026"],
        ["2/2026"],
        ["2/2026"],
        ["4/2026"],
        ["1/2026", "2/2026"],
        ["1/2026", "2/2026", "3/2026", "4/2026"],
        [],
    ]


def test_it_has_twenty_rows_a_page_and_keeps_the_filters(reader, database, authority) -> None:
    consultation = database.act(an_open_consultation, authority)
    for _ in range(21):
        database.act(a_recommendation, consultation)

    first = reader.get("/en/registrul-propunerilor/2026?sursa=pagini")
    second = first.follow("The following proposals")

    assert len(numbers(first)) == 20
    assert numbers(second) == ["21/2026"]
    assert "sursa=pagini" in str(second.response.url)


def test_its_file_tells_the_same_to_spreadsheets_and_computes_nothing(reader, database, authority) -> None:
    two_consultations(database, authority)

    answer = reader.ask("GET", "/registrul-propunerilor/2026/propuneri.csv")

    assert answer.text.startswith("\ufeff")
    head, *rows = csv.reader(StringIO(answer.text.removeprefix("\ufeff"), newline=""))
    assert [row[1] for row in rows] == ["1/2026", "2/2026", "3/2026", "4/2026"]
    assert "'=HYPERLINK(1)" in rows[2]
    assert len(head) == len(rows[0])
    assert Source.PAPER in rows[2]


def test_nobody_outside_reads_who_wrote_or_how_they_are_reached(reader, database, authority) -> None:
    two_consultations(database, authority)

    for address in ("/registrul-propunerilor/2026", "/registrul-propunerilor/2026/propuneri.csv"):
        text = reader.ask("GET", address).text
        assert "Maria Dobre" not in text
        assert "maria@posta.example" not in text
        assert "Morii" not in text


def test_a_year_without_numbers_is_empty_and_no_year_is_no_page(reader, authority) -> None:
    assert "No proposal was received in 2031." in reader.get("/en/registrul-propunerilor/2031").text
    for wrong in ("abc", "1999", "20266"):
        reader.get(f"/en/registrul-propunerilor/{wrong}", status=404)
    reader.get("/en/registrul-propunerilor/2026?consultare=x", status=404)


def test_it_is_given_as_a_workbook_in_which_no_cell_computes_and_no_address_stands(reader, database, authority) -> None:
    two_consultations(database, authority)

    answer = reader.ask("GET", "/en/registrul-propunerilor/2026/propuneri.xlsx")

    head, *rows = rows_of(answer.content)
    assert head[:2] == ["Consultation", "Number"]
    assert [row[1] for row in rows] == ["1/2026", "2/2026", "3/2026", "4/2026"]
    assert "=HYPERLINK(1)" in rows[2]
    assert not any("posta.example" in (cell or "") for row in rows for cell in row)
    assert answer.headers["content-disposition"] == 'attachment; filename="registrul-propunerilor-2026.xlsx"'


def test_it_is_printed_whole_and_without_contact_data(reader, database, authority) -> None:
    two_consultations(database, authority)

    page = reader.get("/en/registrul-propunerilor/2026").follow("to print")

    assert numbers(page) == ["1/2026", "2/2026", "3/2026", "4/2026"]
    assert "Numbers 1 to 4" in page.text.replace("\u00a0", " ")
    assert "posta.example" not in page.text


def test_what_most_people_support_stands_first(reader, database, authority) -> None:
    two_consultations(database, authority)

    def support(db):
        for said in db.scalars(select(Recommendation).where(Recommendation.number.in_([2, 3]))).all():
            said.supporters = said.number * 10

    database.act(support)

    page = reader.get("/en/registrul-propunerilor/2026").follow("Most supported")

    assert numbers(page) == ["3/2026", "2/2026"]
    assert "30 supporters" in page.text
    assert numbers(page.follow("By number")) == ["1/2026", "2/2026", "3/2026", "4/2026"]
