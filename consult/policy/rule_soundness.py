"""What each kind of rule must keep within its pack: it names only what the pack knows, and its examples try it."""

from collections.abc import Collection, Iterator
from datetime import date

from consult.policy.faults import Fault
from consult.policy.names import nearest
from consult.policy.packs import Pack
from consult.policy.rules import (
    DeadlineRule,
    Eligibility,
    Exclusion,
    Indicator,
    LocalRule,
    Quantity,
    Requirement,
    Rule,
    Term,
)
from consult.policy.worked import DeadlineExample, ExpectedDate


def rule_faults(pack: Pack, rule: Rule, place: str) -> Iterator[Fault]:
    """Find everything wrong with one rule. `place`: where it stands in the file."""
    if isinstance(rule, LocalRule):
        yield from _local(rule, place)
    match rule:
        case DeadlineRule():
            yield from _deadline(pack, rule, place)
        case Quantity():
            yield from _quantity(pack, rule, place)
        case Requirement():
            yield from _requirement(pack, rule, place)
        case Eligibility():
            yield from _eligibility(pack, rule, place)
        case Indicator():
            yield from _indicator(pack, rule, place)
        case Exclusion():
            yield from _exclusion(pack, rule, place)


def _local(rule: LocalRule, place: str) -> Iterator[Fault]:
    number = (rule.days or 0) if isinstance(rule, DeadlineRule) else rule.number
    if rule.decision:
        yield Fault(f"{place}.decision", "the act that set a local rule belongs to an authority, not to the pack")
    if rule.local and not rule.local.at_least <= number <= rule.local.at_most:
        yield Fault(f"{place}.local", f"the rule's own number, {number}, is outside the range")


def _deadline(pack: Pack, rule: DeadlineRule, place: str) -> Iterator[Fault]:
    yield from _named(f"{place}.from", "event", [rule.start_event], pack.events)
    yield from _named(f"{place}.to", "event", [rule.end_event], pack.events)
    yield from _named(f"{place}.when", "circumstance", [rule.when] if rule.when else [], pack.circumstances)
    if sum(length is not None for length in (rule.days, rule.weeks, rule.months)) != 1:
        yield Fault(f"{place}.days", "a deadline has days, weeks or months, one of them")
    elif (rule.days is None) != (rule.unit is None):
        yield Fault(f"{place}.unit", "days, and only days, are calendar or working ones")
    if rule.days == 0 and not rule.local:
        yield Fault(f"{place}.days", "a term of no days is no term")
    if rule.local and rule.days is None:
        yield Fault(f"{place}.local", "a local term is one in days")
    if rule.period and rule.term is not Term.MINIMUM:
        yield Fault(f"{place}.period", "a period given to people has a minimum, not a maximum")
    for index, example in enumerate(rule.examples):
        yield from _deadline_example(pack, rule, example, f"{place}.examples[{index}]")


def _deadline_example(pack: Pack, rule: DeadlineRule, example: DeadlineExample, place: str) -> Iterator[Fault]:
    start = example.given.get(rule.start_event)
    if start is None:
        yield Fault(f"{place}.given", f"the example does not give the day of {rule.start_event}")
    else:
        yield from _in_force(pack, rule, start, place)
    for event in example.given.keys() - {rule.start_event, rule.end_event}:
        yield Fault(f"{place}.given", f"the event {event} is not one this rule speaks of")
    if example.then == ExpectedDate():
        yield Fault(f"{place}.then", "the example expects nothing")
    chosen_is_judged = example.then.lawful is not None or example.then.nearest is not None
    if chosen_is_judged and rule.end_event not in example.given:
        yield Fault(f"{place}.then", f"lawful and nearest are about a chosen day: give that of {rule.end_event}")


def _quantity(pack: Pack, rule: Quantity, place: str) -> Iterator[Fault]:
    yield from _named(f"{place}.event", "event", [rule.event], pack.events)
    for index, example in enumerate(rule.examples):
        yield from _in_force(pack, rule, example.given.on, f"{place}.examples[{index}]")


