"""Writing a proposal: another kind may be chosen at any time, and nothing that was typed is lost by it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Kind
from consult.consultations.submissions import submit_recommendation
from consult.identity.actors import Actor
from consult.record.bodies import Body, texts
from consult.store import Database
from tests.factories import NOW, a_citizen
from tests.factories.people import a_member_of, an_organisation
from tests.web.consultations.conftest import Town
from tests.web.reader import Page, Reader
from tests.web.rules import str_of

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


def chosen(page: Page, name: str) -> str:
    """Return what is chosen among radio buttons."""
    return str_of(page.select(f"input[name={name}][checked]"), "value")


def fields_of(page: Page, kind: str) -> list[str]:
    """Return the texts that the style sheet shows while a kind is chosen."""
    return [
        str_of(area, "name")
        for area in page.html.select("textarea")
        if (only := area.find_parent(attrs={"data-kinds": True})) is None or kind in str_of(only, "data-kinds").split()
    ]


def test_all_kinds_are_written_on_one_page(writer: Reader) -> None:
    page = writer.get(ON_ARTICLE_3)

    assert chosen(page, "kind") == "change"
    assert fields_of(page, "change") == ["wording", "reason"]
    assert fields_of(page, "observation") == ["reason"]
    assert fields_of(page, "insertion") == ["addition", "reason"]
    assert fields_of(page, "deletion") == ["reason"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("modificare", "change"), ("observatie", "observation"), ("adaugare", "insertion"), ("eliminare", "deletion")],
)
def test_each_kind_has_an_address(writer: Reader, word: str, kind: str) -> None:
    assert chosen(writer.get(f"{ON_ARTICLE_3}&fel={word}"), "kind") == kind


def test_whoever_thinks_better_of_it_finds_everything_that_they_wrote_of_each_kind(writer: Reader) -> None:
    written = {"wording": "Cererile se depun tot anul.", "addition": "Se depun și online.", "reason": "E drept."}

    check = writer.get(ON_ARTICLE_3).form("Check the proposal").fill(kind="observation", **written).submit()
    again = check.form("Change").submit()

    assert "Cererile se depun" not in check.text
    assert chosen(again, "kind") == "observation"
    assert {name: again.select(f"#{name}").get_text().strip() for name in written} == written


@pytest.mark.parametrize(
    ("kind", "said", "reason"),
    [
        ("change", "Cererile se depun tot anul.", "E drept."),
        ("insertion", "Se depun și online.", "E drept."),
        ("deletion", "", "E drept."),
        ("observation", "E drept.", ""),
    ],
)
def test_only_what_belongs_to_the_chosen_kind_is_sent(
    writer: Reader, database: Database, kind: str, said: str, reason: str
) -> None:
    form = writer.get(ON_ARTICLE_3).form("Check the proposal")
    form.fill(kind=kind, wording="Cererile se depun tot anul.", addition="Se depun și online.", reason="E drept.")

    form.submit().form("Send the proposal").submit()

    body = database.read(lambda db: db.scalars(select(Body)).one())
    assert texts(body) == {"wording": said, "reason": reason}


@pytest.mark.parametrize(("kind", "field"), [("observation", "reason"), ("insertion", "addition")])
def test_a_proposal_that_says_nothing_is_told_beside_the_field_of_its_kind(
    writer: Reader, kind: str, field: str
) -> None:
    page = writer.get(ON_ARTICLE_3).form("Check the proposal").fill(kind=kind).submit(status=422)

    assert page.link("Write your proposal.") == f"#{field}"


def test_choosing_one_paragraph_keeps_what_was_typed(writer: Reader) -> None:
    form = writer.get(ON_ARTICLE_2).form("Art. 2 alin. (2) lit. b)").fill(kind="observation", reason="E prea mare.")

    page = form.submit()

    assert page.heading == "Proposal on art. 2 alin. (2) lit. b)"
    assert chosen(page, "kind") == "observation"
    assert page.texts("[aria-pressed=true]") == ["Art. 2 alin. (2) lit. b)"]
    assert page.select("#reason").get_text().strip() == "E prea mare."
    assert page.select("#wording").get_text().strip() == "fiecare autoturism în plus."
    assert "Art. 2 alin. (2) lit. b)" in page.form("Check the proposal").submit().text


def test_a_paragraph_chosen_before_anything_was_typed_has_an_address_of_its_own(writer: Reader) -> None:
    page = writer.get(ON_ARTICLE_2).form("Art. 2 alin. (2) lit. b)").fill(kind="observation").submit()

    assert page.response.request.method == "GET"
    assert str(page.response.url).endswith("/en/consultari/1-2026/propune?la=art-2-alin-2-lit-b&fel=observatie")
    assert page.select("#wording").get_text().strip() == "fiecare autoturism în plus."


def test_a_paragraph_chosen_after_its_article_was_changed_keeps_the_change(writer: Reader) -> None:
    form = writer.get(ON_ARTICLE_2).form("Art. 2 alin. (2) lit. b)").fill(wording="Taxa se înjumătățește.")

    assert form.submit().select("#wording").get_text().strip() == "Taxa se înjumătățește."


def test_on_the_draft_as_a_whole_there_are_comments_only(writer: Reader, database: Database) -> None:
    page = writer.get("/en/consultari/1-2026/propune?la=proiect")

    page.form("Check the proposal").fill(reason="E bine scris.").submit().form("Send the proposal").submit()

    assert not page.html.select("input[type=radio]")
    body = database.read(lambda db: db.scalars(select(Body)).one())
    assert texts(body) == {"wording": "E bine scris.", "reason": ""}


def test_a_member_speaks_in_their_own_name_unless_they_choose_otherwise(
    reader: Reader, database: Database, town: Town, consultation: Consultation
) -> None:
    organisation = database.act(an_organisation, town.authority)
    reader.sign_in(database.act(a_member_of, organisation))

    page = reader.get(ON_ARTICLE_3)

    assert page.form("Check the proposal").values["acting_for"] == [""]


def test_whoever_sends_the_same_again_is_led_to_what_was_sent(
    writer: Reader, town: Town, consultation: Consultation, author: Actor
) -> None:
    town.say(consultation, wording="Cererile să fie primite tot anul.", by=author)

    form = writer.get(ON_ARTICLE_3 + "&fel=observatie").form("Check the proposal")
    page = form.fill(reason="Cererile să fie primite tot anul.").submit(status=422)

    assert page.errors == ["You have already sent this proposal; it is registered with number 1/2026."]
    assert page.follow("Go to the proposal that you sent").path == "/en/consultari/1-2026/propuneri/1-2026"


def test_a_range_is_chosen_by_its_ends_written_checked_and_sent(writer: Reader) -> None:
    page = writer.get("/en/consultari/1-2026/propune").form("Continue").fill(la="art-2", pana="art-3").submit()
    again = page.form("Check the proposal").fill(kind="deletion").submit(status=422)
    check = again.form("Check the proposal").fill(reason="Nu sunt necesare.").submit()
    sent = check.form("Send the proposal").submit()

    assert page.heading == "Proposal on art. 2–3"
    assert "insertion" not in [str_of(field, "value") for field in page.html.select("input[name=kind]")]
    assert "Art. 2–3" in check.text
    assert "no. 1/2026" in sent.text
    assert "no. 1/2026" in writer.get("/en/consultari/1-2026/text/art-3").text.replace("No. 1/2026", "no. 1/2026")


def test_a_range_that_ends_before_it_begins_is_told(writer: Reader) -> None:
    page = writer.get("/en/consultari/1-2026/propune?la=art-3&pana=art-2", status=422)

    assert "comes after its first one" in page.text


def test_alike_proposals_are_pointed_out_before_sending_and_hinder_nobody(
    writer: Reader, town: Town, consultation: Consultation
) -> None:
    words = "Taxa de parcare este prea mare pentru pensionari; ar trebui redusă la jumătate."
    town.database.act(say, consultation, words)

    check = writer.get(ON_ARTICLE_2).form("Check the proposal").fill(kind="observation", reason=f"{words} Da.").submit()

    assert "One proposal like this one was received already" in check.text
    assert "no. 2/2026" in check.form("Send the proposal").submit().text


def say(db: Session, consultation: Consultation, words: str) -> None:
    """Have somebody else comment on art. 2."""
    said = {"kind": Kind.OBSERVATION, "provision_key": "art-2", "wording": words, "reason": "", "named": False}
    submit_recommendation(db, consultation.id, **said, by=a_citizen(db), at=NOW)


def test_where_a_new_text_would_stand_and_under_which_number_is_said_before_and_after_it_is_sent(
    writer: Reader,
) -> None:
    page = writer.get(ON_ARTICLE_2 + "&fel=adaugare")
    check = page.form("Check the proposal").fill(addition="Cererile sunt gratuite.", reason="E drept.").submit()
    check.form("Send the proposal").submit()

    place = "As art. 2^1 , after art. 2 and before art. 3 ."
    assert place in page.text
    assert place in check.text
    assert "Art. 2^1, new, after art. 2" in writer.get("/en/consultari/1-2026/propuneri/1-2026").text
