"""Calendars as they are sent (`consult.icalendar`)."""

from collections.abc import Iterable

from litestar import Response

from consult.icalendar import Occasion, written


def calendar_of(name: str, occasions: Iterable[Occasion]) -> Response[str]:
    """Return a calendar as it is sent."""
    return Response(written(name, occasions), media_type="text/calendar")
