"""The roll of voters and the letters with codes at the desk, and proving one's right by them."""

import re

import pytest
from pypdfium2 import PdfDocument

from consult import links
from consult.budgeting.phases import Phase
from consult.budgeting.voting_rights import may_vote
from consult.identity.actors import acting_as_official
from consult.identity.offices import Role
from consult.policy.voting_rules import Electorate, Link, Proof
from tests.factories import a_citizen, an_official
from tests.factories.budgeting import an_announced_cycle
from tests.factories.elections import with_rules

RULES = with_rules(
    voting=Electorate(minimum_age=16, links=(Link.DOMICILE, Link.WORK), proofs=(Proof.LETTER, Proof.ROLL))
)
DESK = "/en" + links.desk_voters(2027)
ROLL = "/en" + links.desk_voters(2027, "lista")
RIGHT = "/en" + links.vote(2027, "drept")
FILE = "Nume;Prenume;Data nașterii\nRusu;Ana-Maria;17.05.1990\nPop;Ion;32.02.1960\nRusu;Ana Maria;17.05.1990\n"
ANA = {"name": "ana maria RUSU", "born": "1990-05-17", "tie": "domicile"}


@pytest.fixture
def cycle(database, authority):
    return database.act(an_announced_cycle, authority, phase=Phase.REVIEW, rules=RULES)


@pytest.fixture
def clerks(database, authority, cycle):
    people = [database.act(an_official, authority, Role.CLERK).person_id for _ in range(2)]
    return [database.read(acting_as_official, each, authority.id) for each in people]


def import_(reader, content=FILE, status=200):
    return reader.get(ROLL).form("Read the roll").fill(file=("lista.csv", content.encode())).submit(status=status)


def test_a_roll_that_two_officials_let_in_proves_a_right_once(reader, database, cycle, clerks):
    one, other = clerks
    imported = import_(reader.sign_in(one))
    reader.sign_in(other).get(ROLL).form("Confirm the roll").submit(status=200)
    first, second = (database.act(a_citizen) for _ in range(2))

    proven = reader.sign_in(first).get(RIGHT).form("Look for me on the roll").fill(**ANA).submit(status=200)
    twice = reader.sign_in(second).get(RIGHT).form("Look for me on the roll").fill(**ANA).submit(status=422)

    assert "in the lines: 3." in imported.text
    assert "in the lines: 4." in imported.text
    assert "somebody else confirms it" in imported.text
    assert "You have proven that you may vote" in proven.text
    assert "Nobody votes twice" in twice.errors[0]
    assert database.read(may_vote, cycle.id, first.person_id)


def test_names_are_tried_against_the_roll_five_times(reader, database, cycle, clerks):
    import_(reader.sign_in(clerks[0]))
    reader.sign_in(clerks[1]).get(ROLL).form("Confirm the roll").submit(status=200)
    form = reader.sign_in(database.act(a_citizen)).get(RIGHT).form("Look for me on the roll")

    tries = [form.fill(**ANA | {"name": f"Ana {number}"}).submit(status=422).errors[0] for number in range(6)]

    assert "Nobody of this name and birth date is on the roll" in tries[4]
    assert "Too many tries" in tries[5]


def test_a_table_that_is_no_roll_is_told_beside_the_file(reader, cycle, clerks):
    reader.sign_in(clerks[0])

    assert "No roll was found" in import_(reader, "a;b\n1;2\n", status=422).errors[0]
    assert "personal number" in import_(reader, FILE + "Pop;1900517040011;1.1.1950\n", status=422).errors[0]


def test_an_import_can_be_thrown_away(reader, cycle, clerks):
    import_(reader.sign_in(clerks[0])).form("Throw the imported roll away").submit(status=200)

    assert "Nobody is on the roll yet." in reader.get(ROLL).text


def test_without_a_confirmed_roll_nobody_is_asked_for_their_name(reader, database, cycle, clerks):
    import_(reader.sign_in(clerks[0]))

    page = reader.sign_in(database.act(a_citizen)).get(RIGHT)

    assert "Look for me on the roll" not in page.text


def test_letters_come_as_one_file_and_only_once(reader, cycle, clerks):
    one, other = clerks
    reader.sign_in(one).get(DESK).form("Ask for codes").fill(count="2").submit(status=200)
    key = reader.sign_in(other).get(DESK).select("form[action$=coduri] input[name=key]")["value"]

    made, again = (reader.ask("POST", "/en" + links.desk_voters(2027, "coduri"), data={"key": key}) for _ in range(2))

    with PdfDocument(made.content) as letters:
        codes = {re.search(r"\w{4}-\w{4}-\w{5}", page.get_textpage().get_text_range()).group() for page in letters}
    assert len(codes) == 2
    assert made.headers["cache-control"] == "no-store"
    assert again.status_code == 409
