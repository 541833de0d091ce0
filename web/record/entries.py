"""The public record for people: what it is and what stands in it, and each entry on a page of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.traces import is_hidden
from consult.identity.authorities import Authority
from consult.record.encoding import MAX_NUMBER
from consult.record.entries import Entry, entry_at, newest_entries, previous_of
from consult.record.erasures import ErasedText
from consult.record.events import ConsultationAnnounced, RecommendationReceived
from consult.refusals import NotFound
from consult.settings import Settings
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.record.acts import Act, act_of, acts_of
from web.record.kinds import KINDS
from web.record.signed import SignedState, newest_signed, published_key
from web.record.witnesses import Witnesses, witnesses_of

#: Entries on one page, and how many of the last consultations are offered to choose from.
PAGE = 20
LAST_CONSULTATIONS = 6

#: An index as it stands in an address: written in one way only, and small enough for either database.
INDEX = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
Before = Annotated[int, QueryParameter(ge=0, le=MAX_NUMBER)]


@dataclass(frozen=True)
class RecordPage:
    """A page of the record. `more`: whether older entries follow; `consultations`: the last ones announced."""

    signed: SignedState | None
    acts: Sequence[Act]
    more: bool
    consultations: Sequence[Act]
    witnesses: Witnesses


def record_page(
    db: Session, authority: Authority, *, type_: str | None, procedure: str | None, before: int, at: datetime
) -> RecordPage:
    """Read a page of the record."""
    found = newest_entries(db, before=before, type_=type_, procedure=procedure, limit=PAGE + 1)
    announced = newest_entries(db, type_=ConsultationAnnounced.type, limit=LAST_CONSULTATIONS)
    return RecordPage(
        signed=newest_signed(db),
        acts=acts_of(db, authority, found[:PAGE]),
        more=len(found) > PAGE,
        consultations=[act for act in (act_of(authority, entry) for entry in announced) if act.is_ours],
        witnesses=witnesses_of(db, at=at),
    )


@get(links.RECORD, opt=public("fel", "consultare", "inainte"))
async def record(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    authority: Given[Authority],
    at: Given[datetime],
    fel: FromQuery[str] = "",
    consultare: FromQuery[str] = "",
    inainte: FromQuery[Before] = MAX_NUMBER,
) -> Response[str]:
    """Say what the record is and how anyone checks it, and show its entries, the newest first."""
    kind = KINDS.get(fel)
    procedure = f"consult:{authority.slug}/consultari/{consultare}" if consultare else None
    found = await db.read(
        record_page, authority, type_=kind.type if kind else None, procedure=procedure, before=inainte, at=at
    )
    return page(
        request,
        "record/record.html",
        found=found,
        kind=fel if kind else "",
        kinds=KINDS,
        consultation=consultare,
        is_beginning=inainte == MAX_NUMBER,
        key=published_key(settings.keys),
        address=f"{settings.base_url}{links.LOG}",
    )


@dataclass(frozen=True)
class EntryPage:
    """One entry, and the one before it about the same thing.

    `erasure`: how its text was erased, if it was. `is_hidden`: whether a moderator keeps its text from the pages.
    """

    act: Act
    previous: Entry | None
    signed: SignedState | None
    erasure: ErasedText | None
    is_hidden: bool


def entry_page(db: Session, authority: Authority, index: int) -> EntryPage:
    """Read the page of an entry. Raises NotFound."""
    entry = entry_at(db, index)
    if entry is None:
        raise NotFound
    (act,) = acts_of(db, authority, [entry])
    return EntryPage(
        act,
        previous_of(db, entry.event),
        newest_signed(db),
        erasure=db.get(ErasedText, entry.event.commitment) if entry.event.commitment else None,
        is_hidden=act.is_ours
        and entry.event.type == RecommendationReceived.type
        and is_hidden(db, authority.id, *(act.subject.recommendation or (0, 0))),
    )


@get(f"{links.RECORD}/{{index:str}}", opt=public())
async def entry(request: Request, db: Given[Db], authority: Given[Authority], index: FromPath[str]) -> Response[str]:
    """Show one entry: in words, then byte for byte."""
    if not INDEX.fullmatch(index):
        raise NotFound
    found = await db.read(entry_page, authority, int(index))
    return page(request, "record/entry.html", found=found)


handlers = [record, entry]
