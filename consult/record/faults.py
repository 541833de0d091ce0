"""What does not hold together in a record, a receipt or a key: one sentence, and the place where it was found."""

from collections.abc import Iterator
from contextlib import contextmanager

from consult.i18n import N_, gettext
from consult.refusals import Refusal


class Fault(Refusal):
    """A check of the record failed.

    `fault`: what is wrong, a sentence marked by `N_`. `where`: the file or the entry; whoever reads a few bytes does
    not know it, so the caller adds it by `found_in`.
    """

    placed = N_("%(where)s: %(fault)s")

    def __init__(self, fault: str, **facts: object) -> None:
        super().__init__(**facts)
        self.fault = fault
        self.where = ""

    @property
    def what(self) -> str:
        """The sentence alone, in English, for programs that take the place from `where`."""
        return self.fault % self.facts

    def explain(self) -> str:
        """Return the place and the sentence, in the current locale."""
        fault = gettext(self.fault) % self.facts
        return gettext(self.placed) % {"where": self.where, "fault": fault} if self.where else fault

    def __str__(self) -> str:
        return self.placed % {"where": self.where, "fault": self.what} if self.where else self.what


@contextmanager
def found_in(where: str) -> Iterator[None]:
    """Say of every fault found inside that this is the place, unless a nearer place is already known."""
    try:
        yield
    except Fault as fault:
        fault.where = fault.where or where
        raise
