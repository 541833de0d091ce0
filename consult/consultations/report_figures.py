"""What the service itself counts of a year for the report on transparency: nothing that is not in the record too.

Recommendations and drafts count in the year of their number, meetings in the year in which they were held, so that
anybody counts the same from the entries alone (`consult.audit.indicators`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.debate_requests import DebateRequest
from consult.consultations.recommendations import Recommendation, Source, Verdict
from consult.i18n import ZONE
from consult.identity.authorities import AuthorityId
from consult.meetings.meetings import Closed, Kind, Meeting
from consult.meetings.minutes import MinutesVersion
from consult.policy.indicators import Figure, figures
from consult.policy.packs import Pack
from consult.record.canonical import dump
from consult.record.events import reports


@dataclass(frozen=True)
class Report:
    """The figures of a year as they come out of what was counted and added. `words`: by indicator."""

    year: int
    pack: Pack
    counted: Mapping[str, int]
    added: Mapping[str, int]
    words: Mapping[str, str]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every indicator with its value, in the order of the pack."""
        total = {name: self.counted.get(name, 0) + self.added.get(name, 0) for name in self.pack.measures}
        return figures(self.pack, total, on=last_day(self.year))

    @property
    def digest(self) -> str:
        """What tells this report from any other, so that what is approved is what was read."""
        facts = {"counted": dict(self.counted), "added": dict(self.added), "words": dict(self.words)}
        return sha256(dump(facts)).hexdigest()


def figures_key(authority_id: int) -> str:
    """Return the key to name in `Database.act_alone` around what a report counts, and around its publication.

    Else answers, or the end of a meeting, might be committed while a report is published that has not seen them: they
    would come before it in the record, and whoever counts the record again would find more than it says.
    """
    return f"figures:{authority_id}"


def counted_here(db: Session, authority_id: AuthorityId, year: int) -> Mapping[str, int]:
    """Return the measures that the service knows of a year, by their names in the packs; 0 where there was nothing."""
    return {**_recommendations(db, authority_id, year), **_meetings(db, authority_id, year)}


def _recommendations(db: Session, authority_id: AuthorityId, year: int) -> dict[str, int]:
    online = Recommendation.source == Source.ONLINE
    included = Recommendation.verdict.in_([Verdict.TAKEN_UP, Verdict.PARTLY])
    refused = Recommendation.verdict.is_not(None) & (Recommendation.verdict != Verdict.TAKEN_UP)
    query = select(
        func.count(), func.count().filter(online), func.count().filter(included), func.count().filter(refused)
    ).where(Recommendation.authority_id == authority_id, Recommendation.year == year)
    received, received_online, taken_up, justified = db.execute(query).one()
    drafts = select(func.count()).where(Consultation.authority_id == authority_id, Consultation.year == year)
    of_draft = Recommendation.consultation_id == Consultation.id
    some = drafts.where(exists().where(of_draft, included))
    # Of a draft that is still analysed nobody knows yet whether anything is taken up.
    none = drafts.where(
        exists().where(of_draft, Recommendation.answered_at.is_not(None)),
        ~exists().where(of_draft, included),
        ~exists().where(of_draft, Recommendation.answered_at.is_(None), Recommendation.withdrawn_at.is_(None)),
    )
    return {
        reports.RECEIVED: received,
        reports.RECEIVED_ONLINE: received_online,
        reports.INCLUDED: taken_up,
        reports.JUSTIFIED: justified,
        reports.ANNOUNCED: db.scalars(drafts).one(),
        reports.SOME_INCLUDED: db.scalars(some).one(),
        reports.NONE_INCLUDED: db.scalars(none).one(),
    }


def _meetings(db: Session, authority_id: AuthorityId, year: int) -> dict[str, int]:
    minuted = exists().where(MinutesVersion.meeting_id == Meeting.id)
    asked_for = exists().where(DebateRequest.meeting_id == Meeting.id)
    debates = Meeting.kind == Kind.DEBATE
    sessions = (Meeting.kind == Kind.SESSION) & Meeting.closed.is_(None)
    query = select(
        func.count().filter(debates),
        func.count().filter(sessions),
        func.coalesce(func.sum(Meeting.participants).filter(sessions), 0),
        func.count().filter(and_(sessions, minuted)),
        func.count().filter(and_(debates, asked_for)),
        *(func.count().filter(Meeting.closed == why) for why in Closed),
    ).where(Meeting.authority_id == authority_id, Meeting.ended_at.is_not(None), *_in_year(year))
    held, public, came, published, on_request, *closed = db.execute(query).one()
    return {
        reports.DEBATES: held,
        reports.SESSIONS: public,
        reports.PARTICIPANTS: came or 0,
        reports.MINUTES: published,
        reports.ON_REQUEST: on_request,
        **{reports.CLOSED[why]: count for why, count in zip(Closed, closed, strict=True)},
    }


def _in_year(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return what holds of a meeting that began in a year of the town's clocks."""
    first, after = (datetime(each, 1, 1, tzinfo=ZONE).astimezone(UTC) for each in (year, year + 1))
    return Meeting.starts_at >= first, Meeting.starts_at < after


def last_day(year: int) -> date:
    """Return the day as of which a year's report says what the rules ask for."""
    return date(year, 12, 31)


def stated(value: Fraction | None) -> str | None:
    """Return a value as the record says it, exactly."""
    return None if value is None else str(value)
