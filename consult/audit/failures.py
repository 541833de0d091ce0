"""What the audit found: which entry, which rule, what is there and what the rule wants instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from consult.i18n import N_, gettext, spoken
from consult.policy.deadlines import Deadline
from consult.policy.words import Bilingual

#: So many failures are told one by one; of the rest their number is enough.
MOST_TOLD = 100


@dataclass(frozen=True)
class Words:
    """A value that is no number and no date: a sentence marked by `N_`, with its facts."""

    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the sentence in the current locale."""
        return gettext(self.sentence) % {name: spoken(fact) for name, fact in self.facts.items()}


Value = int | str | date | datetime | Words | Sequence[str] | None
NOTHING = Words(N_("nothing"))


@dataclass(frozen=True)
class Rule:
    """What must hold. `id`: the same for ever; a rule of a policy pack bears the pack's name before its own.

    `title`: a sentence marked by `N_`, or the words of a pack. `cite`: the article, where the law says it.
    """

    id: str
    title: str | Bilingual
    cite: str = ""

    def __str__(self) -> str:
        """Return what must hold, in the current locale."""
        title = str(self.title) if isinstance(self.title, Bilingual) else gettext(self.title)
        return f"{title.removesuffix('.')} ({self.cite})" if self.cite else title


class Breach(NamedTuple):
    """A rule that an act does not keep. `why`: the law's own reckoning, where a date follows from one."""

    rule: Rule
    found: Value
    expected: Value
    why: Deadline | None = None


@dataclass(frozen=True)
class Place:
    """The entry with which something is wrong."""

    index: int
    type: str
    at: datetime
    subject: str

    def __str__(self) -> str:
        """Return which entry it is, in the current locale."""
        facts = {"index": self.index, "at": spoken(self.at), "type": self.type, "subject": self.subject}
        return gettext("Entry %(index)d (%(type)s, %(at)s, %(subject)s)") % facts


@dataclass(frozen=True)
class Failure:
    """A rule that does not hold, and where: an entry, or a file of the log by its path."""

    where: Place | str
    breach: Breach

    def __str__(self) -> str:
        """Return the failure in the current locale."""
        breach = self.breach
        facts = {"found": said(breach.found), "expected": said(breach.expected)}
        lines = [
            f"{self.where}:",
            f"  {breach.rule} [{breach.rule.id}]",
            "  " + gettext("Found: %(found)s. Expected: %(expected)s.") % facts,
            *([f"  {breach.why}"] if breach.why else []),
        ]
        return "\n".join(lines)

    @property
    def json(self) -> dict[str, object]:
        """The failure for programs."""
        where, breach = self.where, self.breach
        if isinstance(where, Place):
            place = {"index": where.index, "type": where.type, "at": plain(where.at), "subject": where.subject}
        else:
            place = {"file": where}
        return {
            **place,
            "rule": breach.rule.id,
            "cite": breach.rule.cite or None,
            "found": plain(breach.found),
            "expected": plain(breach.expected),
        }


class Failures:
    """All that was found, of which the first are kept to be told."""

    def __init__(self) -> None:
        self.told: list[Failure] = []
        self.count = 0

    def add(self, where: Place | str, breach: Breach) -> None:
        """Note a failure."""
        self.count += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(Failure(where, breach))


def said(value: Value) -> str:
    """Return a value in the reader's words."""
    if value is None or value in ((), ""):
        return str(NOTHING)
    return str(spoken(value)) if isinstance(value, str) or not isinstance(value, Sequence) else ", ".join(value)


def plain(value: Value) -> object:
    """Return a value as JSON can say it; a sentence as it stands in the code, in English."""
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case Words():
            return value.sentence % {name: plain_fact(fact) for name, fact in value.facts.items()}
        case None | int() | str():
            return value
        case _:
            return list(value)


def plain_fact(fact: object) -> object:
    """Return a fact of a sentence for programs: dates as JSON has them."""
    return plain(fact) if isinstance(fact, date | datetime) else fact
