"""What is published of ballots on paper: a line for each that was in the box, with its number and what is marked.

Pure, so that whoever counts elsewhere reads them by the same words. A number stands on one ballot alone and was drawn
at random, so that it says nothing of who was given it; with it the commission finds the sheet that somebody doubts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consult.budgeting.codes import CodeMistyped, grouped, read_code
from consult.budgeting.openings import Choices
from consult.i18n import N_
from consult.record import canonical
from consult.record.faults import Fault


class Invalidity(StrEnum):
    """Why a ballot that was in the box does not count."""

    BLANK = "blank"
    """Nothing is marked."""
    RULES = "rules"
    """More is marked than the rules let, or otherwise than they let."""
    UNCLEAR = "unclear"
    """What the voter wanted cannot be told."""
    SIGNED = "signed"
    """Something on it tells whose it is."""


@dataclass(frozen=True)
class PaperBallot:
    """A ballot from the box. `number`: without its groups; `choices`: none where it is invalid."""

    number: str
    choices: Choices
    invalid: Invalidity | None = None

    @property
    def form(self) -> bytes:
        """Its line as it is published: canonical JSON."""
        stated = {"ballot": grouped(self.number), "choices": dict(self.choices), "invalid": self.invalid}
        return canonical.dump(stated)


def listing_of(ballots: Iterable[PaperBallot]) -> bytes:
    """Return the file of all ballots on paper, sorted by their numbers."""
    return b"".join(ballot.form + b"\n" for ballot in sorted(ballots, key=lambda ballot: ballot.number))


def read_listing(content: bytes) -> Sequence[PaperBallot]:
    """Read such a file. Raises Fault for a line that is no ballot."""
    return [_ballot(canonical.load(line)) for line in content.splitlines()]


def valid_choices(ballots: Iterable[PaperBallot]) -> list[Choices]:
    """Return what is counted of ballots on paper."""
    return [ballot.choices for ballot in ballots if ballot.invalid is None]


def _ballot(stated: Any) -> PaperBallot:  # Any: what JSON can say
    try:
        number, choices, invalid = stated["ballot"], stated["choices"], stated["invalid"]
        if stated.keys() == {"ballot", "choices", "invalid"} and all(type(given) is int for given in choices.values()):
            return PaperBallot(read_code(number), choices, None if invalid is None else Invalidity(invalid))
    except (AttributeError, KeyError, TypeError, ValueError, CodeMistyped):
        pass
    raise Fault(N_("This is not the line of a ballot on paper."))
