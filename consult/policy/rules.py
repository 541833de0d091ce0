"""The kinds of rules a pack may hold, each with its citation, whether that was verified, and worked examples."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field

from consult.i18n import gettext
from consult.policy.words import Bilingual, Slug, Words


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a pack: an unknown key is a mistake, and what is not said is not written when the pack is frozen."""


class Term(StrEnum):
    """Whether the law says "at least" or "at most"."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"


class Unit(StrEnum):
    """Whether the law counts every day or only those on which offices work."""

    CALENDAR = "calendar"
    WORKING = "working"


class Asks(StrEnum):
    """What a requirement asks for: a way to publish, somebody to tell, a part of the text, or a motive."""

    CHANNEL = "channel"
    RECIPIENT = "recipient"
    CONTENT = "content"
    MOTIVE = "motive"


class ExpectedDate(Part, frozen=True, kw_only=True):
    """What a worked example of a deadline expects; only what is stated is compared."""

    earliest: date | None = None
    latest: date | None = None
    lenient: date | None = None
    lawful: bool | None = None
    nearest: date | None = None
    days_off: tuple[date, ...] | None = None


class DeadlineExample(Part, frozen=True, kw_only=True):
    """Given the day of the first event (and the day chosen for the second), then these dates."""

    given: dict[Slug, date]
    then: ExpectedDate
    note: Bilingual | None = None


class Publication(Part, frozen=True, kw_only=True):
    """Given something published on a day, with these requirements met, in these circumstances."""

    on: date
    has: tuple[Slug, ...] = ()
    circumstances: tuple[Slug, ...] = ()


class ExpectedRequirement(Part, frozen=True, kw_only=True):
    """Whether the requirement is then still missing."""

    missing: bool


class RequirementExample(Part, frozen=True, kw_only=True):
    """A worked example of a requirement."""

    given: Publication
    then: ExpectedRequirement
    note: Bilingual | None = None


class CitedRule(Part, frozen=True, kw_only=True):
    """What every rule says. In force from `valid_from` up to but without `valid_until`, or as long as its pack."""

    id: Slug
    cite: Words
    verified: bool
    title: Bilingual
    text: Bilingual
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def citation(self) -> str:
        """The article as a reader sees it: what was not read in the act's own text says so."""
        return self.cite if self.verified else gettext("%(cite)s, not verified") % {"cite": self.cite}


class DeadlineRule(CitedRule, frozen=True, kw_only=True, tag_field="kind", tag="deadline"):
    """At least, or at most, so many days from one event to another.

    `period`: the days are time given to people, so the rule is about the last day on which they may act; otherwise
    it is about the day of an act.
    """

    start_event: Slug = field(name="from")
    end_event: Slug = field(name="to")
    term: Term
    days: Annotated[int, Meta(ge=1, le=3660)]
    unit: Unit
    period: bool = False
    examples: Annotated[tuple[DeadlineExample, ...], Meta(min_length=1)]


class Requirement(CitedRule, frozen=True, kw_only=True, tag_field="kind", tag="requirement"):
    """What must be there on the day of an event: a content, a channel, a recipient, a motive.

    `when`: asked for only in that circumstance. `lifts`: deadlines that do not bind in that circumstance once the
    requirement is met, as the motive of an urgency lifts the 30 working days.
    """

    event: Slug
    asks: Asks
    when: Slug | None = None
    lifts: tuple[Slug, ...] = ()
    examples: Annotated[tuple[RequirementExample, ...], Meta(min_length=1)]


Rule = DeadlineRule | Requirement
