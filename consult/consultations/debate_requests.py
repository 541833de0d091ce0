"""Requests for a public debate: who may make one, until when, and the answer it is owed.

A debate must be held when a legally constituted association or another public authority asks for it in writing (Law
52/2003, art. 7(9)). Anybody else may wish for one, and say so in a recommendation, which is answered as all are.
"""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult import links, mail
from consult.consultations.consultations import PRIVATE, Consultation, ConsultationId
from consult.consultations.procedure import local_day, pack_of
from consult.i18n import N_
from consult.identity.actors import Actor, AsMember
from consult.identity.authorities import AuthorityId
from consult.identity.organisations import OrganisationId
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.identity.registers import Register, next_number, read_reference
from consult.meetings.meetings import Meeting, MeetingId
from consult.policy.deadlines import evaluate
from consult.policy.packs import NoSuchRule, Pack
from consult.record.bodies import Body, BodyId, keep_body, texts
from consult.record.events import DebateRequested
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

DebateRequestId = NewType("DebateRequestId", int)
key_type(DebateRequestId)

LONGEST_REQUEST = 5_000
#: The rule of the pack for the last day on which a debate can be asked for; local.
ASKING = "debate-request-period"


class Asker(StrEnum):
    """Who can oblige an authority to hold a debate."""

    ASSOCIATION = "association"
    AUTHORITY = "authority"


