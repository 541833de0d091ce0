"""Soundness: what no schema can say of a pack, because it is about how its parts speak of each other.

This is about the pack as a whole; what one rule must keep is in `rule_soundness`.
"""

from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from consult.policy.faults import Fault
from consult.policy.packs import Pack
from consult.policy.rule_soundness import rule_faults
from consult.policy.rules import DeadlineRule
from consult.policy.working_days import calendar_of


def faults(pack: Pack) -> Iterator[Fault]:
    """Find everything that makes a well-formed pack unusable."""
    yield from _unknown_places(pack)
    yield from _validity(pack)
    yield from _circles(pack)
    if pack.frozen:
        yield Fault("$.frozen", "only a pack that a procedure froze carries its days off")
    for index, rule in enumerate(pack.rules):
        yield from rule_faults(pack, rule, f"$.rule[{index}]")


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
