"""The public record for people: every act in words with the way to it, in pages that cost the same at any length."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy.event import listen, remove

from consult.consultations.answer_publication import publish_answers
from consult.consultations.procedure import current_pack
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.identity.offices import Role
from consult.record.entries import append
from consult.record.entry_form import Commitment, Signer
from consult.record.events import ResponsePublished
from consult.record.notes import SigningKey
from consult.store import Database
from tests.factories import NOW, a_recommendation, an_authority, an_official, an_open_consultation
from tests.web.reader import Clock, Page, Reader
from tests.web.record.conftest import Town


def acts(page: Page) -> list[str]:
    """Return what happened, row by row."""
    return page.texts(".table tbody td:nth-child(3)")


def grown(database: Database, town: Town, count: int) -> None:
    """Let the record grow, by acts about one and the same proposal."""
    subject = f"consult:{town.authority.slug}/consultari/1-2026/propuneri/2-2026"
    event = ResponsePublished(subject=subject, recommendation=2, verdict="partly", body=Commitment("ab" * 32, 1))
    database.act(lambda db: [append(db, event, signer=Signer("clerk", "c0ffee"), at=NOW) for _ in range(count)])
    town.sequence()


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect what is asked of the database, but for the authority, which is asked for every few seconds."""
    asked: list[str] = []

    def note(*call: object) -> None:
        if str(call[2]).startswith("SELECT") and "FROM authority" not in str(call[2]):
            asked.append(str(call[2]))

    listen(database.engine, "before_cursor_execute", note)
    yield asked
    remove(database.engine, "before_cursor_execute", note)


def test_every_act_is_told_in_words_the_newest_first(reader: Reader, town: Town) -> None:
    page = reader.get("/en/registru")

    assert acts(page) == [
        "Proposal no. 3/2026 received on art. 3",
        "Proposal no. 2/2026 received on art. 3",
        "Proposal no. 1/2026 received on art. 3",
        "Consultation 1/2026: document published, Referat.pdf",
        "Consultation 1/2026 announced: Regulamentul parcărilor de reședință",
        f"Consultation 1/2026: the rules were fixed (ro/law-52-2003, edition {current_pack().version})",
    ]


def test_every_act_leads_to_what_it_is_about(reader: Reader, town: Town) -> None:
    page = reader.get("/en/registru")

    assert page.link("Proposal no. 3/2026 received on art. 3") == "/en/consultari/1-2026/propuneri/3-2026"
    assert page.link("Consultation 1/2026 announced: Regulamentul parcărilor de reședință") == "/en/consultari/1-2026"
    document = page.link("Consultation 1/2026: document published, Referat.pdf")
    assert document.startswith("/en/consultari/1-2026/documente/")


def test_an_answer_is_told_with_its_verdict(reader: Reader, town: Town, database: Database, clock: Clock) -> None:
    answering = database.act(an_official, town.authority, Role.CONTACT_PERSON)
    clock.at = NOW + timedelta(days=20)
    number_by_verdict = dict(zip((Verdict.TAKEN_UP, Verdict.PARTLY, Verdict.NOT_TAKEN_UP), (1, 2, 3), strict=True))
    for verdict, number in number_by_verdict.items():
        chosen = [town.recommendations[number - 1].id]
        answer = {"recommendation_ids": chosen, "verdict": verdict, "reason": "Așa e drept.", "by": answering}
        database.act(draft_answers, town.consultation.id, at=clock.at, **answer)
    database.act(publish_answers, town.consultation.id, by=answering, at=clock.at)
    town.sequence()

    page = reader.get("/en/registru?fel=raspunsuri")

    assert acts(page) == [
        "Answer to proposal no. 3/2026: not taken up",
        "Answer to proposal no. 2/2026: partly taken up",
        "Answer to proposal no. 1/2026: taken up",
    ]


