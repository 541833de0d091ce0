"""Results: counted at the desk by one official, published by another, and read by everybody."""

import pytest

from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.opened import open_ballots
from consult.identity.actors import acting_as_official
from consult.identity.offices import Role
from tests.factories import an_official
from tests.factories.elections import an_open_vote, voted

DESK = "/en/birou/buget/2027/rezultate"
PAGE = "/en/buget/2027/rezultate"


@pytest.fixture
def opened(database, settings, authority):
    return database.act(an_opened_vote, settings.keys, authority)


def an_opened_vote(db, keys, authority):
    vote = an_open_vote(db, keys, authority=authority)
    for choices in ({"1": 1, "2": 1, "3": 1}, {"2": 1}):
        voted(db, vote, choices)
    at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, vote.key, at=at)
    note_destruction(db, vote.cycle_id, at=at)
    open_ballots(db, vote.cycle_id, *vote.parts[:2], at=at)
    return vote


def official(database, authority, *roles):
    person_id = database.act(an_official, authority, *roles).person_id
    return database.read(acting_as_official, person_id, authority.id)


@pytest.mark.parametrize(("path", "heading"), [(PAGE, "Results"), (PAGE.removeprefix("/en"), "Rezultate")])
def test_results_are_read_by_everybody_once_a_second_official_confirmed(
    reader, database, authority, opened, path, heading
):
    clerk, approver = official(database, authority, Role.CLERK), official(database, authority, Role.APPROVER)

    reader.get(path, status=404)
    counted = reader.sign_in(clerk).get(DESK).form("Propose the results").submit()
    reader.get(path, status=404)
    form = reader.sign_in(approver).get(DESK).form("Confirm and publish")
    unread = form.submit(status=422)
    done = unread.form("Confirm and publish").fill(read=True).submit()
    found = reader.get(path)

    assert counted.banner.startswith("The votes are counted.")
    assert unread.errors == ["Confirm that you have read the results."]
    assert done.banner == "The results are public and in the record."
    assert found.heading == heading
    assert "consult count 2027-" in found.text


def test_each_project_is_explained_and_the_cycle_leads_to_the_results(reader, database, authority, opened):
    clerk, approver = official(database, authority, Role.CLERK), official(database, authority, Role.APPROVER)
    reader.sign_in(clerk).get(DESK).form("Propose the results").submit()
    reader.sign_in(approver).get(DESK).form("Confirm and publish").fill(read=True).submit()

    found = reader.get(PAGE)

    assert "Chosen in round 1, with 2 votes." in found.text
    assert "Not chosen" in found.text
    assert "2 ballots were counted." in found.text
    assert "See the results" in reader.get("/en/buget/2027").text


def test_whoever_counted_is_not_asked_to_confirm(reader, database, authority, opened):
    both = official(database, authority, Role.CLERK, Role.APPROVER)

    counted = reader.sign_in(both).get(DESK).form("Propose the results").submit()

    assert "Confirm and publish" not in counted.text
