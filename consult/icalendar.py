"""Dates for calendars (iCalendar, RFC 5545): each has an identity of its own, so that a later one replaces it.

Pages and letters say them alike, so that what a letter moved is moved in a calendar that follows the page as well.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

#: Bytes of a line, without its end; longer ones are folded.
LONGEST_LINE = 75


@dataclass(frozen=True)
class Occasion:
    """One date. `stamped_at`: when it was last said; `sequence`: how often it was said otherwise before.

    `starts_at`: the hour, of what has one. `is_cancelled`: it stays in calendars, struck out.
    """

    uid: str
    stamped_at: datetime
    day: date
    summary: str
    url: str
    starts_at: datetime | None = None
    place: str = ""
    description: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def written(name: str, occasions: Iterable[Occasion]) -> str:
    """Return a calendar as a file."""
    return "".join(f"{folded(line)}\r\n" for line in calendar_lines(name, occasions))


def calendar_lines(name: str, occasions: Iterable[Occasion]) -> Iterator[str]:
    """Return the lines of a calendar, not yet folded."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Consult//Consult//EN", "METHOD:PUBLISH")
    yield f"X-WR-CALNAME:{escaped(name)}"
    for occasion in occasions:
        yield from event_lines(occasion)
    yield "END:VCALENDAR"


def event_lines(occasion: Occasion) -> Iterator[str]:
    """Return the lines of one date."""
    yield "BEGIN:VEVENT"
    yield f"UID:{occasion.uid}"
    # Not now: the same calendar must be the same bytes.
    yield f"DTSTAMP:{stamp(occasion.stamped_at)}"
    if occasion.sequence:
        yield f"SEQUENCE:{occasion.sequence}"
    if occasion.starts_at:
        yield f"DTSTART:{stamp(occasion.starts_at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{occasion.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{occasion.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(occasion.summary)}"
    if occasion.place:
        yield f"LOCATION:{escaped(occasion.place)}"
    if occasion.description:
        yield f"DESCRIPTION:{escaped(occasion.description)}"
    yield f"URL:{occasion.url}"
    if occasion.is_cancelled:
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


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
