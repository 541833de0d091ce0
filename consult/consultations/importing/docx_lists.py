"""The automatic numbers of a Word document: "Art. 1", "(2)", "b)" that Word draws and that are in no paragraph.

Paragraph → list → definition → level says what is drawn, directly or by way of the paragraph's style (ECMA-376,
part 1, section 17.9).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from consult.consultations.importing.counting import letters, roman
from consult.consultations.importing.xml import Element, attribute, child, children

PLACE = re.compile(r"%([1-9])")
FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda _number: "",
}
#: Styles may be based on others; no writer goes deeper.
DEEPEST_STYLE = 20
LEVELS = 9


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered: `words` as drawn, "Art. %1." with a place for the number of each level."""

    start: int
    format: str
    words: str
    is_plain: bool
    style: str

    def written(self, number: int) -> str:
        """Return a number in the manner of this level."""
        return FORMATS.get(self.format, str)(number)


@dataclass
class List:
    """A list while its paragraphs are counted. Lists of one definition go on counting together."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def advance(self, depth: int) -> str:
        """Count a paragraph and return the number that Word draws in front of it."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        if level.format == "bullet":
            return "-"
        self.counts[depth] = self.counts[depth] + 1 if depth in self.counts else level.start
        for deeper in [each for each in self.counts if each > depth]:
            del self.counts[deeper]
        return PLACE.sub(lambda place: self._number(int(place[1]) - 1, level), level.words)

    def _number(self, depth: int, drawn_by: Level) -> str:
        level = self.levels.get(depth)
        if level is None:
            return ""
        number = self.counts.get(depth, level.start)
        return str(number) if drawn_by.is_plain else level.written(number)


class Lists:
    """All lists of a document."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {attribute(each, "styleId"): each for each in children(styles, "style")}
        definitions = {attribute(each, "abstractNumId"): each for each in children(numbering, "abstractNum")}
        by_style = {attribute(child(each, "styleLink"), "val"): each for each in definitions.values()}
        self._lists: dict[str, List] = {}
        shared: dict[str, List] = {}
        for each in children(numbering, "num"):
            named = attribute(child(each, "abstractNumId"), "val")
            definition = definitions.get(named)
            # A list may take its levels from a style of lists that another definition describes.
            link = attribute(child(definition, "numStyleLink"), "val")
            levels = dict(_levels(by_style.get(link, definition) if link else definition))
            overrides = list(children(each, "lvlOverride"))
            for override in overrides:
                levels |= dict(_overridden(override, levels))
            fresh = List(levels)
            self._lists[attribute(each, "numId")] = fresh if overrides else shared.setdefault(named, fresh)

    def number(self, paragraph: Element | None) -> str:
        """Return what is drawn in front of a paragraph with these properties; it counts as one more of its list."""
        own = child(paragraph, "numPr")
        style = attribute(child(paragraph, "pStyle"), "val")
        name, depth = attribute(child(own, "numId"), "val"), attribute(child(own, "ilvl"), "val")
        for inherited in [] if name and depth else self.styles_above(style):
            numbered = child(inherited, "pPr", "numPr")
            name = name or attribute(child(numbered, "numId"), "val")
            depth = depth or attribute(child(numbered, "ilvl"), "val")
        found = self._lists.get(name)
        if found is None:
            return ""
        linked = next((at for at, level in found.levels.items() if style and level.style == style), 0)
        return found.advance(int(depth) if depth.isdecimal() else linked)

    def styles_above(self, style: str) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        for _ in range(DEEPEST_STYLE):
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = attribute(child(found, "basedOn"), "val")


def _levels(definition: Element | None) -> Iterator[tuple[int, Level]]:
    for each in children(definition, "lvl"):
        yield _whole(attribute(each, "ilvl"), 0), _level(each)


def _overridden(override: Element, levels: dict[int, Level]) -> Iterator[tuple[int, Level]]:
    depth = _whole(attribute(override, "ilvl"), 0)
    own = child(override, "lvl")
    level = levels.get(depth) if own is None else _level(own)
    if level is not None:
        start = _whole(attribute(child(override, "startOverride"), "val"), level.start)
        yield depth, Level(start, level.format, level.words, level.is_plain, level.style)


def _level(element: Element) -> Level:
    return Level(
        start=_whole(attribute(child(element, "start"), "val"), 1),
        format=attribute(child(element, "numFmt"), "val", "decimal"),
        words=attribute(child(element, "lvlText"), "val"),
        is_plain=is_on(child(element, "isLgl")),
        style=attribute(child(element, "pStyle"), "val"),
    )


def is_on(switch: Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return switch is not None and attribute(switch, "val", "true") not in {"0", "false", "off", "none"}


def _whole(written: str, otherwise: int) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= LEVELS else otherwise
