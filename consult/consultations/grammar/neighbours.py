"""What the lines around it tell about a line that looks like the beginning of a provision.

Texts copied from a screen or a PDF break in the middle of a sentence: "... la alin. (10) lit." ends a line, and the
next begins with "a) și d) vor fi păstrate". Only the line before shows that this is no letter a).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult.consultations.grammar.kinds import Kind, Marker, Tail
from consult.consultations.grammar.numbers import Number

#: How much of a line's end is looked at.
_END = 60

_SENTENCE_END = re.compile(r"[.;:!?…][\"”»“)]*$|[\"”»“]$|-{3,}$|_{3,}$")
_REFERENCE = re.compile(
    r"\b(?i:(?:alin|art|lit|pct|nr|cap|sec[țt])\.?"
    r"|(?:liter(?:a|ei|ele)|alineat(?:ul|ului|ele)|articol(?:ul|ului|ele)|punct(?:ul|ele)|numărul|anex(?:a|ei|ele)))"
    r"(?:[ \t]*(?:\w{1,3}\)|\(\w{1,4}\)|\d{1,4})[ \t]*(?:,|și|si|sau|ori|-|–))?$"
)
_GOES_ON = re.compile(
    r"(?:,|\(|[ ][-–]"
    r"|\b(?i:la|cu|și|si|sau|ori|din|de|prin|potrivit|conform|în|in|pe|pentru|care|ale|al|a"
    r"|temeiul|baza|prevederile|prevederilor|dispozițiile|dispozițiilor|României))$"
)
_INTRODUCES = re.compile(r"\bcuprins[ \t]*:[ \t\"”„“«]*$")
_CLOSES_QUOTATION = re.compile(r"[\"”»“][ \t]*[.;,]?$")


@dataclass(frozen=True, slots=True)
class Before:
    """The nearest line above that has words, and whether blank lines part it from here."""

    line: str = ""
    apart: bool = True

    @property
    def _end(self) -> str:
        return self.line[-_END:]

    @property
    def ended(self) -> bool:
        """Whether a sentence or an item of a list ended there, so that something new may begin."""
        if self.names_a_provision:
            return False
        return self.apart or not self.line or _SENTENCE_END.search(self._end) is not None

    @property
    def names_a_provision(self) -> bool:
        """Whether it breaks off in the middle of a reference: "... la lit.", "... alin. (1) și"."""
        return _REFERENCE.search(self._end) is not None

    @property
    def goes_on(self) -> bool:
        """Whether its sentence cannot end there: a comma, a preposition, half a reference."""
        return not self.apart and (self.names_a_provision or _GOES_ON.search(self._end) is not None)

    @property
    def introduces(self) -> bool:
        """Whether it announces words of another act: "... va avea următorul cuprins:" (art. 59)."""
        return _INTRODUCES.search(self._end) is not None

    @property
    def closes_quotation(self) -> bool:
        """Whether it ends with a closing quotation mark."""
        return _CLOSES_QUOTATION.search(self._end) is not None


def next_articles(markers: Sequence[Marker | None]) -> list[Number | None]:
    """Return for each line the number of the next article below it, up to the next annex."""
    following: Number | None = None
    found: list[Number | None] = []
    for marker in reversed(markers):
        found.append(following)
        if marker and marker.kind is Kind.ANNEX:
            following = None
        elif marker and marker.kind is Kind.ARTICLE and marker.tail is not Tail.REFERENCE and not marker.quoted:
            following = marker.number
    found.reverse()
    return found
