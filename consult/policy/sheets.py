"""A pack as a sheet to be read and printed: its rules in groups, each with its article, its sentence and its examples.

The terminal and the web show the same sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import fill

from consult.i18n import gettext
from consult.policy.packs import Pack
from consult.policy.rules import DeadlineRule, Decision, Exclusion, Indicator, LocalRule, Rule
from consult.policy.telling import in_words, what_it_says
from consult.policy.words import Bilingual

WIDTH = 100
INDENT = "    "


@dataclass(frozen=True)
class Line:
    """A rule on the sheet. `says`: what it comes to; `examples`: in words, none where an authority set the number."""

    rule: Rule
    says: str
    examples: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the rule is called; an indicator after the letter or number it bears in the report."""
        return f"{self.rule.code}. {self.rule.title}" if isinstance(self.rule, Indicator) else str(self.rule.title)

    @property
    def anchor(self) -> str:
        """Where the rule stands on the page; a rule that was changed stands there more than once."""
        return f"{self.rule.id}-{self.rule.valid_until}" if self.rule.valid_until else self.rule.id

    @property
    def is_local(self) -> bool:
        """Whether the authority may set it itself."""
        return isinstance(self.rule, LocalRule) and self.rule.local is not None

    @property
    def decision(self) -> Decision | None:
        """The act by which an authority set the number; None where none has."""
        return self.rule.decision if isinstance(self.rule, LocalRule) else None


@dataclass(frozen=True)
class Group:
    """The rules about one event; those about what the law does not apply to have none."""

    event: Bilingual | None
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The event, as a heading."""
        said = str(self.event) if self.event else gettext("What these rules do not apply to")
        return said[:1].upper() + said[1:]


@dataclass(frozen=True)
class Sheet:
    """A pack to read."""

    pack: Pack
    groups: tuple[Group, ...]


def sheet_of(pack: Pack) -> Sheet:
    """Return a pack as a sheet, in the current locale: what it does not apply to first, then event by event."""
    events: dict[str | None, list[Rule]] = {None: [], **{event: [] for event in pack.events}}
    for rule in pack.rules:
        events[_heading(rule)].append(rule)
    groups = (
        Group(pack.events[event] if event else None, tuple(_line(pack, rule) for rule in rules))
        for event, rules in events.items()
        if rules
    )
    return Sheet(pack, tuple(groups))


def as_text(sheet: Sheet) -> Iterator[str]:
    """Return the lines of a sheet for a terminal or a printer."""
    pack = sheet.pack
    yield from (str(pack.title), f"{pack.id}, {gettext('edition %(version)s') % {'version': pack.version}}", "")
    yield from (fill(str(pack.counting), WIDTH), "")
    yield gettext("Sources")
    for source in pack.sources:
        mark = "" if source.verified else f" [{gettext('not verified')}]"
        yield _indented(f"{source.act}, {source.articles}{mark}. {source.state}. {source.url}".rstrip(" ."))
    for group in sheet.groups:
        yield from ("", group.title, "=" * len(group.title))
        for line in group.lines:
            yield from ("", f"{line.title} [{line.rule.id}]", _indented(line.rule.citation))
            yield from (_indented(str(line.rule.text).strip()), _indented(line.says))
            yield from (_indented(f"– {example}") for example in line.examples)


def _heading(rule: Rule) -> str | None:
    """Return the event under which a rule stands: a deadline under the one that it is about."""
    if isinstance(rule, DeadlineRule):
        return rule.end_event
    return None if isinstance(rule, Exclusion) else rule.event


def _line(pack: Pack, rule: Rule) -> Line:
    is_set = isinstance(rule, LocalRule) and rule.decision is not None
    # The examples try the number of the pack, not the one that an authority chose.
    examples = () if is_set else rule.examples
    return Line(rule, what_it_says(pack, rule), tuple(in_words(pack, rule, example) for example in examples))


def _indented(text: str) -> str:
    return fill(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
