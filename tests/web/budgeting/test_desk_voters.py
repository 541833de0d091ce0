"""Letting people vote at the desk, and by a code from a letter."""

import pytest

from consult import links
from consult.budgeting.voting_rights import may_vote
from consult.identity.actors import acting_as_official
from consult.identity.offices import Role
from consult.policy.voting_rules import Electorate, Link, Proof
from tests.factories import a_citizen, an_official
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


def test_whoever_shows_their_papers_at_the_desk_may_vote_once_let(reader, database, vote, clerk):
    citizen = database.act(a_citizen, name="Ana", email="ana@example.ro")
    desk = reader.sign_in(clerk).get(DESK)

    unseen = desk.form("Let them vote").fill(email="ana@example.ro", link="domicile").submit(status=422)
    assert unseen.errors == ["Confirm that you have seen the proof."]
    unseen.form("Let them vote").fill(seen=True).submit(status=200)

    assert database.read(may_vote, vote.cycle_id, citizen.person_id)
    again = (
        reader.get(DESK).form("Let them vote").fill(email="ana@example.ro", link="work", seen=True).submit(status=422)
    )
    assert "may vote in this cycle already" in again.errors[0]
    assert reader.sign_in(citizen).get(BALLOT).heading == "My ballot"


def test_a_code_from_a_letter_is_good_once(reader, database, vote, clerk):
    shown = reader.sign_in(clerk).get(DESK).form("Make codes").fill(count="2").submit()
    code, other = shown.texts("main code")
    first, second = database.act(a_citizen), database.act(a_citizen)

    asked = reader.sign_in(first).get(BALLOT)
    wrong = "Z" if code[0] != "Z" else "Y"
    slip = asked.form("Prove my right").fill(code=wrong + code[1:], link="domicile").submit(status=422)
    asked.form("Prove my right").fill(code=code.lower(), link="domicile").submit(status=200)
    used = reader.sign_in(second).get(BALLOT).form("Prove my right").fill(code=code, link="work").submit(status=422)
    used.form("Prove my right").fill(code=other, link="work").submit(status=200)

    assert "a slip in it" in slip.errors[0]
    assert "was used already" in used.errors[0]
    assert database.read(may_vote, vote.cycle_id, second.person_id)


def test_guessing_codes_ends_after_ten_tries(reader, database, vote):
    form = reader.sign_in(database.act(a_citizen)).get(BALLOT).form("Prove my right")

    tries = [form.fill(code="AAAA-AAAA-AAAAA", link="domicile").submit(status=422).errors[0] for _ in range(11)]

    assert "Too many tries" not in tries[9]
    assert "Too many tries" in tries[10]


def test_the_desk_shows_who_may_vote_and_never_who_has(reader, vote, clerk):
    page = reader.sign_in(clerk).get(DESK)

    assert "Whether somebody has voted stands nowhere" in page.text


def test_a_moderator_lets_nobody_vote(reader, database, authority, vote):
    person_id = database.act(an_official, authority, Role.MODERATOR).person_id
    reader.sign_in(database.read(acting_as_official, person_id, authority.id))

    reader.get(DESK, status=403)
