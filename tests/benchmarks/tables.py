"""The tables that are printed: one line a measurement, and whether its goal is met."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.faces import Cost
from tests.benchmarks.pages import FIRST_VISIT, GROWTH, STATEMENTS

MET = "met"
NAME = 30


@dataclass(frozen=True)
class Figure:
    """One number, as it is said, and its goal where it has one."""

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def verdict(self) -> str:
        """Whether the goal is met; nothing where there is none."""
        if self.at_least is None and self.at_most is None:
            return ""
        is_met = (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )
        goal = f"≥ {self.at_least:,g}" if self.at_least is not None else f"≤ {self.at_most:,g}"
        return f"{MET if is_met else 'MISSED'} ({goal} {self.unit})"


def yardstick_line(least: float, usual: float) -> None:
    """Print how busy the machine is, without which no two runs can be compared."""
    print(f"\nThe yardstick, a fixed piece of Python: least {least:.2f} ms, median {usual:.2f} ms of CPU.")


def heading(title: str) -> None:
    """Print the heading of a table."""
    print(f"\n{title}\n{'-' * len(title)}")


def page_heading(sizes: Sequence[str]) -> None:
    """Print what the columns of a table of pages are."""
    print(f"{'':<{NAME}}" + "".join(f"  {size:>24}" for size in sizes))
    print(f"{'':<{NAME}}" + "       SQL  CPU ms  bytes gz" * len(sizes) + "  growth  goals")


def page_line(name: str, costs: Sequence[Cost], milliseconds: float | None) -> None:
    """Print what a page costs in towns of several sizes, and the goals that it misses."""
    columns = "".join(f"  {cost.statements:>8} {cost.milliseconds:>7.2f} {cost.size:>9,}" for cost in costs)
    growth = costs[-1].milliseconds / costs[0].milliseconds
    missed = list(misses(costs, milliseconds, growth))
    print(f"{name:<{NAME}}{columns} {growth:>7.2f}  {'MISSED: ' + ', '.join(missed) if missed else MET}")


def misses(costs: Sequence[Cost], milliseconds: float | None, growth: float) -> list[str]:
    """Return the goals that a page misses."""
    missed = []
    if max(cost.statements for cost in costs) > STATEMENTS:
        missed.append(f"≤ {STATEMENTS} statements")
    if milliseconds is not None and max(cost.milliseconds for cost in costs) > milliseconds:
        missed.append(f"≤ {milliseconds:g} ms")
    if len(costs) > 1 and milliseconds is not None and growth > GROWTH:
        missed.append(f"growth ≤ {GROWTH}")
    return missed


def first_visit_lines(found: dict[str, int]) -> None:
    """Print what a browser receives on its first visit."""
    for address, size in found.items():
        print(f"{address:<{NAME}}  {size:>9,}")
    total = sum(found.values())
    print(f"{'in all':<{NAME}}  {total:>9,}  {MET if total <= FIRST_VISIT else 'MISSED'} (≤ {FIRST_VISIT:,} bytes)")


def figure_lines(figures: Sequence[Figure]) -> None:
    """Print numbers, one a line."""
    for figure in figures:
        number = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:,.2f}"
        print(f"{figure.name:<58} {number:>10} {figure.unit:<14} {figure.verdict}".rstrip())
