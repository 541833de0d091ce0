"""The register: every number in its order, each on a page of its own, all of it in files."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from consult.consultations.counters import refresh_counters
from consult.consultations.erasure import erase_texts, texts_about
from consult.consultations.recommendations import Kind, Recommendation, Verdict
from consult.consultations.withdrawals import withdraw_recommendation
from consult.identity.actors import Actor
from consult.record.erasure_grounds import ErasureGround
from tests.factories import NOW, a_citizen
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader


def test_the_register_lists_everything_in_order(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.say(consultation, "art-2-alin-2-lit-a", Kind.DELETION, wording="")
    town.say(consultation, None)

    page = reader.get("/en/consultari/1-2026/propuneri")

    assert page.texts(".table tbody tr") == [
        "1/2026 5 October 2026, 13:00 Art. 2 alin. (2) lit. a) Participant Amendment: striking out Registered",
        "2/2026 5 October 2026, 13:00 The draft as a whole Participant Observation Registered",
    ]
    assert page.link("Art. 2 alin. (2) lit. a)") == "/en/consultari/1-2026/text/art-2"
    assert page.follow("2/2026").heading == "Proposal no. 2/2026"


def test_an_empty_register_says_so(reader: Reader, town: Town) -> None:
    town.publish()

    assert "Nothing was received yet." in reader.get("/en/consultari/1-2026/propuneri").text


def test_it_can_be_read_by_what_was_answered(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = [town.say(consultation) for _ in range(3)]
    town.draft_answer(consultation, said[1], verdict=Verdict.TAKEN_UP)
    town.draft_answer(consultation, said[0], said[2], verdict=Verdict.OUT_OF_SCOPE)
    town.publish_answers(consultation)

    page = reader.get("/en/consultari/1-2026/propuneri").follow("Taken up 1")
    out = reader.get("/en/consultari/1-2026/propuneri?raspuns=in-afara-subiectului")

    assert page.texts("tbody tr td:first-child") == ["2/2026"]
    assert out.texts("tbody tr td:first-child") == ["1/2026", "3/2026"]
    assert out.texts("tbody .tag") == ["Out of scope"] * 2
    assert out.texts(".filters a") == ["All 3", "Taken up 1", "Out of scope 2"]


def test_twenty_stand_on_a_page(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.say(consultation)
    town.database.act(copy_first_recommendation, 22)

    page = reader.get("/en/consultari/1-2026/propuneri")
    more = page.follow("The following proposals")

    assert len(page.texts("tbody tr")) == 20
    assert more.texts("tbody tr td:first-child") == ["21/2026", "22/2026", "23/2026"]
    assert "The following proposals" not in more.text


def test_one_recommendation_tells_its_whole_story(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say(consultation, "art-2-alin-1", Kind.CHANGE, wording="Abonamentul se acordă oricui îl cere.")
    town.draft_answer(consultation, said, verdict=Verdict.TAKEN_UP, reason="Așa e mai clar.")
    town.publish_answers(consultation)
    text = "Art. 1. - Se aprobă.\nArt. 2. - (1) Abonamentul se acordă oricui îl cere.\n(2) Taxa e de 240 de lei.\n"
    town.improve(consultation, text, art_2_alin_1=[said])

    page = reader.get("/en/consultari/1-2026/propuneri/1-2026")

    assert page.texts(".page-header .tag") == ["Amendment", "Taken up"]
    facts = page.texts(".key-value")
    assert facts[:4] == [
        "Author Participant",
        "About Art. 2 alin. (1) , version 1 What has changed since",
        "What it proposes Amendment: another wording",
        "Received 5 October 2026, 13:00",
    ]
    assert facts[4] == "What it changed Art. 2 alin. (1) in version 2"
    assert facts[5].startswith("Received and registered 5 October 2026, 13:00 Recorded")
    assert facts[6].startswith("Answer published 16 October 2026")
    assert "Așa e mai clar." in page.text
    assert "la cerere" in page.texts("del")[0]
    for receipt in page.html.select('a[href^="/en/registru/act/"]'):
        assert reader.get(str(receipt["href"])).heading


def test_a_withdrawn_one_is_shown_so(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    author = town.database.act(a_citizen)
    said = town.say(consultation, by=author)
    town.database.act(withdraw_recommendation, said.id, by=author, at=NOW + timedelta(hours=2))

    page = reader.get("/en/consultari/1-2026/propuneri/1-2026")

    assert page.texts(".page-header .tag") == ["Withdrawn by its author"]
    assert "It keeps its number and its place in the record" in page.text
    assert len(page.texts(".key-value")) == 6


def test_an_erased_one_keeps_its_number_and_says_why_it_is_empty(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say(consultation, kind=Kind.CHANGE, wording="Cu numele meu înăuntru.")
    town.database.act(erase_everything_about, said, town.contact)

    page = reader.get("/en/consultari/1-2026/propuneri/1-2026")
    article = reader.get("/en/consultari/1-2026/text/art-3")
    listed = reader.ask("GET", "/consultari/1-2026/propuneri.json").json()["recommendations"][0]

    for shown in (page, article):
        (note,) = shown.texts('[data-tone="gone"]')
        assert note.startswith("This text was erased on 5 October 2026. Consent was withdrawn")
        assert "art. 17(1)(b)" in note
        assert "înăuntru" not in shown.text
    assert article.texts(".proposal-title") == ["No. 1/2026 – Participant"]
    assert (listed["number"], listed["wording"], listed["reason"]) == ("1/2026", None, None)
    assert listed["erased_for"] == "gdpr-17-1-b"
    assert page.link("The erasure in the public record")


def erase_everything_about(db: Session, said: Recommendation, by: Actor) -> None:
    commitments = [text.commitment for text in texts_about(db, said)]
    erase_texts(db, said, commitments, ErasureGround.CONSENT_WITHDRAWN, chosen_by=by.person_id, by=by, at=NOW)


def test_a_number_of_another_consultation_is_not_found_here(reader: Reader, town: Town) -> None:
    first, second = town.publish(), town.publish()
    town.say(first)
    said = town.say(second)

    assert said.reference == "2-2026"
    assert reader.ask("GET", "/consultari/1-2026/propuneri/2-2026").status_code == 404
    assert reader.ask("GET", "/consultari/2-2026/propuneri/2-2026").status_code == 200


def test_the_whole_register_is_there_for_spreadsheets(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.say(consultation, wording='=1+1; "da"\nși nu')
    town.database.act(copy_first_recommendation, 700)

    answer = reader.ask("GET", "/en/consultari/1-2026/propuneri.csv")

    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=0, s-maxage=30"
    assert rows[0][:6] == ["Number", "Received on", "About", "Author", "Kind", "Text"]
    assert rows[1][:6] == [
        "1/2026",
        "2026-10-05T10:00:00+00:00",
        "Art. 3",
        "Participant",
        "observation",
        '\'=1+1; "da"\nși nu',
    ]
    assert [row[0] for row in rows[1:]] == [f"{number}/2026" for number in range(1, 702)]


def test_the_whole_register_is_there_for_programs(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say(consultation, "art-2", Kind.CHANGE, wording="Alt text.", reason="Alt motiv.")
    town.draft_answer(consultation, said, verdict=Verdict.PARTLY, reason="Doar o parte.")
    town.publish_answers(consultation)
    town.database.act(copy_first_recommendation, 700)

    file = reader.ask("GET", "/consultari/1-2026/propuneri.json").json()
    none = reader.ask("GET", "/consultari/1-2026/propuneri.json?raspuns=nepreluate").json()

    assert file["consultation"] == "1-2026"
    assert len(file["recommendations"]) == 701
    assert file["recommendations"][0] | {"record_url": ""} == {
        "number": "1/2026",
        "received_at": "2026-10-05T10:00:00Z",
        "source": "online",
        "late": False,
        "supporters": 0,
        "kind": "change",
        "version": 1,
        "provision": "art-2",
        "provision_label": "Art. 2",
        "article": "art-2",
        "author": "Participant",
        "wording": "Alt text.",
        "reason": "Alt motiv.",
        "withdrawn_at": None,
        "hidden_for": None,
        "erased_for": None,
        "verdict": "partly",
        "answer": "Doar o parte.",
        "answer_erased_for": None,
        "answered_at": "2026-10-16T12:00:00Z",
        "inserted_as": None,
        "contests": None,
        "package": None,
        "files": [],
        "url": "http://izvoru.test/consultari/1-2026/propuneri/1-2026",
        "record_url": "",
    }
    assert none["recommendations"] == []


def copy_first_recommendation(db: Session, times: int) -> None:
    """Receive the first recommendation again and again, in rows alone."""
    original = db.get_one(Recommendation, 1)
    names = [column.key for column in Recommendation.__table__.columns if column.key != "id"]
    columns = {name: getattr(original, name) for name in names}
    db.add_all(Recommendation(**columns | {"number": original.number + 1 + more}) for more in range(times))
    db.flush()
    refresh_counters(db, original.consultation_id)


@pytest.mark.parametrize("page", ["propuneri", "raspuns", "text/art-2", "propuneri.csv"])
@pytest.mark.parametrize("after", ["9" * 30, "-1", "x", "1e9", ""])
def test_a_place_that_no_list_has_is_refused_and_never_asked_of_the_database(
    reader: Reader, town: Town, page: str, after: str
) -> None:
    town.publish()

    answer = reader.ask("GET", f"/consultari/1-2026/{page}?dupa={after}")

    assert answer.status_code in {200, 400}
