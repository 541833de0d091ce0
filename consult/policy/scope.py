"""Scope: what a law does not apply to, and what lifts a single one of its terms.

A rule that does not apply is never computed: no date, no list and no yes comes out of it, only the article that says
so.
"""

from collections.abc import Collection
from datetime import date

from consult.policy.packs import Excluded, Pack
from consult.policy.rules import DeadlineRule, Exclusion, Requirement, Rule


def excluding(pack: Pack, rule_id: str, *, on: date, circumstances: Collection[str] = ()) -> Exclusion | None:
    """Return what takes a rule of this pack out of the law in these circumstances; None where it applies."""
    know(pack, circumstances)
    event = event_of(pack.rule(rule_id, on))
    for exclusion in pack.kind(Exclusion, on):
        in_case = exclusion.when is None or exclusion.when in circumstances
        if in_case and event in exclusion.events:
            return exclusion
    return None


def event_of(rule: Rule) -> str | None:
    """Return the event with which a rule begins; an exclusion begins with none."""
    if isinstance(rule, DeadlineRule):
        return rule.start_event
    return None if isinstance(rule, Exclusion) else rule.event


def refuse_excluded(pack: Pack, rule_id: str, *, on: date, circumstances: Collection[str] = ()) -> None:
    """Raise Excluded, with the reason and its article, for a rule that does not apply in these circumstances."""
    exclusion = excluding(pack, rule_id, on=on, circumstances=circumstances)
    if exclusion:
        raise Excluded(rule=rule_id, why=exclusion.title, cite=exclusion.citation)


def lifting(pack: Pack, rule_id: str, *, on: date, circumstances: Collection[str]) -> Requirement | None:
    """Return the exception under which a deadline does not bind in these circumstances, or None where it binds."""
    know(pack, circumstances)
    for rule in pack.kind(Requirement, on):
        if rule.when in circumstances and rule_id in rule.lifts:
            return rule
    return None


def know(pack: Pack, circumstances: Collection[str]) -> None:
    """Stop on a circumstance the pack never speaks of: taking it for absent would hide a duty."""
    unknown = set(circumstances) - pack.circumstances.keys()
    if unknown:
        raise ValueError(f"{pack.id} does not speak of the circumstances {sorted(unknown)}")
