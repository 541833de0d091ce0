"""The outline of a draft: its elements in the order of the text, each with a name that stays the same.

"Structural element" is what Law 24/2000 calls an article, a chapter, a letter (art. 47). The elements are a flat list;
a deeper one belongs to the nearest shallower one before it, so the tree is the list read with its depths. The
functions here take any such list: elements fresh from the parser or the rows of a published version.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, TypeVar

from consult.consultations.grammar.kinds import DIVISIONS, Kind
from consult.consultations.oddities import Oddity


class Outlined(Protocol):
    """What an element and a stored provision have in common."""

    @property
    def key(self) -> str:
        """The stable name, unique in its text."""

    @property
    def kind(self) -> str:
        """A value of `Kind`."""

    @property
    def heading(self) -> str:
        """The name of a chapter, the marginal title of an article; often empty."""

    @property
    def body(self) -> str:
        """Its own words, without number and heading, without the elements below it."""

    @property
    def text(self) -> str:
        """Its own piece of the draft, to the letter; joined, the pieces are the draft."""

    @property
    def depth(self) -> int:
        """How deep it stands; 0 at the top."""


AnyOutlined = TypeVar("AnyOutlined", bound=Outlined)

_TO_THE_RIGHT = frozenset({Kind.LETTER, Kind.POINT, Kind.DASH})
#: What a table of contents lists.
_LISTED = frozenset({*DIVISIONS, Kind.ARTICLE, Kind.ANNEX})


@dataclass(frozen=True, slots=True)
class Element:
    """One structural element of a draft.

    `number` is its one spelling ("76^1", "II", "b"; "" if it has none) and `label` how it is cited ("Art. 7 alin. (2)
    lit. b)"). `text` is its own piece of the draft to the letter; `heading` and `body` are the same words without the
    number. `article_key` names the article (or the piece that stands on its own) on whose page it is shown.
    `position` counts from 1 in the order of the text, `line` from 1 in the draft.
    """

    key: str
    kind: Kind
    number: str
    label: str
    heading: str
    body: str
    text: str
    depth: int
    parent_key: str | None
    article_key: str
    position: int
    line: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A draft that has been cut: the normalised text, its title, its elements in order, what looked odd."""

    text: str
    title: str
    elements: tuple[Element, ...]
    warnings: tuple[Oddity, ...]

    @property
    def articles(self) -> tuple[Element, ...]:
        """The articles of the act and of its annexes; not those it quotes to insert them into another act."""
        return tuple(element for element in self.elements if element.kind is Kind.ARTICLE)


def subtree(elements: Sequence[AnyOutlined], key: str) -> Sequence[AnyOutlined]:
    """Return the element of this key and everything below it. Raises KeyError if there is none."""
    start = next((at for at, element in enumerate(elements) if element.key == key), None)
    if start is None:
        raise KeyError(key)
    end = start + 1
    while end < len(elements) and elements[end].depth > elements[start].depth:
        end += 1
    return elements[start:end]


def wording(elements: Sequence[Outlined], key: str) -> str:
    """Return the words of an element and of everything below it, without its own number: what is amended."""
    first, *below = subtree(elements, key)
    own = "\n".join(part for part in (first.heading, first.body) if part)
    return f"{own}\n{''.join(element.text for element in below)}".strip("\n")


def indent(element: Outlined, article: Outlined) -> int:
    """Return how far to the right of its article's own words an element stands on a page, in steps from 0 to 2.

    Letters and points stand to the right of what they belong to, also where no paragraph comes between.
    """
    below = element.depth - article.depth - 1
    return min(max(below, 1 if element.kind in _TO_THE_RIGHT else 0), 2)


def contents(elements: Sequence[AnyOutlined]) -> Iterator[AnyOutlined]:
    """Return what a table of contents lists: divisions, articles and annexes, each with its depth."""
    return (element for element in elements if element.kind in _LISTED)


def as_json(parsed: Parsed) -> dict[str, Any]:  # a JSON document
    """Return the outline for programs, as `consult draft parse --json` prints it; an element's `id` is its key."""

    def named(element: Element, *left_out: str) -> dict[str, Any]:  # a JSON object
        fields = asdict(element)
        return {"id": fields.pop("key")} | {name: value for name, value in fields.items() if name not in left_out}

    return {
        "title": parsed.title,
        "articles": [named(article, "kind", "body", "text", "depth") for article in parsed.articles],
        "provisions": [named(element, "body") for element in parsed.elements],
        "warnings": [
            {"code": oddity.code, "line": oddity.line, "id": oddity.key, "facts": oddity.facts, "sentence": str(oddity)}
            for oddity in parsed.warnings
        ],
    }
