"""The ballot's pages: marked, looked over, sent, and told a code that stands nowhere else."""

import logging
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult import links
from consult.budgeting.ballots import BallotRow
from consult.budgeting.closing import end_of, tend_elections
from consult.budgeting.projects import find_project
from consult.identity.actors import acting_as_self
from consult.policy.voting_rules import BallotForm, Marks, PoolKind
from consult.record.bodies import keep_body
from tests.budgeting.traces import everything
from tests.factories import a_citizen
from tests.factories.elections import a_voter, an_open_vote, voted, with_rules

BALLOT = "/en" + links.vote(2027)
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}")


@pytest.fixture
def vote(database, settings, authority):
    return database.act(an_open_vote, settings.keys, authority=authority)


@pytest.fixture
def voter(database, vote):
    person_id = database.act(a_voter, vote)
    return database.read(acting_as_self, person_id)


def test_a_voter_marks_looks_over_and_sends(reader, database, voter):
    ballot = reader.sign_in(voter).get(BALLOT)
    check = ballot.form("Check and send the vote").fill(choices=["1:1", "3:1"]).submit()

    receipt = check.form("Send the vote").fill(word="nuc7").submit()

    assert "Nothing is cast yet" in ballot.text
    assert "Nothing is cast yet" in check.text
    assert receipt.heading == "Your vote is cast"
    assert CODE.search(receipt.text)
    assert "nuc7" in receipt.text
    assert "consult ballot promise v1" in receipt.text
    assert not CODE.search(receipt.path)
    assert len(ballots(database)) == 1


def test_a_project_whose_words_are_erased_stays_on_the_ballot_by_its_number(reader, database, voter, vote):
    database.act(erase_words, vote.cycle_id)
    ballot = reader.sign_in(voter).get(BALLOT)

    check = ballot.form("Check and send the vote").fill(choices=["1:1", "3:1"]).submit()

    assert ballot.text.count("(words erased)") == 1
    assert "Bănci, locul 3" in ballot.text
    assert "Project no. 1 (words erased)" in ballot.text
    assert "Project no. 1 (words erased)" in check.text
    assert check.form("Send the vote").fill(word="nuc7").submit().heading == "Your vote is cast"


def erase_words(db, cycle_id):
    """The first project has lost its words, the others have theirs."""
    for number in range(1, 7):
        project = find_project(db, cycle_id, number)
        project.body_id = keep_body(db, {"title": f"Bănci, locul {number}"}).id if number > 1 else None


def test_the_receipt_sent_again_is_the_same_and_no_second_ballot(reader, database, voter):
    check = reader.sign_in(voter).get(BALLOT).form("Check and send the vote").fill(choices=["1:1"]).submit()
    form = check.form("Send the vote").fill(word="nuc7")

    codes = {CODE.search(form.submit().text)[0] for _ in range(2)}

    assert len(codes) == 1
    assert len(ballots(database)) == 1


def test_what_is_wrong_is_said_with_the_ballot_kept(reader, database, voter):
    ballot = reader.sign_in(voter).get(BALLOT)

    empty = ballot.form("Check and send the vote").submit(status=422)
    elsewhere = empty.form("Check and send the vote").fill(choices=["3:1", "5:1"]).submit(status=422)

    assert empty.errors == ["Choose at least one project."]
    assert "at most 1 of these areas" in elsewhere.errors[0]
    assert {box["value"] for box in elsewhere.html.select("input[checked]")} == {"3:1", "5:1"}
    assert ballots(database) == []


def test_an_area_alone_in_sight_loses_no_choice(reader, voter):
    ballot = reader.sign_in(voter).get(BALLOT)

    narrowed = ballot.form("Centru").fill(choices=["1:1"]).submit()
    form = narrowed.form("Check and send the vote")
    form.values["choices"].append("3:1")
    check = form.submit()

    assert "40,000" in narrowed.text
    assert {box["value"] for box in narrowed.html.select("input[type=checkbox]")} == {"3:1", "4:1"}
    assert len(check.texts("main > div > ul > li")) == 2


def test_a_word_that_is_none_is_asked_for_again(reader, database, voter):
    check = reader.sign_in(voter).get(BALLOT).form("Check and send the vote").fill(choices=["1:1"]).submit()

    again = check.form("Send the vote").fill(word="ă").submit(status=422)

    assert "4 to 6 letters or digits" in again.errors[0]
    assert ballots(database) == []


