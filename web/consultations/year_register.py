"""The register of a year through all consultations (art. 7(5)): narrowed as the reader likes, in pages, on paper."""

import re
from collections.abc import Mapping
from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from consult import links
from consult.consultations.procedure import local_day
from consult.consultations.year_register import PRINTED, Wanted, year_page
from consult.identity.authorities import Authority
from consult.refusals import NotFound
from web.access import public
from web.answers import page, see_other
from web.consultations.words import KINDS, SOURCES, VERDICTS
from web.database import Db
from web.given import After, Given, Request

#: By what the address narrows the register.
NARROWING = ("consultare", "articol", "sursa", "fel", "stare", "autori", "ordine")
ORGANISATIONS = "organizatii"
MOST_SUPPORTED = "sustinere"
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
        most_supported=said.get("ordine") == MOST_SUPPORTED,
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


@get(f"{links.REGISTER}/{{year:str}}/tipar", opt=public(*NARROWING, "dupa"))
async def register_to_print(
    request: Request, db: Given[Db], authority: Given[Authority], year: FromPath[str], dupa: FromQuery[After] = 0
) -> Response[str]:
    """Show the register of a year as it is printed: many rows, the head on each sheet, nothing beside them."""
    said, number = narrowed(request), year_in(year)
    found = await db.read(year_page, authority.id, number, wanted(said), after=dupa, size=PRINTED)
    return page(request, "consultations/year_register_print.html", found=found, year=number, said=said)


handlers = [this_year, register, register_to_print]
