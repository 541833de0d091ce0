"""The public session that decides about drafts: announced at least three days before it, and what came of each draft.

Source: Law 52/2003, art. 8 (announcement), art. 11 (the vote of each member).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import mail
from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.following import tell_followers
from consult.consultations.gatherings import ConsultationMeeting, authors, refuse_day, session_to_decide
from consult.consultations.outcomes import close, send_back
from consult.consultations.procedure import local_day
from consult.consultations.steps import AlreadyAnnounced, OutOfOrder, consultation_to_move
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.pseudonyms import record
from consult.meetings.agendas import CARRIED, AgendaItem, AgendaItemId, Ballot, Result, Topic, agenda_of, decide_item
from consult.meetings.announcing import announce_meeting
from consult.meetings.meetings import Kind, Meeting, Notice, facts_for_letters
from consult.record.events import SessionAnnounced
from consult.record.events.consultations import IN_SESSION
from consult.refusals import NotFound, Refusal

#: What a result makes of the draft; one that is returned goes back to before avizare.
ENDS: Mapping[Result, Stage] = {
    Result.ADOPTED: Stage.ADOPTED,
    Result.AMENDED: Stage.ADOPTED,
    Result.REJECTED: Stage.REJECTED,
    Result.WITHDRAWN: Stage.WITHDRAWN,
}


class EmptyAgenda(Refusal):
    """A session is announced with its agenda (art. 8(1) c))."""

    sentence = N_("A session is announced with its agenda: choose a draft, or write an item.")
    field = "drafts"


class NoActNumber(Refusal):
    """What was adopted has a number, by which it is found."""

    sentence = N_("Write the number of the act that was adopted.")
    field = "act"


class NoReasonGiven(Refusal):
    """People who took part in a draft learn why it did not become an act."""

    sentence = N_("Write why: those who took part will read it.")
    field = "note"


def announce_session(
    db: Session,
    authority_id: AuthorityId,
    *,
    title: str,
    notice: Notice,
    drafts: Sequence[ConsultationId],
    others: Sequence[str] = (),
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """Announce a public session with its agenda: drafts that are through avizare, and `others` in words.

    Whoever had something to say about one of the drafts is written to (art. 8(1) b)). Run it by
    `Database.act_alone(register_key(…))`, for the number. Raises EmptyAgenda, AlreadyPast, UnlawfulDay, DaysInDoubt,
    MotiveMissing, ClosedWithoutReason, OutOfOrder, AlreadyAnnounced.
    """
    consultations = [draft_to_decide(db, each, authority_id, by=by) for each in drafts]
    if not consultations and not others:
        raise EmptyAgenda
    if notice.starts_at > at:
        days = (notice.starts_at, sure_of)
        motive = refuse_day(db, Kind.SESSION, consultations, *days, motive=notice.motive, at=at)
        notice = replace(notice, motive=motive)

    topics = [*(Topic(each.title, each.subject) for each in consultations), *map(Topic, others)]
    meeting = announce_meeting(
        db, authority_id, kind=Kind.SESSION, title=title, notice=notice, agenda=topics, by=by, at=at
    )
    # The drafts come first on the agenda, in their order.
    for consultation, item in zip(consultations, agenda_of(db, meeting.id), strict=False):
        db.add(ConsultationMeeting(consultation_id=consultation.id, meeting_id=meeting.id, agenda_item_id=item.id))
        event = SessionAnnounced(
            subject=consultation.subject,
            starts_at=meeting.starts_at,
            place=meeting.where,
            meeting=meeting.reference,
            item=item.position,
        )
        record(db, event, by=by, at=at)
        tell_authors(db, consultation, meeting, at=at)
    db.flush()
    return meeting


def decide(
    db: Session,
    item_id: AgendaItemId,
    *,
    result: Result,
    ballot: Ballot | None,
    act: str = "",
    act_url: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> AgendaItem:
    """Say what came of an item of a session, and with it what became of the draft, where the item is one.

    Raises NoActNumber, NoReasonGiven, and what `decide_item` raises.
    """
    if result in CARRIED and not act.strip():
        raise NoActNumber
    if result not in CARRIED and not note.strip():
        raise NoReasonGiven
    item = decide_item(db, item_id, result=result, ballot=ballot, act=act, act_url=act_url, note=note, by=by, at=at)
    consultation = draft_of(db, item_id)
    if consultation is None or (result is Result.WITHDRAWN and consultation.stage is Stage.WITHDRAWN):
        return item
    if consultation.stage is not Stage.SUBMITTED:
        raise OutOfOrder
    on = local_day(db.get_one(Meeting, item.meeting_id).starts_at)
    said = item.act if result in CARRIED else item.note
    if result is Result.RETURNED:
        send_back(db, consultation, on=on, reason=said, by=by, at=at)
    else:
        close(db, consultation, ENDS[result], on=on, note=said, decided_by=IN_SESSION, by=by, at=at)
    return item


def draft_to_decide(
    db: Session, consultation_id: ConsultationId, authority_id: AuthorityId, *, by: Actor
) -> Consultation:
    """Return a draft that a session can decide about. Raises NotFound, OutOfOrder, AlreadyAnnounced."""
    consultation = consultation_to_move(db, consultation_id, by)
    if consultation.authority_id != authority_id:
        raise NotFound
    if consultation.stage is not Stage.SUBMITTED:
        raise OutOfOrder
    if session_to_decide(db, consultation_id) is not None:
        raise AlreadyAnnounced
    return consultation


def draft_of(db: Session, item_id: AgendaItemId) -> Consultation | None:
    """Return the draft that an item of an agenda is."""
    query = select(Consultation).join(ConsultationMeeting, ConsultationMeeting.consultation_id == Consultation.id)
    return db.scalar(query.where(ConsultationMeeting.agenda_item_id == item_id))


def drafts_for_session(db: Session, authority_id: AuthorityId) -> list[Consultation]:
    """Return the drafts that are through avizare and on no session's agenda yet."""
    query = select(Consultation).where(Consultation.authority_id == authority_id, Consultation.stage == Stage.SUBMITTED)
    submitted = list(db.scalars(query.order_by(Consultation.submitted_on, Consultation.id)))
    return [each for each in submitted if session_to_decide(db, each.id) is None]


def tell_authors(db: Session, consultation: Consultation, meeting: Meeting, *, at: datetime) -> None:
    """Write to everybody who had something to say about a draft that the session decides about (art. 8(1) b))."""
    facts = facts_for_letters(meeting) | {"title": consultation.title}
    people = authors(db, [consultation.id])
    for person in people:
        mail.post(db, "session-announced", to=person.email, locale=person.locale, facts=facts, at=at)
    told = {person.email for person in people}
    on = local_day(meeting.starts_at)
    tell_followers(db, consultation, "session", day=on, note=meeting.where, told=told, at=at)
