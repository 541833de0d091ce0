"""A cycle at the desk: set up from a pack, sent, announced by somebody else; its days moved for a reason."""

from datetime import timedelta

import pytest

from consult.i18n import ZONE
from consult.identity.offices import Role
from tests.factories import NOW, an_announced_cycle, an_official

TODAY = NOW.astimezone(ZONE).date()
PHASES = ("submission", "review", "appeals", "voting", "challenges", "implementation")
DAYS = {
    f"{phase}_{end}": (TODAY + timedelta(days=10 * number + day)).isoformat()
    for number, phase in enumerate(PHASES)
    for end, day in (("from", 1), ("until", 10))
}
WRITTEN = {
    "title": "Bugetul participativ 2027",
    "summary": "Locuitorii aleg ce se face cu un milion de lei.",
    "regulation": "HCL 118/2026",
    "regulation_url": "https://izvoru.example/hcl/118",
    "districts": "Centru; 500.000; 100.000\nGară; 500000",
    "categories": "Spații verzi\nMobilitate",
    "tie": "cost",
    **DAYS,
}


@pytest.fixture
def clerk(database, authority):
    return database.act(an_official, authority, Role.CLERK)


@pytest.fixture
def approver(database, authority):
    return database.act(an_official, authority, Role.APPROVER)


@pytest.fixture
def begun(reader, clerk):
    form = reader.sign_in(clerk).get("/en/birou/buget/nou").form("Continue")
    return form.fill(year="2027", pack="budgeting/timisoara").submit()


def test_a_cycle_is_set_up_from_a_pack_approved_by_another_official_and_then_public(reader, begun, approver) -> None:
    saved = begun.form("Save").fill(**WRITTEN).submit()
    sent = saved.form("Ask for approval").submit()
    assert sent.banner == "An approver now reads the cycle and announces it, or sends it back."
    reader.get("/en/buget/2027", status=404)

    announced = reader.sign_in(approver).get("/en/birou/buget/2027").form("Announce the cycle").submit()

    assert announced.banner == "The cycle is announced. Its rules are fixed."
    public = reader.get("/en/buget/2027")
    assert public.select("caption").text.replace("\xa0", " ") == "Money: 1,000,000 lei in all"
    assert "The cheaper one" in public.text


def test_what_is_missing_is_listed_and_nothing_can_be_sent_before(begun) -> None:
    missing = [task.text.split() for task in begun.select("main").select(".task")]

    assert ["Who", "wins", "between", "equals", "missing"] in missing
    assert "Ask for approval" not in begun.text


def test_a_line_of_money_that_cannot_be_read_is_said_with_its_number_and_the_text_is_kept(begun) -> None:
    page = begun.form("Save").fill(**(WRITTEN | {"districts": "Centru; 500000\nGară; mult"})).submit(status=422)

    assert page.errors == [
        "Line 2: write a name, the money in lei and, if there is one, the ceiling: Centru; 500000; 100000"
    ]
    assert "Gară; mult" in page.select("#districts").text


def test_a_phase_that_ends_before_it_begins_is_said_at_its_day(begun) -> None:
    page = begun.form("Save").fill(**(WRITTEN | {"voting_until": TODAY.isoformat()})).submit(status=422)

    assert page.errors == ["This phase would end before it begins."]


def test_the_second_official_sends_it_back_with_a_note(reader, clerk, begun, approver) -> None:
    begun.form("Save").fill(**WRITTEN).submit().form("Ask for approval").submit()

    form = reader.sign_in(approver).get("/en/birou/buget/2027").form("Send it back")
    back = form.fill(note="Lipsește cartierul Nord.").submit()

    assert back.banner == "The cycle went back to whoever wrote it, with your note."
    assert "Lipsește cartierul Nord." in reader.sign_in(clerk).get("/en/birou/buget/2027").text


def test_days_are_moved_with_a_reason_that_everybody_reads(reader, database, authority, approver) -> None:
    database.act(an_announced_cycle, authority)
    reader.sign_in(approver)
    form = reader.get("/en/birou/buget/2027/termene").form("Move the days")
    days = {"phase": "implementation", "first": "2027-01-14", "last": "2027-06-30"}

    refused = form.fill(**days, reason="").submit(status=422)
    moved = refused.form("Move the days").fill(reason="Licitația s-a amânat.").submit()

    assert refused.errors == ["Write why the days are moved: everybody will read it."]
    assert moved.banner == "The days are moved. Everybody sees the old ones struck through, with the reason."
    assert "Licitația s-a amânat." in reader.get("/en/buget/2027").text


def test_a_clerk_moves_no_announced_day(reader, database, authority, clerk) -> None:
    database.act(an_announced_cycle, authority)

    sent = {"phase": "implementation", "first": "2027-01-14", "last": "2027-06-30", "reason": "Așa.", "key": "k" * 22}
    reader.sign_in(clerk).post("/en/birou/buget/2027/termene", status=403, data=sent)
