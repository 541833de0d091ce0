"""A published text as a Word document, and what changed between two versions as real tracked changes.

Whoever accepts all changes has the new version, and whoever rejects them the old one: an article that moved is struck
out where it stood and written where it stands. Source: ECMA-376, part 1, sections 17.3 to 17.13.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from consult.consultations.comparison import ArticleChange, Change, Changes, Compared, State
from consult.consultations.exporting.editions import Edition, numeral, words_begin
from consult.consultations.exporting.word_parts import package
from consult.consultations.grammar.kinds import DIVISIONS, Kind
from consult.consultations.outline import indent
from consult.consultations.table_changes import table_changes
from consult.consultations.tracked_changes import Mark, Segment

MARKS = {State.ADDED: Mark.ADDED, State.REMOVED: Mark.REMOVED}
STYLES = {Kind.NAME: "Title", Kind.ANNEX: "Heading1", Kind.ARTICLE: "Article"}
#: Word's own measure: twentieths of a point, so half a centimetre and a bit.
STEP = 425

#: A stretch of words, and whether it is a number, which is set in bold.
_Run = tuple[Segment, bool]


def as_docx(edition: Edition) -> bytes:
    """Return an edition as a document."""
    stamp = _Stamp("", edition.published_at)
    known = {provision.key: provision for provision in edition.provisions}
    body = "".join(
        paragraph
        for provision in edition.provisions
        for paragraph in _provision(_unchanged(provision), known[provision.article_key], stamp)
    )
    return package(edition, body)


def as_tracked_docx(edition: Edition, changes: Changes) -> bytes:
    """Return the changes up to an edition as a document in which each is tracked, in the authority's name."""
    stamp = _Stamp(edition.authority, edition.published_at)
    body = "".join(
        paragraph
        for article in _in_both_places(changes)
        for part in article.parts
        for paragraph in _provision(part, article.here, stamp)
    )
    return package(edition, body)


@dataclass
class _Stamp:
    """Who changed the text and when; every change has a number of its own."""

    author: str
    at: datetime
    count: int = 0

    def attributes(self) -> str:
        self.count += 1
        return f'w:id="{self.count}" w:author={quoteattr(self.author)} w:date="{self.at:%Y-%m-%dT%H:%M:%SZ}"'


def _in_both_places(changes: Changes) -> Iterator[ArticleChange]:
    """Yield the changes in the order of the new text, an article that moved also where it stood."""
    gone = sorted((each for each in changes.articles if each.moved), key=_old_place)
    for article in changes.articles:
        while gone and not article.moved and article.old and _old_place(gone[0]) < _old_place(article):
            yield _as_gone(gone.pop(0))
        yield _as_new(article) if article.moved else article
    yield from map(_as_gone, gone)


def _old_place(article: ArticleChange) -> int:
    return article.old.position if article.old else 0


def _as_gone(article: ArticleChange) -> ArticleChange:
    olds = sorted((part.old for part in article.parts if part.old), key=lambda old: old.position)
    return ArticleChange(
        State.REMOVED, tuple(Change(State.REMOVED, old, None, _whole(old, Mark.REMOVED)) for old in olds)
    )


def _as_new(article: ArticleChange) -> ArticleChange:
    news = [part.new for part in article.parts if part.new]
    return ArticleChange(State.ADDED, tuple(Change(State.ADDED, None, new, _whole(new, Mark.ADDED)) for new in news))


def _unchanged(provision: Compared) -> Change:
    words = provision.text[words_begin(provision) :].strip()
    return Change(State.SAME, provision, provision, (Segment(Mark.SAME, words),) if words else ())


def _whole(provision: Compared, mark: Mark) -> tuple[Segment, ...]:
    words = "\n".join(part for part in (provision.heading, provision.body) if part)
    return (Segment(mark, words),) if words else ()


