"""Requests for a public debate at the desk: entered from paper, and answered by a debate or by why there is none."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.debate_answers import answer_request
from consult.consultations.debate_requests import (
    LONGEST_REQUEST,
    Asker,
    DebateRequest,
    DebateRequestId,
    enter_request,
    find_request,
    last_day_to_ask,
)
from consult.consultations.drafts import find_for_desk
from consult.consultations.gatherings import debate_to_hold
from consult.consultations.procedure import local_day, pack_of
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.authorities import Authority
from consult.identity.permissions import may, require
from consult.identity.registers import Register, register_key
from consult.meetings.meetings import Meeting
from consult.refusals import NotFound
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request


class RequestForm(msgspec.Struct):
    """A request that came on paper or by e-mail."""

    asker: Annotated[Asker, asks(N_("Choose who asks."))]
    name: Annotated[str, line(300, missing=N_("Write the name of the association or authority."))]
    asked_on: Annotated[date, asks(N_("Choose the day on which it came in."))]
    words: Annotated[str, text(LONGEST_REQUEST, missing=N_("Write what is asked, as it stands in the letter."))]


class AnswerForm(msgspec.Struct):
    """The answer to a request. `by`: the debate that is announced already, or a reason."""

    by: Annotated[Literal["debate", "refusal"], asks(N_("Choose an answer."))]
    reason: Annotated[str, text(2000)] = ""


def draft_asked_about(db: Session, consultation_id: ConsultationId, *, by: Actor) -> tuple[Consultation, date]:
    """Return a published consultation and the last day on which a debate could be asked for. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    require("debate.enter", by, consultation)
    return consultation, last_day_to_ask(consultation, pack_of(db, consultation))


def request_at_desk(
    db: Session, consultation_id: ConsultationId, number: str, *, by: Actor
) -> tuple[Consultation, DebateRequest, Meeting | None]:
    """Return a request, and the debate that is announced and still to hold. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    return consultation, find_request(db, consultation_id, number), debate_to_hold(db, consultation_id)


@get("/cereri/noua", opt=at_desk("debate.enter"))
async def new(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Ask what stands in a letter."""
    consultation, last_day = await db.read(draft_asked_about, consultation_id, by=actor)
    form = blank(RequestForm, asked_on=local_day(at))
    return page(request, "meetings/desk_request_new.html", form=form, consultation=consultation, last_day=last_day)


@post("/cereri/noua", opt=at_desk("debate.enter"))
async def enter(
    request: Request,
    db: Given[Db],
    authority: Given[Authority],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Enter a request from paper, which gets its number."""
    form: Form[RequestForm] = await read_form(request, RequestForm)
    key = register_key(Register.DEBATE_REQUESTS, authority.id)
    said = gettext("The request is registered.")

    def where(made: DebateRequest) -> str:
        return links.desk_consultation(consultation_id, f"cereri/{made.reference}")

    deed = Deed(request, db, form, actor, where, said, alone=key)
    asked = form.data
    if asked is not None:
        facts = {"asker": asked.asker, "name": asked.name, "asked_on": asked.asked_on, "words": asked.words}
        done = await deed.do(enter_request, consultation_id, **facts)
        if done is not None:
            return done
    consultation, last_day = await db.read(draft_asked_about, consultation_id, by=actor)
    return page(
        request,
        "meetings/desk_request_new.html",
        status=422,
        form=form,
        consultation=consultation,
        last_day=last_day,
    )


@get("/cereri/{number:str}", opt=at_desk("draft.read"))
async def show(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    number: FromPath[str],
) -> Response[str]:
    """Show a request, with what it can be answered by."""
    return await request_page(request, db, actor, consultation_id, number, blank(AnswerForm))


@post("/cereri/{number:str}", opt=at_desk("meeting.lead"))
async def answer(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    number: FromPath[str],
) -> Response[Any]:
    """Answer a request."""
    form: Form[AnswerForm] = await read_form(request, AnswerForm)
    _consultation, found, _debate = await db.read(request_at_desk, consultation_id, number, by=actor)
    deed = Deed(
        request,
        db,
        form,
        actor,
        lambda _request: links.desk_consultation(consultation_id, "pasi"),
        gettext("The request is answered."),
    )
    if form.data is not None:
        facts = {"with_debate": form.data.by == "debate", "reason": form.data.reason}
        done = await deed.do(answer_at_desk, found.id, **facts)
        if done is not None:
            return done
    return await request_page(request, db, actor, consultation_id, number, form)


def answer_at_desk(
    db: Session, request_id: DebateRequestId, *, with_debate: bool, reason: str, by: Actor, at: datetime
) -> DebateRequest:
    """Answer a request by the debate that is announced, or by a reason."""
    found = db.get(DebateRequest, request_id)
    if found is None:
        raise NotFound
    meeting = debate_to_hold(db, found.consultation_id) if with_debate else None
    return answer_request(db, request_id, meeting=meeting, reason=reason, by=by, at=at)


async def request_page(
    request: Request,
    db: Db,
    actor: Actor,
    consultation_id: ConsultationId,
    number: str,
    form: Form[AnswerForm],
) -> Response[str]:
    """Return the page of a request."""
    consultation, found, debate = await db.read(request_at_desk, consultation_id, number, by=actor)
    return page(
        request,
        "meetings/desk_request.html",
        status=422 if form.errors else 200,
        form=form,
        consultation=consultation,
        it=found,
        debate=debate,
        own=links.desk_consultation(consultation_id),
        may_answer=may("meeting.lead", actor, consultation) and found.answered_at is None,
    )


handlers = [new, enter, show, answer]
