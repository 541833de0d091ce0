"""The automatic numbers of an OpenDocument text, which are drawn by the lists that its paragraphs stand in.

Source: OASIS OpenDocument 1.3, part 3, sections 5.3 (lists) and 16.30 (list styles).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from consult.consultations.importing.counting import letters, roman
from consult.consultations.importing.xml import Element, attribute, below, name_of

FORMATS: dict[str, Callable[[int], str]] = {
    "a": letters,
    "A": lambda number: letters(number).upper(),
    "i": lambda number: roman(number).lower(),
    "I": roman,
    "": lambda _number: "",
}
STYLES = ("list-style", "outline-style")
LEVELS = frozenset({"list-level-style-number", "list-level-style-bullet", "outline-level-style"})
#: The style of headings has no name.
OUTLINE = ""


@dataclass(frozen=True)
class Level:
    """How one level is numbered. `shown`: how many levels the number has, 2 for "1.3"; `is_bullet`: it has none."""

    format: str
    prefix: str
    suffix: str
    start: int
    shown: int
    is_bullet: bool

    def written(self, number: int) -> str:
        """Return a number in the manner of this level."""
        return FORMATS[self.format](number) if self.format in FORMATS else str(number)


@dataclass
class Lists:
    """The list styles of a document, and how far each list has been counted. Depths count from 1."""

    styles: dict[str, dict[int, Level]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, *parts: Element | None) -> "Lists":
        """Read the styles of all parts of a document."""
        found = (style for part in parts if part is not None for kind in STYLES for style in below(part, kind))
        return cls({attribute(style, "name", OUTLINE): dict(_levels(style)) for style in found})

    def restart(self, style: str) -> None:
        """Begin a list anew, unless it says that it goes on counting."""
        self.counts.pop(style, None)

    def advance(self, style: str, depth: int, start: int | None = None) -> str:
        """Count a paragraph and return the number that is drawn in front of it; `start`: what it begins anew with."""
        levels = self.styles.get(style, {})
        level = levels.get(depth)
        if level is None:
            return ""
        if level.is_bullet:
            return "-"
        counts = self.counts.setdefault(style, {})
        counts[depth] = start if start is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if not level.format:
            return level.prefix + level.suffix
        shown = range(max(depth - level.shown + 1, 1), depth + 1)
        numbers = [levels[at].written(counts.get(at, levels[at].start)) for at in shown if at in levels]
        return level.prefix + ".".join(filter(None, numbers)) + level.suffix


def _levels(style: Element) -> Iterator[tuple[int, Level]]:
    for each in style:
        if name_of(each) in LEVELS:
            yield (
                whole(attribute(each, "level"), 1),
                Level(
                    format=attribute(each, "num-format"),
                    prefix=attribute(each, "num-prefix"),
                    suffix=attribute(each, "num-suffix"),
                    start=whole(attribute(each, "start-value"), 1),
                    shown=whole(attribute(each, "display-levels"), 1),
                    is_bullet=name_of(each) == "list-level-style-bullet",
                ),
            )


def whole(written: str, otherwise: int) -> int:
    """Return a whole number as a document writes it."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else otherwise  # noqa: PLR2004
