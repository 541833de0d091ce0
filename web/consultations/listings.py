"""The list of consultations as files: for spreadsheets (CSV), for programs (JSON), for readers of feeds (Atom)."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from litestar import MediaType, Response, get
from litestar.params import FromQuery

from consult import links
from consult.consultations.consultations import Consultation
from consult.consultations.listings import Listing, list_consultations
from consult.i18n import gettext
from consult.identity.authorities import Authority
from web.access import public
from web.addresses import absolute, origin
from web.consultations.consultations import QUERY, Words
from web.consultations.words import GROUPS
from web.database import Db
from web.given import Given, PageNumber, Request
from web.pages import render
from web.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, csv_lines

#: Consultations in one file; the next file is named by a Link header, and in JSON by `next`.
FILE_SIZE = 1000
#: Consultations in the feed, whose readers come often and want what is new.
FEED_SIZE = 50
#: Characters that XML 1.0 cannot carry, escaped or not.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@get(f"{links.CONSULTATIONS}.csv", opt=public(*QUERY))
async def consultations_csv(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    stare: FromQuery[str] = "",
    q: FromQuery[Words] = "",
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """Give the list to spreadsheets."""
    found = await db.read(
        list_consultations, authority.id, group=GROUPS.get(stare), words=q, page=pagina, size=FILE_SIZE, at=at
    )
    following = next_file(request, found, ".csv", stare, q, pagina)
    return Response(
        BYTE_ORDER_MARK + csv_lines(rows(request, found, at)), media_type=MEDIA_TYPE, headers=link_header(following)
    )


@get(f"{links.CONSULTATIONS}.json", opt=public(*QUERY))
async def consultations_json(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    stare: FromQuery[str] = "",
    q: FromQuery[Words] = "",
    pagina: FromQuery[PageNumber] = 1,
) -> Response[bytes]:
    """Give the list to programs."""
    found = await db.read(
        list_consultations, authority.id, group=GROUPS.get(stare), words=q, page=pagina, size=FILE_SIZE, at=at
    )
    following = next_file(request, found, ".json", stare, q, pagina)
    said = {
        "authority": authority.name,
        "consultations": [described(request, each, at) for each in found.consultations],
        "next": following,
    }
    return Response(msgspec.json.encode(said), media_type=MediaType.JSON, headers=link_header(following))


@get(f"{links.CONSULTATIONS}.atom", opt=public("stare", "q"))
async def consultations_feed(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    stare: FromQuery[str] = "",
    q: FromQuery[Words] = "",
) -> Response[str]:
    """Give the newest consultations to readers of feeds."""
    found = await db.read(list_consultations, authority.id, group=GROUPS.get(stare), words=q, size=FEED_SIZE, at=at)
    feed = render(
        "consultations/consultations.atom",
        authority=authority,
        consultations=found.consultations,
        at=at,
        address=lambda path: absolute(request, path),
        origin=origin(request),
        self_address=absolute(request, links.consultations(state=stare, words=q, ending=".atom")),
    )
    return Response(NOT_XML.sub("", feed), media_type="application/atom+xml; charset=utf-8")


def rows(request: Request, found: Listing, at: datetime) -> Iterator[list[object]]:
    """Return the rows of the spreadsheet, the names of the columns first."""
    yield [
        gettext("Number"),
        gettext("Title"),
        gettext("Domain"),
        gettext("State"),
        gettext("Published on"),
        gettext("Proposals until"),
        gettext("Proposals"),
        gettext("Address"),
    ]
    for each in found.consultations:
        yield [
            each.reference,
            each.title,
            each.domain,
            each.stage_at(at).value,
            each.announced_on,
            each.proposals_until,
            each.recommendation_count,
            absolute(request, links.consultation(each.reference, each.title)),
        ]


def described(request: Request, each: Consultation, at: datetime) -> dict[str, Any]:  # Any: what JSON can say
    """Return what programs are told of a consultation."""
    return {
        "number": each.reference,
        "title": each.title,
        "domain": each.domain,
        "department": each.department,
        "initiator": each.initiator,
        "summary": each.summary,
        "stage": each.stage_at(at),
        "is_urgent": each.is_urgent,
        "announced_on": each.announced_on,
        "proposals_until": each.proposals_until,
        "closes_at": each.closes_at,
        "submission_on": each.submission_on,
        "recommendations": each.recommendation_count,
        "url": absolute(request, links.consultation(each.reference, each.title)),
        "text_url": absolute(request, links.draft_text(each.reference)),
        "register_url": absolute(request, links.register(each.reference, ending=".json")),
    }


def next_file(request: Request, found: Listing, ending: str, state: str, words: str, number: int) -> str | None:
    """Return the address of the file that goes on, where there is one."""
    if not found.more:
        return None
    return absolute(request, links.consultations(state=state, words=words, page=number + 1, ending=ending))


def link_header(following: str | None) -> dict[str, str]:
    """Return the header that names the next file (RFC 8288)."""
    return {"Link": f'<{following}>; rel="next"'} if following else {}
