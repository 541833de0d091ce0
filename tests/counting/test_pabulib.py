"""`.pb` files: what cities publish is read as it stands, and what contradicts itself is refused with its line."""

import pytest

from consult.counting.elections import BallotKind
from consult.counting.faults import NoElection, NotText, TooLarge
from consult.counting.pabulib import LONGEST_CELL, MOST_BYTES, read_pb
from consult.i18n import current_locale

FILE = """META
key;value
description;Parcuri
num_projects;3
num_votes;4
budget;1000.50
vote_type;approval
PROJECTS
project_id;cost;name;category
BO.1/23;500;"Bănci; și umbră";parcuri
L02;250.25;Copaci;parcuri,verde
c3;999999999;Retras după vot;
VOTES
voter_id;vote;age
1;BO.1/23,L02;20
2;L02,BO.1/23;31
3;L02;40-59
4;;0
"""


def test_alike_ballots_are_one_and_an_empty_one_is_a_voter():
    election = read_pb(FILE.encode())

    assert election.voters == 4
    assert sorted((len(ballot.points), ballot.voters) for ballot in election.ballots) == [(0, 1), (1, 1), (2, 2)]
    assert election.votes == (2, 3, 0)
    assert election.projects[0].name == "Bănci; și umbră"
    assert election.projects[1].categories == ("parcuri", "verde")
    assert str(election.projects[1].cost) == "1001/4"


@pytest.mark.parametrize(
    "turned", [lambda file: "\ufeff" + file, lambda file: file.replace("\n", "\r\n"), lambda file: file + "\n"]
)
def test_a_byte_order_mark_line_ends_of_windows_and_an_empty_last_line_change_nothing(turned):
    assert read_pb(turned(FILE).encode()).votes == (2, 3, 0)


def test_the_first_of_three_ranks_has_three_points():
    file = FILE.replace("vote_type;approval", "vote_type;ordinal\nmax_length;3")

    election = read_pb(file.encode())

    assert election.kind is BallotKind.ORDINAL
    assert election.scores == (3 + 2, 2 + 3 + 3, 0)


def test_points_stand_beside_the_projects_they_are_given_to():
    file = FILE.replace("approval", "cumulative").replace("vote;age", "vote;points")
    file = (
        file.replace("L02;20", "L02;2,1")
        .replace("BO.1/23;31", "BO.1/23;2,1")
        .replace(";40-59", ";3")
        .replace(";;0", ";;")
    )

    assert read_pb(file.encode()).scores == (3, 1 + 2 + 3, 0)


@pytest.mark.parametrize(
    ("was", "becomes", "line", "why"),
    [
        ("META\n", "", 1, "begins with the line META"),
        ("num_votes;4", "num_votes;5", 5, "num_votes says 5, but there are 4"),
        ("budget;1000.50", "budget;1000,50", 6, "decimals are written with a point"),
        ("budget;1000.50", "budget;-1", 6, "budget is below zero"),
        ("budget;1000.50\n", "", 1, "META does not say budget"),
        ("budget;1000.50", "budget;1000.50\nbudget;2", 7, "budget stands there twice"),
        ("approval", "acclamation", 7, "acclamation"),
        ("project_id;cost", "project_id;price", 9, "the column cost is missing"),
        ("BO.1/23;500", "BO.1/23;-500", 10, "not above zero"),
        ("BO.1/23;500", "BO.1/23;1e9", 10, "“1e9” is not a number"),
        ("BO.1/23;500", "BO.1/23;" + "9" * 50, 10, "is not a number"),
        ("L02;250.25", "BO.1/23;250.25", 11, "the project BO.1/23 stands there twice"),
        (";parcuri\nL02", "\nL02", 10, "3 cells instead of 4"),
        ("3;L02;", "3;L03;", 17, "no project “L03” to vote for"),
        ("3;L02;", "2;L02;", 17, "the voter 2 stands there twice"),
        ("3;L02;", "3;L02,L02;", 17, "twice on one ballot"),
        ("PROJECTS\n", "VOTES\n", 8, "VOTES is not where it belongs"),
        ("approval", "choose-1", 15, "more than one project"),
        ("approval", "cumulative", 15, "0 points for 2 projects"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_line(was, becomes, line, why):
    current_locale.set("en")
    assert was in FILE

    with pytest.raises(NoElection) as refused:
        read_pb(FILE.replace(was, becomes, 1).encode())

    assert refused.value.facts["line"] == line
    assert why in refused.value.explain()


def test_a_file_without_votes_names_the_missing_section():
    current_locale.set("en")

    with pytest.raises(NoElection, match="VOTES"):
        read_pb(FILE[: FILE.index("VOTES")].encode())


def test_what_is_no_text_is_refused():
    with pytest.raises(NotText):
        read_pb(FILE.encode("utf-16"))


def test_a_file_larger_than_any_election_is_refused_with_the_line_where_reading_stopped():
    current_locale.set("en")

    with pytest.raises(TooLarge, match="larger than 64 MB, and no election is; reading stopped in line 3"):
        read_pb(b"META\nkey;value\n" + b"M" * MOST_BYTES)


def test_the_line_of_a_row_is_the_one_in_which_it_begins():
    with pytest.raises(NoElection) as refused:
        read_pb(FILE.replace('BO.1/23;500;"Bănci; și', 'BO.1/23;0;"Bănci;\nși').encode())

    assert refused.value.facts["line"] == 10


def test_a_quote_that_never_ends_is_refused_with_the_line_in_which_it_begins():
    endless = FILE.replace('"Bănci; și umbră"', '"' + "ș" * (LONGEST_CELL + 1))

    with pytest.raises(NoElection) as refused:
        read_pb(endless.encode())

    assert refused.value.facts["line"] == 10
