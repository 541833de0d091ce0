"""Meetings and what leads to them, brought about by the same actions that people and officials use."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation
from consult.consultations.debates import announce_debate
from consult.consultations.sessions import announce_session
from consult.identity.actors import Actor
from consult.meetings.attendance import end_meeting
from consult.meetings.meetings import Meeting, Notice
from tests.factories.base import NOW

PLACE = "Sala Mare"


def a_notice(starts_at: datetime, place: str = PLACE) -> Notice:
    """When and where people meet."""
    return Notice(starts_at, place)


def a_debate(
    db: Session, consultation: Consultation, by: Actor, *, starts_at: datetime | None = None, at: datetime = NOW
) -> Meeting:
    """A debate that was announced, of two days later unless told otherwise."""
    return announce_debate(db, consultation.id, notice=a_notice(starts_at or at + timedelta(days=2)), by=by, at=at)


def a_debate_held(db: Session, consultation: Consultation, by: Actor, *, at: datetime = NOW) -> Meeting:
    """A debate that was announced and, two days later, held for an hour."""
    meeting = a_debate(db, consultation, by, at=at)
    ended_at = meeting.starts_at + timedelta(hours=1)
    return end_meeting(db, meeting.id, ended_at=ended_at, participants=31, by=by, at=ended_at)


def a_session(
    db: Session, consultations: list[Consultation], by: Actor, *, starts_at: datetime, at: datetime
) -> Meeting:
    """A session that was announced with these drafts on its agenda."""
    return announce_session(
        db,
        consultations[0].authority_id,
        title="Ședință ordinară",
        notice=a_notice(starts_at),
        drafts=[each.id for each in consultations],
        by=by,
        at=at,
    )
