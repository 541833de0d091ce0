"""The whole register as a file, made and sent row by row however long it is: for spreadsheets and for programs."""

from collections.abc import AsyncIterator

import msgspec
from litestar import MediaType, get
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from consult import links
from consult.consultations.recommendations import Verdict
from consult.consultations.register_pages import RegisterFilePart, register_file_part
from consult.identity.authorities import Authority, AuthorityId
from web.access import public
from web.addresses import absolute
from web.consultations.register_rows import columns, described, row
from web.consultations.words import VERDICTS
from web.database import Db
from web.given import Given, Request
from web.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, csv_lines

#: Proxies may keep it for a little; we do not (`web.access.public`).
KEPT = {"Cache-Control": "public, max-age=0, s-maxage=30"}


@get("/consultari/{reference:str}/propuneri.csv", opt=public("raspuns", is_streamed=True))
async def register_csv(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    raspuns: FromQuery[str] = "",
) -> Stream:
    """Give the register to spreadsheets."""
    verdict = VERDICTS.get(raspuns)
    first = await db.read(register_file_part, authority.id, reference, verdict=verdict)

    async def lines() -> AsyncIterator[str]:
        yield BYTE_ORDER_MARK + csv_lines([columns()])
        async for part in parts(db, authority.id, reference, verdict, first):
            yield csv_lines(
                row(request, part.consultation, each, part.enclosures) for each in part.rows.recommendations
            )

    return Stream(lines(), media_type=MEDIA_TYPE, headers=KEPT)


@get("/consultari/{reference:str}/propuneri.json", opt=public("raspuns", is_streamed=True))
async def register_json(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    raspuns: FromQuery[str] = "",
) -> Stream:
    """Give the register to programs."""
    verdict = VERDICTS.get(raspuns)
    first = await db.read(register_file_part, authority.id, reference, verdict=verdict)

    async def pieces() -> AsyncIterator[bytes]:
        consultation = first.consultation
        head = {
            "consultation": consultation.reference,
            "title": consultation.title,
            "url": absolute(request, links.consultation(consultation.reference, consultation.title)),
        }
        yield msgspec.json.encode(head)[:-1] + b',"recommendations":['
        before = b"\n"
        async for part in parts(db, authority.id, reference, verdict, first):
            for each in part.rows.recommendations:
                yield before + msgspec.json.encode(described(request, consultation, each, part.enclosures))
                before = b",\n"
        yield b"\n]}\n"

    return Stream(pieces(), media_type=MediaType.JSON, headers=KEPT)


async def parts(
    db: Db, authority_id: AuthorityId, reference: str, verdict: Verdict | None, first: RegisterFilePart
) -> AsyncIterator[RegisterFilePart]:
    """Read the register on, each part in a moment of its own, so that a slow reader holds nothing up."""
    part = first
    yield part
    while part.rows.after is not None:
        part = await db.read(register_file_part, authority_id, reference, verdict=verdict, after=part.rows.after)
        yield part