def test_whoever_has_no_right_is_told_how_it_is_proven(reader, database, vote):
    page = reader.sign_in(database.act(a_citizen)).get(BALLOT)

    assert page.heading == "Prove that you may vote"
    assert "identity card" in page.text


def test_a_vote_that_ended_takes_nothing_in(reader, database, clock, vote, voter):
    check = reader.sign_in(voter).get(BALLOT).form("Check and send the vote").fill(choices=["1:1"]).submit()
    clock.at = database.read(end_of, vote.cycle_id)
    reader.sign_in(voter)

    late = check.form("Send the vote").fill(word="nuc7").submit(status=409)

    assert "no new ballot is taken in" in late.text
    assert ballots(database) == []


def test_a_ballot_sent_again_after_the_end_is_said_to_be_in_as_long_as_that_can_be_known(
    reader, database, settings, clock, vote, voter
):
    check = reader.sign_in(voter).get(BALLOT).form("Check and send the vote").fill(choices=["1:1"]).submit()
    form = check.form("Send the vote").fill(word="nuc7")
    receipt = form.submit()
    clock.at = database.read(end_of, vote.cycle_id)
    reader.sign_in(voter)

    again = form.submit()
    tend_elections(database, settings.keys, at=clock.at)
    later = form.submit(status=409)

    assert CODE.search(again.text)[0] == CODE.search(receipt.text)[0]
    assert "If you sent one before the end, that one counts." in later.text
    assert len(ballots(database)) == 1


def test_voting_leaves_no_trace_but_the_ballot(reader, database, clock, voter, caplog):
    ballot = reader.sign_in(voter).get(BALLOT)
    before = database.read(everything)
    clock.at += timedelta(minutes=5)

    with caplog.at_level(logging.INFO, "consult.access"):
        check = ballot.form("Check and send the vote").fill(choices=["1:1"]).submit()
        check.form("Send the vote").fill(word="nuc7").submit()

        assert caplog.messages == []
        clock.at += timedelta(hours=1)
        reader.get("/en/accesibilitate")

    after = database.read(everything)
    assert {table for table in after if after[table] != before[table]} == {"ballot"}
    told = [line for line in caplog.messages if "chitanta" in line]
    assert len(told) == 1
    assert "1 times in the hour" in told[0]


def test_no_official_finds_a_ballot_or_who_cast_one(reader, database, voter):
    check = reader.sign_in(voter).get(BALLOT).form("Check and send the vote").fill(choices=["1:1"]).submit()
    check.form("Send the vote").fill(word="nuc7").submit()
    (ballot,) = ballots(database)

    everywhere = str({table: rows for table, rows in database.read(everything).items() if table != "ballot"})

    for secret in (ballot.commitment, ballot.pseudonym, ballot.sealed, ballot.form):
        assert secret.hex() not in everywhere
        assert repr(bytes(secret)) not in everywhere
    assert "nuc7" not in everywhere


def test_points_are_given_by_a_list_beside_each_project(reader, database, settings, authority):
    rules = with_rules(ballot=BallotForm.POINTS, points=(3, 2, 1), marks=(Marks(kind=PoolKind.CITY, most=3),))
    vote = database.act(an_open_vote, settings.keys, authority=authority, rules=rules)
    voter = database.read(acting_as_self, database.act(a_voter, vote))

    ballot = reader.sign_in(voter).get(BALLOT)
    twice = ballot._reader.post(BALLOT + "/verifica", status=422, data={"key": "k" * 22, "choices": ["1:3", "2:3"]})

    assert "each only once" in twice.errors[0]


def test_after_a_vote_that_is_final_the_page_offers_no_other(reader, database, settings, authority):
    rules = with_rules(may_change_vote=False)
    vote = database.act(an_open_vote, settings.keys, authority=authority, rules=rules)
    voter = database.act(a_voter, vote)
    database.act(voted, vote, {"1": 1}, person_id=voter)

    page = reader.sign_in(database.read(acting_as_self, voter)).get(BALLOT)

    assert "You have voted, and in this cycle a vote cannot be changed." in page.text
    assert "Nothing is cast yet" not in page.text
    assert "Check and send the vote" not in page.text


def ballots(database):
    return database.read(lambda db: db.scalars(select(BallotRow)).all())
