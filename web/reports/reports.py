"""The yearly reports in public: the figures of art. 13 by their names, what the year gives so far, earlier reports."""

from datetime import datetime
from functools import partial

from anyio.to_thread import run_sync
from litestar import Response, get
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.procedure import local_day
from consult.consultations.report_figures import Report
from consult.consultations.reports import YearlyReport, report_of, reports_of, reports_of_year
from consult.files.formats import PDF
from consult.i18n import gettext
from consult.identity.authorities import Authority, AuthorityId
from consult.refusals import NotFound
from web.access import public
from web.addresses import absolute
from web.answers import page
from web.consultations.text_files import KEPT_BRIEFLY, as_file
from web.database import Db
from web.given import Given, Request
from web.reports.rows import rows_now, rows_published, year_in
from web.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, csv_lines


def year_of(db: Session, authority_id: AuthorityId, year: int) -> tuple[list[YearlyReport], Report]:
    """Return what was published about a year, the newest first, and what is counted of it."""
    return reports_of_year(db, authority_id, year), report_of(db, authority_id, year)


@get(links.REPORTS, opt=public())
async def all_reports(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime]
) -> Response[str]:
    """List the reports, and lead to what this year gives so far."""
    published = await db.read(reports_of, authority.id)
    return page(request, "reports/reports.html", reports=published, this_year=local_day(at).year)


@get(f"{links.REPORTS}/{{year:str}}", opt=public())
async def report_on_a_year(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], year: FromPath[str]
) -> Response[str]:
    """Show the report that holds; of this year and of the last, before there is one, what is counted so far."""
    today = local_day(at)
    asked = year_in(year, today)
    published, counted = await db.read(year_of, authority.id, asked)
    if published:
        return report_page(request, published, published[0])
    if asked < today.year - 1:
        raise NotFound
    rows = [each for each in rows_now(counted.figures, {}) if {*each.rule.counts} & counted.counted.keys()]
    return page(request, "reports/so_far.html", rows=rows, year=asked, is_over=asked < today.year, at=at)


@get(f"{links.REPORTS}/{{year:str}}/{{number:str}}", opt=public())
async def earlier_report(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    year: FromPath[str],
    number: FromPath[str],
) -> Response[str]:
    """Show one of the reports on a year, corrected or not."""
    published, _ = await db.read(year_of, authority.id, year_in(year, local_day(at)))
    for each in published:
        if number == f"v{each.number}":
            return report_page(request, published, each)
    raise NotFound


@get(f"{links.REPORTS}/{{year:str}}/raport.csv", opt=public())
async def report_file(
    request: Request,  # noqa: ARG001 - every public file is asked for in a language
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    year: FromPath[str],
) -> Response[str]:
    """Give the report that holds to spreadsheets."""
    published, _ = await db.read(year_of, authority.id, year_in(year, local_day(at)))
    if not published:
        raise NotFound
    head = [gettext("Code"), gettext("Indicator"), gettext("Figure"), gettext("In words"), gettext("Source")]
    lines = [
        [each.rule.code, str(each.rule.title), each.value, each.words or None, each.rule.cite]
        for each in rows_published(published[0])
    ]
    return Response(BYTE_ORDER_MARK + csv_lines([head, *lines]), media_type=MEDIA_TYPE)


@get(f"{links.REPORTS}/{{year:str}}/raport.pdf", opt=public())
async def report_to_print(
    request: Request, db: Given[Db], authority: Given[Authority], at: Given[datetime], year: FromPath[str]
) -> Response[bytes]:
    """Give the report that holds to be printed."""
    # Setting type takes a library of its own, which the service starts without.
    from web.reports.on_paper import report_as_pdf  # noqa: PLC0415 - see above

    published, _ = await db.read(year_of, authority.id, year_in(year, local_day(at)))
    if not published:
        raise NotFound
    shown = published[0]
    url = absolute(request, links.yearly_report(shown.year))
    make = partial(report_as_pdf, shown, rows_published(shown), authority=authority.name, url=url)
    return as_file(await run_sync(make), PDF.media_type, f"raport-{shown.year}.pdf", kept=KEPT_BRIEFLY)


def report_page(request: Request, published: list[YearlyReport], shown: YearlyReport) -> Response[str]:
    """Return the page of a report, which tells of the others on its year."""
    return page(request, "reports/report.html", it=shown, rows=rows_published(shown), published=published)


handlers = [all_reports, report_on_a_year, report_file, report_to_print, earlier_report]
