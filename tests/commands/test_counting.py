"""`consult count`: from a published file to its winners, with what was declared as options."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consult.commands import consult
from tests.counting.test_pabulib import FILE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "election.pb"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(consult, ["count", *map(str, arguments)], catch_exceptions=True)


def test_the_winners_come_in_the_order_of_their_selection(file):
    said = json.loads(run(file, "--rule", "greedy-votes", "--json", "--explain").output)

    assert (said["rule"], said["selected"], said["budget"]) == ("greedy-votes", ["L02", "BO.1/23"], "1000.5")
    assert said["cost"] == "750.25"
    assert said["explanations"]["c3"]["fate"] == "too_dear"
    assert {"completion", "rounds", "ties"} <= said.keys()


@pytest.mark.parametrize("rule", ["greedy-votes", "greedy-cost", "phragmen", "equal-shares", "category-guarantee"])
def test_every_rule_says_in_words_why(file, rule):
    said = run(file, "--rule", rule, "--explain", "--completion", "add1")

    assert said.exit_code == 0, said.output
    assert "L02" in said.output


def test_a_lot_and_conflicts_are_read_from_files(file, tmp_path):
    lot, conflicts = tmp_path / "lot", tmp_path / "conflicts"
    lot.write_text("c3\nL02\nBO.1/23\n")
    conflicts.write_text("L02;BO.1/23\n")

    said = json.loads(run(file, "--rule", "greedy-votes", "--tie", lot, "--conflicts", conflicts, "--json").output)

    assert said["selected"] == ["L02"]


@pytest.mark.parametrize("option", [("--top-up", "much"), ("--step", "0"), ("--tie", "by-mood")])
def test_an_option_that_cannot_be_meant_is_refused(file, option):
    assert run(file, "--rule", "greedy-votes", *option).exit_code == 2


def test_a_file_that_contradicts_itself_is_one_sentence(file):
    file.write_text(FILE.replace("num_votes;4", "num_votes;5"), encoding="utf-8")

    said = run(file, "--rule", "greedy-votes")

    assert said.exit_code == 1
    assert "num_votes says 5" in str(said.exception.explain())
