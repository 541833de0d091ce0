"""The yearly report on its pages: made by two officials at the desk, read by everybody, taken along as a file."""

from datetime import UTC, datetime
from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy.orm import Session

from consult.consultations.importing.pdf import read_pdf
from consult.consultations.report_figures import figures_key
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.store import Database
from tests.factories import NOW, a_recommendation, an_official, an_open_consultation
from tests.web.reader import Clock, Page, Reader

YEAR = NOW.year
EVALUATION = "Am lucrat bine împreună."


@pytest.fixture
def clerk(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.CLERK)


@pytest.fixture
def approver(database: Database, authority: Authority) -> Actor:
    return database.act(an_official, authority, Role.APPROVER)


@pytest.fixture
def _next_year(database: Database, authority: Authority, clock: Clock) -> None:
    consultation = database.act(an_open_consultation, authority)
    database.act(a_recommendation, consultation)
    clock.at = datetime(YEAR + 1, 2, 1, 10, tzinfo=UTC)


def draft(reader: Reader, clerk: Actor, *, status: int = 200, **given: str) -> Page:
    page = reader.sign_in(clerk).get("/en/birou/rapoarte").follow(f"Report on {YEAR}")
    told = {"words_report_f": EVALUATION, "added_session_participants": "12", **given}
    return page.form("Keep the draft").fill(**told).submit(status=status)


def publish(reader: Reader, approver: Actor, *, status: int = 200) -> Page:
    page = reader.sign_in(approver).get(f"/en/birou/rapoarte/{YEAR}")
    return page.form("Approve and publish the report").submit(status=status)


def figures(page: Page) -> dict[str, str]:
    rows = [[cell.text for cell in row.select("td, th")] for row in page.select("main").select("tbody tr")]
    return {code: figure for code, _, figure in rows}


@pytest.mark.usefixtures("_next_year")
def test_a_report_is_kept_by_one_official_published_by_another_and_read_by_everybody(
    reader: Reader, clerk: Actor, approver: Actor
) -> None:
    kept = draft(reader, clerk)
    assert kept.banner == "The draft of the report is kept. A colleague publishes it."
    assert "Approve and publish the report" not in kept.text
    assert publish(reader, approver).banner == "The report is public."

    reader.sign_out()
    page = reader.get("/en/").follow("Yearly reports").follow(f"Report on {YEAR}")

    shown = figures(page)
    assert [shown[letter] for letter in "abcdefg"] == ["1", "0", "12", "0", "0", "in words", "0"]
    assert (shown["7.2"], shown["A2"]) == ("100%", "1")
    assert EVALUATION in page.text
    assert "They are not in the law" in page.text


@pytest.mark.usefixtures("_next_year")
def test_a_report_waits_for_what_changes_its_figures_and_is_then_read_again(
    reader: Reader, database: Database, authority: Authority, clerk: Actor, approver: Actor
) -> None:
    draft(reader, clerk)
    form = reader.sign_in(approver).get(f"/en/birou/rapoarte/{YEAR}").form("Approve and publish the report")
    began = Event()

    def announce_another(db: Session) -> None:
        began.set()
        an_open_consultation(db, authority)
        # As long as a request takes to reach the lock, and to miss what is committed after its snapshot.
        sleep(0.3)

    other = Thread(target=database.act_alone, args=(figures_key(authority.id), announce_another))
    other.start()
    began.wait()
    page = form.submit(status=422)
    other.join()

    assert page.errors == ["The report changed meanwhile. Read it again before you go on."]


@pytest.mark.usefixtures("_next_year")
def test_the_report_is_printed_with_its_names_figures_and_words(reader: Reader, clerk: Actor, approver: Actor) -> None:
    draft(reader, clerk)
    publish(reader, approver)
    reader.sign_out()

    printed = read_pdf(reader.ask("GET", f"/en/rapoarte/{YEAR}/raport.pdf").content).text

    assert "total number of recommendations received" in " ".join(printed.split())
    assert EVALUATION in printed
    assert "They are not in the law" in printed


@pytest.mark.usefixtures("_next_year")
def test_the_report_is_given_to_spreadsheets_with_its_zeros(reader: Reader, clerk: Actor, approver: Actor) -> None:
    draft(reader, clerk)
    publish(reader, approver)
    reader.sign_out()

    lines = reader.ask("GET", f"/en/rapoarte/{YEAR}/raport.csv").text.splitlines()

    assert lines[0] == "\ufeffCode,Indicator,Figure,In words,Source"
    assert lines[1] == 'a,total number of recommendations received,1,,"Legea 52/2003, art. 13 alin. (1) lit. a)"'
    assert lines[4].startswith("d,number of public debates held on draft acts,0,,")


@pytest.mark.usefixtures("_next_year")
def test_a_corrected_report_says_why_and_leads_to_the_earlier_one(
    reader: Reader, clerk: Actor, approver: Actor
) -> None:
    draft(reader, clerk)
    publish(reader, approver)
    assert draft(reader, clerk, status=422).errors == ["Write why the published report is corrected."]
    draft(reader, clerk, reason="O dezbatere lipsea.", added_debates_held="1")
    publish(reader, approver)
    reader.sign_out()

    page = reader.get(f"/en/rapoarte/{YEAR}")
    earlier = page.follow("Read version 1")

    assert (figures(page)["d"], figures(earlier)["d"]) == ("1", "0")
    assert "O dezbatere lipsea." in page.text
    assert "A later version holds." in earlier.text


@pytest.mark.usefixtures("_next_year")
def test_what_is_missing_is_said_and_what_was_typed_is_kept(reader: Reader, clerk: Actor, approver: Actor) -> None:
    wrong = draft(reader, clerk, status=422, added_court_cases="-1")
    assert wrong.errors == ["Write a number from 0 to 10,000,000."]
    assert EVALUATION in wrong.text
    draft(reader, clerk, words_report_f="")

    refused = publish(reader, approver, status=422)

    assert refused.errors == [
        (
            "Write what the law asks for in words: "
            "own evaluation of the partnership with citizens and their legally constituted associations."
        )
    ]


@pytest.mark.usefixtures("_next_year")
def test_a_year_that_is_not_over_shows_what_is_counted_until_now(reader: Reader, clerk: Actor) -> None:
    now = reader.get("/en/rapoarte").follow(f"{YEAR + 1} until now")
    before = reader.get(f"/en/rapoarte/{YEAR}")

    assert (figures(now)["a"], figures(before)["a"]) == ("0", "1")
    assert "its report is not published yet" in before.text
    assert "e" not in figures(now)
    reader.sign_in(clerk).get(f"/en/birou/rapoarte/{YEAR + 1}", status=409)


@pytest.mark.parametrize(
    "path", ["1999", "2999", "02026", "x", f"{YEAR}/v1", f"{YEAR}/raport.csv", f"{YEAR}/raport.pdf", f"{YEAR}/raport"]
)
def test_reports_that_there_are_not_are_not_found(reader: Reader, path: str, authority: Authority) -> None:
    reader.get(f"/en/rapoarte/{path}", status=404)
