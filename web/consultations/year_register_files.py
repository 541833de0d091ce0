"""The register of a year as a file, made and sent row by row however long it is, and without anybody's contact data."""

from collections.abc import AsyncIterator, Sequence

from litestar import get
from litestar.params import FromPath
from litestar.response import Stream

from consult import links
from consult.consultations.year_register import Wanted, YearPart, year_part
from consult.i18n import gettext
from consult.identity.authorities import Authority, AuthorityId
from web import spreadsheets, workbooks
from web.access import public
from web.consultations.register_files import KEPT
from web.consultations.register_rows import columns, row
from web.consultations.year_register import NARROWING, narrowed, wanted, year_in
from web.database import Db
from web.given import Given, Request

Rows = Sequence[Sequence[object]]


@get(f"{links.REGISTER}/{{year:str}}/propuneri.csv", opt=public(*NARROWING, is_streamed=True))
async def register_csv(request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str]) -> Stream:
    """Give the register of a year to any spreadsheet."""
    number, asked = year_in(year), wanted(narrowed(request))
    first = await db.read(year_part, authority.id, number, asked)

    async def lines() -> AsyncIterator[str]:
        yield spreadsheets.BYTE_ORDER_MARK + spreadsheets.csv_lines([head()])
        async for rows in parts(request, db, authority.id, number, asked, first):
            yield spreadsheets.csv_lines(rows)

    return Stream(lines(), media_type=spreadsheets.MEDIA_TYPE, headers=KEPT)


@get(f"{links.REGISTER}/{{year:str}}/propuneri.xlsx", opt=public(*NARROWING, is_streamed=True))
async def register_workbook(
    request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str]
) -> Stream:
    """Give the register of a year as a workbook, whose head is printed on each sheet."""
    number, asked = year_in(year), wanted(narrowed(request))
    first = await db.read(year_part, authority.id, number, asked)
    # A sheet's name has room for no more.
    title = f"{gettext('Register of proposals')} {number}"
    rows = parts(request, db, authority.id, number, asked, first)
    name = f"registrul-propunerilor-{number}.xlsx"
    headers = {**KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
    return Stream(workbooks.workbook(title, head(), rows), media_type=workbooks.MEDIA_TYPE, headers=headers)


async def parts(
    request: Request, db: Db, authority_id: AuthorityId, year: int, asked: Wanted, first: YearPart
) -> AsyncIterator[Rows]:
    """Read the register on, each part in a moment of its own, so that a slow reader holds nothing up."""
    part = first
    while True:
        yield [
            [each.consultation.reference, *row(request, each.consultation, each.recommendation, part.enclosures)]
            for each in part.rows
        ]
        if part.after is None:
            return
        part = await db.read(year_part, authority_id, year, asked, after=part.after)


def head() -> list[str]:
    """Return the names of the columns."""
    return [gettext("Consultation"), *columns()]


handlers = [register_csv, register_workbook]
