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
from consult.record.keyring import signing_keys
from consult.record.notes import VerifyingKey
from consult.record.stamping import timestamp_of
from consult.record.timestamps import Timestamp
from consult.refusals import NotFound
from web.access import public
from web.addresses import absolute, origin
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.pages import render
from web.record.log import number_in

#: Digests on one page, and in the feed, whose readers come often.
PAGE = 30
FEED_SIZE = 30
DAY = r"^(\d{4}-\d{2}-\d{2})?$"
#: Where the digests lie of the first log, and of one that continues an earlier one.
OF_THE_FIRST, OF_A_LATER = f"{links.RECORD_DIGESTS}/{{day:str}}", f"{links.RECORD_DIGESTS}/{{log:str}}/{{day:str}}"
CODE = "qr.svg"


@dataclass(frozen=True)
class DigestPage:
    """A digest with everything that stands on its page.

    `keys`: that sign its log now, or did at its end; `before`, `after`: its neighbours.
    """

    digest: Digest
    keys: Sequence[VerifyingKey]
    cosigners: Sequence[Cosigner]
    timestamp: Timestamp | None
    before: Digest | None
    after: Digest | None

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


def digest_page(db: Session, day: date, log: int) -> DigestPage:
    """Read the page of a day. Raises NotFound."""
    digest = digest_of(db, day, log)
    if digest is None:
        raise NotFound
    keys, cosigners = signing_keys(db, log), cosigners_of(db, digest)
    return DigestPage(digest, keys, cosigners, timestamp_of(db, digest), *neighbours_of(db, digest))


@get(links.RECORD_DIGESTS, opt=public("inainte"))
async def digests(
    request: Request, db: Given[Db], inainte: FromQuery[Annotated[str, QueryParameter(pattern=DAY)]] = ""
) -> Response[str]:
    """Show the digests of all days, the newest first."""
    before = day_of(inainte) if inainte else None
    found = await db.read(newest_digests, limit=PAGE + 1, before=before)
    days = sorted({each.day for each in found}, reverse=True)[:PAGE]
    on_page = [each for each in found if each.day in days]
    more = len(on_page) < len(found)
    return page(request, "record/digests.html", found=on_page, more=more, is_beginning=before is None)


@get(OF_THE_FIRST, opt=public())
async def digest(request: Request, db: Given[Db], day: FromPath[str]) -> Response[str]:
    """Show the digest of a day, so that it can be printed and hung up."""
    return shown(request, await db.read(digest_page, day_of(day), 1))


@get(OF_A_LATER, opt=public())
async def later_digest(request: Request, db: Given[Db], log: FromPath[str], day: FromPath[str]) -> Response[str]:
    """Show the digest of a log that continues an earlier one: those of the first keep their addresses without it."""
    return shown(request, await db.read(digest_page, day_of(day), later(log)))


@get(f"{OF_THE_FIRST}/{CODE}", opt=public())
async def code(db: Given[Db], day: FromPath[str]) -> Response[bytes]:
    """Give the code that a telephone reads: the three lines that were signed, as they stand in the file."""
    return drawn(await db.read(digest_of, day_of(day), 1))


@get(f"{OF_A_LATER}/{CODE}", opt=public())
async def later_code(db: Given[Db], log: FromPath[str], day: FromPath[str]) -> Response[bytes]:
    """Give the code of a digest of a log that continues an earlier one."""
    return drawn(await db.read(digest_of, day_of(day), later(log)))


def later(log: str) -> int:
    """Return the number of a log that continues an earlier one. Raises NotFound for the first."""
    if number_in(log) == 1:
        raise NotFound
    return int(log)


def shown(request: Request, found: DigestPage) -> Response[str]:
    """Return the page of a digest."""
    day, log = found.digest.day, found.digest.log
    return page(
        request,
        "record/digest.html",
        found=found,
        note=links.log_file(log, digest_path(day.isoformat())),
        stamp=links.log_file(log, timestamp_path(day.isoformat())),
        address=absolute(request, links.digest(day, log)),
    )


def drawn(found: Digest | None) -> Response[bytes]:
    """Return the code of a digest as a drawing. Raises NotFound where there is none."""
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


handlers = [digests, digest, later_digest, code, later_code, feed]
