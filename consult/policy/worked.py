"""The shapes of worked examples, `given … then …`: how a lawyer writes down what a rule must come to."""

from datetime import date

from consult.policy.words import Bilingual, Part, Slug, Words


class Worked(Part, frozen=True, kw_only=True):
    """What every worked example may have: a note, such as the town and the year in which it happened."""

    note: Bilingual | None = None


class ExpectedDate(Part, frozen=True, kw_only=True):
    """What an example of a deadline expects; only what is stated is compared."""

    earliest: date | None = None
    latest: date | None = None
    lenient: date | None = None
    lawful: bool | None = None
    nearest: date | None = None
    days_off: tuple[date, ...] | None = None


class DeadlineExample(Worked, frozen=True, kw_only=True):
    """Given the day of the first event (and the day chosen for the second), then these dates."""

    given: dict[Slug, date]
    then: ExpectedDate


class Publication(Part, frozen=True, kw_only=True):
    """Something done or published on a day, with these requirements met, in these circumstances."""

    on: date
    has: tuple[Slug, ...] = ()
    circumstances: tuple[Slug, ...] = ()


class ExpectedRequirement(Part, frozen=True, kw_only=True):
    """Whether the requirement is then still missing."""

    missing: bool


class RequirementExample(Worked, frozen=True, kw_only=True):
    """Given what was published and when, then the requirement is missing, or is not."""

    given: Publication
    then: ExpectedRequirement


class Asking(Part, frozen=True, kw_only=True):
    """Somebody who does something on a day."""

    by: Slug
    on: date


class ExpectedStanding(Part, frozen=True, kw_only=True):
    """Whether they may."""

    eligible: bool


class EligibilityExample(Worked, frozen=True, kw_only=True):
    """Given who acts and when, then the rule is open to them, or is not."""

    given: Asking
    then: ExpectedStanding


class Day(Part, frozen=True, kw_only=True):
    """A day on which the law is asked."""

    on: date


class ExpectedNumber(Part, frozen=True, kw_only=True):
    """The number that holds on it."""

    number: int


class QuantityExample(Worked, frozen=True, kw_only=True):
    """Given a day, then this number holds on it."""

    given: Day
    then: ExpectedNumber


class ExpectedFigure(Part, frozen=True, kw_only=True):
    """The figure of the report. A share is in whole percent here, so that a reader can check it in the head."""

    value: int


class IndicatorExample(Worked, frozen=True, kw_only=True):
    """Given what was counted in the year, then this is the figure of the report."""

    given: dict[Slug, int]
    then: ExpectedFigure


class Case(Part, frozen=True, kw_only=True):
    """A rule that somebody wants to run on a day, in these circumstances."""

    rule: Words
    on: date
    circumstances: tuple[Slug, ...] = ()


class ExpectedScope(Part, frozen=True, kw_only=True):
    """Whether it applies at all."""

    applies: bool


class ExclusionExample(Worked, frozen=True, kw_only=True):
    """Given a rule, a day and circumstances, then the rule applies, or does not."""

    given: Case
    then: ExpectedScope
