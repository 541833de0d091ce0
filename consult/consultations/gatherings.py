"""Which meetings are about which consultations: their debates, and the sessions on whose agenda they are.

A meeting knows nothing of drafts; what a draft's own law says of its day, and who must be told, is said here.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.debate_answers import reopen_requests
from consult.consultations.debate_requests import DebateRequest
from consult.consultations.doubts import DEBATED, DECIDED, doubts_about, motive_for, refuse_unless_sure
from consult.consultations.following import followers_of
from consult.consultations.procedure import UnlawfulDay, current_pack, local_day, pack_of
from consult.consultations.recommendations import Recommendation
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import Person
from consult.identity.permissions import require
from consult.meetings.agendas import AgendaItem, AgendaItemId
from consult.meetings.announcing import (
    Reader,
    announce_meeting,
    cancel_meeting,
    move_meeting,
    registered_people,
    tell_of_cancelling,
    tell_of_move,
)
from consult.meetings.meetings import Kind, Meeting, MeetingId, Notice, meeting_by_id
from consult.policy.deadlines import check_date
from consult.store import Base

DEBATE_NOTICE = "debate-after-notice"
SESSION_NOTICE = "session-notice"
#: The rule under which a meeting of each kind is announced; a dialogue is under none.
NOTICES: Mapping[Kind, str] = {Kind.DEBATE: DEBATE_NOTICE, Kind.SESSION: SESSION_NOTICE}
#: What to say of a day on which such a meeting is unusual.
DOUBTS: Mapping[Kind, str] = {Kind.DEBATE: DEBATED, Kind.DIALOGUE: DEBATED, Kind.SESSION: DECIDED}


class ConsultationMeeting(Base):
    """A meeting that is about a consultation. `agenda_item_id`: the item of a session that is the draft."""

    __tablename__ = "consultation_meeting"

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    meeting_id: Mapped[MeetingId] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)
    agenda_item_id: Mapped[AgendaItemId | None] = mapped_column(ForeignKey("agenda_item.id"), unique=True)


def refuse_unlawful(db: Session, consultation: Consultation | None, rule: str, *, since: date, chosen: date) -> None:
    """Refuse a day that the consultation's own pack does not allow (without one, today's). Raises UnlawfulDay."""
    circumstances = consultation.circumstances if consultation else ()
    pack = pack_of(db, consultation) if consultation else current_pack()
    finding = check_date(pack, rule, since, chosen, circumstances)
    if not finding.is_lawful:
        raise UnlawfulDay("on", finding)


def refuse_day(
    db: Session,
    kind: Kind,
    consultations: Sequence[Consultation],
    starts_at: datetime,
    sure_of: Collection[date],
    *,
    motive: str | None = None,
    at: datetime,
) -> str:
    """Refuse a day for a meeting that is announced now; return why it is an unusual one, where that is asked.

    `motive`: None for a meeting that no law asks for, or that is moved with a reason of its own. Raises UnlawfulDay,
    DaysInDoubt, MotiveMissing.
    """
    on, today = local_day(starts_at), local_day(at)
    if kind in NOTICES:
        under: Sequence[Consultation | None] = consultations or [None]
        for consultation in under:
            refuse_unlawful(db, consultation, NOTICES[kind], since=today, chosen=on)
    doubts = doubts_about(on, DOUBTS[kind], since=today)
    if motive is not None:
        return motive_for(doubts, sure_of, motive)
    refuse_unless_sure(doubts, sure_of)
    return ""


def announce_dialogue(
    db: Session,
    authority_id: AuthorityId,
    *,
    title: str,
    notice: Notice,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """Announce a meeting that no law asks for. Run it by `Database.act_alone(register_key(…))`, for the number.

    Raises AlreadyPast, DaysInDoubt.
    """
    if notice.starts_at > at:
        refuse_day(db, Kind.DIALOGUE, [], notice.starts_at, sure_of, at=at)
    return announce_meeting(db, authority_id, kind=Kind.DIALOGUE, title=title, notice=notice, by=by, at=at)


def move(
    db: Session,
    meeting_id: MeetingId,
    *,
    starts_at: datetime,
    place: str,
    reason: str,
    sure_of: Collection[date] = (),
    by: Actor,
    at: datetime,
) -> Meeting:
    """Move a meeting and write to everybody who may have planned for it.

    A new day is announced anew, so that its term runs from today; another hour or room on the same day is not.
    Raises UnlawfulDay, DaysInDoubt, and what `move_meeting` raises.
    """
    meeting = meeting_by_id(db, meeting_id)
    require("meeting.lead", by, meeting)
    about = consultations_of(db, meeting_id)
    if starts_at > at and local_day(meeting.starts_at) != local_day(starts_at):
        refuse_day(db, meeting.kind, about, starts_at, sure_of, at=at)

    was_at, was_in = meeting.starts_at, meeting.where
    move_meeting(db, meeting_id, starts_at=starts_at, place=place, reason=reason, by=by, at=at)
    readers = readers_concerned(db, meeting, about)
    tell_of_move(db, meeting, readers, was_at=was_at, was_in=was_in, reason=reason.strip(), at=at)
    return meeting


def cancel(db: Session, meeting_id: MeetingId, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Call a meeting off and write to everybody who may have planned for it; who asked for the debate is owed another.

    Raises what `cancel_meeting` raises.
    """
    meeting = cancel_meeting(db, meeting_id, reason=reason, by=by, at=at)
    readers = readers_concerned(db, meeting, consultations_of(db, meeting_id))
    reopen_requests(db, meeting_id)
    tell_of_cancelling(db, meeting, readers, at=at)
    return meeting


