"""The pack of Law 52/2003: its worked examples, and that it claims no more than was read."""

import re
from datetime import date

import pytest

from consult.policy.deadlines import check_date
from consult.policy.eligibility import standing
from consult.policy.examples import HOLIDAYS, run_examples
from consult.policy.indicators import indicators_of
from consult.policy.packs import Excluded
from consult.policy.reading import find_pack
from consult.policy.requirements import requirements_of
from consult.policy.rules import Indicator
from consult.policy.scope import excluding

LAW = find_pack("ro/law-52-2003")


@pytest.mark.parametrize("outcome", tuple(run_examples(LAW)), ids=lambda outcome: outcome.rule_id)
def test_a_worked_example_holds(outcome):
    assert outcome.computed == outcome.expected


def test_the_calendar_and_every_rule_have_worked_examples():
    in_words = {rule.id for rule in LAW.rules if isinstance(rule, Indicator) and not rule.counts}

    tried = {outcome.rule_id for outcome in run_examples(LAW)}

    assert tried | in_words == {HOLIDAYS, *(rule.id for rule in LAW.rules)}


def test_every_verified_rule_cites_an_article_of_a_source_that_was_read():
    read = {_act(source.act) for source in LAW.sources if source.verified}

    for rule in LAW.rules:
        act, _, article = rule.cite.partition(", art. ")
        assert not rule.verified or (act in read and article), rule.id


def test_what_was_not_read_is_marked_and_no_rule_that_claims_an_article_leans_on_it():
    unread = [source.act for source in LAW.sources if not source.verified]

    assert [_act(act) for act in unread] == ["HG 831/2022", "OUG 57/2019", "Rapoarte anuale publicate de primării"]
    for rule in LAW.rules:
        assert rule.verified or rule.cite.startswith("practic"), rule.id
    assert {rule.cite for rule in LAW.rules if rule.cite.startswith("HG 831")} == {"HG 831/2022, art. 2"}


def test_the_yearly_report_has_the_indicators_of_the_law_to_the_letter_and_then_those_of_practice():
    indicators = indicators_of(LAW, on=date(2026, 12, 31))

    law = [(rule.code, rule.title.ro) for rule in indicators if rule.verified]
    assert law == [
        ("a", "numărul total al recomandărilor primite"),
        (
            "b",
            "numărul total al recomandărilor incluse în proiectele de acte normative și în conținutul deciziilor luate",
        ),
        ("c", "numărul participanților la ședințele publice"),
        ("d", "numărul dezbaterilor publice organizate pe marginea proiectelor de acte normative"),
        (
            "e",
            (
                "situația cazurilor în care autoritatea publică a fost acționată în justiție pentru nerespectarea "
                "prevederilor prezentei legi"
            ),
        ),
        (
            "f",
            "evaluarea proprie a parteneriatului cu cetățenii și asociațiile legal constituite ale acestora",
        ),
        ("g", "numărul ședințelor care nu au fost publice și motivația restricționării accesului"),
    ]
    assert {rule.cite.partition(",")[0] for rule in indicators if not rule.verified} == {"practica rapoartelor anuale"}


def test_all_of_article_seven_and_nothing_else_is_closed_to_planning_documents():
    on = date(2026, 11, 24)

    for rule in LAW.rules_in_force(on):
        excluded = excluding(LAW, rule.id, on=on, circumstances={"planning"})
        of_the_session = {"art. 8", "art. 9", "art. 11", "art. 12 alin. (1)", "art. 12 alin. (2)", "art. 16"}
        if "art. 7" in rule.cite:
            assert excluded, rule.id
        elif any(article in rule.cite for article in of_the_session):
            assert excluded is None, rule.id


def test_running_article_seven_on_a_planning_document_is_impossible_and_says_why():
    with pytest.raises(Excluded) as refused:
        check_date(LAW, "proposals-period", date(2026, 11, 24), date(2026, 12, 22), {"planning"})
    with pytest.raises(Excluded):
        requirements_of(LAW, "announcement", on=date(2026, 11, 24), circumstances={"planning"})
    with pytest.raises(Excluded):
        standing(LAW, "who-may-ask-for-a-debate", by="association", on=date(2026, 11, 24), circumstances={"planning"})

    assert "Legea 169/2026, art. 96 alin. (3)" in refused.value.explain()
    assert "nu urmează art. 7" in refused.value.explain()


def test_bacau_in_2019_broke_the_ten_days_and_turda_in_2022_kept_the_fifteen():
    bacau = check_date(LAW, "proposals-period", date(2019, 12, 9), date(2019, 12, 16))
    turda = check_date(find_pack("ro/law-273-2006"), "contestations-period", date(2022, 1, 12), date(2022, 1, 27))

    assert (bacau.is_lawful, bacau.nearest) == (False, date(2019, 12, 19))
    assert (turda.is_lawful, turda.nearest) == (True, date(2022, 1, 27))


def _act(words: str) -> str:
    """Return the act that a source speaks of, by its number."""
    return re.split(r",| \(| privind", words)[0]
