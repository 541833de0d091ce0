"""The yearly report as a document for paper and for screen readers; loaded when somebody first asks for one."""

from collections.abc import Iterator, Sequence

from consult.consultations.exporting.paper import Paper, Piece, as_pdf, heading, paragraphs, quiet, table, typeset
from consult.consultations.reports import YearlyReport
from consult.i18n import gettext, spoken
from web.reports.rows import Row

#: How wide the columns are beside each other.
SHARES = (0.8, 6, 1.6)


def report_as_pdf(report: YearlyReport, rows: Sequence[Row], *, authority: str, url: str) -> bytes:
    """Return a published report to print; `url`: of its page."""
    facts = {"number": report.number, "moment": spoken(report.published_at)}
    paper = Paper(
        title=gettext("Report on %(year)s") % {"year": report.year},
        authority=authority,
        head=[authority, gettext("Version %(number)s, published on %(moment)s") % facts],
        foot=[gettext("The report on the site, with its act in the public record: %(url)s") % {"url": url}],
        pieces=_pieces(report, rows),
    )
    return as_pdf(typeset(paper))


def _pieces(report: YearlyReport, rows: Sequence[Row]) -> Iterator[Piece]:
    """Yield what the law asks for, then what is used in practice, said to be so."""
    yield heading(gettext("Report on transparency in decision-making for %(year)s") % {"year": report.year})
    if report.reason:
        yield heading(gettext("Why it was corrected"), 2)
        yield paragraphs(report.reason)
    yield heading(gettext("What the law asks for"), 2)
    yield from _lines([row for row in rows if row.rule.verified])
    if practice := [row for row in rows if not row.rule.verified]:
        yield heading(gettext("What is used in practice"), 2)
        yield quiet(gettext("The names below are used in the reports of town halls. They are not in the law."))
        yield from _lines(practice)


def _lines(rows: Sequence[Row]) -> Iterator[Piece]:
    head = [gettext("Code"), gettext("Indicator"), gettext("Figure")]
    shown = ([row.rule.code, str(row.rule.title), row.shown or gettext("in words")] for row in rows)
    yield table(head, shown, SHARES)
    for row in rows:
        if row.words:
            yield heading(f"{row.rule.code}) {row.rule.title}", 3)
            yield paragraphs(row.words)
