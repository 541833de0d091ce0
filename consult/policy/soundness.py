"""Soundness: what no schema can say of a pack, because it is about how its parts speak of each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consult.policy.packs import Pack
from consult.policy.rules import (
    DeadlineExample,
    DeadlineRule,
    ExpectedDate,
    Requirement,
    RequirementExample,
    Rule,
    Term,
)
from consult.policy.working_days import calendar_of


@dataclass(frozen=True)
class Fault:
    """Something wrong in a pack. `place` as msgspec names it, `$.rule[2].from`; `sentence` for the pack's author."""

    place: str
    sentence: str


def faults(pack: Pack) -> Iterator[Fault]:
    """Find everything that makes a well-formed pack unusable."""
    yield from _unknown_places(pack)
    yield from _validity(pack)
    yield from _circles(pack)
    for index, rule in enumerate(pack.rules):
        place = f"$.rule[{index}]"
        if isinstance(rule, DeadlineRule):
            yield from _deadline(pack, rule, place)
        else:
            yield from _requirement(pack, rule, place)


def _unknown_places(pack: Pack) -> Iterator[Fault]:
    try:
        ZoneInfo(pack.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Fault("$.time_zone", f"there is no time zone {pack.time_zone}")
    try:
        calendar_of(pack.holidays.country)
    except KeyError:
        yield Fault("$.holidays.country", f"the holidays of {pack.holidays.country} are not known")


def _validity(pack: Pack) -> Iterator[Fault]:
    if pack.valid_until and pack.valid_until <= pack.valid_from:
        yield Fault("$.valid_until", "the pack ends before it begins")
    seen: dict[str, list[tuple[date, date]]] = {}
    for index, rule in enumerate(pack.rules):
        since, until = pack.validity(rule)
        if until <= since:
            yield Fault(f"$.rule[{index}].valid_until", "its validity ends before it begins")
        for other_since, other_until in seen.setdefault(rule.id, []):
            if since < other_until and other_since < until:
                yield Fault(
                    f"$.rule[{index}].id",
                    f"its validity from {since} overlaps that of the rule of the same id from {other_since}",
                )
        seen[rule.id].append((since, until))


def _circles(pack: Pack) -> Iterator[Fault]:
    """Find rules that send each other round: no step of such a procedure could ever be the first."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for rule in pack.rules:
        if isinstance(rule, DeadlineRule):
            order.add(rule.end_event, rule.start_event)
    try:
        order.prepare()
    except CycleError as error:
        circle = error.args[1]
        index = next(
            index
            for index, rule in enumerate(pack.rules)
            if isinstance(rule, DeadlineRule) and rule.start_event in circle and rule.end_event in circle
        )
        yield Fault(f"$.rule[{index}].to", f"the rules run in a circle: {' → '.join(circle)}")


def _deadline(pack: Pack, rule: DeadlineRule, place: str) -> Iterator[Fault]:
    for key, event in (("from", rule.start_event), ("to", rule.end_event)):
        if event not in pack.events:
            yield Fault(f"{place}.{key}", f"the event {event} is not among the events of the pack")
    if rule.period and rule.term is not Term.MINIMUM:
        yield Fault(f"{place}.period", "a period given to people has a minimum, not a maximum")
    for index, example in enumerate(rule.examples):
        yield from _deadline_example(pack, rule, example, f"{place}.examples[{index}]")


def _deadline_example(pack: Pack, rule: DeadlineRule, example: DeadlineExample, place: str) -> Iterator[Fault]:
    start = example.given.get(rule.start_event)
    if start is None:
        yield Fault(f"{place}.given", f"the example does not give the day of {rule.start_event}")
    elif not _in_force(pack, rule, start):
        yield Fault(f"{place}.given", f"the rule was not in force on {start}")
    for event in example.given.keys() - {rule.start_event, rule.end_event}:
        yield Fault(f"{place}.given", f"the event {event} is not one this rule speaks of")
    if example.then == ExpectedDate():
        yield Fault(f"{place}.then", "the example expects nothing")
    chosen_is_judged = example.then.lawful is not None or example.then.nearest is not None
    if chosen_is_judged and rule.end_event not in example.given:
        yield Fault(f"{place}.then", f"lawful and nearest are about a chosen day: give that of {rule.end_event}")


def _requirement(pack: Pack, rule: Requirement, place: str) -> Iterator[Fault]:
    if rule.event not in pack.events:
        yield Fault(f"{place}.event", f"the event {rule.event} is not among the events of the pack")
    if rule.when is not None and rule.when not in pack.circumstances:
        yield Fault(f"{place}.when", f"the circumstance {rule.when} is not among the circumstances of the pack")
    deadlines = {deadline.id for deadline in pack.rules if isinstance(deadline, DeadlineRule)}
    for lifted in rule.lifts:
        if lifted not in deadlines:
            yield Fault(f"{place}.lifts", f"{lifted} is not a deadline of the pack")
    if rule.lifts and rule.when is None:
        yield Fault(f"{place}.lifts", "what lifts a deadline must say in which circumstance")
    for index, example in enumerate(rule.examples):
        yield from _requirement_example(pack, rule, example, f"{place}.examples[{index}]")


def _requirement_example(pack: Pack, rule: Requirement, example: RequirementExample, place: str) -> Iterator[Fault]:
    if not _in_force(pack, rule, example.given.on):
        yield Fault(f"{place}.given", f"the rule was not in force on {example.given.on}")
    requirements = {requirement.id for requirement in pack.rules if isinstance(requirement, Requirement)}
    for name in set(example.given.has) - requirements:
        yield Fault(f"{place}.given", f"{name} is not a requirement of the pack")
    for name in set(example.given.circumstances) - pack.circumstances.keys():
        yield Fault(f"{place}.given", f"the circumstance {name} is not among the circumstances of the pack")


def _in_force(pack: Pack, rule: Rule, on: date) -> bool:
    since, until = pack.validity(rule)
    return since <= on < until
