"""Promises at the desk: written into a drafted answer, and later, in public, kept or given up."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.consultations.consultations import ConsultationId
from consult.consultations.drafts import find_for_desk
from consult.consultations.procedure import local_day
from consult.consultations.promise_drafts import (
    LONGEST_PROMISE,
    draft_promise,
    leave_out_promise,
    promise_draft_page,
)
from consult.consultations.promise_endings import end_promise
from consult.consultations.promises import Ending, promises_of
from consult.consultations.reasons import ReasonId
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.permissions import may
from consult.refusals import NotFound
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, line, several, text
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in


class PromiseForm(msgspec.Struct):
    """What is promised, by when and by whom. `edition`: of the promise on the page; `sure_of`: a day that is meant."""

    words: Annotated[str, text(LONGEST_PROMISE, missing=N_("Write what will be done."))]
    due_on: Annotated[date, asks(N_("Choose the day."))]
    department: Annotated[str, line(200, missing=N_("Write which department answers for it."))]
    edition: int = 0
    sure_of: Annotated[list[date], several(1)] = []
    step: Literal["save", "leave_out"] = "save"


class EndingForm(msgspec.Struct):
    """Which promise, what became of it, on which day, and how that can be seen or why."""

    number: Annotated[int, asks(N_("Choose the promise."))]
    ending: Annotated[Ending, asks(N_("Choose what became of it."))]
    on: Annotated[date, asks(N_("Choose the day."))]
    note: Annotated[str, text(1000, missing=N_("Write how it can be seen that it was kept, or why it is given up."))]


@get("/raspunsuri/{reason:str}/promisiune", opt=at_desk("recommendation.answer"))
async def prepare(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId], reason: FromPath[str]
) -> Response[str]:
    """Ask what a drafted answer promises."""
    return await asked(request, db, actor, consultation_id, ReasonId(key_in(reason)))


@post("/raspunsuri/{reason:str}/promisiune", opt=at_desk("recommendation.answer"))
async def write(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId], reason: FromPath[str]
) -> Response[Any]:
    """Write the promise into the drafted answer, or take it out again."""
    form: Form[PromiseForm] = await read_form(request, PromiseForm)
    key = ReasonId(key_in(reason))
    deed = Deed(request, db, form, actor, lambda _: links.desk_consultation(consultation_id, "raspunsuri/publica"), "")
    if form.data is not None:
        written = msgspec.structs.asdict(form.data)
        if written.pop("step") == "leave_out":
            deed.said = gettext("The drafted answer promises nothing any more.")
            done = await deed.do(leave_out_promise, consultation_id, key, edition=form.data.edition)
        else:
            deed.said = gettext("The promise stands in the drafted answer. Nobody outside sees it before the answers.")
            done = await deed.do(draft_promise, consultation_id, key, **written)
        if done is not None:
            return done
    return await asked(request, db, actor, consultation_id, key, form, deed)


async def asked(
    request: Request,
    db: Db,
    actor: Actor,
    consultation_id: ConsultationId,
    reason_id: ReasonId,
    form: Form[PromiseForm] | None = None,
    deed: Deed | None = None,
) -> Response[str]:
    """Show the form with what the answer promises so far, or with what is wrong in it."""
    found = await db.read(promise_draft_page, consultation_id, reason_id, actor)
    draft = found.draft
    said = {"words": draft.words, "due_on": draft.due_on, "department": draft.department} if draft else {}
    return page(
        request,
        "desk/promise.html",
        status=422 if deed else 200,
        found=found,
        form=form or blank(PromiseForm, **{"department": found.consultation.department, **said}),
        doubts=deed.doubts if deed else (),
        own=links.desk_consultation(consultation_id),
    )


@get("/promisiuni", opt=at_desk("draft.read"))
async def promises(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show what a consultation's answers promised, with the form that says what became of it."""
    return await listed(request, db, actor, at, consultation_id, blank(EndingForm, on=local_day(at)))


@post("/promisiuni", opt=at_desk("answers.publish"))
async def end(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Say that a promise was kept, or that it is given up."""
    form: Form[EndingForm] = await read_form(request, EndingForm)
    said = gettext("It is public. Those to whom it was promised were written to.")
    deed = Deed(request, db, form, actor, lambda _promise: links.desk_consultation(consultation_id, "promisiuni"), said)
    if form.data is not None:
        done = await deed.do(end_promise, consultation_id, **msgspec.structs.asdict(form.data))
        if done is not None:
            return done
    return await listed(request, db, actor, at, consultation_id, form, status=422)


async def listed(
    request: Request,
    db: Db,
    actor: Actor,
    at: datetime,
    consultation_id: ConsultationId,
    form: Form[EndingForm],
    status: int = 200,
) -> Response[str]:
    """Show the promises of a consultation, with the form for those that have not ended. Raises NotFound."""
    consultation = await db.read(find_for_desk, consultation_id, actor)
    if not consultation.is_public:
        raise NotFound
    return page(
        request,
        "desk/promises.html",
        status=status,
        form=form,
        consultation=consultation,
        promises=await db.read(promises_of, consultation_id),
        may_end=may("answers.publish", actor, consultation),
        today=local_day(at),
        own=links.desk_consultation(consultation_id),
    )


handlers = [prepare, write, promises, end]
