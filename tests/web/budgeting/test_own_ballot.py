"""Looking for one's own ballot among those that were published."""

import pytest

from consult import links
from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.opened import open_ballots
from tests.factories.elections import an_open_vote, voted

PAGE = "/en" + links.vote(2027, "verificare")


@pytest.fixture
def vote(database, settings, authority):
    return database.act(an_open_vote, settings.keys, authority=authority)


def opened(db, vote):
    at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, vote.key, at=at)
    note_destruction(db, vote.cycle_id, at=at)
    open_ballots(db, vote.cycle_id, *vote.parts[:2], at=at)


def test_a_voter_finds_the_ballot_as_it_was_counted_by_its_code(reader, database, vote):
    mine = database.act(voted, vote, {"2": 1, "1": 1}, word="mar9")
    database.act(voted, vote, {"1": 1})
    reader.get(PAGE, status=404)
    database.act(opened, vote)

    found = reader.get(PAGE).form("Show my ballot").fill(code=mine.code.lower()).submit()

    assert "mar9" in found.text
    assert [line.split(":")[0] for line in found.texts("main ul li")] == ["No. 1", "No. 2"]
    assert mine.code not in found.path


def test_a_slip_is_told_from_a_code_that_was_not_counted(reader, database, vote):
    database.act(voted, vote, {"1": 1})
    database.act(opened, vote)

    slip = reader.get(PAGE).form("Show my ballot").fill(code="AAAA-AAAA-AAAAA").submit(status=422)
    other = reader.get(PAGE).form("Show my ballot").fill(code="0000-0000-00001").submit(status=422)

    assert "a slip in it" in slip.errors[0]
    assert other.errors[0].startswith("No ballot that was counted has this code.")
