"""The front page: what is open, the nearest deadline first, in words that are true at this instant."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from consult.budgeting.phases import Phase
from consult.consultations.debates import announce_debate
from consult.consultations.recommendations import Verdict
from consult.meetings.meetings import Notice
from tests.factories import NOW, an_announced_cycle
from tests.web.consultations.conftest import Town
from tests.web.reader import Clock, Reader

#: The draft is published on 5 October 2026; proposals are received until the 15th, 24:00 in Bucharest.
TAGS = [
    (NOW, "10 days left"),
    (datetime(2026, 10, 12, 12, 0, tzinfo=UTC), "3 days left"),
    (datetime(2026, 10, 14, 12, 0, tzinfo=UTC), "Closes tomorrow at 24:00"),
    (datetime(2026, 10, 15, 12, 0, tzinfo=UTC), "Closes today at 24:00"),
    (datetime(2026, 10, 15, 20, 30, tzinfo=UTC), "Less than an hour left"),
]


@pytest.mark.parametrize(("at", "words"), TAGS)
def test_a_card_says_how_long_the_consultation_stays_open(
    reader: Reader, town: Town, clock: Clock, at: datetime, words: str
) -> None:
    consultation = town.publish()
    town.say(consultation)
    clock.at = at

    page = reader.get("/en/")

    assert page.heading == "What is open now"
    assert page.texts("h2")[0] == "One open consultation"
    assert page.texts(".card .tag") == [words]
    assert page.texts(".card-meta") == ["No. 1/2026 · Mobilitate · One proposal"]
    assert page.texts(".card-foot") == ["We receive proposals until 15 October 2026, 24:00"]


def test_each_card_shows_the_stages_and_where_its_consultation_is_now(reader: Reader, town: Town, clock: Clock) -> None:
    town.publish()
    debated = town.publish(at=NOW + timedelta(days=1))
    starts_at = NOW + timedelta(days=4)
    town.database.act(announce_debate, debated.id, notice=Notice(starts_at, "Sala Mare"), by=town.contact, at=NOW)
    clock.at = NOW + timedelta(days=2)

    page = reader.get("/en/")

    before, after = ["Announcement – done", "Proposals – now"], ["Answers with reasons", "Vote"]
    assert page.texts(".card:first-child .stage") == [*before, *after]
    assert page.texts(".card:last-child .stage") == [*before, "Public debate", *after]
    assert page.texts(".stage[aria-current=step]") == ["Proposals – now"] * 2


def test_a_debate_that_was_held_is_done_on_the_card(reader: Reader, town: Town, clock: Clock) -> None:
    debated = town.publish()
    starts_at = NOW + timedelta(days=4)
    town.database.act(announce_debate, debated.id, notice=Notice(starts_at, "Sala Mare"), by=town.contact, at=NOW)
    clock.at = starts_at + timedelta(minutes=1)

    page = reader.get("/en/")

    assert page.texts(".card .stage")[2] == "Public debate – done"


def test_many_open_consultations_take_as_many_statements_as_one(
    reader: Reader, town: Town, statements: Callable
) -> None:
    town.publish()
    reader.get("/en/contact")
    with statements() as few:
        reader.get("/")
    for _ in range(5):
        town.publish()

    with statements() as many:
        page = reader.get("/en/")

    assert len(page.texts(".card .stage-line")) == 6
    assert len(many) == len(few)


def test_the_page_is_kept_no_longer_than_its_words_are_true(reader: Reader, town: Town, clock: Clock) -> None:
    consultation = town.publish()
    assert consultation.closes_at is not None
    clock.at = consultation.closes_at - timedelta(hours=1, seconds=1)

    control = reader.get("/").response.headers["cache-control"]

    assert control == "public, max-age=0, s-maxage=1"


def test_the_nearest_deadline_comes_first_and_what_is_closed_not_at_all(
    reader: Reader, town: Town, clock: Clock
) -> None:
    town.publish(at=NOW)
    town.publish(at=NOW + timedelta(days=7))
    town.publish(at=NOW + timedelta(days=3))
    clock.at = NOW + timedelta(days=12)

    page = reader.get("/en/")

    assert page.texts("h2")[0] == "2 open consultations"
    assert [meta.split(" · ")[0] for meta in page.texts(".card-meta")] == ["No. 3/2026", "No. 2/2026"]


def test_when_nothing_is_open_the_page_says_what_happens_next(reader: Reader) -> None:
    page = reader.get("/en/")

    assert page.texts(".card") == []
    assert "The next one appears here on the day it is published" in page.text


def test_the_last_answers_are_summed_up_and_the_next_debate_is_announced(
    reader: Reader, town: Town, clock: Clock
) -> None:
    consultation = town.publish()
    said = [town.say(consultation) for _ in range(3)]
    town.draft_answer(consultation, said[0], verdict=Verdict.TAKEN_UP)
    town.draft_answer(consultation, *said[1:], verdict=Verdict.PARTLY)
    clock.at = town.publish_answers(consultation)
    debated = town.publish(at=clock.at)
    starts_at = clock.at + timedelta(days=3)
    town.database.act(announce_debate, debated.id, notice=Notice(starts_at, "Sala Mare"), by=town.contact, at=clock.at)

    page = reader.get("/en/")

    assert page.texts(".card-text") == ["1 of 3 proposals taken up, 2 partly"]
    assert page.follow(consultation.title).heading
    assert page.texts(".agenda-item")[0].startswith("19 Oct Public debate: Regulamentul parcărilor de reședință")
    assert "Sala Mare" in page.texts(".agenda-item")[0]


ASKED = [
    (Phase.SUBMISSION, "Propose a project: Bugetul participativ", "/en/buget/2027", "We receive projects until "),
    (Phase.VOTING, "Vote now: Bugetul participativ", "/en/buget/2027/vot", "The vote closes on "),
]


@pytest.mark.parametrize(("phase", "words", "leads_to", "until"), ASKED)
def test_while_people_can_propose_or_vote_the_front_page_asks_them_to(
    reader: Reader, town: Town, phase: Phase, words: str, leads_to: str, until: str
) -> None:
    town.database.act(an_announced_cycle, town.authority, phase=phase)

    page = reader.get("/en/")

    assert page.texts(".card-title")[0].startswith(words)
    assert page.link(page.texts(".card-title")[0]) == leads_to
    assert page.texts(".card-foot")[0].startswith(until)
    assert "left" in page.texts(".card .tag")[0]


def test_the_first_day_of_the_vote_is_announced_until_it_comes(reader: Reader, town: Town) -> None:
    town.database.act(an_announced_cycle, town.authority, phase=Phase.REVIEW)

    page = reader.get("/en/")

    assert page.texts(".card") == []
    assert "The vote begins: Bugetul participativ" in page.texts(".agenda-item")[0]


def test_a_cycle_in_which_nobody_is_asked_for_anything_is_not_on_the_front_page(reader: Reader, town: Town) -> None:
    town.database.act(an_announced_cycle, town.authority, phase=Phase.IMPLEMENTATION)

    page = reader.get("/en/")

    assert page.texts(".card") == page.texts(".agenda-item") == []


def test_the_search_leads_to_the_list(reader: Reader, town: Town) -> None:
    town.publish()

    page = reader.get("/en/").form("Search").fill(q="PARCARILOR").submit()

    assert page.path == "/en/consultari"
    assert page.texts(".card-title") == ["Regulamentul parcărilor de reședință"]
