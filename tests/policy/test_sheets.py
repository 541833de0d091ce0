"""A pack as a lawyer reads it."""

from datetime import date

import pytest

from consult.policy.command import show_pack
from consult.policy.local import LocalSetting, with_local
from consult.policy.reading import find_pack, pack_names
from consult.policy.sheets import as_text, sheet_of
from tests.policy.dates import in_english


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_is_shown_with_all_its_rules_articles_and_examples(name):
    pack = find_pack(name)

    with in_english():
        sheet = sheet_of(pack)
        text = "\n".join(as_text(sheet))

    lines = [line for group in sheet.groups for line in group.lines]
    assert len(lines) == len(pack.rules)
    assert len({line.anchor for line in lines}) == len(lines)
    for line in lines:
        assert f"[{line.rule.id}]" in text
        assert len(line.examples) == len(line.rule.examples)
    assert text.count("not verified") >= sum(not rule.verified for rule in pack.rules)


def test_a_deadline_reads_as_a_sentence_and_its_examples_in_words():
    with in_english():
        text = " ".join(show_pack("ro/law-52-2003").split())

    assert "At least 10 calendar days from “the announcement of the draft” to “the last day for sending" in text
    assert (
        "The announcement of the draft on 9 December 2019; the last day for sending proposals on 16 December 2019: "
        "a breach; the nearest lawful date is 19 December 2019; 18 December 2019 in the lenient reading. "
        "Bacău, local taxes for 2020: 7 days for proposals, a breach under either reading."
    ) in text
    assert "Any interested person; on 24 November 2026: may do it." in text
    assert "Minutes: 5." in text
    assert "The authority may set it itself, from 1 to 60." in text


def test_a_sheet_is_in_romanian_for_a_romanian_reader():
    text = " ".join(show_pack("ro/law-52-2003").split())

    assert "Bacău, taxele locale pe 2020: 7 zile pentru propuneri, o încălcare în orice citire." in text
    assert "neverificat" in text


def test_a_number_that_an_authority_set_is_shown_with_its_act_and_without_the_pack_s_examples():
    setting = LocalSetting("minutes-per-speaker", 3, date(2026, 12, 1), "HCL 12/2026", "https://izvoru.example/12")
    sheet = sheet_of(with_local(find_pack("ro/law-52-2003"), [setting]))

    before, after = (line for group in sheet.groups for line in group.lines if line.rule.id == "minutes-per-speaker")

    assert (before.decision, len(before.examples)) == (None, 1)
    assert (after.decision.act, after.examples) == ("HCL 12/2026", ())
    assert before.anchor != after.anchor
