"""What a policy pack says: the shape of the files under `policies/`, and what is found in one.

A pack is one act, or one rulebook, as data: where its text was read, the events it speaks of, and its rules. The same
rule may stand in a pack several times, for parts of time that do not overlap.
"""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Meta, field

from consult.i18n import N_
from consult.policy.rules import DeadlineRule, Exclusion, Rule
from consult.policy.words import Bilingual, PackId, Part, Slug, Words
from consult.policy.working_days import ONE_DAY, Calendar, DayOff, calendar_between, calendar_of
from consult.refusals import Refusal

KindT = TypeVar("KindT", bound=Rule)


#: How many names of rules are offered instead of one that is none.
CLOSEST = 3


class NoSuchRule(Refusal):
    """The pack has no rule of that name."""

    sentence = N_("The pack %(pack)s has no rule %(rule)s; the closest are: %(rules)s.")


class WrongKind(Refusal):
    """The rule exists, but is of another kind than the one that was asked for."""


class NotADeadline(WrongKind):
    """The rule asks for something, but no date follows from it."""

    sentence = N_("The rule %(rule)s of %(pack)s is not a deadline: no date follows from it.")


class Excluded(Refusal):
    """The rule does not apply to this at all, and who runs it must hear why instead of a date."""

    sentence = N_("The rule %(rule)s cannot be applied here. %(why)s (%(cite)s)")


class NotInForce(Refusal):
    """The rule exists, but did not apply on that day."""

    sentence = N_("The rules known here are in force from %(since)s on; nothing can be computed from %(day)s.")


class NoLongerInForce(NotInForce):
    """The rule exists, but had ended by that day."""

    sentence = N_("The rules known here were in force until %(until)s; nothing can be computed from %(day)s.")


class Source(Part, frozen=True, kw_only=True):
    """An act and the articles read in it. `state`: which text; `verified`: read in the act itself, not second hand."""

    act: Words
    articles: Words
    state: Words
    verified: bool
    url: str = ""


class Year(Part, frozen=True, kw_only=True):
    """A year of the calendar."""

    year: Annotated[int, Meta(ge=1, le=9999)]


class ExpectedYear(Part, frozen=True, kw_only=True):
    """How many days offices work in it, and every legal holiday, those on weekends too."""

    working_days: int
    days_off: tuple[date, ...]


class HolidayExample(Part, frozen=True, kw_only=True):
    """A year whose days off somebody wrote down by hand, so that the calendar has a second source."""

    given: Year
    then: ExpectedYear


class ClosedDay(Part, frozen=True, kw_only=True):
    """A day on which offices are closed though it is no legal holiday, such as a bridge day to be made up for later.

    `source`: the act that closes them. A working day all the same unless `counted` is false: whoever counts on it in
    good faith must not come too late.
    """

    date: date
    name: Bilingual
    source: Words
    counted: bool = True


class Holidays(Part, frozen=True, kw_only=True):
    """Whose legal holidays are days off: an ISO 3166 country, and years checked by hand; besides, days closed."""

    country: Words
    closed_days: tuple[ClosedDay, ...] = ()
    examples: tuple[HolidayExample, ...] = ()


class FrozenDays(Part, frozen=True, kw_only=True):
    """The days off between two days, both included, as a frozen pack carries them."""

    since: date
    until: date
    days_off: dict[date, Bilingual]


class Pack(Part, frozen=True, kw_only=True):
    """One act as data. `parties`: who may act; `measures`: what its indicators count."""

    id: PackId
    version: Words
    title: Bilingual
    jurisdiction: Words
    time_zone: Words
    valid_from: date
    valid_until: date | None = None
    counting: Bilingual
    sources: Annotated[tuple[Source, ...], Meta(min_length=1)]
    events: dict[Slug, Bilingual]
    circumstances: dict[Slug, Bilingual] = field(default_factory=dict)
    parties: dict[Slug, Bilingual] = field(default_factory=dict)
    measures: dict[Slug, Bilingual] = field(default_factory=dict)
    holidays: Holidays
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)] = field(name="rule")
    frozen: FrozenDays | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the pack's days begin and end."""
        return ZoneInfo(self.time_zone)

    @property
    def calendar(self) -> Calendar:
        """The days off: of the country, or, once frozen, those the pack carries and no others."""
        if self.frozen:
            return calendar_between(self.frozen.since, self.frozen.until, self.frozen.days_off)
        closed = {day.date: day.name for day in self.holidays.closed_days if not day.counted}
        return calendar_of(self.holidays.country).closed_on(closed) if closed else calendar_of(self.holidays.country)

    def closed_days(self, since: date, until: date) -> Iterator[DayOff]:
        """Name the days from `since` up to but without `until` on which offices are closed, but which are counted."""
        for day in self.holidays.closed_days:
            if day.counted and since <= day.date < until and self.calendar.is_working_day(day.date):
                yield DayOff(day.date, day.name)

    def validity(self, rule: Rule) -> tuple[date, date]:
        """Return the first day a rule is in force and the first day it no longer is."""
        return rule.valid_from or self.valid_from, rule.valid_until or self.valid_until or date.max

    def rules_in_force(self, on: date) -> Iterator[Rule]:
        """Return the rules that apply to what happens on a day."""
        for rule in self.rules:
            since, until = self.validity(rule)
            # A day at the very end of time is no less in force than the day before it.
            if since <= on and (on < until or until == date.max):
                yield rule

    def kind(self, kind: type[KindT], on: date) -> Iterator[KindT]:
        """Return the rules of one kind that apply on a day."""
        for rule in self.rules_in_force(on):
            if isinstance(rule, kind):
                yield rule

    def rule(self, rule_id: str, on: date) -> Rule:
        """Return the rule of that name as it stood on a day.

        Raises NoSuchRule, or Excluded where the pack says why it has none; NotInForce, NoLongerInForce.
        """
        for rule in self.rules_in_force(on):
            if rule.id == rule_id:
                return rule
        for exclusion in self.kind(Exclusion, on):
            if rule_id in exclusion.rules:
                raise Excluded(rule=rule_id, why=exclusion.title, cite=exclusion.citation)
        periods = [self.validity(rule) for rule in self.rules if rule.id == rule_id]
        if not periods:
            names = get_close_matches(rule_id, {rule.id: rule for rule in self.rules}, CLOSEST, cutoff=0)
            raise NoSuchRule(pack=self.id, rule=rule_id, rules=", ".join(names))
        end = max(until for _, until in periods)
        if on >= end:
            raise NoLongerInForce(until=end - ONE_DAY, day=on)
        raise NotInForce(since=min(since for since, _ in periods if since > on), day=on)

    def deadline_rule(self, rule_id: str, on: date) -> DeadlineRule:
        """Return the deadline of that name as it stood on a day."""
        rule = self.rule(rule_id, on)
        if isinstance(rule, DeadlineRule):
            return rule
        raise NotADeadline(pack=self.id, rule=rule_id)
