"""What an authority set for itself, replayed: a frozen number is the one that the record says was set."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from consult.policy.freezing import FrozenPack, freeze
from consult.policy.local import LocalSetting, with_local
from consult.policy.packs import ClosedDay
from consult.policy.reading import find_pack
from consult.policy.words import Bilingual
from consult.record.events import LocalRuleSet
from tests.audit.logs import (
    ADMINISTRATOR,
    ANNOUNCED,
    FROZEN,
    RULES,
    Step,
    audited,
    changed,
    founding,
    lawful,
    on,
    told,
)

MINUTES = "minutes-per-speaker"
STORY = lawful()


def set_by_council(**given: object) -> LocalRuleSet:
    facts = {
        "subject": "consult:izvoru/reguli",
        "pack": RULES,
        "version": FROZEN.version,
        "rule": MINUTES,
        "number": 3,
        "since": date(2026, 1, 1),
        "act": "HCL 12/2026",
        "url": "https://izvoru.example/hcl-12",
    }
    return LocalRuleSet(**{**facts, **given})  # type: ignore[arg-type]  # a test may give anything


def frozen_with(number: int, act: str = "HCL 12/2026") -> FrozenPack:
    setting = LocalSetting(MINUTES, number, date(2026, 1, 1), act, "https://izvoru.example/hcl-12")
    return freeze(with_local(find_pack(RULES), [setting]), ANNOUNCED, ANNOUNCED + timedelta(days=400))


def story(event: LocalRuleSet | None, pack: FrozenPack) -> Iterator[Step]:
    if event:
        yield Step("set", event, ADMINISTRATOR, on(ANNOUNCED, 7))
    yield from changed(changed(STORY, "frozen", pack=pack.digest), "announced", pack=pack.digest)


def test_a_number_that_the_record_says_was_set_is_rightly_frozen(tmp_path: Path) -> None:
    pack = frozen_with(3)

    found = audited(tmp_path, [*story(set_by_council(), pack)], packs=[pack.content])

    assert found.count == 0


@pytest.mark.parametrize(
    ("event", "pack"),
    [
        (None, frozen_with(3)),
        (set_by_council(number=4), frozen_with(3)),
        (set_by_council(act="HCL 99/2026"), frozen_with(3)),
        (set_by_council(subject="consult:malu/reguli"), frozen_with(3)),
        (set_by_council(), FROZEN),
    ],
    ids=["never set", "another number", "another act", "another authority's", "set, but not frozen"],
)
def test_a_number_that_nobody_set_cannot_be_frozen(
    event: LocalRuleSet | None, pack: FrozenPack, tmp_path: Path
) -> None:
    found = audited(tmp_path, [*founding(), *founding("malu"), *story(event, pack)], packs=[pack.content])

    assert [failure.breach.rule.id for failure in found.failures] == ["record/rules-as-known"]
    assert found.failures[0].breach.found == (MINUTES,)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": 999}, "minutes-per-speaker: 999"),
        ({"rule": "proposals-period"}, "proposals-period: 3"),
        ({"rule": "minutes"}, "minutes: 3"),
        ({"act": " "}, " "),
    ],
)
def test_what_the_law_does_not_leave_to_an_authority_is_found(
    wrong: dict[str, object], said: str, tmp_path: Path
) -> None:
    event = set_by_council(**wrong)

    found = audited(tmp_path, [Step("set", event, ADMINISTRATOR, on(ANNOUNCED, 7))])

    assert [told(failure)[:3] for failure in found.failures] == [("record/local-rules", "local_rule.set", said)]


def test_a_rule_of_an_edition_that_this_program_does_not_know_is_taken_as_it_was_set(tmp_path: Path) -> None:
    event = set_by_council(version="77", number=999)

    assert audited(tmp_path, [Step("set", event, ADMINISTRATOR, on(ANNOUNCED, 7))]).count == 0


@pytest.mark.parametrize("counted", [True, False])
def test_days_closed_that_the_pack_does_not_know_cannot_be_frozen(counted: bool, tmp_path: Path) -> None:  # noqa: FBT001
    law = find_pack(RULES)
    bridge = ClosedDay(
        date=date(2026, 12, 4), name=Bilingual(ro="zi liberă", en="bridge day"), source="HG 1/2026", counted=counted
    )
    bridged = replace(law, holidays=replace(law.holidays, closed_days=(bridge,)))
    pack = freeze(bridged, ANNOUNCED, ANNOUNCED + timedelta(days=400))

    found = audited(tmp_path, [*story(None, pack)], packs=[pack.content])

    assert ("record/rules-as-known", ("closed_days",)) in [
        (failure.breach.rule.id, failure.breach.found) for failure in found.failures
    ]
