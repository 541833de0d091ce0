"""The answers: in sum, each reason with how many it answers and the first of them, and article by article."""

from sqlalchemy.orm import Session

from consult.consultations.reasons import Reason
from consult.consultations.recommendations import Verdict
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader


def test_before_they_are_published_the_page_says_until_when_they_are(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say(consultation)
    town.draft_answer(consultation, said, verdict=Verdict.TAKEN_UP, reason="Încă în lucru.")

    page = reader.get("/en/consultari/1-2026/raspuns")

    assert "before the draft goes on to avizare on 17 November 2026" in page.text
    assert "Încă în lucru." not in page.text
    assert page.follow("See what was received").texts("tbody tr")


def test_alike_ones_share_a_reason(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = [town.say(consultation, key) for key in ("art-1", "art-3", "art-3", None)]
    town.draft_answer(consultation, said[0], verdict=Verdict.TAKEN_UP, reason="Da.")
    town.draft_answer(consultation, *said[1:], verdict=Verdict.NOT_TAKEN_UP, reason="Nu, fiindcă nu sunt bani.")
    town.publish_answers(consultation)

    page = reader.get("/en/consultari/1-2026/raspuns")

    assert page.texts("h2")[0] == "4 proposals received"
    assert page.texts(".tally li") == ["One taken up", "3 not taken up"]
    assert page.texts(".same-answer") == [
        "Proposal no. 1/2026 Art. 1 Taken up Da.",
        "3 proposals 2/2026 , 3/2026 , 4/2026 Art. 3 · The draft as a whole Not taken up Nu, fiindcă nu sunt bani.",
    ]
    assert page.texts("tbody tr") == ["Art. 1 1 1 0 0 0", "Art. 3 2 0 0 2 0", "The draft as a whole 1 0 0 1 0"]


def test_of_many_alike_the_first_are_named_and_the_register_has_the_others(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = town.say_often(consultation, 101)
    town.draft_answer(consultation, said[0], verdict=Verdict.TAKEN_UP, reason="Da.")
    town.draft_answer(consultation, *said[1:], verdict=Verdict.NOT_TAKEN_UP, reason="Nu.")
    town.publish_answers(consultation)

    page = reader.get("/en/consultari/1-2026/raspuns")

    assert page.texts(".same-answer h3") == ["Proposal no. 1/2026", "100 proposals"]
    named = [f"{number}/2026" for number in range(2, 32)]
    assert page.texts(".same-answer a") == ["Proposal no. 1/2026", *named, "and 70 more proposals"]
    register = page.follow("and 70 more proposals")
    assert register.texts("tbody td:first-child")[:2] == ["2/2026", "3/2026"]
    assert "100 proposals in all" in register.text


def test_one_more_than_are_named_is_said_in_the_singular(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.draft_answer(consultation, *town.say_often(consultation, 31), verdict=Verdict.PARTLY)
    town.publish_answers(consultation)

    page = reader.get("/consultari/1-2026/raspuns")

    assert page.texts(".same-answer a")[29:] == ["30/2026", "și încă o propunere"]


def test_what_is_gone_from_the_text_keeps_its_line(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    said = [town.say(consultation, key) for key in ("art-3", "art-4")]
    town.draft_answer(consultation, *said, verdict=Verdict.TAKEN_UP)
    town.publish_answers(consultation)
    town.improve(consultation)

    page = reader.get("/en/consultari/1-2026/raspuns")

    assert page.texts("tbody th") == ["Art. 4", "Art. 4 of version 1"]
    assert page.follow("Art. 4 of version 1").texts(".proposal-title") == ["No. 2/2026 – Participant"]


def test_many_reasons_come_in_pages(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    for number in range(21):
        town.draft_answer(consultation, town.say(consultation), verdict=Verdict.PARTLY, reason=f"Motivul {number}.")
    town.publish_answers(consultation)

    page = reader.get("/en/consultari/1-2026/raspuns")
    more = page.follow("The following answers")

    assert len(page.texts(".same-answer")) == 20
    assert more.texts(".same-answer") == ["Proposal no. 21/2026 Art. 3 Partly taken up Motivul 20."]
    assert town.database.read(count_reasons) == 21


def count_reasons(db: Session) -> int:
    return db.query(Reason).count()
