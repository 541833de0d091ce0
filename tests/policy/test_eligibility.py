from datetime import date

import pytest

from consult.policy.eligibility import NotAnEligibility, standing
from consult.policy.reading import find_pack
from tests.policy.dates import in_english

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("by", "may"), [("association", True), ("authority", True), ("person", False), ("company", False)]
)
def test_only_associations_and_authorities_can_oblige_a_debate(law, by, may):
    assert standing(law, "who-may-ask-for-a-debate", by=by, on=TODAY).is_eligible is may


def test_who_may_not_is_told_who_may_and_where_that_stands(law):
    with in_english():
        said = str(standing(law, "who-may-ask-for-a-debate", by="person", on=TODAY))

    assert said == (
        "Who may ask for a public debate that must be held: a legally constituted association, "
        "another public authority (Legea 52/2003, art. 7 alin. (9))."
    )


def test_contestations_of_a_budget_are_for_the_inhabitants():
    budget = find_pack("ro/law-273-2006")

    assert standing(budget, "who-may-contest", by="inhabitant", on=TODAY).is_eligible
    assert not standing(budget, "who-may-contest", by="outsider", on=TODAY).is_eligible


def test_a_party_the_pack_does_not_speak_of_is_a_mistake_of_the_caller(law):
    with pytest.raises(ValueError, match="mayor"):
        standing(law, "who-may-ask-for-a-debate", by="mayor", on=TODAY)


def test_a_rule_about_something_else_says_nothing_of_who_may(law):
    with pytest.raises(NotAnEligibility):
        standing(law, "proposals-period", by="person", on=TODAY)
