"""Casting a ballot, what is refused, and what the database holds of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.budgeting.ballots import (
    BallotRow,
    NoRightToVote,
    VoteClosed,
    VotedElsewhere,
    VoteIsFinal,
    VoteNotOpen,
    times_voted,
)
from consult.budgeting.choices import (
    ChosenTwice,
    EmptyBallot,
    NotOnTheBallot,
    OverBudget,
    TooMany,
    TooManyPools,
    gather,
)
from consult.budgeting.closing import close_election, end_of
from consult.budgeting.elections import election_of
from consult.policy.voting_rules import BallotForm, Marks, PoolKind
from consult.refusals import Several
from consult.store.base import table_of
from consult.store.resend import SentDifferently
from tests.budgeting.traces import everything
from tests.factories.base import NOW
from tests.factories.elections import a_voter, an_open_vote, voted, with_rules
from tests.factories.people import a_citizen

KNAPSACK = with_rules(ballot=BallotForm.KNAPSACK, marks=(Marks(kind=PoolKind.CITY), Marks(kind=PoolKind.DISTRICT)))

#: What is marked in a district, where a test is about the whole town.
DISTRICTS = Marks(kind=PoolKind.DISTRICT, pools=1, most=3)


def test_casting_writes_one_row_and_nothing_else(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    before = everything(db)

    voted(db, vote, {"1": 1, "3": 1}, person_id=voter)

    after = everything(db)
    assert {table for table in after if after[table] != before[table]} == {"ballot"}
    assert len(after["ballot"]) == len(before["ballot"]) + 1


def test_a_ballot_has_no_time_no_voter_and_no_order(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    columns = set(table_of(BallotRow).columns.keys())

    for _ in range(12):
        voted(db, vote, {"1": 1})

    assert columns == {"id", "cycle_id", "pseudonym", "revision", "form", "commitment", "sealed", "is_committed"}
    rows = db.scalars(select(BallotRow)).all()
    assert len({len(row.sealed) for row in rows}) == 1
    assert all(b"nuc7" not in bytes(row.sealed) for row in rows)
    if db.get_bind().dialect.name == "sqlite":
        # As the file has them, from its first page to its last.
        assert [row.id for row in rows] == sorted(row.id for row in rows)


def test_the_form_sent_again_has_the_same_receipt_and_no_second_row(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)

    receipts = {voted(db, vote, {"1": 1}, person_id=voter, form="one form").commitment for _ in range(3)}

    assert len(receipts) == 1
    assert len(db.scalars(select(BallotRow)).all()) == 1
    with pytest.raises(SentDifferently):
        voted(db, vote, {"2": 1}, person_id=voter, form="one form")


def test_a_second_tab_does_not_replace_what_it_did_not_know_of(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    voted(db, vote, {"1": 1}, person_id=voter, form="first tab")

    with pytest.raises(VotedElsewhere):
        voted(db, vote, {"2": 1}, person_id=voter, form="second tab")

    assert times_voted(db, vote.cycle_id, vote.key, voter) == 1


def test_voting_again_replaces_the_ballot_where_the_rules_allow_it(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    voted(db, vote, {"1": 1}, person_id=voter)
    voted(db, vote, {"2": 1}, person_id=voter, seen=1)

    assert times_voted(db, vote.cycle_id, vote.key, voter) == 2


def test_a_vote_that_is_final_is_not_replaced(db, tmp_path):
    vote = an_open_vote(db, tmp_path, rules=with_rules(may_change_vote=False))
    voter = a_voter(db, vote)
    voted(db, vote, {"1": 1}, person_id=voter)

    with pytest.raises(VoteIsFinal):
        voted(db, vote, {"2": 1}, person_id=voter, seen=1)


@pytest.mark.parametrize(
    ("choices", "refusal"),
    [
        ({}, EmptyBallot),
        ({"99": 1}, NotOnTheBallot),
        ({"3": 1, "5": 1}, TooManyPools),
    ],
)
def test_an_unlawful_ballot_is_not_taken_in(db, tmp_path, choices, refusal):
    vote = an_open_vote(db, tmp_path)

    with pytest.raises(refusal):
        voted(db, vote, choices)

    assert db.scalars(select(BallotRow)).all() == []


def test_more_projects_than_the_rules_allow_are_told_with_how_many_to_take_away(db, tmp_path):
    vote = an_open_vote(db, tmp_path, rules=with_rules(marks=(Marks(kind=PoolKind.CITY, most=1), DISTRICTS)))

    with pytest.raises(TooMany) as refused:
        voted(db, vote, {"1": 1, "2": 1})

    assert refused.value.facts["over"] == 1


def test_over_the_budget_names_the_projects_that_do_not_fit(db, tmp_path):
    vote = an_open_vote(db, tmp_path, rules=KNAPSACK)

    with pytest.raises(OverBudget) as refused:
        voted(db, vote, {"5": 1, "6": 1})

    assert refused.value.facts["numbers"] == "6"
    assert refused.value.facts["over"] == "5.000 lei"


def test_points_that_stand_twice_are_refused_and_none_is_lost(db, tmp_path):
    rules = with_rules(ballot=BallotForm.POINTS, points=(3, 2, 1), marks=(Marks(kind=PoolKind.CITY, most=3), DISTRICTS))
    vote = an_open_vote(db, tmp_path, rules=rules)

    with pytest.raises(Exception, match="each only once"):
        voted(db, vote, {"1": 3, "2": 3})

    assert voted(db, vote, {"1": 3, "2": 1}).choices == {"1": 3, "2": 1}


def test_everything_that_is_wrong_is_told_at_once(db, tmp_path):
    vote = an_open_vote(db, tmp_path)

    with pytest.raises(Several) as refused:
        voted(db, vote, {"98": 1, "99": 1})

    assert len(refused.value.parts) == 2


def test_a_project_that_a_form_names_twice_is_refused():
    with pytest.raises(ChosenTwice):
        gather([("1", 1), ("1", 1)])


def test_whoever_has_not_proven_the_right_does_not_vote(db, tmp_path):
    vote = an_open_vote(db, tmp_path)

    with pytest.raises(NoRightToVote):
        voted(db, vote, {"1": 1}, person_id=a_citizen(db).person_id)


def test_a_ballot_counts_until_the_last_instant_and_not_from_the_next_on(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    ends_at = end_of(db, vote.cycle_id)

    voted(db, vote, {"1": 1}, at=ends_at - timedelta(milliseconds=1))
    voter = a_voter(db, vote)
    for late in (ends_at, ends_at + timedelta(milliseconds=1)):
        with pytest.raises(VoteClosed):
            voted(db, vote, {"1": 1}, person_id=voter, at=late)


def test_a_ballot_that_came_in_is_acknowledged_again_after_the_close(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    voter = a_voter(db, vote)
    receipt = voted(db, vote, {"1": 1}, person_id=voter)
    ends_at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, vote.key, at=ends_at)

    assert voted(db, vote, {"1": 1}, person_id=voter, at=ends_at) == receipt


def test_a_ballot_that_arrived_in_time_and_found_the_vote_closed_is_refused(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    ends_at = end_of(db, vote.cycle_id)
    close_election(db, vote.cycle_id, vote.key, at=ends_at)

    with pytest.raises(VoteClosed):
        voted(db, vote, {"1": 1}, at=ends_at - timedelta(milliseconds=1))


def test_nobody_votes_before_the_vote_is_opened(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    election = election_of(db, vote.cycle_id)
    election.opened_at = election.paper = None
    db.flush()

    with pytest.raises(VoteNotOpen):
        voted(db, vote, {"1": 1}, at=NOW)
