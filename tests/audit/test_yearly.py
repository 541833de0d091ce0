"""Yearly reports replayed: every figure is worked out again, and one that differs is named with both values."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consult.audit.failures import plain
from consult.i18n import current_locale
from consult.policy.indicators import figures
from consult.policy.reading import find_pack
from consult.record.events import Measured, Reported, ReportPublished
from tests.audit.logs import APPROVER, CLERK, FROZEN, RULES, SESSION, Step, audited, lawful, on

#: What the lawful story holds of 2026; its session of January is of the old kind, that no meeting stands behind.
HERE = {
    "recommendations-received": 3,
    "recommendations-received-online": 3,
    "recommendations-taken-up": 1,
    "drafts-announced": 1,
    "debates-held": 1,
    "drafts-with-recommendations-taken-up": 1,
    "justifications-sent": 1,
}
#: What the authority adds.
ELSEWHERE = {"session-participants": 12}
PUBLISHED = on(SESSION.replace(month=2))


@pytest.fixture(autouse=True)
def english(_first_language: None) -> None:
    current_locale.set("en")


def report(here: dict[str, int] = HERE, **given: Any) -> ReportPublished:  # Any: a test may give anything
    pack = find_pack(RULES)
    total = {name: here.get(name, 0) + ELSEWHERE.get(name, 0) for name in pack.measures}
    told: dict[str, Any] = {
        "subject": "consult:izvoru/rapoarte/2026",
        "year": 2026,
        "number": 1,
        "pack": RULES,
        "version": FROZEN.version,
        "measures": tuple(Measured(name, here.get(name, 0), ELSEWHERE.get(name, 0)) for name in pack.measures),
        "figures": tuple(
            Reported(each.rule.id, None if each.value is None else str(each.value))
            for each in figures(pack, total, on=date(2026, 12, 31))
        ),
        "reason": None,
        "drafted_by": (CLERK.pseudonym,),
    }
    return ReportPublished(**{**told, **given})


def failures(folder: Path, *events: ReportPublished, at: Any = PUBLISHED) -> list[tuple[str, object, object]]:
    steps = [*lawful(), *(Step(f"report {place}", event, APPROVER, at) for place, event in enumerate(events))]
    return [
        (each.breach.rule.id, plain(each.breach.found), plain(each.breach.expected))
        for each in audited(folder, steps).failures
    ]


def test_a_report_that_says_what_the_record_gives_holds(tmp_path: Path) -> None:
    assert failures(tmp_path, report(), report(number=2, reason="O greșeală de scris.")) == []


def test_a_figure_that_differs_is_named_with_both_values(tmp_path: Path) -> None:
    told = report()
    wrong = tuple(replace(each, value="9") if each.indicator == "report-b" else each for each in told.figures)

    found = failures(tmp_path, replace(told, figures=wrong))

    assert found == [("record/reports-recounted", "b) report-b: 9", "b) report-b: 1")]


def test_a_figure_that_is_left_out_is_named(tmp_path: Path) -> None:
    told = report()
    [_, *others] = told.figures

    found = failures(tmp_path, replace(told, figures=tuple(others)))

    assert found == [("record/reports-recounted", "a) report-a: -", "a) report-a: 3")]


def test_a_count_that_the_record_does_not_give_is_named_with_all_that_follows_from_it(tmp_path: Path) -> None:
    found = failures(tmp_path, report({**HERE, "debates-held": 8}))

    assert found == [
        ("record/reports-recounted", "debates-held: 8", "debates-held: 1"),
        ("record/reports-recounted", "d) report-d: 8", "d) report-d: 1"),
    ]


def test_what_the_service_does_not_count_cannot_be_told_as_counted(tmp_path: Path) -> None:
    found = failures(tmp_path, report({**HERE, "court-cases": 1}))

    assert ("record/reports-recounted", "court-cases: 1", "court-cases: 0") in found


@pytest.mark.parametrize(
    ("given", "rule", "expected"),
    [
        ({"number": 2, "reason": "x"}, "record/reports-in-order", 1),
        ({"drafted_by": (APPROVER.pseudonym,)}, "record/reports-in-order", "somebody who did not write the report"),
        ({"drafted_by": ()}, "record/reports-in-order", "somebody who did not write the report"),
        ({"year": 2025}, "record/own-number", "consult:izvoru/rapoarte/2026"),
    ],
)
def test_a_report_out_of_order_or_by_one_person_alone_is_found(
    given: dict[str, Any], rule: str, expected: object, tmp_path: Path
) -> None:
    found = failures(tmp_path, report(**given))

    assert [(rule, expected)] == [(each, wanted) for each, _, wanted in found]


def test_a_correction_without_a_reason_is_found(tmp_path: Path) -> None:
    found = failures(tmp_path, report(), report(number=2))

    assert [rule for rule, _, _ in found] == ["record/with-reason"]


def test_a_report_of_a_year_that_is_not_over_is_found(tmp_path: Path) -> None:
    told = report(subject="consult:izvoru/rapoarte/2027", year=2027)

    assert "record/reports-in-order" in {rule for rule, _, _ in failures(tmp_path, told)}


def test_an_edition_that_this_program_does_not_know_is_recounted_by_its_measures(tmp_path: Path) -> None:
    assert failures(tmp_path, report({**HERE, "debates-held": 8}, version="77")) == [
        ("record/reports-recounted", "debates-held: 8", "debates-held: 1")
    ]
