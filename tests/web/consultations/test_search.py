"""Searching within a consultation: a form that needs no script, hits that are marked and lead to their place."""

from consult.consultations.recommendations import Kind
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader


def test_a_word_of_the_text_is_marked_and_leads_to_its_provision(reader: Reader, town: Town) -> None:
    town.publish()

    page = reader.get("/en/consultari/1-2026/text").form("Search").fill(q="autoturism").submit()

    assert page.texts("h2")[0] == "In one piece of the text"
    assert page.texts(".excerpt mark") == ["autoturism", "autoturism"]
    assert page.link("Art. 2") == "/en/consultari/1-2026/text/art-2#art-2-alin-2-lit-a"


def test_what_was_proposed_is_searched_too(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.say(consultation, "art-3", wording="Ghișeul să fie deschis sâmbăta <b>toată</b>.")
    town.say(consultation, "art-2", Kind.DELETION, wording="", reason="E de prisos.")

    page = reader.get("/en/consultari/1-2026/cauta?q=SAMBATA+ghiseul").follow("In the proposals")

    assert page.texts(".excerpt") == ["Ghișeul să fie deschis sâmbăta <b>toată</b>."]
    assert page.texts("mark") == ["Ghișeul", "sâmbăta"]
    assert page.follow("No. 1/2026 – Participant").heading


def test_what_is_not_found_is_said_kindly(reader: Reader, town: Town) -> None:
    town.publish()

    text = reader.get("/en/consultari/1-2026/cauta?q=zebre")
    proposals = text.follow("In the proposals")

    assert "The newest text does not say “zebre”" in text.text
    assert "No proposal says “zebre”" in proposals.text
    assert reader.get("/en/consultari/1-2026/cauta").texts(".filters") == []
    assert reader.get("/en/consultari/9-2026/cauta?q=zebre", status=404)


def test_many_hits_come_in_pages(reader: Reader, town: Town) -> None:
    articles = "".join(f"Art. {number}. - Locul {number} este liber.\n" for number in range(1, 24))
    consultation = town.publish("HOTĂRÂRE\nprivind locurile\n\n" + articles)
    town.say_often(consultation, 21)

    text = reader.get("/en/consultari/1-2026/cauta?q=locul")
    proposals = reader.get("/en/consultari/1-2026/cauta?q=observatia&unde=propuneri")

    assert len(text.texts(".excerpt")) == len(proposals.texts(".excerpt")) == 20
    assert "1–20 of 23" in text.text
    assert len(text.follow("Next page").texts(".excerpt")) == 3
    assert len(proposals.follow("Search the following proposals").texts(".excerpt")) == 1
