"""Worked examples: `given … then …`, as a lawyer wrote them into the pack, against what the rules compute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import structs

from consult.policy.deadlines import check_date, evaluate
from consult.policy.eligibility import standing
from consult.policy.indicators import value_of
from consult.policy.packs import Excluded, HolidayExample, Pack
from consult.policy.requirements import missing
from consult.policy.rules import DeadlineRule, Eligibility, Exclusion, Indicator, Quantity, Requirement, Rule
from consult.policy.scope import excluding
from consult.policy.words import Bilingual
from consult.policy.worked import (
    DeadlineExample,
    EligibilityExample,
    ExclusionExample,
    IndicatorExample,
    QuantityExample,
    RequirementExample,
    Worked,
)

HOLIDAYS = "holidays"


@dataclass(frozen=True)
class Outcome:
    """What became of one worked example. `computed` has a value for everything that `expected` states."""

    rule_id: str
    given: dict[str, object]
    expected: dict[str, object]
    computed: dict[str, object]
    note: Bilingual | None = None

    @property
    def passed(self) -> bool:
        """Whether the rules compute what the example expects."""
        return self.expected == self.computed


def run_examples(pack: Pack) -> Iterator[Outcome]:
    """Run every worked example of a pack: first those of its calendar, then its rules' in their order."""
    for checked_year in pack.holidays.examples:
        yield _holidays_outcome(pack, checked_year)
    for rule in pack.rules:
        for example in rule.examples:
            given, then = stated(example)
            yield Outcome(rule.id, given, then, _computed(pack, rule, example, then), example.note)


def stated(example: Worked) -> tuple[dict[str, object], dict[str, object]]:
    """Return what an example gives and what it expects: only what is said."""
    plain = structs.asdict(example)
    given, then = (part if isinstance(part, dict) else structs.asdict(part) for part in (plain["given"], plain["then"]))
    said = {name: value for name, value in given.items() if value != ()}
    return said, {name: value for name, value in then.items() if value is not None}


def _computed(pack: Pack, rule: Rule, example: Worked, expected: dict[str, object]) -> dict[str, object]:
    match rule, example:
        case DeadlineRule(), DeadlineExample():
            computed = _of_deadline(pack, rule, example)
            return {name: computed[name] for name in expected}
        case Quantity(), QuantityExample(given=given):
            found = pack.rule(rule.id, given.on)
            return {"number": found.number if isinstance(found, Quantity) else None}
        case Requirement(), RequirementExample(given=given):
            lacking = missing(pack, rule.event, on=given.on, has=given.has, circumstances=given.circumstances)
            return {"missing": any(other is rule for other in lacking)}
        case Eligibility(), EligibilityExample(given=given):
            return {"eligible": standing(pack, rule.id, by=given.by, on=given.on).is_eligible}
        case Indicator(), IndicatorExample(given=given):
            return {"value": value_of(rule, given)}
        case Exclusion(), ExclusionExample():
            return {"applies": _applies(pack, example)}
        case _:
            raise TypeError(f"an example of {type(rule).__name__} is not {type(example).__name__}")


def _of_deadline(pack: Pack, rule: DeadlineRule, example: DeadlineExample) -> dict[str, object]:
    start, chosen = example.given[rule.start_event], example.given.get(rule.end_event)
    deadline = evaluate(pack, rule.id, start)
    computed: dict[str, object] = {
        "earliest": deadline.earliest,
        "latest": deadline.latest,
        "lenient": deadline.lenient,
        "days_off": tuple(off.date for off in deadline.days_off),
    }
    if chosen:
        finding = check_date(pack, rule.id, start, chosen)
        computed |= {"lawful": finding.is_lawful, "nearest": finding.nearest}
    return computed


def _applies(pack: Pack, example: ExclusionExample) -> bool:
    """Whether the rule of an example can be run: neither taken out of this pack nor left to be looked for in vain."""
    given = example.given
    try:
        pack.rule(given.rule, given.on)
    except Excluded:
        return False
    return excluding(pack, given.rule, on=given.on, circumstances=given.circumstances) is None


def _holidays_outcome(pack: Pack, example: HolidayExample) -> Outcome:
    year, calendar = example.given.year, pack.calendar
    first, next_first = date(year, 1, 1), date(year + 1, 1, 1)
    days = [first + timedelta(days=offset) for offset in range((next_first - first).days)]
    computed: dict[str, object] = {
        "working_days": sum(calendar.is_working_day(day) for day in days),
        "days_off": tuple(off.date for off in calendar.days_off(first, next_first)),
    }
    return Outcome(HOLIDAYS, structs.asdict(example.given), structs.asdict(example.then), computed)
