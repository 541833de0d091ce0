"""The digest of each day: a page to be printed for the notice board and the gazette, its code to scan, and the feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Annotated

import segno
from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter
from sqlalchemy.orm import Session

from consult import links
from consult.identity.authorities import Authority
from consult.record.daily_notes import digest_path, timestamp_path
from consult.record.digests import Cosigner, Digest, cosigners_of, digest_of, neighbours_of, newest_digests
from consult.record.encoding import encode_base64
from consult.record.stamping import timestamp_of
from consult.record.timestamps import Timestamp
from consult.refusals import NotFound
from consult.settings import Settings
from web.access import public
from web.addresses import absolute, origin
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.pages import render
from web.record.signed import published_keys

#: Digests on one page, and in the feed, whose readers come often.
PAGE = 30
FEED_SIZE = 30
DAY = r"^(\d{4}-\d{2}-\d{2})?$"


@dataclass(frozen=True)
class DigestPage:
    """A digest with everything that stands on its page. `before`, `after`: the days of its neighbours."""

    digest: Digest
    cosigners: Sequence[Cosigner]
    timestamp: Timestamp | None
    before: date | None
    after: date | None

    @property
    def root(self) -> str:
        """The root, as it stands in files."""
        return encode_base64(self.digest.checkpoint.root)


def day_of(written: str) -> date:
    """Return the day that an address names, written in one way only. Raises NotFound."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise NotFound from None
    if day.isoformat() != written:
        raise NotFound
    return day


def digest_page(db: Session, day: date) -> DigestPage:
    """Read the page of a day. Raises NotFound."""
    digest = digest_of(db, day)
    if digest is None:
        raise NotFound
    return DigestPage(digest, cosigners_of(db, digest), timestamp_of(db, digest), *neighbours_of(db, day))


@get(links.RECORD_DIGESTS, opt=public("inainte"))
async def digests(
    request: Request, db: Given[Db], inainte: FromQuery[Annotated[str, QueryParameter(pattern=DAY)]] = ""
) -> Response[str]:
    """Show the digests of all days, the newest first."""
    before = day_of(inainte) if inainte else None
    found = await db.read(newest_digests, limit=PAGE + 1, before=before)
    return page(request, "record/digests.html", found=found[:PAGE], more=len(found) > PAGE, is_beginning=before is None)


@get(f"{links.RECORD_DIGESTS}/{{day:str}}", opt=public())
async def digest(request: Request, db: Given[Db], settings: Given[Settings], day: FromPath[str]) -> Response[str]:
    """Show the digest of a day, so that it can be printed and hung up."""
    found = await db.read(digest_page, day_of(day))
    return page(
        request,
        "record/digest.html",
        found=found,
        keys=await db.read(published_keys, settings.keys),
        note=links.log_file(found.digest.log, digest_path(day)),
        stamp=links.log_file(found.digest.log, timestamp_path(day)),
        address=absolute(request, links.digest(found.digest.day)),
    )


@get(f"{links.RECORD_DIGESTS}/{{day:str}}/qr.svg", opt=public())
async def code(db: Given[Db], day: FromPath[str]) -> Response[bytes]:
    """Give the code that a telephone reads: the three lines that were signed, as they stand in the file."""
    found = await db.read(digest_of, day_of(day))
    if found is None:
        raise NotFound
    drawing = BytesIO()
    segno.make(found.checkpoint.text, error="m").save(drawing, kind="svg", scale=4, border=4, light="white")
    return Response(drawing.getvalue(), media_type="image/svg+xml")


@get(f"{links.RECORD_DIGESTS}.atom", opt=public())
async def feed(request: Request, db: Given[Db], authority: Given[Authority]) -> Response[str]:
    """Give the digests to readers of feeds."""
    found = await db.read(newest_digests, limit=FEED_SIZE)
    written = render(
        "record/digests.atom",
        authority=authority,
        digests=[(each, encode_base64(each.checkpoint.root)) for each in found],
        address=lambda path: absolute(request, path),
        origin=origin(request),
        self_address=absolute(request, links.digests(ending=".atom")),
    )
    return Response(written, media_type="application/atom+xml; charset=utf-8")


handlers = [digests, digest, code, feed]
