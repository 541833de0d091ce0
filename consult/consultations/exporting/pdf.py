"""A published text as a PDF for paper and for screen readers (PDF/UA), set by Typst."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import typst

from consult.consultations.exporting.editions import Edition, Exported, numeral, words_begin
from consult.consultations.grammar.kinds import FRAMES, Kind
from consult.consultations.grammar.tables import Table, blocks, read_table
from consult.consultations.outline import indent
from consult.i18n import DEFAULT_LOCALE, gettext, spoken

TEMPLATE = Path(__file__).with_name("text.typ")
#: Fonts that Typst brings along, so that a document looks the same wherever it is made.
FONTS = typst.Fonts(include_system_fonts=False)
DEEPEST_HEADING = 6


def as_pdf(data: bytes) -> bytes:
    """Return the document of what `typeset` returned; the same bytes for the same data."""
    made = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=FONTS,
        sys_inputs={"data": data.decode()},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    assert isinstance(made, bytes)  # one document, since it is not asked for as pages
    return made


def typeset(edition: Edition) -> bytes:
    """Return what the template shows, as JSON; the words around the act in the current language."""
    facts = {"number": edition.number, "reference": edition.reference.replace("-", "/"), "day": spoken(edition.day)}
    known = {provision.key: provision for provision in edition.provisions}
    said = {
        "title": edition.title,
        "authority": edition.authority,
        "language": DEFAULT_LOCALE,
        "page": gettext("Page {page} of {pages}"),
        "head": [
            edition.authority,
            gettext("Public consultation no. %(reference)s: text of the draft, version %(number)s, of %(day)s") % facts,
        ],
        "footer": f"{edition.authority} · {edition.title}"[:90],
        "foot": [
            gettext("The text on the site: %(url)s") % {"url": edition.url},
            f"SHA-256 {edition.sha256}",
        ],
        "pieces": [
            piece for provision in edition.provisions for piece in _pieces(provision, known[provision.article_key])
        ],
    }
    return msgspec.json.encode(said)


def _pieces(provision: Exported, article: Exported) -> Iterator[Mapping[str, Any]]:  # Any: JSON
    """Yield what is printed of a provision: headings, paragraphs, tables."""
    kind, number = Kind(provision.kind), numeral(provision)
    left = indent(provision, article) if provision.key != article.key else 0
    words = provision.text[words_begin(provision) :].strip()
    if kind in FRAMES:
        lines = [line for line in (number, provision.heading) if line] or [provision.label]
        yield _heading(provision, lines, centred=True)
        words, number = provision.body, ""
    elif kind is Kind.ARTICLE:
        lines = [f"{number} {provision.heading}".strip()]
        yield _heading(provision, lines, centred=False)
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


def _heading(provision: Exported, lines: list[str], *, centred: bool) -> Mapping[str, Any]:  # Any: JSON
    level = min(provision.depth + 1, DEEPEST_HEADING)
    return {"kind": "heading", "level": level, "lines": lines, "centred": centred}


def _table(table: Table, left: int) -> Mapping[str, Any]:  # Any: JSON
    width = len(table.rows[0]) if table.rows else 0
    return {"kind": "table", "width": width, "head": table.head, "rows": table.body, "indent": left}
