"""Voters are told that a vote was cast in their name: at night, many at a time, and nothing more."""

import pytest
from sqlalchemy import select

from consult.budgeting.closing import end_of, tell_all_voters, tend_elections
from consult.budgeting.vote_letters import tell_voters
from consult.identity.people import Person
from consult.jobs import Job
from tests.factories.base import NOW
from tests.factories.elections import a_voter, an_open_vote, voted


@pytest.fixture
def vote(db, tmp_path):
    return an_open_vote(db, tmp_path)


def letters(db):
    return [job.facts for job in db.scalars(select(Job)) if job.facts.get("letter", {}).get("kind") == "vote-cast"]


def test_few_voters_wait_until_they_are_many_or_the_vote_closes(db, vote):
    for _ in range(3):
        voted(db, vote, {"1": 1})

    assert tell_voters(db, vote.cycle_id, vote.key, at=NOW) == 0
    assert tell_voters(db, vote.cycle_id, vote.key, is_last=True, at=NOW) == 3
    assert len(letters(db)) == 3


def test_a_crowd_stays_behind_each_night_so_that_no_voter_of_the_last_evening_is_written_to_alone(db, vote):
    for _ in range(45):
        voted(db, vote, {"1": 1})

    told = [tell_voters(db, vote.cycle_id, vote.key, at=NOW) for _ in range(2)]
    voted(db, vote, {"1": 1})

    assert told == [25, 0]
    assert tell_voters(db, vote.cycle_id, vote.key, is_last=True, at=NOW) == 21
    assert len({letter["to"] for letter in letters(db)}) == 46


def test_a_voter_is_told_of_each_night_s_votes_once_and_of_a_later_one_again(db, vote):
    person_id = a_voter(db, vote)
    voted(db, vote, {"1": 1}, person_id=person_id)
    voted(db, vote, {"2": 1}, person_id=person_id, seen=1)

    told = [tell_voters(db, vote.cycle_id, vote.key, is_last=True, at=NOW) for _ in range(2)]
    voted(db, vote, {"1": 1, "2": 1}, person_id=person_id, seen=2)

    assert told == [1, 0]
    assert tell_voters(db, vote.cycle_id, vote.key, is_last=True, at=NOW) == 1


def test_the_letter_goes_to_the_voter_and_holds_no_choice_no_code_and_no_time_of_the_vote(db, vote):
    person_id = a_voter(db, vote)
    a_voter(db, vote)
    opening = voted(db, vote, {"1": 1}, person_id=person_id)

    tell_voters(db, vote.cycle_id, vote.key, is_last=True, at=NOW)

    (letter,) = letters(db)
    assert letter["to"] == db.get_one(Person, person_id).email
    assert set(letter["letter"]) == {"kind", "authority_id", "cycle", "link"}
    assert opening.code not in str(letter)


def test_each_night_all_open_votes_are_gone_through(database, tmp_path):
    vote = database.act(an_open_vote, tmp_path)
    for _ in range(40):
        database.act(voted, vote, {"1": 1})

    tell_all_voters(database, tmp_path, at=NOW)

    assert len(database.read(letters)) == 20


def test_the_few_who_were_left_are_told_when_the_vote_closes(database, tmp_path):
    vote = database.act(an_open_vote, tmp_path)
    database.act(voted, vote, {"1": 1})

    for _ in range(2):
        tend_elections(database, tmp_path, at=database.read(end_of, vote.cycle_id))

    assert len(database.read(letters)) == 1
