"""A pack in sentences: what each rule asks and what its examples show, for a lawyer who reads no TOML."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from consult.i18n import N_, gettext, spoken
from consult.policy.examples import stated
from consult.policy.packs import Pack
from consult.policy.rules import (
    Asks,
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
from consult.policy.worked import Worked

#: What a requirement asks for, in one word.
ASKED: Mapping[Asks, str] = {
    Asks.CHANNEL: N_("Way to publish"),
    Asks.RECIPIENT: N_("Whom to tell"),
    Asks.CONTENT: N_("What it contains"),
    Asks.DOCUMENT: N_("Document to publish"),
    Asks.PERSON: N_("Who it needs"),
    Asks.FORM: N_("Form"),
    Asks.CONDUCT: N_("How it is done"),
    Asks.RECORD: N_("What is kept"),
    Asks.MOTIVE: N_("Written reason"),
}


def what_it_says(pack: Pack, rule: Rule) -> str:
    """Return what a rule comes to, in one or more sentences of the current locale, beside the words of its author."""
    return " ".join(sentence for sentence in (*_core(pack, rule), *_conditions(pack, rule)) if sentence)


def _core(pack: Pack, rule: Rule) -> Iterator[str]:
    match rule:
        case DeadlineRule():
            yield from _term(pack, rule)
        case Quantity():
            unit = str(rule.unit)
            yield f"{unit[:1].upper()}{unit[1:]}: {rule.number}."
        case Requirement():
            yield f"{gettext(ASKED[rule.asks])}."
        case Eligibility():
            parties = ", ".join(str(pack.parties[party]) for party in rule.open_to)
            yield gettext("Open to: %(parties)s.") % {"parties": parties}
        case Indicator():
            yield from _counted(pack, rule)
        case Exclusion():
            if rule.of:
                yield gettext("Rules of %(pack)s that are not here: %(rules)s.") % {
                    "pack": rule.of,
                    "rules": ", ".join(rule.rules),
                }


def _term(pack: Pack, rule: DeadlineRule) -> Iterator[str]:
    said = gettext("At least %(term)s from “%(start)s” to “%(end)s”.")
    if rule.term is Term.MAXIMUM:
        said = gettext("At most %(term)s from “%(start)s” to “%(end)s”.")
    if rule.days == 0:
        said = gettext("“%(end)s” is the same day as “%(start)s”, or later.")
    start, end = pack.events[rule.start_event], pack.events[rule.end_event]
    yield said % {"term": rule.length, "start": start, "end": end}
    if rule.period:
        yield gettext("It is time given to people: a last day that is a day off moves to the next working day.")


def _counted(pack: Pack, rule: Indicator) -> Iterator[str]:
    def named(measures: Collection[str]) -> str:
        return " + ".join(str(pack.measures[measure]) for measure in measures)

    if rule.out_of:
        yield gettext("Share in percent: %(part)s, out of %(whole)s.") % {
            "part": named(rule.counts),
            "whole": named(rule.out_of),
        }
    elif rule.counts:
        yield gettext("Counts: %(measures)s.") % {"measures": named(rule.counts)}
    if rule.in_words:
        yield gettext("Said in words.")


def _conditions(pack: Pack, rule: Rule) -> Iterator[str]:
    if isinstance(rule, DeadlineRule | Requirement | Exclusion) and rule.when:
        yield gettext("Only where: %(circumstance)s.") % {"circumstance": pack.circumstances[rule.when]}
    if isinstance(rule, Requirement):
        yield from _of_a_requirement(pack, rule)
    if isinstance(rule, LocalRule) and rule.local:
        yield gettext("The authority may set it itself, from %(at_least)s to %(at_most)s.") % {
            "at_least": rule.local.at_least,
            "at_most": rule.local.at_most,
        }
    if rule.valid_from:
        yield gettext("In force from %(day)s.") % {"day": spoken(rule.valid_from)}
    if rule.valid_until:
        yield gettext("In force before %(day)s.") % {"day": spoken(rule.valid_until)}


def _of_a_requirement(pack: Pack, rule: Requirement) -> Iterator[str]:
    if rule.unless:
        yield gettext("Not where: %(circumstance)s.") % {"circumstance": pack.circumstances[rule.unless]}
    if rule.one_of:
        others = [_title(other) for other in pack.rules if _alternative(rule, other)]
        yield gettext("Or instead: %(others)s.") % {"others": ", ".join(others)}
    if rule.when_it_exists:
        yield gettext("Later, if there is none yet.")
    if rule.advisory:
        yield gettext("The service warns of it and refuses nothing.")
    for lifted in rule.lifts:
        lifts = next(_title(other) for other in pack.rules if other.id == lifted)
        yield gettext("With it this term does not bind: %(rule)s.") % {"rule": lifts}


def _title(rule: Rule) -> str:
    return gettext("“%(title)s”") % {"title": str(rule.title).removesuffix(".")}


def _alternative(rule: Requirement, other: Rule) -> bool:
    return isinstance(other, Requirement) and other is not rule and other.one_of == rule.one_of


def in_words(pack: Pack, rule: Rule, example: Worked) -> str:
    """Return a worked example as a sentence: what is given, and what follows."""
    facts, expected = stated(example)
    given = "; ".join(_given(pack, rule, facts))
    then = "; ".join(_then(rule, expected))
    said = gettext("%(given)s: %(then)s.") % {"given": given[:1].upper() + given[1:], "then": then}
    return f"{said} {example.note}" if example.note else said


def _given(pack: Pack, rule: Rule, given: Mapping[str, object]) -> Iterator[str]:
    match rule:
        case DeadlineRule():
            for event, day in given.items():
                yield gettext("%(event)s on %(day)s") % {"event": pack.events[event], "day": spoken(day)}
        case Indicator():
            for measure, number in given.items():
                yield f"{pack.measures[measure]} {number}"
        case _:
            if party := given.get("by"):
                yield str(pack.parties[str(party)])
            if named := given.get("rule"):
                yield next((_title(other) for other in pack.rules if other.id == named), str(named))
            yield gettext("on %(day)s") % {"day": spoken(given["on"])}
            for circumstance in _names(given.get("circumstances")):
                yield str(pack.circumstances[circumstance])
            met = [_title(other) for other in pack.rules if other.id in _names(given.get("has"))]
            if met:
                yield gettext("done: %(requirements)s") % {"requirements": ", ".join(met)}


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _days_off(days: object) -> str:
    named = [str(spoken(day)) for day in days if isinstance(day, date)] if isinstance(days, tuple) else []
    return gettext("days off: %(days)s") % {"days": ", ".join(named)} if named else gettext("no days off")


#: What is said of a value that an example expects, by its name, in the order in which it is said.
SAID: Mapping[str, Callable[[object], str]] = {
    "lawful": lambda yes: gettext("lawful") if yes else gettext("a breach"),
    "nearest": lambda day: gettext("the nearest lawful date is %(day)s") % {"day": spoken(day)},
    "earliest": lambda day: gettext("at the earliest on %(day)s") % {"day": spoken(day)},
    "latest": lambda day: gettext("at the latest on %(day)s") % {"day": spoken(day)},
    "lenient": lambda day: gettext("%(day)s in the lenient reading") % {"day": spoken(day)},
    "days_off": _days_off,
    "missing": lambda yes: gettext("still missing") if yes else gettext("nothing is missing"),
    "eligible": lambda yes: gettext("may do it") if yes else gettext("may not do it"),
    "applies": lambda yes: gettext("applies") if yes else gettext("does not apply"),
    "number": str,
}


def _then(rule: Rule, expected: Mapping[str, object]) -> Iterator[str]:
    if "value" in expected:
        yield f"{expected['value']} %" if isinstance(rule, Indicator) and rule.out_of else str(expected["value"])
    for name, words in SAID.items():
        if name in expected:
            yield words(expected[name])
