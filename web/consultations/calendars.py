"""The dates of a consultation for calendars."""

from collections.abc import Iterator

from litestar import Response, get
from litestar.params import FromPath

from consult import links
from consult.consultations.legal_dates import Milestone
from consult.consultations.pages import DatesOf, dates_page
from consult.i18n import gettext
from consult.identity.authorities import Authority
from web.access import public
from web.addresses import absolute
from web.database import Db
from web.given import Given, Request
from web.icalendar import Occasion, calendar_of


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
            yield Occasion(
                uid=f"{consultation.reference}-{each.of}@{request.headers['host']}",
                stamped_at=consultation.opens_at,
                day=each.day,
                starts_at=each.starts_at,
                summary=f"{names()[each.of]}: {consultation.title}",
                place=each.note if each.starts_at else "",
                description=str(each.finding.deadline) if each.finding else "",
                url=absolute(request, links.consultation(consultation.reference, consultation.title)),
            )


def names() -> dict[Milestone, str]:
    """Return what the dates are called in a calendar."""
    return {
        Milestone.PROPOSALS: gettext("Last day for proposals"),
        Milestone.DEBATE: gettext("Public debate"),
        Milestone.SUBMISSION: gettext("The draft goes on to avizare"),
        Milestone.SESSION: gettext("Council session"),
        Milestone.OUTCOME: gettext("Outcome"),
    }
