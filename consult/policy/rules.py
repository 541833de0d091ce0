"""The kinds of rules a pack may hold, each with its citation, whether that was verified, and worked examples."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, field

from consult.i18n import gettext, ngettext
from consult.policy.words import Bilingual, PackId, Part, Slug, Words
from consult.policy.worked import (
    DeadlineExample,
    EligibilityExample,
    ExclusionExample,
    IndicatorExample,
    QuantityExample,
    RequirementExample,
)

#: A rule without a worked example is one that nobody has tried.
Examples = Meta(min_length=1)


class Term(StrEnum):
    """Whether the law says "at least" or "at most"."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"


class Unit(StrEnum):
    """Whether the law counts every day or only those on which offices work."""

    CALENDAR = "calendar"
    WORKING = "working"


class Asks(StrEnum):
    """What a requirement asks for."""

    CHANNEL = "channel"
    """A way to publish."""
    RECIPIENT = "recipient"
    """Somebody to tell."""
    CONTENT = "content"
    """A part of what is published."""
    DOCUMENT = "document"
    """A document to publish."""
    PERSON = "person"
    """Somebody to designate, or who must be there."""
    FORM = "form"
    """The form in which people act."""
    CONDUCT = "conduct"
    """The way in which the authority goes about it."""
    RECORD = "record"
    """Something to write down and keep."""
    MOTIVE = "motive"
    """A reason in writing."""


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


class Range(Part, frozen=True, kw_only=True):
    """Between which numbers, both included, an authority may set a local rule itself."""

    at_least: int
    at_most: int


class Decision(Part, frozen=True, kw_only=True):
    """The act by which an authority set a local rule, and where it can be read. No pack file holds one."""

    act: Words
    url: str


class NumberedRule(CitedRule, frozen=True, kw_only=True):
    """A rule about a number. `local`: the law leaves the number to the authority's own regulation, within a range.

    `decision`: the act by which this authority set it; None while the pack's own number holds.
    """

    local: Range | None = None
    decision: Decision | None = None

    @property
    def citation(self) -> str:
        """The article, and the authority's own act where one has set the number."""
        cite = self.cite if self.verified else gettext("%(cite)s, not verified") % {"cite": self.cite}
        return f"{cite}; {self.decision.act}" if self.decision else cite


class DeadlineRule(NumberedRule, frozen=True, kw_only=True, tag_field="kind", tag="deadline"):
    """At least, or at most, so many days, weeks or months from one event to another.

    One of `days`, `weeks` and `months` is said, and with days their `unit`. `period`: the time is given to people, so
    the rule is about the last day on which they may act; otherwise it is about the day of an act. `when`: the term
    holds only in that circumstance.
    """

    start_event: Slug = field(name="from")
    end_event: Slug = field(name="to")
    term: Term
    days: Annotated[int, Meta(ge=0, le=3660)] | None = None
    weeks: Annotated[int, Meta(ge=1, le=520)] | None = None
    months: Annotated[int, Meta(ge=1, le=120)] | None = None
    unit: Unit | None = None
    period: bool = False
    when: Slug | None = None
    examples: Annotated[tuple[DeadlineExample, ...], Examples]

    @property
    def length(self) -> str:
        """How long the term is, in words of the current locale: "10 calendar days"."""
        number = self.days or self.weeks or self.months or 0
        if self.weeks:
            length = ngettext("%(number)d week", "%(number)d weeks", number)
        elif self.months:
            length = ngettext("%(number)d month", "%(number)d months", number)
        elif self.unit is Unit.WORKING:
            length = ngettext("%(number)d working day", "%(number)d working days", number)
        else:
            length = ngettext("%(number)d calendar day", "%(number)d calendar days", number)
        return length % {"number": number}

    def __str__(self) -> str:
        """Return the rule in a few words of the current locale: the article, and what it wants."""
        sentence = gettext("%(cite)s: at least %(term)s")
        if self.term is Term.MAXIMUM:
            sentence = gettext("%(cite)s: at most %(term)s")
        return sentence % {"cite": self.citation, "term": self.length}


class Quantity(NumberedRule, frozen=True, kw_only=True, tag_field="kind", tag="quantity"):
    """A number that is no term: minutes for a speaker. `unit`: what is counted, in the plural."""

    event: Slug
    number: Annotated[int, Meta(ge=0)]
    unit: Bilingual
    examples: Annotated[tuple[QuantityExample, ...], Examples]


class Requirement(CitedRule, frozen=True, kw_only=True, tag_field="kind", tag="requirement"):
    """What must be there on the day of an event: a content, a channel, a recipient, a motive.

    `when`: asked for only in that circumstance; `unless`: not in that one. `one_of`: of all requirements of this group
    one is enough. `when_it_exists`: may come later than the day, as soon as there is such a thing. `advisory`: warned
    about when it is missing, never refused. `lifts`: deadlines that do not bind in that circumstance once the
    requirement is met, as the motive of an urgency lifts the 30 working days.
    """

    event: Slug
    asks: Asks
    when: Slug | None = None
    unless: Slug | None = None
    one_of: Slug | None = None
    when_it_exists: bool = False
    advisory: bool = False
    lifts: tuple[Slug, ...] = ()
    examples: Annotated[tuple[RequirementExample, ...], Examples]


class Eligibility(CitedRule, frozen=True, kw_only=True, tag_field="kind", tag="eligibility"):
    """Who may do something. `event`: the act; `open_to`: the parties of the pack who may."""

    event: Slug
    open_to: Annotated[tuple[Slug, ...], Meta(min_length=1)]
    examples: Annotated[tuple[EligibilityExample, ...], Examples]


class Indicator(CitedRule, frozen=True, kw_only=True, tag_field="kind", tag="indicator"):
    """What a report counts. `code`: the letter or number it bears there; its `title` is the name to the letter.

    `counts`: the measures of the pack whose sum it is. `out_of`: it is the share of that sum in these, in percent.
    `in_words`: the report says something in words, alone or beside the number.
    """

    event: Slug
    code: Words
    counts: tuple[Slug, ...] = ()
    out_of: tuple[Slug, ...] = ()
    in_words: bool = False
    examples: tuple[IndicatorExample, ...] = ()


class Exclusion(CitedRule, frozen=True, kw_only=True, tag_field="kind", tag="exclusion"):
    """What rules do not apply to. `events`: all rules that begin with these; `when`: only in that circumstance.

    Or `rules`, which stand in the pack `of`: whoever looks for them in this one is told why they are not here.
    """

    events: tuple[Slug, ...] = ()
    rules: tuple[Slug, ...] = ()
    of: PackId | None = None
    when: Slug | None = None
    examples: Annotated[tuple[ExclusionExample, ...], Examples]


Rule = DeadlineRule | Quantity | Requirement | Eligibility | Indicator | Exclusion
LocalRule = DeadlineRule | Quantity
