from datetime import date

import pytest

from consult.policy.packs import Pack
from consult.policy.requirements import missing, requirements_of
from consult.policy.rules import Asks

TODAY = date(2026, 11, 24)


def _ids(rules) -> list[str]:
    return [rule.id for rule in rules]


def test_an_announcement_goes_through_three_channels(law: Pack):
    channels = [rule for rule in requirements_of(law, "announcement", on=TODAY) if rule.asks is Asks.CHANNEL]

    assert _ids(channels) == ["announcement-on-site", "announcement-at-seat", "announcement-to-media"]


def test_an_announcement_contains_what_the_second_paragraph_lists(law: Pack):
    contents = [
        rule
        for rule in requirements_of(law, "announcement", on=TODAY, circumstances={"study"})
        if rule.asks is Asks.CONTENT
    ]

    assert {rule.cite for rule in contents} == {"Legea 52/2003, art. 7 alin. (2)"}
    assert _ids(contents) == [
        "announcement-date",
        "announcement-reasons",
        "announcement-study",
        "announcement-full-text",
        "announcement-proposals-deadline",
        "announcement-proposals-place",
        "announcement-proposals-way",
    ]


def test_what_was_met_is_no_longer_missing(law: Pack):
    asked = requirements_of(law, "announcement", on=TODAY)

    assert missing(law, "announcement", on=TODAY, has=_ids(asked)) == ()
    assert _ids(missing(law, "announcement", on=TODAY, has=_ids(asked[1:]))) == [asked[0].id]


@pytest.mark.parametrize(
    ("circumstance", "requirement"),
    [("business", "announcement-to-business"), ("study", "announcement-study"), ("urgent", "urgency-motive")],
)
def test_some_duties_hold_only_in_their_circumstance(law: Pack, circumstance, requirement):
    assert requirement not in _ids(requirements_of(law, "announcement", on=TODAY))
    assert requirement in _ids(requirements_of(law, "announcement", on=TODAY, circumstances={circumstance}))


def test_a_circumstance_the_pack_does_not_speak_of_is_a_mistake_of_the_caller(law: Pack):
    with pytest.raises(ValueError, match="urgency"):
        requirements_of(law, "announcement", on=TODAY, circumstances={"urgency"})