class DebateRequest(Base):
    """A request with its number, and once it is answered the debate that was set, or why there is none."""

    __tablename__ = "debate_request"
    __table_args__ = (
        UniqueConstraint("authority_id", "year", "number"),
        CheckConstraint("(answered_at IS NULL) = (meeting_id IS NULL AND refusal = '')", name="answered"),
    )

    id: Mapped[DebateRequestId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), index=True)
    number: Mapped[int]
    year: Mapped[int]
    asker: Mapped[Asker] = mapped_column(state_column(Asker))
    #: The name of the association or authority.
    name: Mapped[str]
    #: Whoever sent it, where it was sent here; a request on paper was entered by an official.
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"))
    entered_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    asked_on: Mapped[date]
    received_at: Mapped[datetime]
    event_id: Mapped[str]

    answered_at: Mapped[datetime | None]
    meeting_id: Mapped[MeetingId | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: Why there is no debate because of it; public.
    refusal: Mapped[str] = mapped_column(default="")

    body: Mapped[Body | None] = relationship(lazy="raise")
    meeting: Mapped[Meeting | None] = relationship(lazy="raise")

    @property
    def reference(self) -> str:
        """Its number with its year, `2-2026`, as in its address."""
        return f"{self.number}-{self.year}"

    @property
    def register_number(self) -> str:
        """Its number as people write it: 2/2026."""
        return f"{self.number}/{self.year}"

    @property
    def words(self) -> str:
        """What was asked, in the asker's words; nothing once they were erased."""
        return texts(self.body)["request"] if self.body else ""


class TooLateToAsk(Refusal):
    """The last day on which a debate could be asked for is over."""

    sentence = N_("A debate could be asked for until %(last_day)s, 24:00; this request came after it.")
    field = "asked_on"


class NotYetAsked(Refusal):
    """A request is entered when it has come in."""

    sentence = N_("This day is still to come.")
    field = "asked_on"


class NotAnnouncedThen(Refusal):
    """Nobody can ask about a draft that was not public."""

    sentence = N_("The draft became public on %(announced_on)s; nobody asked for a debate on it before.")
    field = "asked_on"


class AskedAlready(Refusal):
    """The same asker has asked already."""

    sentence = N_("%(name)s has asked for a debate on this draft already, by request no. %(number)s.")
    field = "name"


class RequestTooLong(Refusal):
    """A request says that a debate is asked for, and why."""

    sentence = N_("The request has %(length)s characters; at most %(most)s fit.")
    field = "words"


def last_day_to_ask(consultation: Consultation, pack: Pack) -> date:
    """Return the last day on which a debate can be asked for, which the law leaves to the authority.

    Under a pack that was frozen before it knew of that, it is the last day for proposals.
    """
    until = consultation.proposals_until
    assert until is not None, "a consultation is published with its dates"
    try:
        return evaluate(pack, ASKING, until).day
    except NoSuchRule:
        return until


def ask_for_debate(
    db: Session, consultation_id: ConsultationId, *, words: str, by: Actor, at: datetime
) -> DebateRequest:
    """Ask for a public debate in the name of a verified organisation; the request is numbered and must be answered.

    Run it by `Database.act_alone(register_key(Register.DEBATE_REQUESTS, …))`, for the number.
    Raises NotPermitted, TooLateToAsk, AskedAlready, RequestTooLong. Source: art. 7(9).
    """
    consultation = consultation_asked_about(db, consultation_id)
    require("debate.ask", by, consultation)
    assert isinstance(by.capacity, AsMember), "only organisations ask here"
    request = DebateRequest(
        asker=Asker.ASSOCIATION,
        name=by.capacity.name,
        person_id=by.person_id,
        organisation_id=by.organisation_id,
        asked_on=local_day(at),
    )
    receive(db, consultation, request, words, by=by, at=at)
    facts = {
        "authority_id": consultation.authority_id,
        "number": request.register_number,
        "title": consultation.title,
        "organisation": request.name,
        "link": links.debate_request(consultation.reference, request.reference),
    }
    mail.post(db, "debate-request-received", to=by.email, locale=by.locale, facts=facts, at=at)
    return request


def enter_request(
    db: Session,
    consultation_id: ConsultationId,
    *,
    asker: Asker,
    name: str,
    asked_on: date,
    words: str,
    by: Actor,
    at: datetime,
) -> DebateRequest:
    """Enter a request that came in on paper or by e-mail, with the day on which it came. As `ask_for_debate`."""
    consultation = consultation_asked_about(db, consultation_id)
    require("debate.enter", by, consultation)
    if asked_on > local_day(at):
        raise NotYetAsked
    request = DebateRequest(asker=asker, name=name.strip(), entered_by=by.person_id, asked_on=asked_on)
    return receive(db, consultation, request, words, by=by, at=at)


def receive(
    db: Session, consultation: Consultation, request: DebateRequest, words: str, *, by: Actor, at: datetime
) -> DebateRequest:
    """Number a request and record it."""
    if len(words) > LONGEST_REQUEST:
        raise RequestTooLong(length=len(words), most=LONGEST_REQUEST)
    pack = pack_of(db, consultation)
    last_day = last_day_to_ask(consultation, pack)
    assert consultation.announced_on is not None, "only what is published can be asked about"
    if request.asked_on < consultation.announced_on:
        raise NotAnnouncedThen(announced_on=consultation.announced_on)
    if request.asked_on > last_day:
        raise TooLateToAsk(last_day=last_day)
    for earlier in requests_about(db, [consultation.id]):
        if earlier.name.casefold() == request.name.casefold():
            raise AskedAlready(name=request.name, number=earlier.register_number)

    body = keep_body(db, {"request": words.strip()})
    year = local_day(at).year
    request.authority_id, request.consultation_id = consultation.authority_id, consultation.id
    request.number, request.year = next_number(db, Register.DEBATE_REQUESTS, consultation.authority_id, year), year
    request.body_id, request.received_at = body.id, at
    event = DebateRequested(
        subject=consultation.subject,
        number=request.reference,
        by=request.name,
        asker=request.asker,
        asked_on=request.asked_on,
        body=body.committed,
    )
    request.event_id = record(db, event, by=by, at=at).id
    db.add(request)
    db.flush()
    return request


def requests_about(db: Session, consultation_ids: Collection[ConsultationId]) -> list[DebateRequest]:
    """Return the requests for a debate on any of these consultations, in the order of their numbers."""
    query = (
        select(DebateRequest)
        .where(DebateRequest.consultation_id.in_(consultation_ids))
        .options(joinedload(DebateRequest.body), joinedload(DebateRequest.meeting))
    )
    return list(db.scalars(query.order_by(DebateRequest.id)))


def open_requests(db: Session, consultation_id: ConsultationId) -> list[DebateRequest]:
    """Return the requests that wait for an answer."""
    return [each for each in requests_about(db, [consultation_id]) if each.answered_at is None]


def find_request(db: Session, consultation_id: ConsultationId, reference: str) -> DebateRequest:
    """Return a request for a debate on a consultation by its number; raises NotFound."""
    wanted = read_reference(reference)
    for request in requests_about(db, [consultation_id]):
        if (request.number, request.year) == wanted:
            return request
    raise NotFound


def consultation_asked_about(db: Session, consultation_id: ConsultationId) -> Consultation:
    """Return a published consultation. Raises NotFound."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None or consultation.stage in PRIVATE:
        raise NotFound
    return consultation
