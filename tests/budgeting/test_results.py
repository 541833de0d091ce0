"""Results: the published ballots counted by two officials, and again by anybody with the files."""

import json

import pytest
from sqlalchemy import select

from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.cycles import Cycle
from consult.budgeting.opened import open_ballots
from consult.budgeting.results import CountedAlready, NotCounted, NotOpenedYet, confirm_results, count_votes
from consult.counting.command import count
from consult.counting.pabulib import read_pb
from consult.counting.ties import TieRule, tie_order
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.record.entries import RecordedEvent
from consult.record.openings import election_file
from consult.refusals import NotPermitted
from tests.factories import an_authority, an_official
from tests.factories.budgeting import RULES
from tests.factories.elections import an_open_vote, voted


@pytest.fixture
def vote(db, tmp_path):
    vote = an_open_vote(db, tmp_path, authority=an_authority(db))
    for choices in ({"1": 1, "2": 1, "3": 1}, {"2": 1, "4": 1}, {"2": 1}):
        voted(db, vote, choices)
    return vote


def test_nothing_is_counted_before_the_ballots_are_opened(db, vote):
    with pytest.raises(NotOpenedYet):
        count_votes(db, vote.cycle_id, by=an(db, vote, Role.CLERK), at=end_of(db, vote.cycle_id))


def test_a_second_official_confirms_and_the_record_names_the_files(db, vote):
    at = opened(db, vote)
    count_votes(db, vote.cycle_id, by=an(db, vote, Role.CLERK), at=at)
    assert recorded(db) == []

    result = confirm_results(db, vote.cycle_id, by=an(db, vote, Role.APPROVER), at=at)

    (event,) = recorded(db)
    assert event.stated["facts"]["results"] == result.digest
    stated = json.loads(election_file(db, result.digest))
    assert stated["ballots"] == 3
    assert [each["ballots"] for each in stated["pools"]] == event.stated["facts"]["ballots"]
    assert stated["pools"][0]["result"]["selected"] == ["2", "1"]
    assert db.get_one(Cycle, vote.cycle_id).results_published_at == at


def test_each_published_file_of_ballots_counts_to_the_same_winners(db, vote):
    at = opened(db, vote)
    count_votes(db, vote.cycle_id, by=an(db, vote, Role.CLERK), at=at)
    result = confirm_results(db, vote.cycle_id, by=an(db, vote, Role.APPROVER), at=at)

    for each in json.loads(election_file(db, result.digest))["pools"]:
        election = read_pb(election_file(db, each["ballots"]))
        again = count(election, RULES.rule, tie_order(election, RULES.tie or TieRule.ID))
        assert [election.projects[place].id for place in again.selected] == each["result"]["selected"]
        assert election.voters == each["result"]["voters"]


def test_whoever_counted_confirms_nothing_and_no_clerk_does(db, vote):
    at = opened(db, vote)
    both = an(db, vote, Role.CLERK, Role.APPROVER)
    count_votes(db, vote.cycle_id, by=both, at=at)

    with pytest.raises(NeedsOtherEyes):
        confirm_results(db, vote.cycle_id, by=both, at=at)
    with pytest.raises(NotPermitted):
        confirm_results(db, vote.cycle_id, by=an(db, vote, Role.CLERK), at=at)
    assert recorded(db) == []


def test_results_are_counted_once_and_confirmed_once(db, vote):
    at, clerk, approver = opened(db, vote), an(db, vote, Role.CLERK), an(db, vote, Role.APPROVER)
    with pytest.raises(NotCounted):
        confirm_results(db, vote.cycle_id, by=approver, at=at)
    count_votes(db, vote.cycle_id, by=clerk, at=at)

    with pytest.raises(CountedAlready):
        count_votes(db, vote.cycle_id, by=clerk, at=at)
    confirm_results(db, vote.cycle_id, by=approver, at=at)
    with pytest.raises(NotCounted):
        confirm_results(db, vote.cycle_id, by=approver, at=at)


def opened(db, vote):
    at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, vote.key, at=at)
    note_destruction(db, vote.cycle_id, at=at)
    open_ballots(db, vote.cycle_id, *vote.parts[:2], at=at)
    return at


def an(db, vote, *roles):
    cycle = db.get_one(Cycle, vote.cycle_id)
    return an_official(db, db.get_one(Authority, cycle.authority_id), *roles)


def recorded(db):
    return db.scalars(select(RecordedEvent).where(RecordedEvent.type == "results.confirmed")).all()
