"""Packages on their pages: looked through, sent, shown as one, taken back whole."""

import csv
from io import StringIO

import pytest

from consult.consultations.consultations import Consultation
from consult.consultations.places import Place
from consult.consultations.recommendations import Kind
from consult.consultations.unsent import save_unsent
from consult.consultations.words import Words
from consult.identity.actors import Actor
from tests.factories import NOW, a_citizen, a_member_of, an_organisation
from tests.web.consultations.conftest import Town
from tests.web.reader import Page, Reader

DRAFTS = "/en/cont/ciorne"


@pytest.fixture
def consultation(town: Town) -> Consultation:
    return town.publish()


@pytest.fixture
def member(town: Town, consultation: Consultation) -> Actor:
    """Somebody whose association has written two proposals, and has not given the reason of a third."""
    association = town.database.act(an_organisation, town.authority, name="Pietonii")
    member = town.database.act(a_member_of, association)
    unready = Words(Kind.CHANGE, "Se aprobă alt regulament.", "")
    ready = [Words(Kind.DELETION, "", reason) for reason in ("De prisos.", "De prisos și el.")]
    for key, said in zip(("art-3", "art-4", "art-1"), (*ready, unready), strict=True):
        kept = {"named": True, "begun": None}
        town.database.act(save_unsent, consultation.id, said=said, place=Place(key), **kept, by=member, at=NOW)
    return member


@pytest.fixture
def looking(reader: Reader, member: Actor) -> Page:
    return reader.sign_in(member).get(DRAFTS).follow("Look through them and send them")


def test_all_drafts_are_looked_through_on_one_page_with_what_keeps_one_from_being_sent(looking: Page) -> None:
    form = looking.form("Send them all")

    assert len(form.values["drafts"]) == 2
    assert "Write why you propose this." in looking.text
    assert len(looking.texts("main del")) == 2


def test_the_register_names_the_package_of_each_to_spreadsheets_and_to_programs(reader: Reader, looking: Page) -> None:
    looking.form("Send them all").fill(name="Loc pentru pietoni", letter="").submit()

    head, *rows = csv.reader(StringIO(reader.ask("GET", "/en/consultari/1-2026/propuneri.csv").text, newline=""))
    listed = reader.ask("GET", "/consultari/1-2026/propuneri.json").json()["recommendations"]

    assert [row[head.index("Sent with others")] for row in rows] == ["Loc pentru pietoni"] * 2
    assert [each["package"] for each in listed] == [
        {
            "name": "Loc pentru pietoni",
            "organisation": "Pietonii",
            "url": "http://izvoru.test/consultari/1-2026/pachete/1-2026",
        }
    ] * 2


def test_a_package_is_sent_confirmed_and_shown_as_one(reader: Reader, looking: Page) -> None:
    sent = looking.form("Send them all").fill(name="Loc pentru pietoni", letter="Pentru cei pe jos.").submit()
    shown = sent.follow("See the package as everybody does")

    assert sent.heading == "We have registered your proposals"
    assert sent.text.count("No. ") == 2
    assert shown.heading == "Loc pentru pietoni"
    assert "Pentru cei pe jos." in shown.text
    assert shown.follow("1/2026").follow("Loc pentru pietoni").path == shown.path
    assert len(reader.get(DRAFTS).texts("tbody th")) == 1


def test_without_a_name_or_with_one_draft_it_is_not_sent_and_what_was_written_stays(looking: Page) -> None:
    form = looking.form("Send them all")
    again = form.fill(letter="Pentru cei pe jos.", drafts=form.values["drafts"][:1]).submit(status=422)

    assert again.errors == ["Choose at least two drafts to send together; one is sent by itself."]
    assert again.form("Send them all").values["letter"] == ["Pentru cei pe jos."]


def test_a_package_is_withdrawn_whole(looking: Page) -> None:
    sent = looking.form("Send them all").fill(name="Loc pentru pietoni").submit()

    page = sent.form("Withdraw the whole package").submit()

    assert page.banner == "The proposals that had no answer yet were withdrawn."
    assert page.text.count("Withdrawn by its author") == 2


def test_a_package_is_confirmed_to_none_but_its_organisation(reader: Reader, town: Town, looking: Page) -> None:
    sent = looking.form("Send them all").fill(name="Loc pentru pietoni").submit()

    reader.sign_in(town.database.act(a_citizen)).get(sent.path, status=403)
