"""The text at the desk: cut before it is saved for good, never lost, not even to a colleague."""

from urllib.parse import quote

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.announcements import create_consultation
from consult.consultations.drafts import LONGEST_DRAFT, DraftText, latest_text
from tests.factories import DRAFT, NOW
from web.desk.cut import cut

ODD = """HOT\u0102R\u00c2RE privind zona pietonal\u0103

Cap. I Dispozi\u0163ii generale
Art. 1. Se instituie zona pietonal\u0103.
Art. 2. (1) Accesul auto este permis:
a) riveranilor;
c) ma\u015finilor de interven\u0163ie.
Art. 4. Amenda este de 500 de lei.
"""

#: What a browser says of itself with a form; a test writes one by hand where encoding it would take seconds.
SENT_BY_A_FORM = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def draft(database, authority, clerk):
    return database.act(create_consultation, authority.id, title="Zona pietonală", by=clerk, at=NOW)


def editions(db: Session, key: int) -> int:
    return db.scalar(select(func.count()).select_from(DraftText).where(DraftText.consultation_id == key)) or 0


def test_the_preview_says_what_looks_odd_with_its_line_and_the_way_there(reader, clerk, draft, own) -> None:
    page = reader.sign_in(clerk).get(own(draft, "text")).form().fill(text=ODD).submit()

    remarks = page.texts(".remarks li")
    assert remarks[0] == "Line 1 : Letters with a cedilla, changed to ș and ț with a comma: 3."
    assert remarks[1].startswith("Line 7 : Art. 2 alin. (1) lit. c) comes right after")
    assert remarks[2].startswith("Line 8 : Art. 4 comes right after Art. 2: a number is missing")
    assert page.link("Line 8") == "#art-4"
    assert page.texts(".piece-id")[-1] == "art-4"
    assert page.texts(".contents a") == ["Capitolul I. Dispoziții generale", "Art. 1", "Art. 2", "Art. 4"]


def test_a_text_is_edited_again_in_the_same_form(reader, clerk, draft, own) -> None:
    page = reader.sign_in(clerk).get(own(draft, "text")).form().fill(text=ODD).submit()

    page = page.follow("Edit the text again")

    # The letters in which it will be published stand in the field.
    assert "Dispoziții generale" in page.select("#text").get_text()
    page = page.form().fill(text=DRAFT).submit()
    assert "Nothing in it looks odd." in page.text


def test_a_text_of_too_many_letters_is_kept_even_when_each_takes_six_characters_on_its_way(
    reader, database, clerk, draft, own
) -> None:
    text = "ș" * (LONGEST_DRAFT + 1)
    sent = b"key=" + b"k" * 22 + b"&edition=0&text=" + quote("ș").encode() * len(text)

    page = reader.sign_in(clerk).open("POST", own(draft, "text"), status=422, headers=SENT_BY_A_FORM, content=sent)

    assert page.errors == ["At most 5,000,000 characters are accepted; there are 5,000,001."]
    assert page.select("#text").get_text().strip() == text
    assert database.read(editions, draft.id) == 0


@pytest.mark.parametrize("text", ["Hotărâm să punem parcări.", "   \n  "])
def test_a_text_without_an_article_is_not_saved_and_stays_in_the_field(
    reader, database, clerk, draft, own, text
) -> None:
    page = reader.sign_in(clerk).get(own(draft, "text")).form().fill(text=text).submit(status=422)

    assert page.errors == ["No article was found in this text. Articles begin a line, such as “Art. 1.”"]
    assert page.select("#text").get_text().strip() == text.strip()
    assert database.read(editions, draft.id) == 0


def test_nothing_pasted_is_said(reader, clerk, draft, own) -> None:
    page = reader.sign_in(clerk).get(own(draft, "text")).form().submit(status=422)

    assert page.errors == ["Paste the text of the draft."]


def test_the_second_to_save_sees_both_texts_and_what_differs(reader, database, clerk, colleague, waiting, own) -> None:
    mine = reader.sign_in(clerk).get(own(waiting, "text")).form()
    theirs = reader.sign_in(colleague).get(own(waiting, "text")).form()
    theirs.fill(text=DRAFT.replace("240", "180")).submit()

    reader.sign_in(clerk)
    page = mine.fill(text=DRAFT.replace("240", "300")).submit(status=409)

    assert "Dan Colegu saved this draft at" in page.errors[0]
    assert "300 de lei" in page.select("#text").get_text()
    assert "180 de lei" in page.select("#theirs").get_text()
    for said in page.html.select("main .hidden"):
        said.decompose()
    assert page.texts("del") == ["180"]
    assert page.texts("ins") == ["300"]

    page.form("Save your text over it").submit()

    assert "300 de lei" in database.read(latest_text, waiting.id).text
    assert database.read(editions, waiting.id) == 3


def test_a_text_that_is_sent_twice_is_one_edition(reader, database, clerk, draft, own) -> None:
    form = reader.sign_in(clerk).get(own(draft, "text")).form().fill(text=DRAFT)

    first, second = form.submit(), form.submit()

    assert first.path == second.path
    assert database.read(editions, draft.id) == 1


def test_a_text_of_five_million_characters_is_cut_and_shown_page_by_page(reader, clerk, draft, own) -> None:
    article = "Art. {}. (1) Se aprobă planul.\n" + "a) strada; " + "cuvânt " * 700 + "\n"
    code = "".join(article.format(number) for number in range(1, 1001))
    code += "Art. 1001. " + "X" * (5_000_000 - len(code) - 11)

    page = reader.sign_in(clerk).get(own(draft, "text")).form().fill(text=code).submit()

    assert "1001 articles" in page.text
    assert page.texts(".contents a")[0] == "Art. 1"
    assert "Page 1 of" in page.text
    last = reader.get(f"{page.path}?pagina=100")
    assert last.texts(".contents a")[-1] == "Art. 1001"
    assert len(last.response.content) < 2_000_000


def test_a_text_is_cut_once_for_saving_it_and_showing_it(reader, clerk, draft, own) -> None:
    form = reader.sign_in(clerk).get(own(draft, "text")).form().fill(text=DRAFT)
    cut.cache_clear()

    page = form.submit()
    reader.get(page.path)

    assert page.heading == "The text as it was cut"
    assert cut.cache_info().misses == 1


def test_a_longer_text_is_refused_with_both_lengths(reader, clerk, draft, own) -> None:
    page = reader.sign_in(clerk).get(own(draft, "text")).form().fill(text="Art. 1. " + "x" * 5_000_000)

    page = page.submit(status=422)

    assert page.errors == ["At most 5,000,000 characters are accepted; there are 5,000,008."]


def test_the_text_of_a_public_consultation_is_not_rewritten(reader, clerk, public, own) -> None:
    page = reader.sign_in(clerk).get(own(public, "text"), status=409)

    assert "what was published stays as it is" in page.text
