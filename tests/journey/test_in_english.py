"""The same service in English: a citizen takes part, an official answers, and both read their own language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from consult import clock as the_clock
from consult.identity.authorities import ANY_HOST
from consult.identity.offices import Role
from consult.identity.passwords import CITIZEN, hash_password
from tests.browsers import chromium
from tests.databases import MigratedDatabases
from tests.factories import an_authority, an_official, an_open_consultation
from tests.journey.town_hall import Clock, TownHall, installed, opened, settings_in
from tests.journey.visitors import PASSWORD, Official, Visitor

pytestmark = pytest.mark.slow

TITLE = "Regulamentul parcărilor de reședință"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def town(databases: MigratedDatabases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TownHall]:
    """A town hall whose one consultation is open until 15 October."""
    clock = Clock(2026, 10, 5, 12)
    monkeypatch.setattr(the_clock, "now", clock)
    settings = settings_in(tmp_path, databases.fresh_url("sqlite"))
    with installed(settings) as database:
        database.act(a_town)
    with opened(settings, clock) as town:
        yield town


def a_town(db: Session) -> None:
    authority = an_authority(db, host=ANY_HOST)
    an_open_consultation(db, authority)
    hashed = hash_password(PASSWORD, CITIZEN)
    an_official(
        db,
        authority,
        Role.CONTACT_PERSON,
        name="Ioana Marin",
        email="ioana.marin@izvoru.example",
        password_hash=hashed,
        locale="en",
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_a_citizen_and_an_official_who_read_english(browser: Browser, town: TownHall, width: int) -> None:
    john = Visitor(browser, town, width=width, locale="en", name="John Smith", email="john@posta.example")
    ioana = Official(browser, town, width=width, locale="en", name="Ioana Marin", email="ioana.marin@izvoru.example")

    john.opens("/").follows("English").sees("10 days left").follows(TITLE).sees("30 working days")
    john.signs_up().opens("/en/consultari/1-2026/text/art-3").follows("Propose a change to art. 3")
    wording = john.written("The text you propose").replace("ghișeul unic", "orice ghișeu")
    john.fills_in({"The text you propose": wording, "Why?": "One counter is not enough."}).ticks(
        "Publish it with my name"
    )
    john.presses("Check the proposal").sees("[start of addition] orice ghișeu [end of addition]")
    john.presses("Send the proposal").sees("We have registered your proposal no. 1/2026")
    town.letter(john.email, "Proposal no. 1/2026 is registered")

    town.clock.put(2026, 10, 19, 9)
    ioana.opens("/en/intra")
    ioana.signs_in().opens("/en/birou").sees("The desk opens when the second step is set up.").connects_the_app()
    ioana.opens("/en/birou").follows(f"Answer the proposals: {TITLE}").ticks("No. 1/2026 – John Smith", "Taken up")
    ioana.fills_in({"Reason": "Every counter receives requests."}).presses("Save the answer as a draft")
    ioana.follows("Check and publish the answers").presses("Publish 1 answer")
    assert ioana.told == "The answers are public. Each author has been written to."

    answer = town.letter(john.email, "Answer to proposal no. 1/2026: taken up").text
    assert "Every counter receives requests." in answer
    john.finds("/en/consultari/1-2026/propuneri/1-2026", "Every counter receives requests.").sees("John Smith")
    john.opens("/en/registru").sees("Answer to proposal no. 1/2026: taken up")
