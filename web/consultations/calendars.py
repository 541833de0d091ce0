"""The dates of a consultation for calendars (iCalendar, RFC 5545).

Each has an identity of its own, so that a calendar that asks again replaces what it had.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from litestar import Response, get
from litestar.params import FromPath

from consult import links
from consult.consultations.legal_dates import LegalDate, Milestone
from consult.consultations.pages import DatesOf, dates_page
from consult.i18n import gettext
from consult.identity.authorities import Authority
from web.access import public
from web.addresses import absolute
from web.database import Db
from web.given import Given, Request

#: Bytes of a line, without its end; longer ones are folded.
LONGEST_LINE = 75


@get("/consultari/{reference:str}/calendar.ics", opt=public())
async def calendar(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str]
) -> Response[str]:
    """Give the dates that people may want to remember."""
    found = await db.read(dates_page, authority.id, reference)
    lines = "".join(f"{folded(line)}\r\n" for line in calendar_lines(request, found))
    return Response(lines, media_type="text/calendar")


def calendar_lines(request: Request, found: DatesOf) -> Iterator[str]:
    """Return the lines of the calendar, not yet folded."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Consult//Consult//EN", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{escaped(found.consultation.title)}"
    for date in found.dates:
        if date.of is not Milestone.ANNOUNCEMENT:
            yield from event_lines(request, found, date)
    yield "END:VCALENDAR"


def event_lines(request: Request, found: DatesOf, date: LegalDate) -> Iterator[str]:
    """Return the lines of one date."""
    consultation = found.consultation
    assert consultation.opens_at is not None, "only what is published has a calendar"
    yield "BEGIN:VEVENT"
    yield f"UID:{consultation.reference}-{date.of}@{request.headers['host']}"
    # Not now: the same calendar must be the same bytes.
    yield f"DTSTAMP:{stamp(consultation.opens_at)}"
    if date.starts_at:
        yield f"DTSTART:{stamp(date.starts_at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{date.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{date.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{names()[date.of]}: {consultation.title}')}"
    if date.note and date.starts_at:
        yield f"LOCATION:{escaped(date.note)}"
    if date.finding:
        yield f"DESCRIPTION:{escaped(str(date.finding.deadline))}"
    yield f"URL:{absolute(request, links.consultation(consultation.reference, consultation.title))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def names() -> dict[Milestone, str]:
    """Return what the dates are called in a calendar."""
    return {
        Milestone.PROPOSALS: gettext("Last day for proposals"),
        Milestone.DEBATE: gettext("Public debate"),
        Milestone.SUBMISSION: gettext("The draft goes on to avizare"),
        Milestone.SESSION: gettext("Council session"),
        Milestone.OUTCOME: gettext("Outcome"),
    }


def stamp(at: datetime) -> str:
    """Return an instant as calendars write it."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text as one value of a line; no control character can begin a line of its own."""
    plain = "".join(each if each.isprintable() else "\n" if each == "\n" else " " for each in text)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, none of which cuts a letter in two."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LONGEST_LINE - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
