"""The council's rulings on the contestations of a draft budget, entered at the desk one by one."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.contestations import Contestation, contestations_of, rule_on_contestation
from consult.consultations.drafts import find_for_desk
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import RecommendationId
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request

ADMITTED = "admitted"


class RulingForm(msgspec.Struct):
    """Which contestation, how the council ruled on it, on which day, and why."""

    contestation: Annotated[int, asks(N_("Choose a contestation."))]
    ruling: Annotated[Literal["admitted", "rejected"], asks(N_("Choose how the council ruled."))]
    on: Annotated[date, asks(N_("Choose the day."))]
    reason: Annotated[str, text(2000, missing=N_("Write why the council ruled so."))]


def contestations_at_desk(
    db: Session, consultation_id: ConsultationId, *, by: Actor
) -> tuple[Consultation, list[Contestation]]:
    """Return a public consultation with its contestations. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    return consultation, list(contestations_of(db, consultation_id))


@get("/contestatii", opt=at_desk("answers.publish"))
async def contestations(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """List the contestations, and ask for the ruling on one that waits."""
    return await contestations_page(request, db, actor, consultation_id, blank(RulingForm, on=local_day(at)))


@post("/contestatii", opt=at_desk("answers.publish"))
async def rule(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:  # Any: a page, or the way to the next
    """Record a ruling, and show the list again."""
    form: Form[RulingForm] = await read_form(request, RulingForm)
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                rule_on_contestation,
                lambda _ruled: links.desk_consultation(consultation_id, "contestatii"),
                consultation_id,
                RecommendationId(form.data.contestation),
                admitted=form.data.ruling == ADMITTED,
                on=form.data.on,
                reason=form.data.reason,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("The ruling is recorded; it is public now."))
    return await contestations_page(request, db, actor, consultation_id, form)


async def contestations_page(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, form: Form[RulingForm]
) -> Response[str]:
    """Return the page on which rulings are entered."""
    consultation, found = await db.read(contestations_at_desk, consultation_id, by=actor)
    return page(
        request,
        "desk/contestations.html",
        status=422 if form.errors else 200,
        consultation=consultation,
        contestations=found,
        waiting=[each for each in found if each.admitted is None],
        form=form,
        own=links.desk_consultation(consultation_id),
    )


handlers = [contestations, rule]
