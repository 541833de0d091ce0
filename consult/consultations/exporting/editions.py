"""What of a published text every kind of file says: its words, whose they are, and how anybody finds the original."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from consult.consultations.comparison import Compared
from consult.consultations.grammar.kinds import Kind
from consult.consultations.grammar.lines import marker_on
from consult.i18n import ZONE


class Exported(Compared, Protocol):
    """What an element and a stored provision have in common that a file says of it."""

    @property
    def number(self) -> str:
        """Its number in its one spelling; empty if it has none."""

    @property
    def parent_key(self) -> str | None:
        """The provision that it stands in."""


#: What each name in a text for programs means (`programs`).
SCHEMA = Path(__file__).with_name("text.schema.json")
#: What has no number in the text, though a line of it may begin as if it had.
UNNUMBERED = frozenset({Kind.NAME, Kind.PREAMBLE, Kind.CLOSING, Kind.TEXT, Kind.TABLE})


@dataclass(frozen=True)
class Edition:
    """One version of a text. `sha256`: of the text to the letter, as the public record has it; `url`: of its page.

    `authority_url`: of the authority's own site of consultations.
    """

    authority: str
    authority_url: str
    reference: str
    title: str
    number: int
    published_at: datetime
    sha256: str
    url: str
    provisions: Sequence[Exported]

    @property
    def day(self) -> date:
        """The day of its publication, where the authority is."""
        return self.published_at.astimezone(ZONE).date()

    @property
    def name(self) -> str:
        """What the text is called among all texts of the authority."""
        return f"{self.reference}-v{self.number}"


def numeral(provision: Compared) -> str:
    """Return a provision's number as it stands in its text, "Art. 7^1. –" or "b)"; empty if it has none."""
    return provision.text[: words_begin(provision)].strip()


def words_begin(provision: Compared) -> int:
    """Return where in a provision's text its words begin, behind its number."""
    if provision.kind in UNNUMBERED:
        return 0
    marker = marker_on(provision.text.partition("\n")[0])
    return marker.end if marker else 0


@dataclass(frozen=True)
class Node:
    """A provision with what stands in it."""

    provision: Exported
    inside: "tuple[Node, ...]"


def tree(provisions: Sequence[Exported]) -> tuple[Node, ...]:
    """Return the provisions of a text, given in its order, as the tree that they are."""
    return tuple(_nodes(provisions, 0, len(provisions)))


def _nodes(provisions: Sequence[Exported], start: int, end: int) -> Iterator[Node]:
    at = start
    while at < end:
        last = at + 1
        while last < end and provisions[last].depth > provisions[at].depth:
            last += 1
        yield Node(provisions[at], tuple(_nodes(provisions, at + 1, last)))
        at = last
