"""Writing a proposal: another kind may be chosen at any time, and nothing that was typed is lost by it."""

import pytest
from sqlalchemy import select

from consult.consultations.consultations import Consultation
from consult.identity.actors import Actor
from consult.record.bodies import Body, texts
from consult.store import Database
from tests.factories import a_citizen
from tests.web.consultations.conftest import Town
from tests.web.reader import Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ON_ARTICLE_2 = "/en/consultari/1-2026/propune?la=art-2"
ON_ARTICLE_3 = "/en/consultari/1-2026/propune?la=art-3"


@pytest.fixture
def author(database: Database) -> Actor:
    return database.act(a_citizen)


@pytest.fixture
def consultation(town: Town) -> Consultation:
    return town.publish()


@pytest.fixture
def writer(reader: Reader, consultation: Consultation, author: Actor) -> Reader:
    """Somebody who is signed in, in a town where something is open."""
    assert consultation.reference == "1-2026"
    return reader.sign_in(author)


def test_choosing_another_kind_keeps_what_was_typed(writer: Reader) -> None:
    page = writer.get(ON_ARTICLE_3).form("Comment").fill(wording="Cererile tot anul.", reason="E drept.").submit()
    assert page.texts("[aria-pressed=true]") == ["Comment"]
    assert page.select("#wording").get_text().strip() == "Cererile tot anul."

    page = page.form("Remove it").submit().form("Add after it").submit()

    assert page.texts("[aria-pressed=true]") == ["Add after it"]
    assert page.select("#wording").get_text().strip() == "Cererile tot anul."
    assert page.select("#reason").get_text().strip() == "E drept."


def test_choosing_one_paragraph_keeps_what_was_typed(writer: Reader) -> None:
    page = writer.get(ON_ARTICLE_2).form("Comment").fill(wording="Taxa e prea mare.", reason="E drept.").submit()

    page = page.form("Art. 2 alin. (2) lit. b)").submit()

    assert page.heading == "Proposal on art. 2 alin. (2) lit. b)"
    assert page.texts("[aria-pressed=true]") == ["Comment", "Art. 2 alin. (2) lit. b)"]
    assert page.select("#wording").get_text().strip() == "Taxa e prea mare."
    assert "Art. 2 alin. (2) lit. b)" in page.form("Check the proposal").submit().text


def test_a_paragraph_chosen_before_anything_was_typed_brings_its_own_words(writer: Reader) -> None:
    page = writer.get(ON_ARTICLE_2).form("Art. 2 alin. (2) lit. b)").submit()

    assert page.select("#wording").get_text().strip() == "fiecare autoturism în plus."


def test_the_words_of_the_draft_are_there_to_be_changed_and_for_nothing_else(writer: Reader) -> None:
    page = writer.get(ON_ARTICLE_3)
    own = page.select("#wording").get_text().strip()

    page = page.form("Comment").submit()
    assert page.select("#wording").get_text().strip() == ""
    page = page.form("Change the text").submit()

    assert own.startswith("Cererile se depun")
    assert page.select("#wording").get_text().strip() == own


def test_what_was_left_of_another_kind_is_not_sent(writer: Reader, database: Database) -> None:
    page = writer.get(ON_ARTICLE_3).form("Comment").fill(wording="Cererile tot anul.", reason="E drept.").submit()

    page = page.form("Check the proposal").submit()
    assert "E drept." not in page.text
    page.form("Send the proposal").submit()

    body = database.read(lambda db: db.scalars(select(Body)).one())
    assert texts(body) == {"wording": "Cererile tot anul.", "reason": ""}


def test_whoever_sends_the_same_again_is_led_to_what_was_sent(
    writer: Reader, town: Town, consultation: Consultation, author: Actor
) -> None:
    town.say(consultation, wording="Cererile să fie primite tot anul.", by=author)

    form = writer.get(ON_ARTICLE_3 + "&fel=observatie").form("Check the proposal")
    page = form.fill(wording="Cererile să fie primite tot anul.").submit(status=422)

    assert page.errors == ["You have already sent this proposal; it is registered with number 1/2026."]
    assert page.follow("Go to the proposal that you sent").path == "/en/consultari/1-2026/propuneri/1-2026"
