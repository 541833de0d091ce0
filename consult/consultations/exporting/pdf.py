"""A published text as a PDF."""

from collections.abc import Iterator, Sequence

from consult.consultations.exporting.editions import Edition, Exported, numeral, words_begin
from consult.consultations.exporting.paper import Paper, Piece, as_pdf, typeset
from consult.consultations.grammar.kinds import FRAMES, Kind
from consult.consultations.grammar.tables import Table, blocks, read_table
from consult.consultations.outline import indent
from consult.i18n import gettext, spoken

DEEPEST_HEADING = 6


def text_as_pdf(edition: Edition) -> bytes:
    """Return a text for paper; the words around the act in the current language."""
    return as_pdf(typeset(on_paper(edition)))


def on_paper(edition: Edition) -> Paper:
    """Return what is printed of a text."""
    facts = {"number": edition.number, "reference": edition.reference.replace("-", "/"), "day": spoken(edition.day)}
    return Paper(
        title=edition.title,
        authority=edition.authority,
        head=[
            edition.authority,
            gettext("Public consultation no. %(reference)s: text of the draft, version %(number)s, of %(day)s") % facts,
        ],
        foot=[
            gettext("The text on the site: %(url)s") % {"url": edition.url},
            f"SHA-256 {edition.sha256}",
        ],
        pieces=pieces_of_act(edition.provisions),
    )


def pieces_of_act(provisions: Sequence[Exported], *, below: int = 0) -> Iterator[Piece]:
    """Yield what is printed of an act. `below`: the level of the heading that it stands under."""
    known = {provision.key: provision for provision in provisions}
    for provision in provisions:
        yield from _pieces(provision, known[provision.article_key], below)


def _pieces(provision: Exported, article: Exported, below: int) -> Iterator[Piece]:
    """Yield what is printed of a provision: headings, paragraphs, tables."""
    kind, number = Kind(provision.kind), numeral(provision)
    left = indent(provision, article) if provision.key != article.key else 0
    words = provision.text[words_begin(provision) :].strip()
    if kind in FRAMES:
        lines = [line for line in (number, provision.heading) if line] or [provision.label]
        yield _heading(provision, lines, below, centred=True)
        words, number = provision.body, ""
    elif kind is Kind.ARTICLE:
        lines = [f"{number} {provision.heading}".strip()]
        yield _heading(provision, lines, below, centred=False)
        words, number = provision.body, ""
    if kind is Kind.TABLE:
        yield _table(read_table(words), left)
        return
    for block in blocks(words):
        if isinstance(block, Table):
            yield _table(block, left)
            continue
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines:
            lines[0] = f"{number} {lines[0]}".strip()
            yield {"kind": "title" if kind is Kind.NAME else "words", "lines": lines, "indent": left}
        number = ""


def _heading(provision: Exported, lines: list[str], below: int, *, centred: bool) -> Piece:
    level = min(provision.depth + 1 + below, DEEPEST_HEADING)
    return {"kind": "heading", "level": level, "lines": lines, "centred": centred}


def _table(table: Table, left: int) -> Piece:
    width = len(table.rows[0]) if table.rows else 0
    return {"kind": "table", "width": width, "head": table.head, "rows": table.body, "indent": left}
