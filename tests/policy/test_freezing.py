import json
from datetime import date, timedelta
from hashlib import sha256

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from consult.policy.deadlines import evaluate
from consult.policy.freezing import FrozenPackAltered, freeze, thaw
from consult.policy.reading import find_pack, pack_names
from consult.policy.working_days import DaysOffUnknown
from tests.policy.dates import rulebook

LAW = find_pack("ro/law-52-2003")
FROZEN = freeze(LAW, date(2026, 11, 24), date(2028, 11, 24))
THAWED = thaw(FROZEN.content, FROZEN.digest)
DEADLINES = [rule.id for rule in LAW.rules if hasattr(rule, "days")]


@given(start=st.dates(date(2026, 11, 24), date(2028, 8, 1)), rule_id=st.sampled_from(DEADLINES))
@rulebook
def test_a_frozen_pack_gives_the_same_answers(start, rule_id):
    live, frozen = evaluate(LAW, rule_id, start), evaluate(THAWED, rule_id, start)

    assert frozen == live
    assert str(frozen) == str(live)


def test_a_frozen_pack_computes_from_its_own_days_off_alone():
    """Holidays may come into the law and leave it: a procedure is held to those it was announced under."""
    plain = json.loads(FROZEN.content)
    del plain["frozen"]["days_off"]["2026-12-01"]
    content = json.dumps(plain).encode()

    without_the_national_day = thaw(content, sha256(content).hexdigest())

    assert evaluate(THAWED, "announcement-before-avizare", date(2026, 11, 24)).earliest == date(2027, 1, 14)
    assert evaluate(without_the_national_day, "announcement-before-avizare", date(2026, 11, 24)).earliest == date(
        2027, 1, 13
    )


def test_beyond_its_days_off_a_frozen_pack_computes_nothing():
    with pytest.raises(DaysOffUnknown) as refused:
        evaluate(THAWED, "announcement-before-avizare", date(2028, 11, 1))

    assert "24 noiembrie 2028" in refused.value.explain()


def test_the_same_pack_and_days_freeze_to_the_same_bytes():
    again = freeze(LAW, date(2026, 11, 24), date(2028, 11, 24))

    assert again == FROZEN
    assert freeze(THAWED, date(2026, 11, 24), date(2028, 11, 24)) == FROZEN
    assert freeze(LAW, date(2026, 11, 24), date(2028, 11, 25)).digest != FROZEN.digest


@pytest.mark.parametrize("name", pack_names())
def test_the_frozen_bytes_are_canonical(name):
    frozen = freeze(find_pack(name), date(2026, 11, 24), date(2028, 11, 24))

    assert frozen.content == rfc8785.dumps(msgspec.json.decode(frozen.content))


def test_the_frozen_bytes_are_plain_json_whose_digest_anyone_can_check():
    plain = json.loads(FROZEN.content)

    assert FROZEN.digest == sha256(FROZEN.content).hexdigest()
    assert (plain["id"], plain["version"]) == (FROZEN.name, FROZEN.version) == ("ro/law-52-2003", "2")
    assert plain["frozen"]["days_off"]["2026-12-01"] == {"ro": "Ziua Națională a României", "en": "National Day"}


def test_a_day_off_on_the_last_day_is_frozen_too():
    frozen = freeze(LAW, date(2026, 11, 24), date(2026, 12, 1))

    assert date(2026, 12, 1) - timedelta(days=1) in thaw(frozen.content, frozen.digest).frozen.days_off
    assert date(2026, 12, 1) in thaw(frozen.content, frozen.digest).frozen.days_off


def test_a_pack_altered_after_it_was_frozen_is_refused():
    with pytest.raises(FrozenPackAltered):
        thaw(FROZEN.content.replace(b'"days":30', b'"days":10'), FROZEN.digest)


@pytest.mark.parametrize("name", pack_names())
def test_every_pack_of_the_house_can_be_frozen_with_all_its_kinds_of_rules(name):
    pack = find_pack(name)
    frozen = freeze(pack, date(2026, 11, 24), date(2029, 11, 24))

    thawed = thaw(frozen.content, frozen.digest)

    assert thawed.rules == pack.rules
    assert (thawed.parties, thawed.measures, thawed.events) == (pack.parties, pack.measures, pack.events)
