"""What the service itself counts of a year for the report on transparency: nothing that is not in the record too.

Recommendations and drafts count in the year of their number, meetings in the year in which they were held, so that
anybody counts the same from the entries alone (`consult.audit.indicators`).
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation, Source, Verdict
from consult.i18n import ZONE
from consult.identity.authorities import AuthorityId
from consult.meetings.meetings import Kind, Meeting
from consult.meetings.minutes import MinutesVersion
from consult.record.events import reports


def counted_here(db: Session, authority_id: AuthorityId, year: int) -> Mapping[str, int]:
    """Return the measures that the service knows of a year, by their names in the packs; 0 where there was nothing."""
    return {**_recommendations(db, authority_id, year), **_meetings(db, authority_id, year)}


def _recommendations(db: Session, authority_id: AuthorityId, year: int) -> dict[str, int]:
    online = Recommendation.source == Source.ONLINE
    included = Recommendation.verdict.in_([Verdict.TAKEN_UP, Verdict.PARTLY])
    query = select(func.count(), func.count().filter(online), func.count().filter(included)).where(
        Recommendation.authority_id == authority_id, Recommendation.year == year
    )
    received, received_online, taken_up = db.execute(query).one()
    drafts = select(func.count()).where(Consultation.authority_id == authority_id, Consultation.year == year)
    return {
        reports.RECEIVED: received,
        reports.RECEIVED_ONLINE: received_online,
        reports.INCLUDED: taken_up,
        reports.ANNOUNCED: db.scalars(drafts).one(),
    }


def _meetings(db: Session, authority_id: AuthorityId, year: int) -> dict[str, int]:
    minuted = exists().where(MinutesVersion.meeting_id == Meeting.id)
    debates, sessions = Meeting.kind == Kind.DEBATE, Meeting.kind == Kind.SESSION
    query = select(
        func.count().filter(debates),
        func.count().filter(sessions),
        func.coalesce(func.sum(Meeting.participants).filter(sessions), 0),
        func.count().filter(and_(sessions, minuted)),
    ).where(Meeting.authority_id == authority_id, Meeting.ended_at.is_not(None), *_in_year(year))
    held, public, came, published = db.execute(query).one()
    return {
        reports.DEBATES: held,
        reports.SESSIONS: public,
        reports.PARTICIPANTS: came or 0,
        reports.MINUTES: published,
    }


def _in_year(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what holds of a meeting that began in a year of the town's clocks."""
    first, after = (datetime(each, 1, 1, tzinfo=ZONE).astimezone(UTC) for each in (year, year + 1))
    return Meeting.starts_at >= first, Meeting.starts_at < after
