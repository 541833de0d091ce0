"""Worked examples: `given … then …`, as a lawyer wrote them into the pack, against what the rules compute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec import structs

from consult.policy.deadlines import check_date, evaluate
from consult.policy.packs import HolidayExample, Pack
from consult.policy.requirements import missing
from consult.policy.rules import DeadlineExample, DeadlineRule, Requirement, RequirementExample
from consult.policy.words import Bilingual

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
        if isinstance(rule, DeadlineRule):
            for example in rule.examples:
                yield _deadline_outcome(pack, rule, example)
        else:
            for publication in rule.examples:
                yield _requirement_outcome(pack, rule, publication)


def _holidays_outcome(pack: Pack, example: HolidayExample) -> Outcome:
    year, calendar = example.given.year, pack.calendar
    first, next_first = date(year, 1, 1), date(year + 1, 1, 1)
    days = [first + timedelta(days=offset) for offset in range((next_first - first).days)]
    computed: dict[str, object] = {
        "working_days": sum(calendar.is_working_day(day) for day in days),
        "days_off": tuple(off.date for off in calendar.days_off(first, next_first)),
    }
    return Outcome(HOLIDAYS, structs.asdict(example.given), structs.asdict(example.then), computed)


def _deadline_outcome(pack: Pack, rule: DeadlineRule, example: DeadlineExample) -> Outcome:
    expected = {name: value for name, value in structs.asdict(example.then).items() if value is not None}
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
    stated = {name: computed[name] for name in expected}
    return Outcome(rule.id, dict(example.given), expected, stated, example.note)


def _requirement_outcome(pack: Pack, rule: Requirement, example: RequirementExample) -> Outcome:
    given = example.given
    lacking = missing(pack, rule.event, on=given.on, has=given.has, circumstances=given.circumstances)
    told = {name: value for name, value in structs.asdict(given).items() if value}
    return Outcome(
        rule.id, told, structs.asdict(example.then), {"missing": any(other is rule for other in lacking)}, example.note
    )
