"""The record as plain files under `/log/1/`, laid out as C2SP tlog-tiles says, for programs that none of us wrote.

They are no pages: they have no language and no frame, and what is not there is said in one line of plain text.
"""

from litestar import MediaType, Response, get

from consult import links
from consult.i18n import DEFAULT_LOCALE
from consult.record.erasures import is_erased
from consult.record.listing import BODY, WITNESSED
from consult.record.static import (
    ErasedJustNow,
    checkpoint_bytes,
    files_bytes,
    immutable_bytes,
    key_bytes,
    policy_bytes,
    witnessed_bytes,
)
from consult.settings import Settings
from web.access import public
from web.answers import moved
from web.database import Db
from web.given import Given, Request
from web.record.signed import published_key
from web.static_files import FOR_A_YEAR

#: What grows is read anew each time: a checkpoint kept by one cache and a list of files kept by another do not match,
#: and whoever verifies the log would be told that it is broken.
NEVER_OLD = "no-cache"
#: All but the signed note and the key. It is right for tiles, and keeps a list of millions of hashes, which shrinks
#: by little, from being compressed while everybody else waits.
BYTES = "application/octet-stream"


@get(links.LOG, opt=public())
async def folder() -> Response[bytes]:
    """Lead whoever pastes the record's origin into a browser to where it is explained."""
    return moved(links.RECORD)


@get(f"{links.LOG}/checkpoint", opt=public(is_streamed=True))
async def checkpoint(request: Request, db: Given[Db]) -> Response[bytes]:
    """Give the newest signed checkpoint."""
    return file(request, await db.read(checkpoint_bytes), media_type=MediaType.TEXT, kept=NEVER_OLD)


@get(f"{links.LOG}/files", opt=public(is_streamed=True))
async def files(request: Request, db: Given[Db]) -> Response[bytes]:
    """Give the list of all files that goes with the newest checkpoint."""
    try:
        content = await db.read(files_bytes)
    except ErasedJustNow as erased:
        return said(f"{erased}\n", status=erased.status, headers={"Retry-After": "1"})
    return file(request, content, media_type=BYTES, kept=NEVER_OLD)


@get(f"{links.LOG}/{{path:path}}", opt=public())
async def other_file(request: Request, db: Given[Db], settings: Given[Settings]) -> Response[bytes]:
    """Give the key, a tile, a bundle of entries, a frozen pack or a text."""
    path = request.scope["path"].removeprefix(f"{links.LOG}/")
    if path == "key":
        keys = await db.read(key_bytes, published_key(settings.keys))
        return file(request, keys, media_type=MediaType.TEXT, kept=NEVER_OLD)
    if path == "policy":
        policy = await db.read(policy_bytes, published_key(settings.keys))
        return file(request, policy, media_type=MediaType.TEXT, kept=NEVER_OLD)
    if path == WITNESSED:
        return file(request, await db.read(witnessed_bytes), media_type=MediaType.TEXT, kept=NEVER_OLD)
    content = await db.read(immutable_bytes, path)
    # A text may be erased on a lawful request, and then no cache may go on giving it out.
    is_text = path.startswith(f"{BODY}/")
    if content is None and is_text and await db.read(is_erased, path.removeprefix(f"{BODY}/")):
        return said("This text was erased on a lawful request.\n", status=410)
    return file(request, content, media_type=BYTES, kept=None if is_text else FOR_A_YEAR)


def file(request: Request, content: bytes | None, *, media_type: str, kept: str | None = None) -> Response[bytes]:
    """Return a file, or that it is not here. `kept`: how long it may be, where pages are not the measure."""
    if content is None or request.scope["state"]["locale"] != DEFAULT_LOCALE:
        return said("There is no such file in the record.\n", status=404)
    return Response(content, media_type=media_type, headers={"Cache-Control": kept} if kept else None)


def said(line: str, *, status: int, headers: dict[str, str] | None = None) -> Response[bytes]:
    """Return why there is no file, in one line."""
    return Response(line.encode(), media_type=MediaType.TEXT, status_code=status, headers=headers)


handlers = [folder, checkpoint, files, other_file]
