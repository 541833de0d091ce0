"""The registers of an authority and a year: consultations, and the proposals of art. 7(5), each with its number."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from consult.audit.procedures import Procedure

WAITING = "waiting"
WITHDRAWN = "withdrawn"


class Hiding(NamedTuple):
    """A decision to hide a proposal, and the appeal against it. `by`: the pseudonym of who decided."""

    by: str
    is_appealed: bool = False
    appeal_waits: bool = False


@dataclass(slots=True)
class Proposal:
    """A proposal in the register. `state`: waiting, withdrawn, or its verdict; `leaf`: of the last entry about it.

    A log has hundreds of thousands, so nothing more is kept of each.
    """

    leaf: bytes
    procedure: Procedure | None
    state: str = WAITING
    hiding: Hiding | None = None


class Numbers:
    """How far the numbers of a register have come. `first`: None where the register began in an earlier log."""

    def __init__(self, first: int | None) -> None:
        self.expected = first

    def give(self, number: int) -> int:
        """Note that a number was given; return the one that was to come."""
        expected = number if self.expected is None else self.expected
        self.expected = max(number + 1, expected)
        return expected


class ProposalRegister(Numbers):
    """The proposals that an authority received in a year, by number."""

    def __init__(self, first: int | None) -> None:
        super().__init__(first)
        #: What was received without a gap, by its first number: one list, unless numbers are missing.
        self._runs: list[tuple[int, list[Proposal]]] = []

    def enter(self, number: int, proposal: Proposal) -> int:
        """Enter a proposal and return the number that was to come. The first who got a number keeps it."""
        expected = self.give(number)
        if number >= expected:
            if number > expected or not self._runs:
                self._runs.append((number, []))
            self._runs[-1][1].append(proposal)
        return expected

    def find(self, number: int) -> Proposal | None:
        """Return the proposal with a number."""
        run = bisect_right(self._runs, number, key=lambda each: each[0]) - 1
        if run < 0:
            return None
        first, proposals = self._runs[run]
        return proposals[number - first] if number - first < len(proposals) else None

    def __len__(self) -> int:
        return sum(len(proposals) for _, proposals in self._runs)
