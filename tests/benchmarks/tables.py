"""The tables that are printed: one line a measurement, and whether its goal is met."""

from collections.abc import Iterator, Sequence
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


def page_heading(places: Sequence[str]) -> None:
    """Print what the columns of the table of pages are. `places`: the towns, by turns a small and a large one."""
    print(f"{'':<{NAME}} {'goal':>7}" + "".join(f"  {place:>16}" for place in places))
    print(f"{'':<{NAME}} {'CPU ms':>7}" + f"  {'SQL':>6} {'CPU ms':>9}" * len(places) + "  growth  goals")


def page_line(name: str, costs: Sequence[Cost], milliseconds: float | None, bound: str = "") -> None:
    """Print what a page costs in each town, and the goals that it misses. `bound`: up to where it grows, if it does."""
    goal = "-" if milliseconds is None else f"≤ {milliseconds:g}"
    columns = "".join(f"  {cost.statements:>6} {cost.milliseconds:>9.2f}" for cost in costs)
    missed = list(misses(costs, milliseconds))
    verdict = f"MISSED: {', '.join(missed)}" if missed else MET
    print(f"{name:<{NAME}} {goal:>7}{columns} {growth(costs):>7.2f}  {verdict}{f' ({bound})' if bound else ''}")


def growth(costs: Sequence[Cost]) -> float:
    """Return how much dearer a page is in the large towns than in the small ones, all databases together."""
    small, large = costs[::2], costs[1::2]
    return sum(cost.milliseconds for cost in large) / sum(cost.milliseconds for cost in small)


def misses(costs: Sequence[Cost], milliseconds: float | None) -> Iterator[str]:
    """Yield the goals that a page misses."""
    if max(cost.statements for cost in costs) > STATEMENTS:
        yield f"≤ {STATEMENTS} statements"
    if milliseconds is None:
        return
    if max(cost.milliseconds for cost in costs) > milliseconds:
        yield f"≤ {milliseconds:g} ms"
    if growth(costs) > GROWTH:
        yield f"growth ≤ {GROWTH}"


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
