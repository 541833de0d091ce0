"""Proposing without an account: two pages and a letter, the same for everybody."""

import pytest
from sqlalchemy import select

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation
from consult.jobs import Job
from consult.store import Database
from tests.factories import a_citizen
from tests.web.consultations.conftest import Town
from tests.web.reader import Page, Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

ON_ARTICLE_3 = "/en/consultari/1-2026/propune/fara-cont?la=art-3"
WRITTEN = {"kind": "observation", "reason": "E prea scump pentru pensionari.", "name": "Ana Pop"}


@pytest.fixture(autouse=True)
def consultation(town: Town) -> Consultation:
    return town.publish()


def sent(reader: Reader, email: str = "ana@exemplu.ro") -> Page:
    check = reader.get(ON_ARTICLE_3).form("Check the proposal").fill(**WRITTEN, email=email).submit()
    return check.form("Send the proposal").submit()


def link_in_letter(database: Database) -> str:
    [letter] = database.read(
        lambda db: [job.facts["letter"] for job in db.scalars(select(Job)) if job.kind == "letter"]
    )
    return f"/en{letter['link']}"


def test_the_sign_in_page_offers_to_send_it_without_an_account(reader: Reader) -> None:
    asked = reader.get("/en/consultari/1-2026/propune?la=art-3")

    page = reader.get(asked.link("Send the proposal without an account"))

    assert page.heading == "Proposal on art. 3"
    assert {field["name"] for field in page.html.select("input[type=text], input[type=email]")} == {"name", "email"}


def test_a_proposal_is_checked_sent_confirmed_and_public(reader: Reader, database: Database) -> None:
    done = sent(reader)
    link = link_in_letter(database)
    asked = reader.get(link)
    public = asked.form("Confirm the proposal").submit()

    assert done.heading == "Look into your mailbox"
    assert "E prea scump pentru pensionari." in asked.text
    assert "no. 1/2026" in public.heading
    assert "confirmed by its author" in public.text
    assert reader.get(link).heading == public.heading


def test_name_and_address_are_asked_for_with_everything_that_was_typed_kept(reader: Reader) -> None:
    form = reader.get(ON_ARTICLE_3).form("Check the proposal")

    page = form.fill(kind="observation", reason="E prea scump.", email="ana@").submit(status=422)

    assert page.link("Write a name of at most 120 characters, on one line.") == "#name"
    assert page.link("The e-mail address is not complete, for example ana@example.ro.") == "#email"
    assert page.select("#reason").get_text().strip() == "E prea scump."


def test_the_pages_are_the_same_whether_the_address_has_an_account(reader: Reader, database: Database) -> None:
    database.act(a_citizen, email="ion@exemplu.ro")

    pages = [sent(reader, email) for email in ("ana@exemplu.ro", "ion@exemplu.ro")]

    assert pages[0].text == pages[1].text


def test_a_form_that_arrives_twice_is_kept_once(reader: Reader, database: Database) -> None:
    check = reader.get(ON_ARTICLE_3).form("Check the proposal").fill(**WRITTEN, email="ana@exemplu.ro").submit()

    pages = [check.form("Send the proposal").submit() for _ in range(2)]

    assert [page.heading for page in pages] == ["Look into your mailbox"] * 2
    assert link_in_letter(database)


def test_opening_the_link_confirms_nothing(reader: Reader, database: Database) -> None:
    sent(reader)

    reader.get(link_in_letter(database))

    assert database.read(lambda db: db.scalars(select(Recommendation)).all()) == []


def test_whoever_is_signed_in_writes_from_their_account(reader: Reader, database: Database) -> None:
    page = reader.sign_in(database.act(a_citizen)).get(ON_ARTICLE_3)

    assert str(page.response.url).endswith("/en/consultari/1-2026/propune?la=art-3")
