"""The lines of a report: each indicator under its name in the rules, with its figure as people write it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from babel.numbers import format_percent

from consult.consultations.procedure import current_pack
from consult.consultations.report_figures import last_day, stated
from consult.consultations.reports import YearlyReport
from consult.i18n import current_locale
from consult.policy.indicators import Figure, indicators_of
from consult.policy.rules import Indicator
from consult.refusals import NotFound
from web.ui.figures import number

YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True)
class Row:
    """One indicator. `value`: as the record says it, None where only words say it; `words`: what was written of it."""

    rule: Indicator
    value: str | None
    words: str

    @property
    def shown(self) -> str:
        """The figure as the reader's language writes it."""
        if self.value is None:
            return ""
        value = Fraction(self.value)
        if self.rule.out_of:
            return str(format_percent(float(value / 100), "#,##0.#%", locale=current_locale.get()))
        return number(int(value))


def rows_now(figures: tuple[Figure, ...], words: Mapping[str, str]) -> list[Row]:
    """Return the lines of figures as they stand."""
    return [Row(each.rule, stated(each.value), words.get(each.rule.id, "")) for each in figures]


def rows_published(report: YearlyReport) -> list[Row]:
    """Return the lines of a published report, under the names that the rules had for its year."""
    indicators = indicators_of(current_pack(), on=last_day(report.year))
    return [
        Row(rule, report.values[rule.id], report.words.get(rule.id, ""))
        for rule in indicators
        if rule.id in report.values
    ]


def year_in(written: str, today: date) -> int:
    """Return the year that an address names, none that is to come; raises NotFound."""
    if not YEAR.fullmatch(written) or int(written) > today.year:
        raise NotFound
    return int(written)
