"""The pack of Law 52/2003: its worked examples, and that it claims no more than was read."""

import pytest

from consult.policy.examples import HOLIDAYS, run_examples
from consult.policy.reading import find_pack

LAW = find_pack("ro/law-52-2003")


@pytest.mark.parametrize("outcome", tuple(run_examples(LAW)), ids=lambda outcome: outcome.rule_id)
def test_a_worked_example_holds(outcome):
    assert outcome.computed == outcome.expected


def test_the_calendar_and_every_rule_have_worked_examples():
    assert {outcome.rule_id for outcome in run_examples(LAW)} == {HOLIDAYS, *(rule.id for rule in LAW.rules)}


def test_every_rule_cites_an_article_of_a_source_that_was_read():
    read = [source.act for source in LAW.sources if source.verified]

    assert any(act.startswith("Legea 52/2003") for act in read)
    assert all(rule.cite.startswith("Legea 52/2003, art. ") for rule in LAW.rules)


def test_what_was_not_read_is_marked_and_no_rule_leans_on_it():
    unread = [source.act for source in LAW.sources if not source.verified]

    assert [act.partition(",")[0] for act in unread] == ["HG 831/2022", "OUG 57/2019"]
    assert not any(act.partition(",")[0] in rule.cite for act in unread for rule in LAW.rules)
