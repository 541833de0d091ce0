"""The dates of a consultation for calendars."""

from collections.abc import Iterator

from litestar import Response, get
from litestar.params import FromPath

from consult import links
from consult.consultations.date_moves import DateMove
from consult.consultations.legal_dates import LegalDate, Milestone
from consult.consultations.pages import DatesOf, dates_page
from consult.i18n import gettext
from consult.icalendar import Occasion
from consult.identity.authorities import Authority
from consult.meetings.meetings import MeetingMove
from web.access import public
from web.addresses import absolute
from web.database import Db
from web.given import Given, Request
from web.icalendar import calendar_of
from web.ui.dates import day, moment


@get("/consultari/{reference:str}/calendar.ics", opt=public())
async def calendar(
    request: Request, db: Given[Db], authority: Given[Authority], reference: FromPath[str]
) -> Response[str]:
    """Give the dates that people may want to remember."""
    found = await db.read(dates_page, authority.id, reference)
    return calendar_of(found.consultation.title, occasions(request, found))


def occasions(request: Request, found: DatesOf) -> Iterator[Occasion]:
    """Return the dates, but for that of the announcement, which is over."""
    consultation = found.consultation
    assert consultation.opens_at is not None, "only what is published has a calendar"
    for each in found.dates:
        if each.of is not Milestone.ANNOUNCEMENT:
            moves: list[MeetingMove | DateMove] = [*each.moves, *each.given_up]
            yield Occasion(
                uid=f"{consultation.reference}-{each.of}@{request.headers['host']}",
                stamped_at=max((move.moved_at for move in moves), default=consultation.opens_at),
                sequence=len(moves),
                day=each.day,
                starts_at=each.starts_at,
                summary=f"{names()[each.of]}: {consultation.title}",
                place=each.note if each.starts_at else "",
                description=description(each),
                url=absolute(request, links.consultation(consultation.reference, consultation.title)),
            )


def description(date: LegalDate) -> str:
    """Return what the law says of a date, and from when it was moved and why."""
    said = [gettext("Instead of %(moment)s: %(reason)s") % each for each in _instead_of(date)]
    return " ".join([*said, str(date.finding.deadline) if date.finding else ""]).strip()


def _instead_of(date: LegalDate) -> Iterator[dict[str, str]]:
    for move in date.moves:
        yield {"moment": moment(move.was_at), "reason": move.reason}
    for given_up in date.given_up:
        yield {"moment": day(given_up.was_on), "reason": given_up.reason}


def names() -> dict[Milestone, str]:
    """Return what the dates are called in a calendar."""
    return {
        Milestone.PROPOSALS: gettext("Last day for proposals"),
        Milestone.DEBATE: gettext("Public debate"),
        Milestone.SUBMISSION: gettext("The draft goes on to avizare"),
        Milestone.SESSION: gettext("Council session"),
        Milestone.OUTCOME: gettext("Outcome"),
    }