def test_the_page_says_what_was_signed_and_with_which_key(reader: Reader, town: Town, key: SigningKey) -> None:
    page = reader.get("/en/registru")
    root = reader.ask("GET", "/log/1/checkpoint").text.splitlines()[2]

    assert "Entries 6" in page.text
    assert root in page.text
    ways = {"Keep a copy of the whole record and check it yourself": "/en/registru/oglinda"}
    ways |= {"Keep the words of the day": "/en/registru/zilnic", "Become a witness": "/en/registru/martori"}
    assert {said: page.link(said) for said in ways} == ways


def test_the_page_says_what_a_dishonest_town_hall_could_still_do_and_how_it_comes_to_light(reader: Reader) -> None:
    deeds = reader.get("/en/registru").texts("#dishonest + table tbody tr")

    assert [deed.partition(". ")[0] for deed in deeds] == [
        "It could leave a proposal out, or refuse to take it",
        "It could do something and never enter it",
        "It could keep two records and show you one",
        "It could rewrite the record after some time",
        "It could play several officials, by giving one person two accounts or inventing people",
        (
            "It could put everything back to an earlier day at once: "
            "the database, the keys, and the note of how far was signed"
        ),
        "It could date a new act back, to a quiet hour before",
        "It could stop signing, or delete the record",
    ]


def test_readers_go_to_a_day(reader: Reader, town: Town, database: Database, clock: Clock) -> None:
    database.act(a_recommendation, town.consultation, at=NOW + timedelta(days=2))
    town.sequence()
    clock.at = NOW + timedelta(days=3)

    that_day = reader.get("/en/registru").form("Show").fill(zi=str(NOW.date())).submit()
    before_all = reader.get(f"/en/registru?zi={NOW.date() - timedelta(days=1)}")

    assert len(acts(reader.get("/en/registru"))) == 7
    assert acts(that_day)[0] == "Proposal no. 3/2026 received on art. 3"
    assert len(acts(that_day)) == 6
    assert that_day.follow("All days").path == "/en/registru"
    assert "Nothing was entered yet." in before_all.text or "Nothing of this kind" in before_all.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_day_that_is_none_is_no_choice(reader: Reader, town: Town) -> None:
    for day in ("azi", "2026-13-41", "0001-01-01", "9999-12-31"):
        assert len(acts(reader.get(f"/en/registru?zi={day}"))) == 6


def test_an_empty_record_says_so(reader: Reader) -> None:
    page = reader.get("/en/registru")

    assert "Nothing was entered yet." in page.text
    assert "Nothing was signed yet." in page.text


def test_readers_choose_by_kind_and_by_consultation(reader: Reader, town: Town, database: Database) -> None:
    other = database.act(an_open_consultation, town.authority)
    database.act(a_recommendation, other)
    town.sequence()

    by_kind = reader.get("/en/registru").follow("Proposals")
    by_consultation = by_kind.follow("2/2026")

    assert [act.split(" received")[0] for act in acts(by_kind)] == [f"Proposal no. {n}/2026" for n in (4, 3, 2, 1)]
    assert by_kind.title.startswith("Public record · Proposals")
    assert len(acts(by_consultation)) == 3
    both = reader.get("/en/registru?fel=propuneri&consultare=2-2026")
    assert acts(both) == ["Proposal no. 4/2026 received on art. 3"]


def test_a_choice_that_nothing_answers_to_says_so(reader: Reader, town: Town) -> None:
    for query in ("fel=propuneri&consultare=99-2026", "consultare=../x", "fel=documente&inainte=1"):
        assert "Nothing of this kind was entered yet." in reader.get(f"/en/registru?{query}").text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_unknown_kind_is_no_choice(reader: Reader, town: Town) -> None:
    assert len(acts(reader.get("/en/registru?fel=oricare"))) == 6


