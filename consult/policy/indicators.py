"""Indicators: what the yearly report counts, under the names that the law gives them.

The pack says which measures an indicator is the sum of; whoever reports counts those measures, all of them, and a
figure comes out that is never blank and never the error of a spreadsheet: nothing counted is 0, and so is a share of
nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from consult.policy.packs import Pack
from consult.policy.rules import Indicator


@dataclass(frozen=True)
class Figure:
    """An indicator with its value: a number, a share in percent, or None where the report only says words."""

    rule: Indicator
    value: Fraction | None

    @property
    def is_share(self) -> bool:
        """Whether the value is in percent."""
        return bool(self.rule.out_of)


def indicators_of(pack: Pack, *, on: date) -> tuple[Indicator, ...]:
    """Return what a report on a day holds, in the order of the pack: what the law asks, then what practice adds."""
    return tuple(pack.kind(Indicator, on))


def figures(pack: Pack, measured: Mapping[str, int], *, on: date) -> tuple[Figure, ...]:
    """Compute every indicator of a report. `measured`: each measure of the pack with what was counted."""
    return tuple(Figure(rule, value_of(rule, measured)) for rule in indicators_of(pack, on=on))


def value_of(rule: Indicator, measured: Mapping[str, int]) -> Fraction | None:
    """Return the value of one indicator; a measure that was not counted is a mistake of the caller, not a zero."""
    uncounted = {*rule.counts, *rule.out_of} - measured.keys()
    if uncounted:
        raise ValueError(f"{rule.id}: nobody counted {sorted(uncounted)}")
    if not rule.counts:
        return None
    part = sum(measured[measure] for measure in rule.counts)
    if not rule.out_of:
        return Fraction(part)
    whole = sum(measured[measure] for measure in rule.out_of)
    return Fraction(100 * part, whole) if whole else Fraction(0)
