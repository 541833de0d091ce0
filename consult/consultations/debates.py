"""The public debate of a draft: announced as art. 7(10) a) wants it, held within ten days (art. 7(12))."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult import mail
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.debate_answers import answer_request
from consult.consultations.debate_requests import open_requests
from consult.consultations.following import tell_followers
from consult.consultations.gatherings import ConsultationMeeting, authors, debate_to_hold, refuse_day
from consult.consultations.procedure import local_day, pack_of
from consult.consultations.steps import AlreadyAnnounced, OutOfOrder, consultation_to_move
from consult.identity.actors import Actor
from consult.identity.pseudonyms import record
from consult.meetings.announcing import announce_meeting
from consult.meetings.meetings import Kind, Meeting, Notice, facts_for_letters
from consult.policy.local import quantity
from consult.policy.packs import NoSuchRule
from consult.record.events import DebateAnnounced

#: The rule of the pack for how long each speaker has the floor; local.
FLOOR = "minutes-per-speaker"


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
    the number. Raises AlreadyPast, UnlawfulDay, DaysInDoubt, MotiveMissing, AlreadyAnnounced, OutOfOrder.
    Source: art. 7(9)-(12).
    """
    consultation = consultation_to_move(db, consultation_id, by)
    if consultation.stage not in {Stage.PROPOSALS, Stage.ANSWERED}:
        raise OutOfOrder
    if debate_to_hold(db, consultation_id) is not None:
        raise AlreadyAnnounced
    if notice.starts_at > at:
        days = (notice.starts_at, sure_of)
        motive = refuse_day(db, Kind.DEBATE, [consultation], *days, motive=notice.motive, at=at)
        notice = replace(notice, motive=motive)

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


def minutes_each(db: Session, consultation: Consultation) -> int | None:
    """Return how long each speaker has the floor, as the authority decided or the practice is.

    None under a pack that was frozen before it said so.
    """
    assert consultation.announced_on is not None, "only what is published is debated"
    try:
        return quantity(pack_of(db, consultation), FLOOR, on=consultation.announced_on).number
    except NoSuchRule:
        return None


def tell_authors(db: Session, consultation: Consultation, meeting: Meeting, *, at: datetime) -> None:
    """Write to everybody who had something to say about the draft."""
    facts = facts_for_letters(meeting) | {"title": consultation.title}
    people = authors(db, [consultation.id])
    for person in people:
        mail.post(db, "debate-announced", to=person.email, locale=person.locale, facts=facts, at=at)
    told = {person.email for person in people}
    on = local_day(meeting.starts_at)
    tell_followers(db, consultation, "debate", day=on, note=meeting.where, told=told, at=at)