def test_pages_go_on_by_index_to_the_first_entry_and_back(reader: Reader, town: Town, database: Database) -> None:
    grown(database, town, 37)

    first = reader.get("/en/registru")
    second = first.follow("Older entries")
    third = second.follow("Older entries")

    seen = [int(index) for page in (first, second, third) for index in page.texts(".table tbody th a")]
    assert seen == list(range(42, -1, -1))
    assert "Older entries" not in third.text
    assert third.follow("To the newest").path == "/en/registru"


def test_a_page_costs_the_same_few_statements_however_long_the_record(
    reader: Reader, town: Town, database: Database
) -> None:
    paths = ("/registru", "/registru/4", f"/registru/act/{town.recommendations[0].event_id}")
    grown(database, town, 20)
    reader.get("/accesibilitate")  # from now on the authority is remembered

    with statements(database) as short:
        for path in paths:
            reader.get(path)
    grown(database, town, 200)
    with statements(database) as long:
        for path in paths:
            reader.get(f"/en{path}")

    assert 3 <= len(short) <= 3 * 10
    assert len(long) == len(short)


def test_an_entry_stands_on_its_page_to_the_last_byte(reader: Reader, town: Town) -> None:
    page = reader.get("/en/registru/3")

    bundle = reader.ask("GET", "/log/1/tile/entries/000.p/6").content
    leaves = reader.ask("GET", "/log/1/tile/0/000.p/6").content
    assert page.heading == "Entry 3"
    assert page.select("pre code").get_text().encode() in bundle
    assert leaves[3 * 32 : 4 * 32].hex() in page.text
    assert reader.ask("GET", page.select('a[href^="/log/1/body/"]')["href"]).status_code == 200


def test_an_entry_leads_to_its_neighbours_and_to_the_one_before_about_the_same_thing(
    reader: Reader, town: Town
) -> None:
    first, second = reader.get("/en/registru/0"), reader.get("/en/registru/2")
    last = reader.get("/en/registru/5")

    assert "This is the first entry about this thing." in first.text
    assert second.texts(".key-value a")[1] == "Entry 1"
    assert (second.link("Entry 1"), second.link("Entry 3")) == ("/en/registru/1", "/en/registru/3")
    assert "Entry 6" not in last.texts("a")


def test_an_entry_tells_the_role_and_never_a_name(reader: Reader, town: Town) -> None:
    proposal, announcement = reader.get("/en/registru/3"), reader.get("/en/registru/1")

    assert "Who Participant" in proposal.text
    assert "Who Approver" in announcement.text
    assert "Ana Popescu" not in proposal.text + announcement.text


def test_an_index_that_is_none_has_no_page(reader: Reader, town: Town) -> None:
    for index in ("-1", "6", "007", "1e3", "1_0", "９", "9" * 18, str(2**63 - 1), str(2**63), "9" * 400, "x", "0x1"):
        reader.get(f"/registru/{index}", status=404)


def test_a_place_to_go_on_from_that_is_none_is_refused(reader: Reader, town: Town) -> None:
    statuses = {
        before: reader.ask("GET", "/registru", params={"inainte": before}).status_code
        for before in ("-1", str(2**63), "1e300", "1_0", "９", "", "x", "1.5", "9" * 400)
    }

    assert set(statuses.values()) == {400}, statuses
    assert reader.ask("GET", "/registru", params={"inainte": str(2**63 - 1)}).status_code == 200


def test_what_is_about_another_authority_is_told_but_leads_nowhere_here(
    reader: Reader, town: Town, database: Database
) -> None:
    neighbour = database.act(an_authority, host="vecini.example")
    database.act(an_open_consultation, neighbour)
    town.sequence()

    page = reader.get("/en/registru")

    assert acts(page)[0] == "Consultation 1/2026 announced: Regulamentul parcărilor de reședință"
    assert page.select(".table tbody tr").select("td:nth-child(3) a") == []
    assert acts(reader.get("/en/registru?consultare=1-2026")) == acts(page)[2:]
