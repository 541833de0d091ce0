"""The register of a year through all consultations (art. 7(5)): narrowed as the reader likes, in pages, as a file."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from consult import links
from consult.consultations.procedure import local_day
from consult.consultations.year_register import Wanted, YearPart, year_page, year_part
from consult.i18n import gettext
from consult.identity.authorities import Authority
from consult.refusals import NotFound
from web.access import public
from web.answers import page, see_other
from web.consultations.register_files import KEPT, columns, row
from web.consultations.words import KINDS, SOURCES, VERDICTS
from web.database import Db
from web.given import After, Given, Request
from web.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, csv_lines

#: By what the address narrows the register.
NARROWING = ("consultare", "articol", "sursa", "fel", "stare", "autori")
ORGANISATIONS = "organizatii"
WAITING, WITHDRAWN, LATE = "fara-raspuns", "retrase", "intarziate"
YEAR = re.compile(r"20[0-9]{2}")


def narrowed(request: Request) -> dict[str, str]:
    """Return by what the address narrows the register; an empty word narrows nothing."""
    said = {name: request.query_params.get(name, "") for name in NARROWING}
    return {name: word for name, word in said.items() if word}


def wanted(said: Mapping[str, str]) -> Wanted:
    """Return what the words of the address mean; one that means nothing narrows nothing."""
    state = said.get("stare", "")
    return Wanted(
        consultation=said.get("consultare", ""),
        article=said.get("articol", ""),
        source=SOURCES.get(said.get("sursa", "")),
        kind=KINDS.get(said.get("fel", "")),
        verdict=VERDICTS.get(state),
        waiting=state == WAITING,
        withdrawn=state == WITHDRAWN,
        late=state == LATE,
        by_organisations=said.get("autori") == ORGANISATIONS,
    )


def year_in(written: str) -> int:
    """Return the year that an address names. Raises NotFound."""
    if not YEAR.fullmatch(written):
        raise NotFound
    return int(written)


@get(links.REGISTER, opt=public())
async def this_year(request: Request, at: Given[datetime]) -> Response[bytes]:
    """Lead to the register of the year."""
    return see_other(request, links.year_register(local_day(at).year))


@get(f"{links.REGISTER}/{{year:str}}", opt=public(*NARROWING, "dupa"))
async def register(
    request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str], dupa: FromQuery[After] = 0
) -> Response[str]:
    """Show a page of the register of a year."""
    said, number = narrowed(request), year_in(year)
    found = await db.read(year_page, authority.id, number, wanted(said), after=dupa)
    return page(
        request,
        "consultations/year_register.html",
        found=found,
        year=number,
        said=said,
        after=dupa,
        sources=SOURCES,
        kinds=KINDS,
        verdicts=VERDICTS,
    )


@get(f"{links.REGISTER}/{{year:str}}/propuneri.csv", opt=public(*NARROWING, is_streamed=True))
async def register_csv(request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str]) -> Stream:
    """Give the register of a year to spreadsheets, without anybody's contact data."""
    number, asked = year_in(year), wanted(narrowed(request))
    first = await db.read(year_part, authority.id, number, asked)

    async def lines() -> AsyncIterator[str]:
        yield BYTE_ORDER_MARK + csv_lines([[gettext("Consultation"), *columns()]])
        part: YearPart = first
        while True:
            yield csv_lines(
                [each.consultation.reference, *row(request, each.consultation, each.recommendation)]
                for each in part.rows
            )
            if part.after is None:
                return
            # Each part in a moment of its own, so that a slow reader holds nothing up.
            part = await db.read(year_part, authority.id, number, asked, after=part.after)

    return Stream(lines(), media_type=MEDIA_TYPE, headers=KEPT)


handlers = [this_year, register, register_csv]
