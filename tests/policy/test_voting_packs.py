"""The rule packs of participatory budgets: each sound, with its examples, and with a line for each slip."""

from pathlib import Path

import msgspec
import pytest

from consult.policy.command import check_packs, show_pack
from consult.policy.reading import NoSuchPack, PackUnsound
from consult.policy.review_rules import ReviewKind
from consult.policy.voting_packs import (
    find_voting_pack,
    freeze_part,
    load_voting_pack,
    voting_pack_names,
    winners_of,
)
from consult.policy.voting_rules import VotingRules
from consult.policy.voting_words import rules_in_words
from consult.settings import POLICIES
from tests.policy.dates import in_english

TIMISOARA = (POLICIES / "budgeting/timisoara.toml").read_text(encoding="utf-8")


def changed(tmp_path: Path, before: str, after: str) -> Path:
    assert before in TIMISOARA
    path = tmp_path / "budgeting" / "timisoara.toml"
    path.parent.mkdir()
    path.write_text(TIMISOARA.replace(before, after, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", voting_pack_names())
def test_the_small_elections_of_every_pack_come_out_as_written(name: str) -> None:
    pack = find_voting_pack(name)

    assert [winners_of(pack.rules, example.given) for example in pack.examples] == [
        example.then.winners for example in pack.examples
    ]


@pytest.mark.parametrize("name", voting_pack_names())
def test_every_pack_is_shown_with_its_sources_its_rules_in_words_and_its_examples(name: str) -> None:
    pack = find_voting_pack(name)

    with in_english():
        text = " ".join(show_pack(name).split())

        assert all(source.act in text for source in pack.sources)
        assert all(" ".join(line.words.split()) in text for line in rules_in_words(pack.rules))
    assert text.count("– ") >= len(pack.examples)


def test_the_check_runs_these_packs_beside_those_of_the_law() -> None:
    report = check_packs()

    assert report.passed
    assert "budgeting/timisoara: 2 examples, 0 failed" in report.lines
    assert any(line.startswith("ro/law-52-2003:") for line in report.lines)


def test_an_example_that_comes_out_otherwise_fails_the_check(tmp_path: Path) -> None:
    path = changed(tmp_path, 'centru = ["scuar", "alee"]', 'centru = ["scuar"]')

    report = check_packs([str(path)])

    assert not report.passed
    assert "            computed centru: scuar, alee" in report.lines


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('rule = "greedy-votes"', 'rule = "greedy-vote"', "did you mean “greedy-votes”?"),
        ("most = 5", "mots = 5", "{line}: `mots` is not a key that a pack knows here; did you mean “most”?"),
        ("most = 5", "most = 0", "{line}: `most`"),
        ("least = 1", "least = 6", "{line}: more projects are asked for than may be marked"),
        ('rule = "greedy-votes"', 'rule = "equal-shares"', "`shares` are said where the rule is equal-shares"),
        ('ballot = "approval"', 'ballot = "grades"', "belong together"),
        ('id = "complete"', 'id = "author"', "two criteria bear the same name"),
        ('review = "formal"', 'review = "forml"', "did you mean “formal”?"),
        ('ballot = "approval"', 'ballot = "points"', "`points` are said where the ballot is points"),
        ("skips = false", "to_city = true", "only where there are districts as well"),
        ("skips = false", 'top_up = "0.8"', "either `top_up` or `top_up_lei` is said, not both"),
        ("skips = false", 'top_up = "0"', "{line}: `top_up`"),
        ("{ cost = 300000", "{ cost = 0", "`cost` must be a whole number of at least 1"),
        ("choices = { scuar = 1, alee = 1 }", "choices = { scuarul = 1 }", "the project scuarul is not given"),
    ],
)
def test_a_slip_is_said_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    with pytest.raises(PackUnsound) as refused:
        load_voting_pack(changed(tmp_path, before, after))

    line = TIMISOARA[: TIMISOARA.index(before)].count("\n") + 1
    assert said.replace("{line}", f"timisoara.toml:{line}") in refused.value.explain()


def test_a_pack_that_is_not_there_is_said_so() -> None:
    with pytest.raises(NoSuchPack):
        find_voting_pack("budgeting/../ro/law-52-2003")


def test_the_romanian_cities_say_nothing_of_equals_and_the_words_tell() -> None:
    with in_english():
        tie = next(line for line in rules_in_words(find_voting_pack("budgeting/timisoara").rules) if line.name == "tie")

    assert find_voting_pack("budgeting/timisoara").rules.tie is None
    assert tie.words == "Not said. A cycle cannot be announced without this rule."


def test_frozen_rules_have_one_form_whatever_was_left_unsaid() -> None:
    rules = find_voting_pack("budgeting/timisoara").rules
    frozen = freeze_part(rules)

    again = msgspec.json.decode(frozen.content, type=VotingRules)

    assert again == rules
    assert freeze_part(again) == frozen


@pytest.mark.parametrize("name", voting_pack_names())
def test_every_pack_says_what_projects_are_reviewed_by_formally_and_technically(name: str) -> None:
    rules = find_voting_pack(name).rules

    assert all(rules.criteria_of(kind) for kind in ReviewKind)
