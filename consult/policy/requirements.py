"""Requirements: what a publication must contain, whom it must reach and by which channel, and what an exception asks.

The pack names the circumstances (a draft relevant to business, an urgent one) in which some of them hold; the clerk
says which of these are met, and sees at once what the law then wants of her.
"""

from collections.abc import Collection
from datetime import date

from consult.policy.packs import Pack
from consult.policy.rules import Requirement


def requirements_of(
    pack: Pack, event: str, *, on: date, circumstances: Collection[str] = ()
) -> tuple[Requirement, ...]:
    """Return what the pack asks for on the day of an event, in these circumstances, in the order of the pack."""
    _know(pack, circumstances)
    return tuple(
        rule
        for rule in pack.rules_in_force(on)
        if isinstance(rule, Requirement) and rule.event == event and (rule.when is None or rule.when in circumstances)
    )


def missing(
    pack: Pack, event: str, *, on: date, has: Collection[str], circumstances: Collection[str] = ()
) -> tuple[Requirement, ...]:
    """Return what is still missing. `has`: the ids of the requirements already met."""
    return tuple(
        rule for rule in requirements_of(pack, event, on=on, circumstances=circumstances) if rule.id not in has
    )


def lifting(pack: Pack, rule_id: str, *, on: date, circumstances: Collection[str]) -> Requirement | None:
    """Return the exception under which a deadline does not bind in these circumstances, or None where it binds."""
    _know(pack, circumstances)
    for rule in pack.rules_in_force(on):
        if isinstance(rule, Requirement) and rule.when in circumstances and rule_id in rule.lifts:
            return rule
    return None


def _know(pack: Pack, circumstances: Collection[str]) -> None:
    """Stop on a circumstance the pack never speaks of: taking it for absent would hide a duty."""
    unknown = set(circumstances) - pack.circumstances.keys()
    if unknown:
        raise ValueError(f"{pack.id} does not speak of the circumstances {sorted(unknown)}")
