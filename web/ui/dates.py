"""Dates and deadlines in the words that a person would use, always by the clock of Bucharest.

A legal deadline is stored as the first instant at which it is too late, so that the last day of a term ends in a
midnight that belongs to the next date. People read that midnight as "24:00" of the day before: `last_moment` is where
the two meet, and every sentence about a deadline goes through it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from babel.dates import format_date

from consult.i18n import ZONE, current_locale, gettext, ngettext, spoken

SOON = timedelta(days=3)
LAST_HOUR = timedelta(hours=1)

Tone = Literal["open", "soon", "quiet"]


@dataclass(frozen=True)
class Deadline:
    """What a page says about a term, how urgently, and until when it may go on saying it.

    `changes_at`: the first instant at which the words are no longer true; None when they stay true for ever. A cached
    page must not outlive it.
    """

    words: str
    tone: Tone
    changes_at: datetime | None


def deadline(at: datetime, now: datetime, opens_at: datetime | None = None) -> Deadline:
    """Say how long a term that ends at `at` still runs, in calendar days counted in Bucharest.

    `opens_at`: the instant before which nothing is received yet, where there is one.
    """
    if opens_at is not None and now < opens_at:
        return Deadline(gettext("Opens on %(date)s") % {"date": spoken(_local_day(opens_at))}, "quiet", opens_at)
    last_day, hour = last_moment(at)
    if now >= at:
        return Deadline(gettext("Closed on %(date)s") % {"date": spoken(last_day)}, "quiet", None)
    if at - now <= LAST_HOUR:
        return Deadline(gettext("Less than an hour left"), "soon", at)
    changes_at = min(_next_midnight(now), at - LAST_HOUR)
    days = (last_day - _local_day(now)).days
    if days == 0:
        return Deadline(gettext("Closes today at %(hour)s") % {"hour": hour}, "soon", changes_at)
    if days == 1:
        return Deadline(gettext("Closes tomorrow at %(hour)s") % {"hour": hour}, "soon", changes_at)
    words = ngettext("%(num)d day left", "%(num)d days left", days) % {"num": days}
    return Deadline(words, "soon" if timedelta(days=days) <= SOON else "open", changes_at)


def last_moment(at: datetime) -> tuple[date, str]:
    """Return the day and the hour that people mean by the end of a half-open term: midnight is 24:00 of the eve."""
    local = at.astimezone(ZONE)
    if local.time() == time.min:
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), f"{local:%H:%M}"


def until(at: datetime) -> str:
    """Return the end of a term with its hour: "5 decembrie 2026, ora 24:00"."""
    day, hour = last_moment(at)
    return gettext("%(day)s, %(hour)s") % {"day": spoken(day), "hour": hour}


def day(at: date | datetime) -> str:
    """Return the date, of an instant the date that Bucharest had: "5 decembrie 2026"."""
    return str(spoken(_local_day(at) if isinstance(at, datetime) else at))


def moment(at: datetime) -> str:
    """Return the date and the hour of an instant: "5 decembrie 2026, ora 16:00"."""
    return str(spoken(at))


def day_of_month(at: datetime) -> str:
    """Return the number on the leaf of a calendar: "5"."""
    return str(_local_day(at).day)


def month(at: datetime) -> str:
    """Return the short name of the month: "dec."."""
    return format_date(_local_day(at), "MMM", locale=current_locale.get())


def _local_day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _next_midnight(at: datetime) -> datetime:
    return datetime.combine(_local_day(at) + timedelta(days=1), time.min, ZONE).astimezone(UTC)
