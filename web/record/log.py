"""The record as plain files under `/log/1/`, laid out as C2SP tlog-tiles says, for programs that none of us wrote.

A log that continues one whose key was lost lies under `/log/2/`, and so on; the earlier one stays where it is.
They are no pages: they have no language and no frame, and what is not there is said in one line of plain text.
"""

import re

from litestar import MediaType, Response, get
from litestar.params import FromPath

from consult import links
from consult.i18n import DEFAULT_LOCALE
from consult.record.erasures import is_erased
from consult.record.listing import BODY
from consult.record.static import GROWING, ErasedJustNow, checkpoint_bytes, files_bytes, immutable_bytes
from consult.refusals import NotFound
from web.access import public
from web.answers import moved
from web.database import Db
from web.given import Given, Request
from web.static_files import FOR_A_YEAR

#: The number of a log.
LOG = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)

#: What grows is read anew each time: a checkpoint kept by one cache and a list of files kept by another do not match,
#: and whoever verifies the log would be told that it is broken.
NEVER_OLD = "no-cache"
#: All but the signed note and the key. It is right for tiles, and keeps a list of millions of hashes, which shrinks
#: by little, from being compressed while everybody else waits.
BYTES = "application/octet-stream"


@get(f"{links.LOGS}/{{log:str}}", opt=public())
async def folder(log: FromPath[str]) -> Response[bytes]:
    """Lead whoever pastes the record's origin into a browser to where it is explained."""
    number_in(log)
    return moved(links.RECORD)


@get(links.log_file("{log:str}", "checkpoint"), opt=public(is_streamed=True))
async def checkpoint(request: Request, db: Given[Db], log: FromPath[str]) -> Response[bytes]:
    """Give the newest signed checkpoint."""
    content = await db.read(checkpoint_bytes, number_in(log))
    return file(request, content, media_type=MediaType.TEXT, kept=NEVER_OLD)


@get(links.log_file("{log:str}", "files"), opt=public(is_streamed=True))
async def files(request: Request, db: Given[Db], log: FromPath[str]) -> Response[bytes]:
    """Give the list of all files that goes with the newest checkpoint."""
    try:
        content = await db.read(files_bytes, number_in(log))
    except ErasedJustNow as erased:
        return said(f"{erased}\n", status=erased.status, headers={"Retry-After": "1"})
    return file(request, content, media_type=BYTES, kept=NEVER_OLD)


@get(links.log_file("{log:str}", "{path:path}"), opt=public())
async def other_file(request: Request, db: Given[Db], log: FromPath[str]) -> Response[bytes]:
    """Give the key, a tile, a bundle of entries, a frozen pack or a text."""
    number = number_in(log)
    path = request.scope["path"].removeprefix(links.log_file(number, ""))
    if path in GROWING:
        return file(request, await db.read(GROWING[path], number), media_type=MediaType.TEXT, kept=NEVER_OLD)
    content = await db.read(immutable_bytes, path, number)
    # A text may be erased on a lawful request, and then no cache may go on giving it out.
    is_text = path.startswith(f"{BODY}/")
    if content is None and is_text and await db.read(is_erased, path.removeprefix(f"{BODY}/")):
        return said("This text was erased on a lawful request.\n", status=410)
    return file(request, content, media_type=BYTES, kept=None if is_text else FOR_A_YEAR)


def number_in(log: str) -> int:
    """Return the number of a log from an address, where it is written in one way only. Raises NotFound."""
    if not LOG.fullmatch(log):
        raise NotFound
    return int(log)


def file(request: Request, content: bytes | None, *, media_type: str, kept: str | None = None) -> Response[bytes]:
    """Return a file, or that it is not here. `kept`: how long it may be, where pages are not the measure."""
    if content is None or request.scope["state"]["locale"] != DEFAULT_LOCALE:
        return said("There is no such file in the record.\n", status=404)
    return Response(content, media_type=media_type, headers={"Cache-Control": kept} if kept else None)


def said(line: str, *, status: int, headers: dict[str, str] | None = None) -> Response[bytes]:
    """Return why there is no file, in one line."""
    return Response(line.encode(), media_type=MediaType.TEXT, status_code=status, headers=headers)


handlers = [folder, checkpoint, files, other_file]
