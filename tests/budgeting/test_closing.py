"""Batches, the close, the key's end and the ballots opened."""

import hashlib
import secrets
from collections import Counter
from itertools import repeat

import pytest
from sqlalchemy import delete, select

from consult.budgeting.ballots import BallotRow, voter_name
from consult.budgeting.closing import close_election, commit_batch, end_of, note_destruction
from consult.budgeting.codes import grouped
from consult.budgeting.commission_key import NotTwoParts, make_parts, seal
from consult.budgeting.elections import election_of, paper_of
from consult.budgeting.opened import NotClosedYet, OpenedAlready, open_ballots, published_openings
from consult.budgeting.openings import draw
from consult.budgeting.voting_rights import VotingRight
from consult.record.entries import RecordedEvent
from consult.record.openings import election_file
from tests.factories.base import NOW
from tests.factories.elections import a_voter, an_open_vote, voted


def test_commitments_enter_the_record_in_crowds_with_one_time_and_nothing_else(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    cast = [voted(db, vote, {"1": 1}).commitment for _ in range(39)]

    assert commit_batch(db, vote.cycle_id, at=NOW) == 0
    cast.append(voted(db, vote, {"2": 1}).commitment)
    assert commit_batch(db, vote.cycle_id, at=NOW) == 20

    entries = [event.stated for event in events(db, "ballot.committed")]
    entered = [entry["facts"]["commitment"] for entry in entries]
    assert len(set(entered)) == 20
    assert set(entered) < set(cast)
    assert entered != sorted(entered, key=cast.index)
    assert {tuple(entry["facts"]) for entry in entries} == {("commitment",)}
    assert len({entry["at"] for entry in entries}) == 1
    assert {entry["actor"]["pseudonym"] for entry in entries} == {"service"}
    assert commit_batch(db, vote.cycle_id, at=NOW) == 0


def test_the_close_names_every_ballot_once_and_says_which_were_replaced(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    replaced = voted(db, vote, {"1": 1}, person_id=voter)
    counts = [voted(db, vote, {"2": 1}, person_id=voter, seen=1), voted(db, vote, {"3": 1})]

    election = close_election(db, vote.cycle_id, vote.key, at=end_of(db, vote.cycle_id))

    listed = election_file(db, election.listing).decode().splitlines()
    expected = [f"{each.commitment} counts" for each in counts] + [f"{replaced.commitment} replaced"]
    assert listed == sorted(expected)
    (closed,) = events(db, "election.closed")
    assert closed.stated["facts"]["ballots"] == 2
    assert closed.stated["facts"]["replaced"] == 1
    assert closed.stated["facts"]["voters"] == 2
    assert len(events(db, "ballot.committed")) == 3
    assert db.scalars(select(BallotRow).where(BallotRow.is_committed.is_(False))).all() == []


def test_whoever_votes_last_enters_the_record_with_a_crowd_that_voted_before(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    for _ in range(50):
        voted(db, vote, {"1": 1})
    commit_batch(db, vote.cycle_id, at=NOW)
    voted(db, vote, {"2": 1})
    assert commit_batch(db, vote.cycle_id, at=NOW) == 0
    ends_at = end_of(db, vote.cycle_id)

    close_election(db, vote.cycle_id, vote.key, at=ends_at)

    times = Counter(event.at for event in events(db, "ballot.committed"))
    assert times == {NOW: 30, ends_at: 21}


def test_no_vote_is_closed_before_its_end(db, tmp_path):
    vote = an_open_vote(db, tmp_path)

    assert close_election(db, vote.cycle_id, vote.key, at=NOW).closed_at is None


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
    close_election(db, vote.cycle_id, vote.key, at=ends_at)
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


def test_a_sealed_ballot_that_was_altered_is_not_counted_and_keeps_no_other_from_being_published(db, tmp_path, caplog):
    vote = an_open_vote(db, tmp_path)
    cast = [voted(db, vote, {"1": 1}) for _ in range(3)]
    altered = row_of(db, cast[0])
    altered.sealed = b"x" * len(altered.sealed)
    row_of(db, cast[1]).sealed = row_of(db, cast[2]).sealed
    closed(db, vote)

    opened = open_ballots(db, vote.cycle_id, *vote.parts[:2], at=end_of(db, vote.cycle_id))

    assert opened == [cast[2]]
    assert {message.split()[2] for message in caplog.messages} == {each.commitment for each in cast[:2]}


def test_what_the_list_of_the_close_does_not_name_is_never_opened_and_what_was_lost_is_said(db, tmp_path, caplog):
    vote = an_open_vote(db, tmp_path)
    lost, kept = voted(db, vote, {"1": 1}), voted(db, vote, {"2": 1})
    closed(db, vote)
    db.execute(delete(BallotRow).where(BallotRow.commitment == bytes.fromhex(lost.commitment)))
    smuggled(db, vote, {"3": 1})

    opened = open_ballots(db, vote.cycle_id, *vote.parts[:2], at=end_of(db, vote.cycle_id))

    assert opened == [kept]
    assert lost.commitment in caplog.text


def test_ballots_written_past_the_door_are_listed_as_strays_and_never_counted(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    cast = [voted(db, vote, {"1": 1}) for _ in range(2)]
    forged = [smuggled(db, vote, {"2": 1}) for _ in range(7)]

    election = close_election(db, vote.cycle_id, vote.key, at=end_of(db, vote.cycle_id))
    note_destruction(db, vote.cycle_id, at=end_of(db, vote.cycle_id))

    listed = election_file(db, election.listing).decode().splitlines()
    assert {line for line in listed if line.endswith(" stray")} == {f"{each.commitment} stray" for each in forged}
    (event,) = events(db, "election.closed")
    assert (event.stated["facts"]["ballots"], event.stated["facts"]["strays"]) == (2, 7)
    opened = open_ballots(db, vote.cycle_id, *vote.parts[:2], at=end_of(db, vote.cycle_id))
    assert opened == sorted(cast, key=lambda opening: opening.commitment)


def test_a_ballot_whose_voter_lost_the_right_does_not_count(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    voted(db, vote, {"1": 1}, person_id=voter)
    db.execute(delete(VotingRight).where(VotingRight.person_id == voter))

    close_election(db, vote.cycle_id, vote.key, at=end_of(db, vote.cycle_id))

    (event,) = events(db, "election.closed")
    assert (event.stated["facts"]["ballots"], event.stated["facts"]["strays"]) == (0, 1)


def test_a_ballot_that_its_paper_does_not_let_is_not_counted(db, tmp_path, caplog):
    vote = an_open_vote(db, tmp_path)
    lawful, unlawful = voted(db, vote, {"1": 1}), smuggled(db, vote, {"99": 700}, person_id=a_voter(db, vote))
    closed(db, vote)

    opened = open_ballots(db, vote.cycle_id, *vote.parts[:2], at=end_of(db, vote.cycle_id))

    assert opened == [lawful]
    assert caplog.messages == [f"The ballot {unlawful.commitment} is not counted: NotOnTheBallot"]


def test_after_the_close_nothing_that_was_kept_leads_from_a_voter_to_a_ballot(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voted(db, vote, {"1": 1})
    closed(db, vote)

    assert election_of(db, vote.cycle_id).key_destroyed_at is not None
    assert len(events(db, "election.key_destroyed")) == 1


def closed(db, vote):
    ends_at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, vote.key, at=ends_at)
    note_destruction(db, vote.cycle_id, at=ends_at)


def events(db, type_):
    return db.scalars(select(RecordedEvent).where(RecordedEvent.type == type_).order_by(RecordedEvent.ordinal)).all()


def row_of(db, opening):
    return db.scalars(select(BallotRow).where(BallotRow.commitment == bytes.fromhex(opening.commitment))).one()


def smuggled(db, vote, choices, *, person_id=None):
    """A ballot that was written into the table past every check, under the name of somebody who may vote, or none."""
    election = election_of(db, vote.cycle_id)
    opening = draw(paper_of(db, election).election, choices, "fals", map(secrets.token_bytes, repeat(32)))
    commitment, (row_id, pseudonym, form) = bytes.fromhex(opening.commitment), map(secrets.token_bytes, (16, 32, 32))
    pseudonym = vote.key.pseudonym(voter_name(person_id)) if person_id else pseudonym
    sealed = seal(election.sealing_key, opening.election, opening.form)
    row = BallotRow(id=row_id, cycle_id=vote.cycle_id, pseudonym=pseudonym, revision=1, form=form)
    row.commitment, row.sealed, row.is_committed = commitment, sealed, False
    db.add(row)
    db.flush()
    return opening
