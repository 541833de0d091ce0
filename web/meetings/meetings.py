"""The public pages of meetings: the list, one meeting with all that is known of it, and its minutes."""

from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from consult import links
from consult.consultations.meeting_pages import meeting_page
from consult.consultations.procedure import local_day
from consult.i18n import gettext
from consult.icalendar import Occasion
from consult.identity.authorities import Authority
from consult.meetings.meetings import (
    PAGE,
    Kind,
    Meeting,
    coming_meetings,
    find_meeting,
    newest_meetings,
    past_meetings,
)
from consult.refusals import NotFound
from web.access import public
from web.addresses import absolute
from web.answers import moved, page
from web.database import Db
from web.given import Given, PageNumber, Request
from web.icalendar import calendar_of
from web.keys import key_in


@get(links.MEETINGS, opt=public("pagina"))
async def meetings(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """List the meetings to come, the nearest first, and those that were."""
    coming = await db.read(coming_meetings, authority.id, at) if pagina == 1 else []
    past = await db.read(past_meetings, authority.id, at, page=pagina)
    if pagina > 1 and not past:
        raise NotFound
    return page(
        request,
        "meetings/meetings.html",
        changes_at=min((each.starts_at for each in coming), default=None),
        coming=coming,
        past=past[:PAGE],
        more=len(past) > PAGE,
        pagina=pagina,
        at=at,
    )


@get(links.meetings(ending=".ics"), opt=public())
async def meetings_calendar(request: Request, db: Given[Db], authority: Given[Authority]) -> Response[str]:
    """Give the meetings of an authority to calendars, which ask again by themselves."""
    found = await db.read(newest_meetings, authority.id)
    name = gettext("Meetings: %(authority)s") % {"authority": authority.name}
    return calendar_of(name, (occasion(request, each) for each in found))


@get(f"{links.MEETINGS}/{{reference:str}}", opt=public())
async def short_address(db: Given[Db], authority: Given[Authority], reference: FromPath[str]) -> Response[bytes]:
    """Lead from the address that fits on a poster to the one that says what it is about."""
    meeting = await db.read(find_meeting, authority.id, reference)
    return moved(links.meeting(meeting.reference, meeting.title))


@get(f"{links.MEETINGS}/{{reference:str}}/calendar.ics", opt=public())
async def meeting_calendar(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str]
) -> Response[str]:
    """Give one meeting to calendars."""
    meeting = await db.read(find_meeting, authority.id, reference)
    return calendar_of(meeting.title, [occasion(request, meeting)])


@get(f"{links.MEETINGS}/{{reference:str}}/minuta/{{version:str}}", opt=public())
async def minutes(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    reference: FromPath[str],
    version: FromPath[str],
) -> Response[str]:
    """Show the minutes in one of their versions."""
    found = await db.read(meeting_page, authority.id, reference)
    if not version.startswith("v"):
        raise NotFound
    number = key_in(version.removeprefix("v"))
    shown = next((each for each in found.minutes if each.number == number), None)
    if shown is None:
        raise NotFound
    return page(request, "meetings/minutes.html", found=found, meeting=found.meeting, it=shown)


@get(f"{links.MEETINGS}/{{reference:str}}/{{slug:str}}", opt=public())
async def meeting(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    at: Given[datetime],
    reference: FromPath[str],
    slug: FromPath[str],
) -> Response[Any]:  # Any: a page, or the way to its right address
    """Show a meeting; whatever else stands behind its number leads to it."""
    found = await db.read(meeting_page, authority.id, reference)
    it = found.meeting
    if slug != links.slug(it.title) or reference != it.reference:
        return moved(links.meeting(it.reference, it.title))
    return page(
        request,
        "meetings/meeting.html",
        changes_at=it.starts_at if it.starts_at > at else None,
        found=found,
        meeting=it,
        state=it.state_at(at),
        today=local_day(at),
        at=at,
    )


def occasion(request: Request, meeting: Meeting) -> Occasion:
    """Return a meeting as a date for calendars; one that was moved replaces itself, one called off is struck out."""
    return Occasion(
        uid=links.meeting_occasion(meeting.reference, request.headers["host"]),
        stamped_at=meeting.stated_at,
        day=local_day(meeting.starts_at),
        starts_at=meeting.starts_at,
        summary=f"{kind_names()[meeting.kind]}: {meeting.title}",
        place=meeting.where,
        url=absolute(request, links.meeting(meeting.reference, meeting.title)),
        sequence=meeting.sequence,
        is_cancelled=meeting.cancelled_at is not None,
    )


def kind_names() -> dict[Kind, str]:
    """Return what the meetings are called."""
    return {
        Kind.DEBATE: gettext("Public debate"),
        Kind.DIALOGUE: gettext("Dialogue"),
        Kind.SESSION: gettext("Council session"),
    }


handlers = [meetings, meetings_calendar, short_address, meeting_calendar, minutes, meeting]
