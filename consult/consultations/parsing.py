"""From the text of a draft to its outline.

Nothing is lost: the texts of the elements, joined in order, are the normalised draft, whatever was pasted.
"""

from itertools import islice

from consult.consultations.grammar.cutting import Cutter
from consult.consultations.grammar.formulas import title_in
from consult.consultations.grammar.kinds import DIVISIONS, FRAMES, Kind
from consult.consultations.grammar.misread import Misread, misread_words
from consult.consultations.grammar.pieces import Piece
from consult.consultations.grammar.plain_text import PlainText, normalise
from consult.consultations.oddities import LONG_ARTICLE, Code, Oddity, first_ones
from consult.consultations.outline import Element, Parsed

_LONGEST_HEADING = 300
_LONGEST_MARGINAL_TITLE = 120
#: So many damaged words are shown of an article, and counted of a piece.
_SHOWN = 5
_MOST_MISREAD = 10_000


def parse(text: str) -> Parsed:
    """Cut a draft into its elements; `text` may be anything that was pasted.

    Source: Law 24/2000, art. 40-60, and what town halls make of it.
    """
    plain = normalise(text)
    cutter = Cutter(plain.text)
    cutter.cut()
    elements = _elements(plain.text, cutter.pieces)
    warnings = first_ones(
        [*_of_the_text(plain), *cutter.oddities, *_of_the_articles(elements), *_of_the_letters(elements)]
    )
    name = next((element for element in elements if element.kind is Kind.NAME), None)
    return Parsed(plain.text, title_in(name.text.split("\n")) if name else "", elements, warnings)


def _elements(text: str, pieces: list[Piece]) -> tuple[Element, ...]:
    ends = [*(piece.start for piece in pieces[1:]), len(text)] if pieces else []
    articles: dict[Piece, str] = {}
    elements = []
    for position, (piece, end) in enumerate(zip(pieces, ends, strict=True), start=1):
        follower = pieces[position] if position < len(pieces) else None
        heading, body = _heading_and_body(piece, text[piece.words : end], follower)
        stands_alone = piece.parent is None or piece.parent.kind in FRAMES
        articles[piece] = piece.key if stands_alone or piece.parent is None else articles[piece.parent]
        elements.append(
            Element(
                key=piece.key,
                kind=piece.kind,
                number=piece.number.written if piece.number else "",
                label=piece.label,
                heading=heading,
                body=body,
                text=text[piece.start : end],
                depth=piece.depth,
                parent_key=piece.parent.key if piece.parent else None,
                article_key=articles[piece],
                position=position,
                line=piece.line,
            )
        )
    return tuple(elements)


def _heading_and_body(piece: Piece, words: str, follower: Piece | None) -> tuple[str, str]:
    if piece.form in DIVISIONS or piece.form is Kind.ANNEX:
        return _parted(words.split("\n"), is_annex=piece.form is Kind.ANNEX)
    words = words.strip()
    first_paragraph = follower is not None and follower.parent is piece and follower.kind is Kind.PARAGRAPH
    if piece.form is Kind.ARTICLE and first_paragraph and _is_marginal_title(words):
        return words, ""
    return "", words


def _is_marginal_title(words: str) -> bool:
    """Whether the words between "Art. 5" and "(1)" are its name (art. 47(5)): one short line that is no sentence."""
    return 0 < len(words) <= _LONGEST_MARGINAL_TITLE and "\n" not in words and words[-1] not in ".:;,"


def _parted(lines: list[str], *, is_annex: bool) -> tuple[str, str]:
    """Part the name of a chapter or annex from the words that follow it.

    A name may run over several lines: the next ones in capitals too, or beginning with a small letter.
    """
    words = [line.strip() for line in lines]
    start = 0
    while start < len(words) and (not words[start] or (is_annex and words[start].lower().startswith("la "))):
        start += 1
    end = start + 1 if start < len(words) else start
    while (
        end < len(words)
        and words[end]
        and (words[end][0].islower() or (words[start].isupper() and words[end].isupper()))
    ):
        end += 1
    heading = " ".join(words[start:end])
    if len(heading) > _LONGEST_HEADING:
        return "", "\n".join(lines).strip()
    return heading, "\n".join([*lines[:start], *lines[end:]]).strip()


def _of_the_text(plain: PlainText) -> list[Oddity]:
    counted = {Code.CEDILLA: plain.cedillas, Code.UNSEEN: plain.unseen}
    return [Oddity(code, 1, facts={"count": count}) for code, count in counted.items() if count]


def _of_the_articles(elements: tuple[Element, ...]) -> list[Oddity]:
    """Remark on articles that are empty or very long, and on a text without any."""
    lengths: dict[str, int] = {}
    words: dict[str, bool] = {}
    for element in elements:
        lengths[element.article_key] = lengths.get(element.article_key, 0) + len(element.text)
        below = element.key != element.article_key
        words[element.article_key] = words.get(element.article_key, False) or below or bool(element.body)
    articles = [element for element in elements if element.kind is Kind.ARTICLE]
    if not articles:
        return [Oddity(Code.NO_ARTICLE, 1)]
    empty = [
        Oddity(Code.EMPTY, article.line, article.key, {"label": article.label})
        for article in articles
        if not words[article.key]
    ]
    long = [
        Oddity(Code.LONG, article.line, article.key, {"label": article.label, "count": lengths[article.key]})
        for article in articles
        if lengths[article.key] > LONG_ARTICLE
    ]
    return empty + long


def _of_the_letters(elements: tuple[Element, ...]) -> list[Oddity]:
    """Name, article by article, the words whose letters were damaged before the text was pasted."""
    found: dict[str, list[Misread]] = {}
    places: dict[str, tuple[int, str]] = {}
    for element in elements:
        for misread in islice(misread_words(element.text), _MOST_MISREAD):
            line = element.line + element.text.count("\n", 0, misread.start)
            places.setdefault(element.article_key, (line, element.key))
            found.setdefault(element.article_key, []).append(misread)
    labels = {element.key: element.label for element in elements if element.key in found}
    return [
        Oddity(Code.MISREAD, *places[key], {"label": labels[key], "count": len(words), "words": _first_words(words)})
        for key, words in found.items()
    ]


def _first_words(words: list[Misread]) -> str:
    first = "; ".join(map(str, words[:_SHOWN]))
    return f"{first} …" if len(words) > _SHOWN else first
