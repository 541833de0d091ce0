"""The public debate of a draft: announced as art. 7(10) a) wants it, held within ten days (art. 7(12))."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult import links, mail
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.debate_answers import answer_request
from consult.consultations.debate_requests import open_requests
from consult.consultations.gatherings import ConsultationMeeting, authors, debate_to_hold, refuse_day
from consult.consultations.steps import AlreadyAnnounced, OutOfOrder, consultation_to_move
from consult.identity.actors import Actor
from consult.identity.pseudonyms import record
from consult.meetings.announcing import announce_meeting
from consult.meetings.meetings import Kind, Meeting, Notice
from consult.record.events import DebateAnnounced

#: How long each speaker has the floor where nobody decided otherwise; the law says nothing, and this is the practice.
MINUTES_EACH = 5


def announce_debate(
    db: Session,
    consultation_id: ConsultationId,
    *,
    notice: Notice,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """Announce a public debate; it answers every request for one that waits.

    Another one can follow when the last was held or called off. Run it by `Database.act_alone(register_key(…))`, for
    the number. Raises AlreadyPast, UnlawfulDay, DaysInDoubt, AlreadyAnnounced, OutOfOrder. Source: art. 7(9)-(12).
    """
    consultation = consultation_to_move(db, consultation_id, by)
    if consultation.stage not in {Stage.PROPOSALS, Stage.ANSWERED}:
        raise OutOfOrder
    if debate_to_hold(db, consultation_id) is not None:
        raise AlreadyAnnounced
    if notice.starts_at > at:
        refuse_day(db, Kind.DEBATE, [consultation], notice.starts_at, sure_of, at=at)

    meeting = announce_meeting(
        db, consultation.authority_id, kind=Kind.DEBATE, title=consultation.title, notice=notice, by=by, at=at
    )
    db.add(ConsultationMeeting(consultation_id=consultation_id, meeting_id=meeting.id))
    event = DebateAnnounced(
        subject=consultation.subject, starts_at=meeting.starts_at, place=meeting.where, meeting=meeting.reference
    )
    record(db, event, by=by, at=at)
    for request in open_requests(db, consultation_id):
        answer_request(db, request.id, meeting=meeting, by=by, at=at)
    tell_authors(db, consultation, meeting, at=at)
    return meeting


def tell_authors(db: Session, consultation: Consultation, meeting: Meeting, *, at: datetime) -> None:
    """Write to everybody who had something to say about the draft."""
    facts = {
        "authority_id": consultation.authority_id,
        "title": consultation.title,
        "held_at": meeting.starts_at,
        "place": meeting.where,
        "link": links.meeting(meeting.reference, meeting.title),
    }
    for person in authors(db, [consultation.id]):
        mail.post(db, "debate-announced", to=person.email, locale=person.locale, facts=facts, at=at)
