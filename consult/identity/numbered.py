"""How a number of a register is written: one way in addresses, another by people."""

from typing import Protocol


class HasNumber(Protocol):
    """Anything with a number and its year."""

    @property
    def number(self) -> int:
        """Which one of its year."""

    @property
    def year(self) -> int:
        """The year in which the register gave the number."""


class Numbered:
    """What bears a number of a register (art. 7(5))."""

    __slots__ = ()

    @property
    def reference(self: HasNumber) -> str:
        """The register number with its year, `47-2026`, as in every URL."""
        return f"{self.number}-{self.year}"

    @property
    def register_number(self: HasNumber) -> str:
        """The register number as people write it: `47/2026`."""
        return f"{self.number}/{self.year}"