MEETINGS_ABOUT = (
    select(ConsultationMeeting.consultation_id, Meeting)
    .join(Meeting, Meeting.id == ConsultationMeeting.meeting_id)
    .where(ConsultationMeeting.consultation_id.in_(bindparam("consultation_ids", expanding=True)))
    .options(joinedload(Meeting.moves))
    .order_by(Meeting.id)
)


def meetings_of_each(db: Session, consultation_ids: Collection[ConsultationId]) -> dict[ConsultationId, list[Meeting]]:
    """Return the meetings about each of these consultations, in the order in which they were announced."""
    found: dict[ConsultationId, list[Meeting]] = {each: [] for each in consultation_ids}
    for consultation_id, meeting in db.execute(MEETINGS_ABOUT, {"consultation_ids": [*found]}).unique():
        found[consultation_id].append(meeting)
    return found


def consultations_of(db: Session, meeting_id: MeetingId) -> list[Consultation]:
    """Return the consultations that a meeting is about, in the order of its agenda."""
    query = (
        select(Consultation)
        .join(ConsultationMeeting, ConsultationMeeting.consultation_id == Consultation.id)
        .outerjoin(AgendaItem, AgendaItem.id == ConsultationMeeting.agenda_item_id)
        .where(ConsultationMeeting.meeting_id == meeting_id)
        .order_by(AgendaItem.position, Consultation.id)
    )
    return list(db.scalars(query))


def drafts_on_agenda(db: Session, meeting_id: MeetingId) -> dict[AgendaItemId, Consultation]:
    """Return which item of a session is which draft."""
    query = (
        select(ConsultationMeeting.agenda_item_id, Consultation)
        .join(Consultation, Consultation.id == ConsultationMeeting.consultation_id)
        .where(ConsultationMeeting.meeting_id == meeting_id, ConsultationMeeting.agenda_item_id.is_not(None))
    )
    return {item_id: consultation for item_id, consultation in db.execute(query) if item_id is not None}


def debate_to_hold(db: Session, consultation_id: ConsultationId) -> Meeting | None:
    """Return the debate of a consultation that was announced and neither ended nor called off."""
    meetings = meetings_of_each(db, [consultation_id])[consultation_id]
    waiting = (each for each in meetings if each.ended_at is None and each.cancelled_at is None)
    return next((each for each in waiting if each.kind is Kind.DEBATE), None)


def session_to_decide(db: Session, consultation_id: ConsultationId) -> AgendaItem | None:
    """Return the item of a session that is to decide about a draft and has not; none of one that was called off."""
    query = (
        select(AgendaItem)
        .join(ConsultationMeeting, ConsultationMeeting.agenda_item_id == AgendaItem.id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            ConsultationMeeting.consultation_id == consultation_id,
            AgendaItem.result.is_(None),
            Meeting.cancelled_at.is_(None),
        )
    )
    return db.scalar(query.limit(1))


def authors(db: Session, consultation_ids: Collection[ConsultationId]) -> list[Person]:
    """Return who sent a recommendation on any of these consultations and did not take it back."""
    wrote = select(Recommendation.person_id).where(
        Recommendation.consultation_id.in_(consultation_ids), Recommendation.withdrawn_at.is_(None)
    )
    return list(db.scalars(select(Person).where(Person.id.in_(wrote)).order_by(Person.id)))


def readers_concerned(db: Session, meeting: Meeting, about: Sequence[Consultation]) -> list[Reader]:
    """Return who may have planned for a meeting: who registered, asked for it, spoke of its subject, or follows it."""
    asked = select(DebateRequest.person_id).where(DebateRequest.meeting_id == meeting.id)
    people = [
        *registered_people(db, meeting.id),
        *db.scalars(select(Person).where(Person.id.in_(asked))),
        *authors(db, [each.id for each in about]),
    ]
    following = followers_of(db, [each.id for each in about])
    readers = [Reader(each.email, each.locale, links.leave_consultation(each.leave_token)) for each in following]
    readers += [Reader(each.email, each.locale) for each in people]
    # One letter for a mailbox: that of somebody who takes part, who cannot leave, rather than that of a follower.
    return list({reader.email: reader for reader in readers}.values())
