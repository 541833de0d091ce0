"""A participatory budget as people find it: the phases, the money, the rules, and how votes are counted."""

from datetime import timedelta

import pytest

from consult.budgeting.phase_moves import move_phase
from consult.budgeting.phases import Phase, phases_of
from consult.i18n import ZONE
from consult.identity.offices import Role
from tests.factories import NOW, an_announced_cycle, an_official


@pytest.fixture
def cycle(database, authority):
    return database.act(an_announced_cycle, authority)


def test_a_town_without_a_cycle_says_so(reader) -> None:
    page = reader.get("/en/buget")

    assert "The authority has not announced a participatory budget yet." in page.text
    reader.get("/en/buget/2027", status=404)


def test_a_cycle_shows_its_phase_its_money_and_its_rules_in_five_lines(reader, cycle) -> None:
    page = reader.get("/en/buget").follow("Bugetul participativ")

    assert page.select('[aria-current="step"]').text.strip().startswith("Proposals – now")
    assert page.select("caption").text.replace("\xa0", " ") == "Money: 300,000 lei in all"
    assert page.texts("dt") == ["Who may propose", "Who may vote", "On the ballot", "Who wins", "Between equals"]
    assert page.link("Propose a project") == "/en/buget/2027/depune"
    assert page.link("HCL 12/2026") == "https://izvoru.example/hcl-12"


def test_days_that_were_moved_are_struck_through_with_the_reason(reader, database, authority, cycle) -> None:
    leader = database.act(an_official, authority, Role.CONTACT_PERSON)
    last = database.read(phases_of, cycle.id)[-1]
    first = last.starts_at.astimezone(ZONE).date()
    database.act(
        move_phase,
        cycle.id,
        phase=Phase.IMPLEMENTATION,
        first=first,
        last=first + timedelta(days=90),
        reason="Licitația a fost contestată.",
        by=leader,
        at=NOW,
    )

    page = reader.get("/en/buget/2027")

    moved = page.select(".stage:last-child")
    assert moved.select_one("s") is not None
    assert "Licitația a fost contestată." in moved.text


def test_the_method_is_explained_with_the_cycle_s_own_numbers_and_how_to_count_again(reader, cycle) -> None:
    page = reader.get("/en/buget/2027").follow("How the votes are counted, with examples")

    assert "The cheaper one, and if they cost the same, the one proposed earlier." in page.text
    assert "consult count 2027-centru.pb --rule greedy-votes --tie cost" in page.text
    assert cycle.rules_digest in page.text
    rules = reader.client.get(page.link("The rules of this cycle, byte for byte"))
    assert b'"rule":"greedy-votes"' in rules.content
