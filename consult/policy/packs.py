"""What a policy pack says: the shape of the files under `policies/`, and what is found in one.

A pack is one act, or one rulebook, as data: where its text was read, the events it speaks of, and its rules. The same
rule may stand in a pack several times, for parts of time that do not overlap.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, field

from consult.i18n import N_
from consult.policy.rules import DeadlineRule, Part, Rule
from consult.policy.words import Bilingual, Slug, Words
from consult.policy.working_days import ONE_DAY, Calendar, calendar_between, calendar_of
from consult.refusals import Refusal

PackId = Annotated[str, Meta(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)+$")]


class NoSuchRule(Refusal):
    """The pack has no rule of that name."""

    sentence = N_("The pack %(pack)s has no rule %(rule)s; its rules are: %(rules)s.")


class NotADeadline(Refusal):
    """The rule asks for something, but no date follows from it."""

    sentence = N_("The rule %(rule)s of %(pack)s is a requirement: no date follows from it.")


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


class Holidays(Part, frozen=True, kw_only=True):
    """Whose legal holidays are days off: an ISO 3166 country, and years checked by hand."""

    country: Words
    examples: tuple[HolidayExample, ...] = ()


class FrozenDays(Part, frozen=True, kw_only=True):
    """The days off between two days, both included, as a frozen pack carries them."""

    since: date
    until: date
    days_off: dict[date, Bilingual]


class Pack(Part, frozen=True, kw_only=True):
    """One act as data."""

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
        return calendar_of(self.holidays.country)

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

    def rule(self, rule_id: str, on: date) -> Rule:
        """Return the rule of that name as it stood on a day."""
        for rule in self.rules_in_force(on):
            if rule.id == rule_id:
                return rule
        periods = [self.validity(rule) for rule in self.rules if rule.id == rule_id]
        if not periods:
            names = dict.fromkeys(rule.id for rule in self.rules)
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
