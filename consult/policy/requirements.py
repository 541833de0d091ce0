"""Requirements: what a publication must contain, whom it must reach and by which channel, and what an exception asks.

The pack names the circumstances (a draft relevant to business, an urgent one) in which some of them hold; the clerk
says which of these are met, and sees at once what the law then wants of her.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from consult.policy.packs import Pack
from consult.policy.rules import Requirement
from consult.policy.scope import know, refuse_excluded


@dataclass(frozen=True)
class Duty:
    """A requirement as a line of a checklist, to be ticked off."""

    rule: Requirement
    is_met: bool


def requirements_of(
    pack: Pack, event: str, *, on: date, circumstances: Collection[str] = ()
) -> tuple[Requirement, ...]:
    """Return what the pack asks for on the day of an event, in these circumstances, in the order of the pack.

    Raises Excluded where the law does not apply to this at all: an empty list would pass for "all is done".
    """
    know(pack, circumstances)
    asked = [rule for rule in pack.kind(Requirement, on) if rule.event == event]
    for rule in asked:
        refuse_excluded(pack, rule.id, on=on, circumstances=circumstances)
    return tuple(
        rule
        for rule in asked
        if (rule.when is None or rule.when in circumstances)
        and (rule.unless is None or rule.unless not in circumstances)
    )


def checklist(
    pack: Pack, event: str, *, on: date, has: Collection[str], circumstances: Collection[str] = ()
) -> tuple[Duty, ...]:
    """Return every duty of an event with whether it is met. `has`: the ids of the requirements met so far.

    Of the requirements that are each other's alternatives one is enough: it meets them all. Raises Excluded.
    """
    asked = requirements_of(pack, event, on=on, circumstances=circumstances)
    groups = {rule.one_of for rule in asked if rule.one_of and rule.id in has}
    return tuple(Duty(rule, rule.id in has or rule.one_of in groups) for rule in asked)


def missing(
    pack: Pack, event: str, *, on: date, has: Collection[str], circumstances: Collection[str] = ()
) -> tuple[Requirement, ...]:
    """Return what is still missing, what is only advised included. `has`: the ids of the requirements already met."""
    duties = checklist(pack, event, on=on, has=has, circumstances=circumstances)
    return tuple(duty.rule for duty in duties if not duty.is_met)
