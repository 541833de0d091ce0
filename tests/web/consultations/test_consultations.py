"""The list of consultations, its filters, its pages, and its files for programs."""

import csv
from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, Stage
from consult.consultations.outcomes import record_outcome
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import Verdict
from tests.factories import NOW
from tests.web.consultations.conftest import Town
from tests.web.reader import Clock, Reader

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def stages(town: Town, clock: Clock) -> dict[str, str]:
    """One consultation in each group of the list, by what its address says; the number of each."""
    ended, answered, analysed = (town.publish() for _ in range(3))
    for consultation in (answered, ended):
        said = town.say(consultation)
        town.draft_answer(consultation, said, verdict=Verdict.TAKEN_UP)
        clock.at = town.publish_answers(consultation)
    town.database.act(
        record_outcome,
        ended.id,
        outcome=Stage.WITHDRAWN,
        on=local_day(clock.at),
        note="Se reface studiul.",
        by=town.contact,
        at=clock.at,
    )
    opened = town.publish(at=clock.at)
    return {
        "deschise": f"No. {opened.number}/2026",
        "analiza": f"No. {analysed.number}/2026",
        "raspuns": f"No. {answered.number}/2026",
        "arhiva": f"No. {ended.number}/2026",
    }


TAGS = {
    "deschise": "10 days left",
    "analiza": "Analysing the proposals",
    "raspuns": "Answer published",
    "arhiva": "Withdrawn",
}


def test_each_state_is_a_link_and_shows_its_own(reader: Reader, stages: dict[str, str]) -> None:
    for state, tag in TAGS.items():
        page = reader.get(f"/en/consultari?stare={state}")

        assert [meta.split(" · ")[0] for meta in page.texts(".card-meta")] == [stages[state]]
        assert page.texts(".card .tag") == [tag]
        assert page.texts("h2") == ["One consultation"]
        assert page.select('.filters [aria-current="true"]')["href"] == f"/en/consultari?stare={state}"


def test_all_are_listed_the_newest_first(reader: Reader, stages: dict[str, str]) -> None:
    page = reader.get("/en/consultari?stare=necunoscuta")

    shown = [meta.split(" · ")[0] for meta in page.texts(".card-meta")]
    assert shown == ["No. 4/2026", "No. 3/2026", "No. 2/2026", "No. 1/2026"]


def test_every_word_is_sought_without_diacritics_and_taken_literally(reader: Reader, town: Town) -> None:
    town.publish()

    assert reader.get("/en/consultari?q=resedinta+PARCĂRILOR").texts("h2") == [
        "One consultation with “resedinta PARCĂRILOR”"
    ]
    nothing = reader.get("/en/consultari?q=%25&stare=deschise")
    assert "No consultation says “%”" in nothing.text
    assert nothing.follow("See all consultations").texts(".card-title")


def test_twenty_stand_on_a_page(reader: Reader, town: Town) -> None:
    town.publish()
    town.database.act(copy_consultation, times=24)

    first = reader.get("/en/consultari")
    second = first.follow("Next page")

    assert len(first.texts(".card")) == 20
    assert "1–20 of 25" in first.text
    assert len(second.texts(".card")) == 5
    assert "21–25 of 25" in second.text
    assert "Next page" not in second.text


def test_an_address_that_means_nothing_is_refused_kindly(reader: Reader) -> None:
    for query in ("pagina=0", "pagina=x", "pagina=100001", "q=" + "a" * 201):
        assert reader.get(f"/en/consultari?{query}", status=400).heading == "This cannot be read"


def test_the_list_is_there_for_spreadsheets(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.database.act(rename, consultation.id, title="=HYPERLINK(1)", domain="+40 234")

    answer = reader.ask("GET", "/en/consultari.csv")

    head, row = csv.reader(StringIO(answer.text.removeprefix("\ufeff")))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert head[:4] == ["Number", "Title", "Domain", "State"]
    assert row[:4] == ["1-2026", "'=HYPERLINK(1)", "'+40 234", "proposals"]
    assert row[-1] == "http://izvoru.test/en/consultari/1-2026/hyperlink-1"


def test_the_list_is_there_for_programs(reader: Reader, town: Town) -> None:
    town.publish()

    answer = reader.ask("GET", "/consultari.json?stare=deschise")

    (listed,) = answer.json()["consultations"]
    assert answer.headers["content-type"] == "application/json"
    assert listed["number"] == "1-2026"
    assert listed["stage"] == "proposals"
    assert listed["closes_at"] == "2026-10-15T21:00:00Z"
    assert listed["url"] == "http://izvoru.test/consultari/1-2026/regulamentul-parcarilor-de-resedinta"
    assert answer.json()["next"] is None


def test_a_long_list_goes_on_in_the_next_file(reader: Reader, town: Town) -> None:
    town.publish()
    town.database.act(copy_consultation, times=1000)

    first = reader.ask("GET", "/consultari.json")
    second = reader.ask("GET", first.json()["next"])

    assert first.headers["link"] == '<http://izvoru.test/consultari.json?pagina=2>; rel="next"'
    assert [len(each.json()["consultations"]) for each in (first, second)] == [1000, 1]


def test_the_list_is_there_for_readers_of_feeds(reader: Reader, town: Town) -> None:
    consultation = town.publish()
    town.database.act(rename, consultation.id, title="Taxe & <b>parcări</b> \x0c", domain="Mobilitate")

    answer = reader.ask("GET", "/en/consultari.atom")

    feed = ET.fromstring(answer.text)  # noqa: S314 - our own feed
    (entry,) = feed.findall(f"{ATOM}entry")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert entry.findtext(f"{ATOM}title") == "Taxe & <b>parcări</b> "
    assert entry.findtext(f"{ATOM}id") == "http://izvoru.test/consultari/1-2026"
    assert feed.findtext(f"{ATOM}updated") == "2026-10-05T09:00:00+00:00"


def rename(db: Session, consultation_id: int, **facts: str) -> None:
    db.execute(update(Consultation).where(Consultation.id == consultation_id).values(**facts))


def copy_consultation(db: Session, times: int) -> None:
    """Publish the first consultation again and again, in rows alone."""
    original = db.get_one(Consultation, 1)
    columns = {
        name: getattr(original, name) for name in [each.key for each in Consultation.__table__.columns] if name != "id"
    }
    for number in range(times):
        later = {"number": number + 2, "opens_at": NOW + timedelta(minutes=number)}
        db.add(Consultation(**columns | later))
