"""Local rules: the numbers that the law leaves to the authority's own regulation, each with the act that set it.

The pack names a number for each, from practice, and the range in which another one may be chosen. What an authority
chose holds from a day on; the rules before that day stay as they were, so that a procedure is judged by its own time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from consult.i18n import N_
from consult.policy.packs import Pack, WrongKind
from consult.policy.rules import DeadlineRule, Decision, LocalRule, Quantity, Rule
from consult.refusals import Refusal


class NotLocal(WrongKind):
    """The law itself fixed the number."""

    sentence = N_("The rule %(rule)s of %(pack)s is not one that an authority sets itself.")


class OutsideRange(Refusal):
    """The number is not one that an authority may choose."""

    sentence = N_("Choose a number from %(at_least)s to %(at_most)s.")
    field = "number"


@dataclass(frozen=True)
class LocalSetting:
    """What an authority chose for a local rule, from a day on. `act`: the decision; `url`: where it can be read."""

    rule: str
    number: int
    since: date
    act: str
    url: str


def local_rules(pack: Pack, *, on: date) -> tuple[LocalRule, ...]:
    """Return the rules that an authority may set itself, as they stand on a day."""
    return tuple(rule for rule in pack.rules_in_force(on) if isinstance(rule, LocalRule) and rule.local)


def number_of(rule: LocalRule) -> int:
    """Return the number that a local rule is about: days, or whatever its unit is."""
    return (rule.days or 0) if isinstance(rule, DeadlineRule) else rule.number


def quantity(pack: Pack, rule_id: str, *, on: date) -> Quantity:
    """Return the rule about a number, as it stood on a day. Raises NoSuchRule, NotInForce, NotLocal."""
    rule = pack.rule(rule_id, on)
    if not isinstance(rule, Quantity):
        raise NotLocal(pack=pack.id, rule=rule_id)
    return rule


def check_setting(pack: Pack, setting: LocalSetting) -> None:
    """Refuse a setting of a rule that is not local, or with a number outside its range.

    Raises NoSuchRule, NotInForce, NotLocal, OutsideRange.
    """
    rule = pack.rule(setting.rule, setting.since)
    if not isinstance(rule, LocalRule) or rule.local is None:
        raise NotLocal(pack=pack.id, rule=setting.rule)
    if not rule.local.at_least <= setting.number <= rule.local.at_most:
        raise OutsideRange(at_least=rule.local.at_least, at_most=rule.local.at_most)


def is_allowed(pack: Pack, setting: LocalSetting) -> bool:
    """Whether a pack leaves this to the authority."""
    try:
        check_setting(pack, setting)
    except Refusal:
        return False
    return True


def with_local(pack: Pack, settings: Sequence[LocalSetting]) -> Pack:
    """Return a pack with what an authority chose, in the order in which it chose: of two for one day the later holds.

    What an edition of the pack no longer leaves to the authority is passed over: then the law itself holds.
    """
    by_day = sorted((setting for setting in settings if is_allowed(pack, setting)), key=lambda each: each.since)
    if not by_day:
        return pack
    return replace(pack, rules=tuple(part for rule in pack.rules for part in _parts(pack, rule, by_day)))


def _parts(pack: Pack, rule: Rule, settings: Sequence[LocalSetting]) -> Iterator[Rule]:
    """Cut the life of a rule at each day from which another number holds."""
    if not isinstance(rule, LocalRule) or rule.local is None:
        yield rule
        return
    begins, ends = pack.validity(rule)
    current: LocalRule = rule
    for setting in settings:
        if setting.rule != rule.id or setting.since >= ends:
            continue
        if setting.since > begins:
            yield replace(current, valid_until=setting.since)
            begins = setting.since
        current = _set(replace(rule, valid_from=begins), setting)
    yield current


def _set(rule: LocalRule, setting: LocalSetting) -> LocalRule:
    decision = Decision(act=setting.act, url=setting.url)
    if isinstance(rule, DeadlineRule):
        return replace(rule, days=setting.number, decision=decision)
    return replace(rule, number=setting.number, decision=decision)