def _requirement(pack: Pack, rule: Requirement, place: str) -> Iterator[Fault]:
    yield from _named(f"{place}.event", "event", [rule.event], pack.events)
    for key, circumstance in (("when", rule.when), ("unless", rule.unless)):
        if circumstance is not None:
            yield from _named(f"{place}.{key}", "circumstance", [circumstance], pack.circumstances)
    deadlines = {deadline.id for deadline in pack.rules if isinstance(deadline, DeadlineRule)}
    for lifted in rule.lifts:
        if lifted not in deadlines:
            yield Fault(f"{place}.lifts", f"{lifted} is not a deadline of the pack{nearest(lifted, deadlines)}")
    if rule.lifts and rule.when is None:
        yield Fault(f"{place}.lifts", "what lifts a deadline must say in which circumstance")
    requirements = {requirement.id for requirement in pack.rules if isinstance(requirement, Requirement)}
    for index, example in enumerate(rule.examples):
        where = f"{place}.examples[{index}]"
        yield from _in_force(pack, rule, example.given.on, where)
        for name in set(example.given.has) - requirements:
            yield Fault(f"{where}.given", f"{name} is not a requirement of the pack{nearest(name, requirements)}")
        yield from _named(f"{where}.given", "circumstance", example.given.circumstances, pack.circumstances)


def _eligibility(pack: Pack, rule: Eligibility, place: str) -> Iterator[Fault]:
    yield from _named(f"{place}.event", "event", [rule.event], pack.events)
    yield from _named(f"{place}.open_to", "party", rule.open_to, pack.parties)
    for index, example in enumerate(rule.examples):
        yield from _in_force(pack, rule, example.given.on, f"{place}.examples[{index}]")
        yield from _named(f"{place}.examples[{index}].given", "party", [example.given.by], pack.parties)


def _indicator(pack: Pack, rule: Indicator, place: str) -> Iterator[Fault]:
    yield from _named(f"{place}.event", "event", [rule.event], pack.events)
    yield from _named(f"{place}.counts", "measure", rule.counts, pack.measures)
    yield from _named(f"{place}.out_of", "measure", rule.out_of, pack.measures)
    if rule.out_of and not rule.counts:
        yield Fault(f"{place}.out_of", "a share counts something out of something else")
    if not rule.counts and not rule.in_words:
        yield Fault(f"{place}.counts", "an indicator counts something, or says something in words")
    if rule.counts and not rule.examples:
        yield Fault(f"{place}.examples", "an indicator that counts something has a worked example")
    for index, example in enumerate(rule.examples):
        if example.given.keys() != {*rule.counts, *rule.out_of}:
            wanted = ", ".join(dict.fromkeys((*rule.counts, *rule.out_of)))
            yield Fault(f"{place}.examples[{index}].given", f"the example must give what is counted: {wanted}")


def _exclusion(pack: Pack, rule: Exclusion, place: str) -> Iterator[Fault]:
    if rule.when is not None:
        yield from _named(f"{place}.when", "circumstance", [rule.when], pack.circumstances)
    yield from _named(f"{place}.events", "event", rule.events, pack.events)
    if bool(rule.events) == bool(rule.rules):
        yield Fault(f"{place}.events", "an exclusion names events of this pack, or rules of another one")
    if bool(rule.rules) != bool(rule.of):
        yield Fault(f"{place}.of", "rules that are not here are those of another pack: say which")
    own = {other.id for other in pack.rules}
    for index, example in enumerate(rule.examples):
        where = f"{place}.examples[{index}]"
        if not rule.of:
            yield from _named(f"{where}.given", "rule", [example.given.rule], own)
        yield from _named(f"{where}.given", "circumstance", example.given.circumstances, pack.circumstances)


def _named(place: str, what: str, names: Collection[str], known: Collection[str]) -> Iterator[Fault]:
    """Find names that the pack does not know, each with the nearest that it does."""
    plural = {"party": "parties"}.get(what, f"{what}s")
    for name in names:
        if name not in known:
            yield Fault(place, f"the {what} {name} is not among the {plural} of the pack{nearest(name, known)}")


def _in_force(pack: Pack, rule: Rule, on: date, place: str) -> Iterator[Fault]:
    since, until = pack.validity(rule)
    if not since <= on < until:
        yield Fault(f"{place}.given", f"the rule was not in force on {on}")
