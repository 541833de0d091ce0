"""Batches, the close, the key's end and the ballots opened."""

import hashlib

import pytest
from sqlalchemy import select

from consult.budgeting.ballots import BallotRow
from consult.budgeting.closing import close_election, commit_batch, end_of, note_destruction
from consult.budgeting.codes import grouped
from consult.budgeting.commission_key import NotTwoParts, make_parts
from consult.budgeting.elections import election_of
from consult.budgeting.opened import NotClosedYet, OpenedAlready, open_ballots, published_openings
from consult.record.entries import RecordedEvent
from consult.record.faults import Fault
from consult.record.openings import election_file
from tests.factories.base import NOW
from tests.factories.elections import a_voter, an_open_vote, voted


def test_commitments_enter_the_record_twenty_at_a_time_with_one_time_and_nothing_else(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    cast = [voted(db, vote, {"1": 1}).commitment for _ in range(19)]

    assert commit_batch(db, vote.cycle_id, at=NOW) == 0
    cast.append(voted(db, vote, {"2": 1}).commitment)
    assert commit_batch(db, vote.cycle_id, at=NOW) == 20

    entries = [event.stated for event in events(db, "ballot.committed")]
    assert {entry["facts"]["commitment"] for entry in entries} == set(cast)
    assert [entry["facts"]["commitment"] for entry in entries] != cast
    assert {tuple(entry["facts"]) for entry in entries} == {("commitment",)}
    assert len({entry["at"] for entry in entries}) == 1
    assert {entry["actor"]["pseudonym"] for entry in entries} == {"service"}
    assert commit_batch(db, vote.cycle_id, at=NOW) == 0


def test_the_close_names_every_ballot_once_and_says_which_were_replaced(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    replaced = voted(db, vote, {"1": 1}, person_id=voter)
    counts = [voted(db, vote, {"2": 1}, person_id=voter, seen=1), voted(db, vote, {"3": 1})]

    election = close_election(db, vote.cycle_id, at=end_of(db, vote.cycle_id))

    listed = election_file(db, election.listing).decode().splitlines()
    expected = [f"{each.commitment} counts" for each in counts] + [f"{replaced.commitment} replaced"]
    assert listed == sorted(expected)
    (closed,) = events(db, "election.closed")
    assert closed.stated["facts"]["ballots"] == 2
    assert closed.stated["facts"]["replaced"] == 1
    assert closed.stated["facts"]["voters"] == 2
    assert len(events(db, "ballot.committed")) == 3
    assert db.scalars(select(BallotRow).where(BallotRow.is_committed.is_(False))).all() == []


def test_no_vote_is_closed_before_its_end(db, tmp_path):
    vote = an_open_vote(db, tmp_path)

    assert close_election(db, vote.cycle_id, at=NOW).closed_at is None


def test_opened_ballots_are_those_that_count_sorted_by_commitment(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    voted(db, vote, {"1": 1}, person_id=voter)
    counts = [voted(db, vote, {"2": 1}, person_id=voter, seen=1), *(voted(db, vote, {"3": 1}) for _ in range(5))]
    closed(db, vote)

    opened = open_ballots(db, vote.cycle_id, vote.parts[0], vote.parts[2], at=end_of(db, vote.cycle_id))

    assert opened == sorted(counts, key=lambda opening: opening.commitment)
    assert published_openings(db, vote.cycle_id) == opened
    (event,) = events(db, "ballots.opened")
    published = election_file(db, event.stated["facts"]["openings"])
    lines = [line.split(b" ", 1) for line in published.splitlines()]
    assert [hashlib.sha256(form).hexdigest() for _, form in lines] == [each.commitment for each in opened]
    assert [code.decode() for code, _ in lines] == sorted(grouped(each.code) for each in counts)


def test_no_ballot_is_opened_while_people_vote_or_while_the_key_is_there(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voted(db, vote, {"1": 1})
    ends_at = end_of(db, vote.cycle_id)

    with pytest.raises(NotClosedYet):
        open_ballots(db, vote.cycle_id, *vote.parts[:2], at=NOW)
    close_election(db, vote.cycle_id, at=ends_at)
    with pytest.raises(NotClosedYet):
        open_ballots(db, vote.cycle_id, *vote.parts[:2], at=ends_at)


def test_the_wrong_parts_open_nothing_and_the_right_ones_once(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voted(db, vote, {"1": 1})
    closed(db, vote)
    ends_at = end_of(db, vote.cycle_id)
    _, others = make_parts()

    with pytest.raises(NotTwoParts):
        open_ballots(db, vote.cycle_id, vote.parts[0], others[1], at=ends_at)
    open_ballots(db, vote.cycle_id, *vote.parts[:2], at=ends_at)
    with pytest.raises(OpenedAlready):
        open_ballots(db, vote.cycle_id, *vote.parts[:2], at=ends_at)


def test_a_sealed_ballot_that_was_exchanged_lets_none_be_published(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    for _ in range(2):
        voted(db, vote, {"1": 1})
    one, other = db.scalars(select(BallotRow)).all()
    one.sealed = other.sealed
    closed(db, vote)

    with pytest.raises(Fault):
        open_ballots(db, vote.cycle_id, *vote.parts[:2], at=end_of(db, vote.cycle_id))

    assert events(db, "ballots.opened") == []


def test_after_the_close_nothing_that_was_kept_leads_from_a_voter_to_a_ballot(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voted(db, vote, {"1": 1})
    closed(db, vote)

    assert election_of(db, vote.cycle_id).key_destroyed_at is not None
    assert len(events(db, "election.key_destroyed")) == 1


def closed(db, vote):
    ends_at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, at=ends_at)
    note_destruction(db, vote.cycle_id, at=ends_at)


def events(db, type_):
    return db.scalars(select(RecordedEvent).where(RecordedEvent.type == type_).order_by(RecordedEvent.ordinal)).all()
