"""The public record for people: what it is and what stands in it, and each entry on a page of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.traces import is_hidden
from consult.i18n import ZONE
from consult.identity.authorities import Authority
from consult.record.continuity import number_of_newest
from consult.record.encoding import MAX_NUMBER
from consult.record.entries import Entry, count_before, entry_at, newest_entries, previous_of
from consult.record.erasures import ErasedText
from consult.record.events import ConsultationAnnounced, RecommendationReceived
from consult.record.tree import newest_checkpoint
from consult.refusals import NotFound
from web.access import public
from web.answers import page
from web.database import Db
from web.given import Given, Request
from web.record.acts import Act, act_of, acts_of
from web.record.kinds import KINDS
from web.record.log import number_in
from web.record.signed import Log, SignedState, newest_signed, state_in
from web.record.witnesses import Witnesses, witnesses_of

#: Entries on one page, and how many of the last consultations are offered to choose from.
PAGE = 20
LAST_CONSULTATIONS = 6

#: An index as it stands in an address: written in one way only, and small enough for either database.
INDEX = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
Before = Annotated[int, QueryParameter(ge=0, le=MAX_NUMBER)]


@dataclass(frozen=True)
class Continued:
    """Which log the one before was, why it could not go on, and when that was said."""

    earlier: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class RecordPage:
    """A page of the record. `more`: whether older entries follow; `consultations`: the last ones announced.

    `witnesses`: who else has signed it, where that was asked; `continued`: how its log came after an earlier one;
    `later`: the number of the log that goes on, where an earlier one is shown.
    """

    signed: SignedState | None
    acts: Sequence[Act]
    more: bool
    consultations: Sequence[Act]
    witnesses: Witnesses | None
    continued: Continued | None
    later: int | None


def record_page(
    db: Session,
    authority: Authority,
    *,
    type_: str | None,
    procedure: str | None,
    before: int,
    day: date | None,
    log: int | None,
    witnessed_at: datetime | None,
) -> RecordPage:
    """Read a page of the record. `day`: the last one of which entries are shown; `log`: the log that is asked for.

    `witnessed_at`: the instant as of which it is asked who else has signed, if it is. Raises NotFound.
    """
    newest = number_of_newest(db)
    shown = log or newest
    if shown > newest:
        raise NotFound
    if day is not None:
        midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZONE)
        before = min(before, count_before(db, midnight, shown))
    found = newest_entries(db, before=before, type_=type_, procedure=procedure, limit=PAGE + 1, log=shown)
    announced = newest_entries(db, type_=ConsultationAnnounced.type, limit=LAST_CONSULTATIONS, log=shown)
    signed = newest_checkpoint(db, shown)
    return RecordPage(
        signed=state_in(signed) if signed else None,
        acts=acts_of(db, authority, found[:PAGE]),
        more=len(found) > PAGE,
        consultations=[act for act in (act_of(authority, entry) for entry in announced) if act.is_ours],
        witnesses=witnesses_of(db, signed, at=witnessed_at) if witnessed_at else None,
        continued=continued(db, shown),
        later=newest if shown != newest else None,
    )


def continued(db: Session, log: int) -> Continued | None:
    """Return why a log was begun after an earlier one; None for the first."""
    first = entry_at(db, 0, log) if log > 1 else None
    return Continued(log - 1, first.event.stated["facts"]["reason"], first.event.at) if first else None


@get(links.RECORD, opt=public("fel", "consultare", "inainte", "zi", "jurnal"))
async def record(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    fel: FromQuery[str] = "",
    consultare: FromQuery[str] = "",
    inainte: FromQuery[Before] = MAX_NUMBER,
    zi: FromQuery[str] = "",
    jurnal: FromQuery[Log | None] = None,
) -> Response[str]:
    """Say what the record is and how anyone checks it, and show its entries, the newest first."""
    kind = KINDS.get(fel)
    day = day_asked(zi)
    procedure = f"consult:{authority.slug}/consultari/{consultare}" if consultare else None
    is_beginning = inainte == MAX_NUMBER
    is_whole = is_beginning and not (kind or procedure or day or jurnal)
    found = await db.read(
        record_page,
        authority,
        type_=kind.type if kind else None,
        procedure=procedure,
        before=inainte,
        day=day,
        log=jurnal,
        witnessed_at=at if is_whole else None,
    )
    return page(
        request,
        "record/record.html",
        found=found,
        kind=fel if kind else "",
        kinds=KINDS,
        consultation=consultare,
        is_beginning=is_beginning,
        is_whole=is_whole,
        day=day,
        log=jurnal,
    )


def day_asked(written: str) -> date | None:
    """Return the day that a reader chose; None for what is no day, as an unknown kind is no choice."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day < date(2200, 1, 1) else None


@dataclass(frozen=True)
class EntryPage:
    """One entry, and the one before it about the same thing.

    `erasure`: how its text was erased, if it was. `is_hidden`: whether a moderator keeps its text from the pages.
    `is_one_of_many`: whether there are several logs, so that its number alone does not say which entry it is.
    """

    act: Act
    previous: Entry | None
    signed: SignedState | None
    erasure: ErasedText | None
    is_hidden: bool
    is_one_of_many: bool


def entry_page(db: Session, authority: Authority, index: int, log: int = 1) -> EntryPage:
    """Read the page of an entry. Raises NotFound."""
    entry = entry_at(db, index, log)
    if entry is None:
        raise NotFound
    (act,) = acts_of(db, authority, [entry])
    return EntryPage(
        act,
        previous_of(db, entry.event),
        newest_signed(db, log),
        erasure=db.get(ErasedText, entry.event.commitment) if entry.event.commitment else None,
        is_hidden=act.is_ours
        and entry.event.type == RecommendationReceived.type
        and is_hidden(db, authority.id, *(act.subject.recommendation or (0, 0))),
        is_one_of_many=number_of_newest(db) > 1,
    )


@get(f"{links.RECORD}/{{index:str}}", opt=public())
async def entry(request: Request, db: Given[Db], authority: Given[Authority], index: FromPath[str]) -> Response[str]:
    """Show one entry: in words, then byte for byte."""
    if not INDEX.fullmatch(index):
        raise NotFound
    found = await db.read(entry_page, authority, int(index))
    return page(request, "record/entry.html", found=found)


@get(f"{links.RECORD}/{{log:str}}/{{index:str}}", opt=public())
async def later_entry(
    request: Request, db: Given[Db], authority: Given[Authority], log: FromPath[str], index: FromPath[str]
) -> Response[str]:
    """Show one entry of a log that continues an earlier one: those of the first keep their addresses without it."""
    if not INDEX.fullmatch(index) or number_in(log) == 1:
        raise NotFound
    found = await db.read(entry_page, authority, int(index), int(log))
    return page(request, "record/entry.html", found=found)


handlers = [record, entry, later_entry]
