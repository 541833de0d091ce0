"""The text of a draft: an address for every provision, what is said of each article, older versions that say so."""

import gzip
from io import BytesIO
from zipfile import ZipFile

import pytest

from consult.consultations.recommendations import Kind
from tests.factories import DRAFT
from tests.web.consultations.conftest import Town
from tests.web.reader import Clock, Reader

LONG = "HOTĂRÂRE\nprivind codul parcărilor\n\n" + "".join(
    f"Art. {number}. - (1) Locul cu numărul {number} se atribuie prin abonament, la cerere, celor de pe strada lui.\n"
    f"(2) Taxa pentru locul {number} este de {number % 97 + 100} de lei pe an și se plătește până la 31 martie.\n"
    for number in range(1, 1201)
)


def test_every_provision_has_an_address_and_every_article_its_count(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.say(consultation, "art-2-alin-2")
    town.say(consultation, "art-2")

    page = reader.get("/en/consultari/1-2026/text")

    ids = {str(tag["id"]) for tag in page.html.select(".provisions [id]")}
    assert {"art-1", "art-2", "art-2-alin-1", "art-2-alin-2-lit-b", "art-4"} <= ids
    assert page.texts("#art-2-alin-2-lit-b") == ["b) fiecare autoturism în plus."]
    assert page.texts("#art-2 .provision-foot a") == ["2 proposals on art. 2", "Propose a change on art. 2"]
    assert page.link("Propose a change on art. 2") == "/en/consultari/1-2026/propune?la=art-2"
    assert page.texts(".contents li") == ["Art. 1", "Art. 2 2 proposals", "Art. 3", "Art. 4"]


def test_the_contents_show_what_stands_within_what_and_name_the_annex_once(reader: Reader, town: Town) -> None:
    town.publish(
        "HOTĂRÂRE\nprivind piețele\n\nArt. 1. - Se aprobă regulamentul din anexa nr. 1.\n\nAnexa nr. 1\nREGULAMENT\n\n"
        "Capitolul I\nDispoziții generale\n\nSecțiunea 1\nScop\n\nArt. 1. - Piețele se deschid la ora 7.\n"
    )

    page = reader.get("/en/consultari/1-2026/text")

    lines = page.html.select(".contents li")
    assert [line.get("data-depth", "0") for line in lines] == ["0", "0", "1", "2", "3"]
    assert page.texts(".contents li")[0] == page.texts(".contents li")[-1] == "Art. 1"


def test_it_can_be_read_clean_or_with_what_was_said(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    for _ in range(4):
        town.say(consultation, "art-3")
    town.say(consultation, "art-3", Kind.DELETION, wording="", reason="E de prisos.")

    clean = reader.get("/en/consultari/1-2026/text?vedere=curat")
    said = reader.get("/en/consultari/1-2026/text?vedere=propuneri")

    assert clean.texts(".provision-foot") == []
    assert said.texts("#art-3 .details summary") == ["5 proposals"]
    assert said.texts("#art-3 .details li")[0] == "No. 1/2026 – Participant : Observation"
    assert len(said.texts("#art-3 .details li")) == 3
    assert said.follow("All 5").heading == "Art. 3"


def test_it_can_be_read_from_beginning_to_end_with_nothing_beside_it(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.say(consultation, "art-2")

    reading = reader.get("/en/consultari/1-2026/text").follow("Reading mode")

    assert reading.texts(".provision")[0].startswith("Title of the act")
    assert not reading.texts("header, nav, footer, aside, form, .provision-foot")
    assert reading.follow("Leave reading mode").path == "/en/consultari/1-2026/text"


def test_after_the_deadline_nobody_is_asked_to_propose(reader: Reader, town: Town, clock: Clock) -> None:
    consultation = town.publish()
    assert consultation.closes_at is not None
    clock.at = consultation.closes_at

    assert "Propose a change" not in reader.get("/en/consultari/1-2026/text").text


def test_an_older_version_says_that_there_is_a_newer_and_what_changed(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.improve(consultation)

    old = reader.get("/en/consultari/1-2026/text/v1")
    new = reader.get("/en/consultari/1-2026/text")

    assert "There is a newer version of this text" in old.text
    assert old.follow("See what changed up to version 2").heading == "What changed from version 1 to version 2"
    assert "There is a newer version" not in new.text
    assert "180 de lei" in new.text
    assert "240 de lei" in old.text
    assert "240 de lei" not in new.text


def test_the_changes_can_be_seen_in_their_place(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.improve(consultation)

    page = reader.get("/en/consultari/1-2026/text?vedere=schimbari")

    assert page.texts("#art-2 .tag") == ["Changed"]
    assert "240" in page.texts("#art-2 del")[0]
    assert "180" in page.texts("#art-2 ins")[0]
    assert page.texts("#art-3 .tag") == ["New"]
    assert page.texts("#art-4 .tag") == ["It was art. 3"]
    assert page.texts("#art-4-v1 .tag") == ["Removed"]


def test_two_versions_can_be_read_side_by_side(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.improve(consultation)

    page = reader.get("/en/consultari/1-2026/text").follow("Beside version 1")

    assert page.texts("#art-2 .comparison-title") == ["Version 1", "Version 2"]
    assert page.texts("#art-2 del") == ["[start of deletion] 240 [end of deletion]"]
    assert page.texts("#art-2 ins") == ["[start of addition] 180 [end of addition]"]
    assert len(page.texts("#art-1 .comparison .tracked-change")) == 2
    assert page.texts("#art-4-v1 .tag") == ["Removed"]
    assert reader.get("/en/consultari/1-2026/text/v1?vedere=alaturi", status=404)


def test_the_first_version_has_no_changes_to_show(reader: Reader, town: Town) -> None:
    town.publish()

    assert reader.get("/en/consultari/1-2026/text?vedere=schimbari", status=404)
    assert reader.get("/en/consultari/1-2026/text/v2", status=404)


def test_it_can_be_taken_along_to_the_letter(reader: Reader, town: Town) -> None:
    town.publish()

    answer = reader.ask("GET", "/consultari/1-2026/text/v1.txt")

    assert answer.text == DRAFT.strip()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="1-2026-regulamentul-parcarilor-de-resedinta-v1.txt"'
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_very_long_text_comes_in_parts_that_a_slow_phone_can_take(reader: Reader, town: Town) -> None:
    town.publish(text=LONG)

    seen: list[str] = []
    page = reader.get("/en/consultari/1-2026/text")
    sizes = [len(gzip.compress(page.response.content))]
    seen += page.texts(".provision-number")
    while page.html.select('[rel="next"]'):
        page = reader.get(str(page.select('[rel="next"]')["href"]))
        sizes.append(len(gzip.compress(page.response.content)))
        seen += page.texts(".provision-number")

    assert seen == ["Title of the act", *(f"Art. {number}" for number in range(1, 1201))]
    assert max(sizes) <= 60 * 1024
    assert len(sizes) > 5
    assert reader.get("/en/consultari/1-2026/text?parte=100", status=404)


CODE = "HOTĂRÂRE\nprivind codul urbei\n" + "".join(
    f"\nCAPITOLUL {chapter}\nDespre strada {chapter}\n\n"
    + "".join(
        f"Art. {number}. - Pe strada {chapter} se ține ordinea de la numărul {number}.\n"
        for number in range(chapter * 40 - 39, chapter * 40 + 1)
    )
    for chapter in range(1, 4)
)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_code_comes_by_chapters_and_its_contents_lead_to_all_of_them(reader: Reader, town: Town) -> None:
    consultation = town.publish(text=CODE)
    town.say(consultation, "art-100")
    town.say(consultation, "art-2")

    first = reader.get("/en/consultari/1-2026/text?vedere=propuneri")
    third = first.follow("Capitolul 3 – Despre strada 3 1 proposal")

    assert first.texts(".contents [data-division]") == [
        "Capitolul 1 – Despre strada 1",
        "Capitolul 2 – Despre strada 2",
        "Capitolul 3 – Despre strada 3 1 proposal",
    ]
    assert first.texts(".contents li")[2] == "Art. 2 1 proposal"
    assert third.texts(".provision-number")[-1] == "Art. 120"
    assert third.texts("#art-100 summary") == ["One proposal"]
    assert third.select('[rel="prev"]').get_text() == "Capitolul 2 – Despre strada 2"


FEES = """\
HOTĂRÂRE
privind taxele

Art. 1. - Se aprobă taxele din tabel:
| Zona | Taxa |
| --- | --- |
| A | 5 lei |
| B | 2 lei |
Art. 2. - Se publică.
"""


def test_a_table_is_shown_as_one_on_every_page_and_its_changes_cell_by_cell(reader: Reader, town: Town) -> None:
    consultation = town.publish(FEES)
    town.improve(consultation, FEES.replace("5 lei", "7 lei"))

    text = reader.get("/en/consultari/1-2026/text")
    article = reader.get("/en/consultari/1-2026/text/art-1")
    changes = reader.get("/en/consultari/1-2026/schimbari")
    in_place = reader.get("/en/consultari/1-2026/text?vedere=schimbari")

    for page in (text, article):
        assert page.texts(".act-table th") == ["Zona", "Taxa"]
        assert page.texts(".act-table td") == ["A", "7 lei", "B", "2 lei"]
    assert text.select("#art-1-tabel-1") is not None
    for page in (changes, in_place):
        assert [tag.get_text() for tag in page.html.select(".act-table del")] == [
            "[start of deletion] 5 [end of deletion]"
        ]


@pytest.mark.parametrize(
    ("ending", "media_type", "begins"),
    [
        (".txt", "text/plain; charset=utf-8", "HOTĂRÂRE".encode()),
        (".html", "text/html; charset=utf-8", b"<!doctype html>"),
        (".pdf", "application/pdf", b"%PDF-"),
        (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        (".xml", "application/akn+xml", b"<?xml"),
        (".json", "application/json", b"{"),
    ],
)
def test_a_version_is_taken_along_in_each_format(
    reader: Reader, town: Town, ending: str, media_type: str, begins: bytes
) -> None:
    town.publish(FEES)

    answers = [reader.ask("GET", f"/consultari/1-2026/text/v1{ending}") for _ in range(2)]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == media_type
        assert answer.headers["content-disposition"].endswith(f'-v1{ending}"')
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.content.startswith(begins)
    assert answers[0].content == answers[1].content


def test_the_page_leads_to_every_file_and_the_changes_to_a_document_that_tracks_them(
    reader: Reader, town: Town
) -> None:
    consultation = town.publish(FEES)
    town.improve(consultation, FEES.replace("5 lei", "7 lei"))

    page = reader.get("/en/consultari/1-2026/text")
    hrefs = [str(link["href"]) for link in page.html.select(".draft-contents .details a")]
    tracked = reader.ask("GET", "/consultari/1-2026/schimbari/v1-v2.docx")

    assert len(hrefs) == 8
    assert all(reader.ask("GET", href).status_code == 200 for href in hrefs)
    with ZipFile(BytesIO(tracked.content)) as archive:
        assert "<w:delText" in archive.read("word/document.xml").decode()
    assert page.link("what it says") == "/en/consultari/schema/text-v1.json"
    assert reader.ask("GET", "/consultari/1-2026/schimbari/v2-v1.docx").status_code == 404
    assert reader.ask("GET", "/consultari/1-2026/schimbari/x").status_code == 404
