"""Letting people vote at the desk, and by a code from a letter."""

import pytest

from consult import links
from consult.budgeting.letter_codes import make_letter_codes
from consult.budgeting.phases import Phase
from consult.budgeting.voting_rights import may_vote
from consult.identity.actors import acting_as_official
from consult.identity.offices import Role
from consult.identity.vault import Vault
from consult.policy.voting_rules import Electorate, Link, Proof
from tests.factories import a_citizen, an_official
from tests.factories.base import NOW
from tests.factories.budgeting import an_announced_cycle
from tests.factories.elections import an_open_vote, with_rules

RULES = with_rules(
    voting=Electorate(minimum_age=16, links=(Link.DOMICILE, Link.WORK), proofs=(Proof.DESK, Proof.LETTER))
)
DESK = "/en" + links.desk_voters(2027)
BALLOT = "/en" + links.vote(2027)


@pytest.fixture
def vote(database, settings, authority):
    return database.act(an_open_vote, settings.keys, authority=authority, rules=RULES)


@pytest.fixture
def clerk(database, authority, vote):
    person_id = database.act(an_official, authority, Role.CLERK).person_id
    return database.read(acting_as_official, person_id, authority.id)


@pytest.fixture
def second_clerk(database, authority, vote):
    person_id = database.act(an_official, authority, Role.CLERK).person_id
    return database.read(acting_as_official, person_id, authority.id)


@pytest.fixture
def made(settings):
    """What makes the codes that were asked for, which the desk hands out as a file of letters."""

    def make(db, cycle_id, by):
        return make_letter_codes(db, cycle_id, vault=Vault.read(settings.keys), by=by, at=NOW)

    return make


def test_whoever_shows_their_papers_at_the_desk_may_vote_once_let(reader, database, vote, clerk):
    citizen = database.act(a_citizen, name="Ana", email="ana@example.ro")
    desk = reader.sign_in(clerk).get(DESK)

    said = {"email": "ana@example.ro", "name": "Ana Rusu", "born": "1990-05-17", "link": "domicile"}
    unseen = desk.form("Let them vote").fill(**said).submit(status=422)
    assert unseen.errors == ["Confirm that you have seen the proof."]
    unseen.form("Let them vote").fill(seen=True).submit(status=200)

    assert database.read(may_vote, vote.cycle_id, citizen.person_id)
    again = reader.get(DESK).form("Let them vote").fill(**said, seen=True).submit(status=422)
    assert "may vote in this cycle already" in again.errors[0]
    assert reader.sign_in(citizen).get(BALLOT).heading == "My ballot"


def test_nobody_is_let_to_vote_twice_under_two_accounts(reader, database, vote, clerk):
    for number in (1, 2):
        database.act(a_citizen, name=f"Ana {number}", email=f"ana{number}@example.ro")
    said = {"name": "ANA-Maria Rusu", "born": "1990-05-17", "link": "domicile", "seen": True}
    form = reader.sign_in(clerk).get(DESK).form("Let them vote")
    form.fill(**said, email="ana1@example.ro").submit(status=200)

    twice = reader.get(DESK).form("Let them vote")
    twice = twice.fill(**said | {"name": "Rusu Ana Maria"}, email="ana2@example.ro").submit(status=422)

    assert "Nobody votes twice" in twice.errors[0]


def test_a_child_is_not_let_to_vote(reader, database, vote, clerk):
    database.act(a_citizen, name="Dan", email="dan@example.ro")
    form = reader.sign_in(clerk).get(DESK).form("Let them vote")
    said = {"email": "dan@example.ro", "name": "Dan", "born": "2015-01-01", "link": "domicile", "seen": True}

    young = form.fill(**said).submit(status=422)

    assert "from the age of 16" in young.errors[0]


def test_a_code_from_a_letter_is_good_once(reader, database, vote, clerk, second_clerk, made):
    reader.sign_in(clerk).get(DESK).form("Ask for codes").fill(count="2").submit(status=200)
    assert "A second official makes them" in reader.get(DESK).text
    code, other = database.act(made, vote.cycle_id, second_clerk)
    first, second = database.act(a_citizen), database.act(a_citizen)

    asked = reader.sign_in(first).get(BALLOT)
    wrong = "Z" if code[0] != "Z" else "Y"
    slip = asked.form("Prove my right").fill(code=wrong + code[1:], link="domicile", of_age=True).submit(status=422)
    asked.form("Prove my right").fill(code=code.lower(), link="domicile", of_age=True).submit(status=200)
    used = (
        reader.sign_in(second)
        .get(BALLOT)
        .form("Prove my right")
        .fill(code=code, link="work", of_age=True)
        .submit(status=422)
    )
    used.form("Prove my right").fill(code=other, link="work", of_age=True).submit(status=200)

    assert "a slip in it" in slip.errors[0]
    assert "This code was used already" in used.errors[0]
    assert database.read(may_vote, vote.cycle_id, second.person_id)


def test_nobody_makes_the_codes_that_they_asked_for(reader, vote, clerk):
    page = reader.sign_in(clerk).get(DESK).form("Ask for codes").fill(count="2").submit(status=200)

    page._reader.post("/en" + links.desk_voters(2027, "coduri"), status=403, data={"key": "k" * 22})


def test_a_right_is_proven_before_the_vote_begins(reader, database, settings, authority, made):
    cycle = database.act(an_announced_cycle, authority, phase=Phase.REVIEW, rules=RULES)
    clerks = [database.act(an_official, authority, Role.CLERK).person_id for _ in range(2)]
    one, other = (database.read(acting_as_official, each, authority.id) for each in clerks)
    reader.sign_in(one).get(DESK).form("Ask for codes").fill(count="1").submit(status=200)
    (code,) = database.act(made, cycle.id, other)

    proving = reader.sign_in(database.act(a_citizen)).get("/en" + links.vote(2027, "drept")).form("Prove my right")
    young = proving.fill(code=code, link="domicile").submit(status=422)
    proven = proving.fill(of_age=True).submit(status=200)

    assert young.errors == ["Confirm that you are old enough to vote here."]
    assert "You have proven that you may vote" in proven.text


def test_guessing_codes_ends_after_ten_tries(reader, database, vote):
    form = reader.sign_in(database.act(a_citizen)).get(BALLOT).form("Prove my right")

    tries = [
        form.fill(code="AAAA-AAAA-AAAAA", link="domicile", of_age=True).submit(status=422).errors[0] for _ in range(11)
    ]

    assert "Too many tries" not in tries[9]
    assert "Too many tries" in tries[10]


def test_the_desk_shows_who_may_vote_and_never_who_has(reader, vote, clerk):
    page = reader.sign_in(clerk).get(DESK)

    assert "Whether somebody has voted stands nowhere" in page.text


def test_a_moderator_lets_nobody_vote(reader, database, authority, vote):
    person_id = database.act(an_official, authority, Role.MODERATOR).person_id
    reader.sign_in(database.read(acting_as_official, person_id, authority.id))

    reader.get(DESK, status=403)
