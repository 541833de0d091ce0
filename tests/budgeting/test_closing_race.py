"""The close under load: no ballot is acknowledged and not counted, none is counted after it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from consult.budgeting.ballots import Cast, VoteClosed, VotedElsewhere, cast_ballot, counting_ballots
from consult.budgeting.closing import close_election, end_of
from consult.budgeting.elections import lock_of
from tests.factories.elections import a_voter, an_open_vote
from tests.tiers import SLOW

VOTERS = 24


@pytest.mark.parametrize("_run", range(20 if SLOW else 1))
def test_what_is_acknowledged_at_the_close_is_counted_and_nothing_else(database, tmp_path, _run):
    vote = database.act(an_open_vote, tmp_path)
    voters = database.act(lambda db: [a_voter(db, vote) for _ in range(VOTERS)])
    ends_at = database.read(end_of, vote.cycle_id)
    lock = lock_of(vote.cycle_id)

    def votes(number):
        if number == VOTERS // 2:
            database.act_alone(lock, close_election, vote.cycle_id, at=ends_at)
        try:
            return cast(database, vote, voters[number], f"form {number}", at=ends_at - timedelta(milliseconds=1))
        except VoteClosed:
            return None

    with ThreadPoolExecutor(8) as threads:
        acknowledged = {found for found in threads.map(votes, range(VOTERS)) if found}

    counting, _ = database.read(counting_ballots, vote.cycle_id)
    assert {row.commitment.hex() for row in counting} == acknowledged
    assert len(acknowledged) < VOTERS


def test_many_posts_of_one_voter_at_once_are_one_ballot(database, tmp_path):
    vote = database.act(an_open_vote, tmp_path)
    voter = database.act(a_voter, vote)
    at = database.read(end_of, vote.cycle_id) - timedelta(days=1)

    def votes(number):
        try:
            return cast(database, vote, voter, f"form {number}", at=at)
        except VotedElsewhere:
            return None

    with ThreadPoolExecutor(8) as threads:
        acknowledged = [found for found in threads.map(votes, range(200 if SLOW else 40)) if found]

    counting, replaced = database.read(counting_ballots, vote.cycle_id)
    assert [row.commitment.hex() for row in counting] == acknowledged
    assert replaced == []


def cast(database, vote, voter, form, *, at):
    """Cast a ballot as the face does, and return its commitment."""
    said = Cast({"1": 1}, "nuc7", form, 0)
    known = {"election_key": vote.key, "person_id": voter, "at": at}
    return database.act_alone(lock_of(vote.cycle_id), cast_ballot, vote.cycle_id, said, **known).commitment
