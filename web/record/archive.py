"""The whole record in one file, to be taken home and checked there."""

from collections.abc import AsyncIterator

from litestar import get
from litestar.params import FromQuery
from litestar.response import Stream

from consult import links
from consult.record.archive import END, FOLDER, PIECE, beginning, piece
from consult.record.tree import CURRENT
from consult.refusals import NotFound
from web.access import public
from web.database import Db
from web.given import Given
from web.record.signed import Log


@get(links.RECORD_ARCHIVE, opt=public("jurnal", is_streamed=True))
async def archive(db: Given[Db], jurnal: FromQuery[Log | None] = None) -> Stream:
    """Give the record as its newest checkpoint signs it; an earlier log, where its number is asked for."""
    log = jurnal or CURRENT
    first = await db.read(beginning, log)
    if first is None:
        raise NotFound

    async def pieces() -> AsyncIterator[bytes]:
        yield first.content
        for start in range(0, len(first.paths), PIECE):
            yield await db.read(piece, first.paths[start : start + PIECE], log)
        yield END

    headers = {"Content-Disposition": f'attachment; filename="{FOLDER}.tar"', "Cache-Control": "no-cache"}
    return Stream(pieces(), media_type="application/x-tar", headers=headers)
