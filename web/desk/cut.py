"""A text as it was cut, made ready to be shown: page by page, so that the longest code is shown as fast as a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from consult.consultations.oddities import Oddity
from consult.consultations.outline import Element, Parsed, contents
from consult.consultations.parsing import parse
from web.ui.contents import ContentsLine

#: So many pieces are shown on one page; an article is never torn.
PIECES = 400


@dataclass(frozen=True)
class Cut:
    """One page of a text. `articles`: each with all its pieces; `contents`: its table of contents."""

    articles: Sequence[Sequence[Element]]
    contents: Sequence[ContentsLine]
    page: int
    pages: int


@dataclass(frozen=True)
class Remark:
    """Something odd, and where on which page of the text it is."""

    oddity: Oddity
    href: str


@lru_cache(maxsize=2)
def cut(text: str) -> Parsed:
    """Cut a text. The one cut last is kept, since each page that leads to its publication asks for it once more."""
    return parse(text)


def cut_page(parsed: Parsed, number: int) -> Cut:
    """Return one page of a text; the last one for a number beyond it."""
    pages = _pages(parsed)
    number = min(number, len(pages))
    articles = pages[number - 1]
    listed = contents([element for article in articles for element in article])
    lines = [ContentsLine(f"#{each.key}", entry_words(each), min(each.depth, 2)) for each in listed]
    return Cut(articles, lines, number, len(pages))


def entry_words(element: Element) -> str:
    """Return how a table of contents calls an element."""
    return f"{element.label}. {element.heading}" if element.heading else element.label


def remarks_on(parsed: Parsed) -> list[Remark]:
    """Return what looked odd, each with the way to its place."""
    if not parsed.elements:
        return [Remark(oddity, "") for oddity in parsed.warnings]
    numbers = {
        element.key: number
        for number, articles in enumerate(_pages(parsed), start=1)
        for article in articles
        for element in article
    }
    remarks = []
    for oddity in parsed.warnings:
        key = oddity.key if oddity.key in numbers else _at_line(parsed.elements, oddity.line)
        page = f"?pagina={numbers[key]}" if numbers[key] > 1 else ""
        remarks.append(Remark(oddity, f"{page}#{key}"))
    return remarks


def _at_line(elements: Sequence[Element], line: int) -> str:
    """Return the key of the piece to which a line belongs."""
    return next((element.key for element in reversed(elements) if element.line <= line), elements[0].key)


def _pages(parsed: Parsed) -> list[list[list[Element]]]:
    pages: list[list[list[Element]]] = [[]]
    held = 0
    for _, pieces in groupby(parsed.elements, key=attrgetter("article_key")):
        article = list(pieces)
        if held and held + len(article) > PIECES:
            pages.append([])
            held = 0
        pages[-1].append(article)
        held += len(article)
    return pages
