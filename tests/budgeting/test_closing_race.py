"""The close under load: no ballot is acknowledged and not counted, none is counted after it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from consult.budgeting.ballots import Cast, VoteClosed, VotedElsewhere, cast_ballot, sorted_ballots
from consult.budgeting.closing import close_election, end_of
from consult.budgeting.cycles import Cycle, lock_of
from consult.budgeting.phase_moves import PhaseIsOver, move_phase
from consult.budgeting.phases import Phase, phases_of
from consult.i18n import ZONE
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from tests.factories.base import NOW
from tests.factories.budgeting import A_PHASE
from tests.factories.elections import a_voter, an_open_vote
from tests.factories.people import an_official
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
            database.act_alone(lock, close_election, vote.cycle_id, vote.key, at=ends_at)
        try:
            return cast(database, vote, voters[number], f"form {number}", at=ends_at - timedelta(milliseconds=1))
        except VoteClosed:
            return None

    with ThreadPoolExecutor(8) as threads:
        acknowledged = {found for found in threads.map(votes, range(VOTERS)) if found}

    counting = database.read(sorted_ballots, vote.cycle_id, vote.key).counting
    assert {commitment.hex() for commitment in counting} == acknowledged
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

    found = database.read(sorted_ballots, vote.cycle_id, vote.key)
    assert [commitment.hex() for commitment in found.counting] == acknowledged
    assert found.replaced == []


@pytest.mark.parametrize("_run", range(20 if SLOW else 1))
def test_a_vote_is_prolonged_or_closed_and_never_both(database, tmp_path, _run):
    vote = database.act(an_open_vote, tmp_path)
    authority_id = database.read(lambda db: db.get_one(Cycle, vote.cycle_id).authority_id)
    contact = database.act(lambda db: an_official(db, db.get_one(Authority, authority_id), Role.CONTACT_PERSON))
    database.act(later_phases_later, vote)
    ends_at = database.read(end_of, vote.cycle_id)
    day = ends_at.astimezone(ZONE).date()
    said = {"phase": Phase.VOTING, "first": NOW.astimezone(ZONE).date() - timedelta(days=1), "last": day}
    said |= {"reason": "Curentul a căzut.", "by": contact, "at": ends_at - timedelta(milliseconds=1)}

    def prolongs():
        try:
            database.act_alone(lock_of(vote.cycle_id), move_phase, vote.cycle_id, **said)
        except PhaseIsOver:
            return False
        return True

    def closes():
        found = database.act_alone(lock_of(vote.cycle_id), close_election, vote.cycle_id, vote.key, at=ends_at)
        return found.closed_at is not None

    with ThreadPoolExecutor(2) as threads:
        prolonged, closed = (each.result() for each in [threads.submit(prolongs), threads.submit(closes)])

    assert prolonged is not closed
    assert (database.read(end_of, vote.cycle_id) > ends_at) is prolonged


def later_phases_later(db, vote):
    """Make room for one more day of voting."""
    for each in phases_of(db, vote.cycle_id)[-2:]:
        each.starts_at, each.ends_at = each.starts_at + A_PHASE, each.ends_at + A_PHASE


def cast(database, vote, voter, form, *, at):
    """Cast a ballot as the face does, and return its commitment."""
    said = Cast({"1": 1}, "nuc7", form, 0)
    known = {"election_key": vote.key, "person_id": voter, "at": at}
    return database.act_alone(lock_of(vote.cycle_id), cast_ballot, vote.cycle_id, said, **known).commitment
