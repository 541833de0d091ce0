"""The composer for the lines of a draft budget, and the pages on which contestations are shown and ruled on."""

from datetime import timedelta

import pytest

from consult.consultations.consultations import Stage
from consult.consultations.procedure import local_day
from consult.consultations.steps import go_on
from consult.identity.offices import Role
from tests.consultations.test_figure_proposals import CONTESTATION, MOVE, a_budget, submit
from tests.factories import NOW, a_citizen, a_member_of, an_official, an_organisation


@pytest.fixture
def budget(database, authority):
    return database.act(a_budget, authority)


@pytest.fixture
def page(reader, database, budget):
    reader.sign_in(database.act(a_citizen))
    page = reader.get(f"/en/consultari/{budget.reference}/cifre?rand=51-02-01")
    return page.follow("Say something about this line")


def moved(page, **values):
    facts = {"kind": "move", "amount": "1.000", "to": "65-02-03", "reason": "Copiii au nevoie."}
    return page.form("Check the proposal").fill(**facts | values)


def test_the_check_page_shows_both_lines_before_and_after_and_their_sum_unchanged(page) -> None:
    page = moved(page).submit()

    assert page.heading == "Check your proposal"
    assert page.texts(".table .numeric")[2:] == ["80,250 lei", "79,250 lei", "75,500 lei", "76,500 lei"]
    assert "Together both lines have 155,750 lei, before and after." in page.text


def test_a_move_that_is_sent_stands_on_the_page_of_the_line_to_which_money_would_go(page, reader, budget) -> None:
    page = moved(page).submit().form("Send the proposal").submit()

    assert "1/2026" in page.text
    page = reader.get(f"/en/consultari/{budget.reference}/cifre?rand=65-02-03")
    assert "1.000 lei, din rândul 51.02.01 Cheltuieli de personal" in page.text
    page = reader.get(f"/en/consultari/{budget.reference}/propuneri/1-2026")
    assert "Amendment: money to another line" in page.text
    assert page.follow("See the line in the draft").heading == "51.02.01 Cheltuieli de personal"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"amount": "mult"}, "Write an amount in lei, such as 150.000."),
        ({"amount": "80.251"}, "“51.02.01 Cheltuieli de personal” has 80.250 lei; not more can be moved from it."),
        ({"to": "51-02"}, "hold the same money: choose a line outside it."),
        ({"to": ""}, "Choose a line of the budget."),
        ({"reason": ""}, "Write your proposal."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_written_stays(page, values, said) -> None:
    page = moved(page, **values).submit(status=422)

    assert said in page.errors[0]
    assert page.select("#reason").get_text(strip=True) == (values.get("reason", "Copiii au nevoie."))


def test_the_budget_as_a_whole_is_contested_by_who_says_that_they_live_there(page, reader, budget) -> None:
    page = reader.get(f"/en/consultari/{budget.reference}").follow("Contest the draft budget")
    page = page.form("Check the proposal").fill(reason="Nu ajunge.").submit(status=422)
    assert "Tick the box" in page.errors[0]

    page = page.form("Check the proposal").fill(contests=True).submit(status=422)
    assert "Write where you live" in page.errors[0]
    checked = page.form("Check the proposal").fill(address="Str. Morii 3").submit()
    assert "residence declared" in checked.text
    checked.form("Send the proposal").submit()

    page = reader.get(f"/en/consultari/{budget.reference}/propuneri/1-2026")
    assert "the council rules on it, Law 273/2006" in page.text
    assert "residence declared" in page.text
    assert "Str. Morii 3" not in page.text
    register = f"/en/consultari/{budget.reference}/propuneri"
    assert "Contestation residence declared" in reader.get(register).text
    assert reader.ask("GET", f"{register}.json").json()["recommendations"][0]["contests"] == "declared"
    year = "/en/registrul-propunerilor/2026"
    assert "Contestation residence declared" in reader.get(year).text
    assert "contestation, residence declared" in reader.get(f"{year}/tipar").text


def test_the_register_of_a_draft_budget_shows_its_contestations_alone(reader, database, budget) -> None:
    for proposal in (MOVE, CONTESTATION):
        database.act(lambda db, said=proposal: submit(db, budget, said))

    page = reader.get(f"/en/consultari/{budget.reference}/propuneri")
    alone = page.follow("Contestations 1")

    assert page.texts(".table tbody tr td:first-child") == ["1/2026", "2/2026"]
    assert alone.texts(".table tbody tr td:first-child") == ["2/2026"]


def test_a_contestation_for_an_organisation_is_refused_with_what_was_written_kept(
    reader, database, authority, budget
) -> None:
    organisation = database.act(an_organisation, authority, name="Asociația Drumeților")
    reader.sign_in(database.act(a_member_of, organisation))
    page = reader.get(f"/en/consultari/{budget.reference}").follow("Contest the draft budget")

    form = page.form("Check the proposal")
    page = form.fill(reason="Nu ajunge.", contests=True, address="Str. Morii 3", acting_for=organisation.id).submit(
        status=422
    )

    assert "no organisation may" in page.errors[0]
    assert page.select("#reason").get_text(strip=True) == "Nu ajunge."


def test_the_page_of_the_consultation_shows_the_dates_of_the_budget_with_their_articles(reader, budget) -> None:
    page = reader.get(f"/en/consultari/{budget.reference}")

    for article in ("alin. (3)", "alin. (4)", "alin. (5)"):
        assert f"Legea 273/2006, art. 39 {article}" in page.text.replace("\u00a0", " ")
    assert "Law 52/2003 leaves people more time" in page.text


def test_the_ruling_of_the_council_is_entered_at_the_desk_and_public_at_once(
    reader, database, authority, budget
) -> None:
    later = NOW + timedelta(days=16)
    contact = database.act(an_official, authority, Role.CONTACT_PERSON)

    def before_council(db):
        submit(db, budget, CONTESTATION)
        own = db.merge(budget, load=True)
        own.submitted_on = local_day(later)
        go_on(db, own, Stage.SUBMITTED, on=local_day(later), by=contact, at=later)

    database.act(before_council)
    reader.clock.at = later
    page = reader.sign_in(contact).get(f"/en/birou/consultari/{budget.id}").follow("Contestations of the draft budget")
    waiting = page.select("#contestation option:last-child")["value"]
    form = page.form("Record the ruling").fill(contestation=waiting, ruling="rejected", reason="Sunt obligatorii.")
    page = form.submit()

    assert page.banner == "The ruling is recorded; it is public now."
    page = reader.get(f"/en/consultari/{budget.reference}/propuneri/1-2026")
    assert "Rejected on 21 October 2026" in page.text
    assert "Sunt obligatorii." in page.text


def test_the_page_of_duties_tells_how_the_law_on_local_finances_stands(reader, database, budget) -> None:
    database.act(submit, budget, CONTESTATION)

    page = reader.get(f"/en/consultari/{budget.reference}/respectarea-legii")

    assert "Law no. 273/2006 on local public finances: the draft budget" in page.texts(".duties caption")
    rows = page.texts(".duties:last-of-type tbody tr")
    assert [state in row for row, state in zip(rows, ["Not yet due"] * 3, strict=True)] == [True] * 3
    assert "Contestations: 1, of which ruled on: 0." in rows[0]
    assert "Law 52/2003 leaves people more time" in rows[1]
