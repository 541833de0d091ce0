"""The answer to a request for a public debate: the debate that is set, or why there is none."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult import links, mail
from consult.consultations.consultations import Consultation
from consult.consultations.debate_requests import DebateRequest, DebateRequestId
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import Person
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.meetings.meetings import Meeting, MeetingId
from consult.record.events import DebateRequestAnswered
from consult.refusals import NotFound, Refusal


class AnsweredRequest(Refusal):
    """An answered request stays answered."""

    sentence = N_("This request is answered already.")


class RefusalWithoutReason(Refusal):
    """Whoever may oblige the authority is owed the reason when there is no debate."""

    sentence = N_("Write why no debate is held: the law obliges the authority to hold one (art. 7(9)).")
    field = "reason"


def answer_request(
    db: Session, request_id: DebateRequestId, *, meeting: Meeting | None, reason: str = "", by: Actor, at: datetime
) -> DebateRequest:
    """Answer a request by a debate that is set, or by why there is none.

    Raises AnsweredRequest, RefusalWithoutReason.
    """
    request = db.get(DebateRequest, request_id)
    if request is None:
        raise NotFound
    consultation = db.get_one(Consultation, request.consultation_id)
    require("meeting.lead", by, consultation)
    if request.answered_at is not None:
        raise AnsweredRequest
    if meeting is None and not reason.strip():
        raise RefusalWithoutReason

    request.answered_at = at
    request.meeting_id = meeting.id if meeting else None
    request.refusal = "" if meeting else reason.strip()
    event = DebateRequestAnswered(
        subject=consultation.subject,
        number=request.reference,
        meeting=meeting.reference if meeting else None,
        reason=request.refusal or None,
    )
    record(db, event, by=by, at=at)
    db.flush()
    tell_asker(db, consultation, request, meeting, at=at)
    return request


def tell_asker(
    db: Session, consultation: Consultation, request: DebateRequest, meeting: Meeting | None, *, at: datetime
) -> None:
    """Write to whoever asked here; who asked on paper is answered on paper."""
    person = db.get(Person, request.person_id) if request.person_id else None
    if person is None:
        return
    facts = {
        "authority_id": consultation.authority_id,
        "number": request.register_number,
        "title": consultation.title,
        "held_at": meeting.starts_at if meeting else None,
        "place": meeting.where if meeting else "",
        "reason": request.refusal,
        "link": links.debate_request(consultation.reference, request.reference),
    }
    mail.post(db, "debate-request-answered", to=person.email, locale=person.locale, facts=facts, at=at)


def reopen_requests(db: Session, meeting_id: MeetingId) -> None:
    """Leave without an answer again what was answered by a meeting that is called off."""
    given = update(DebateRequest).where(DebateRequest.meeting_id == meeting_id)
    db.execute(given.values(meeting_id=None, answered_at=None))