def _provision(part: Change, article: Compared, stamp: _Stamp) -> Iterator[str]:
    """Yield the paragraphs and tables of a provision."""
    here = part.here
    left = STEP * (indent(here, article) if here.key != article.key else 0)
    if here.kind == Kind.TABLE:
        yield _table(part, stamp)
        return
    style = "Heading2" if here.kind in DIVISIONS else STYLES.get(Kind(here.kind), "Normal")
    numbers = (numeral(part.old) if part.old else "", numeral(part.new) if part.new else "")
    runs: list[_Run] = [*_number(*numbers), *((segment, False) for segment in part.segments)]
    for line, end in _lines(runs, MARKS.get(part.state, Mark.SAME)):
        yield _paragraph(line, end, style, left, stamp)


def _number(old: str, new: str) -> Iterator[_Run]:
    """Yield a provision's number, both where it has another one now."""
    marked = [(Mark.SAME, new)] if old == new else [(Mark.REMOVED, old), (Mark.ADDED, new)]
    for mark, number in marked:
        if number:
            yield Segment(mark, f"{number} "), True


def _lines(runs: Iterable[_Run], last: Mark) -> Iterator[tuple[list[_Run], Mark]]:
    """Yield the runs of each line, and what became of its end."""
    line: list[_Run] = []
    for segment, is_number in runs:
        first, *further = segment.text.split("\n")
        line.append((Segment(segment.mark, first), is_number))
        for words in further:
            yield line, segment.mark
            line = [(Segment(segment.mark, words), is_number)]
    yield line, last


def _paragraph(line: Sequence[_Run], end: Mark, style: str, left: int, stamp: _Stamp) -> str:
    ended = f"<w:rPr>{_sign(end, stamp)}</w:rPr>" if end is not Mark.SAME else ""
    properties = f'<w:pStyle w:val="{style}"/><w:ind w:left="{left}"/>{ended}'
    runs = "".join(_run(segment, stamp, is_bold=is_number) for segment, is_number in line)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _sign(mark: Mark, stamp: _Stamp) -> str:
    """Return the property that says a paragraph's end or a row came or went."""
    name = {Mark.ADDED: "ins", Mark.REMOVED: "del"}.get(mark)
    return f"<w:{name} {stamp.attributes()}/>" if name else ""


def _run(segment: Segment, stamp: _Stamp, *, is_bold: bool = False) -> str:
    if not segment.text:
        return ""
    tag = "delText" if segment.mark is Mark.REMOVED else "t"
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    run = f'<w:r>{bold}<w:{tag} xml:space="preserve">{escape(segment.text)}</w:{tag}></w:r>'
    if segment.mark is Mark.SAME:
        return run
    name = "del" if segment.mark is Mark.REMOVED else "ins"
    return f"<w:{name} {stamp.attributes()}>{run}</w:{name}>"


def _table(part: Change, stamp: _Stamp) -> str:
    changes = table_changes(part.old.body if part.old else "", part.new.body if part.new else "")
    rows = []
    for row in changes.rows:
        came = _sign(row.mark, stamp) if row.mark is not Mark.SAME else ""
        head = "<w:tblHeader/>" if row.is_head else ""
        cells = "".join(_cell(cell, row.mark, stamp, is_bold=row.is_head) for cell in row.cells)
        rows.append(f"<w:tr><w:trPr>{head}{came}</w:trPr>{cells}</w:tr>")
    return _framed(changes.width, rows)


def _framed(width: int, rows: Sequence[str]) -> str:
    grid = "<w:gridCol/>" * width
    look = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="0"/>'
    # Word wants a paragraph between two tables, and behind the last one.
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def _cell(segments: Sequence[Segment], end: Mark, stamp: _Stamp, *, is_bold: bool) -> str:
    lines = _lines(((segment, is_bold) for segment in segments), Mark.SAME)
    ends = end if end is not Mark.SAME else None
    paragraphs = "".join(_paragraph(line, ends or mark, "TableText", 0, stamp) for line, mark in lines)
    return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{paragraphs}</w:tc>'
