"""Saying that something was done outside these pages: the notice board, the press, the letters to associations."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.drafts import find_for_desk
from consult.consultations.duties import confirm_duty, confirmed_duties, duties_outside
from consult.consultations.procedure import local_day, pack_of
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.policy.rules import Requirement
from consult.refusals import NotFound
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, text
from web.forms import Form, blank, read_form
from web.given import Given, Request


class DutyForm(msgspec.Struct):
    """Which duty, on which day, and how it can be seen."""

    rule: Annotated[str, text(100, missing=N_("Choose what was done."))]
    done_on: Annotated[date, asks(N_("Choose the day."))]
    note: Annotated[
        str, text(1000, missing=N_("Write how it can be seen: where it hangs, which newspaper, how many letters."))
    ]


def duties_to_confirm(
    db: Session, consultation_id: ConsultationId, by: Actor
) -> tuple[Consultation, list[Requirement]]:
    """Return a public consultation with what nobody has confirmed yet. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    if consultation.announced_on is None or not consultation.is_public:
        raise NotFound
    confirmed = confirmed_duties(db, consultation_id)
    asked = duties_outside(pack_of(db, consultation), consultation.announced_on)
    return consultation, [rule for rule in asked if rule.id not in confirmed]


@get("/indatoriri", opt=at_desk("duty.confirm"))
async def prepare(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Ask what was done, on which day, and how it can be seen."""
    return await asked(request, db, actor, consultation_id, blank(DutyForm, done_on=local_day(at)))


@post("/indatoriri", opt=at_desk("duty.confirm"))
async def take(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Confirm a duty, or say what is missing."""
    form: Form[DutyForm] = await read_form(request, DutyForm)
    said = gettext("It is confirmed, in public and on the record.")
    deed = Deed(request, db, form, actor, lambda _duty: links.desk_consultation(consultation_id, "indatoriri"), said)
    if form.data is not None:
        done = await deed.do(confirm_duty, consultation_id, **msgspec.structs.asdict(form.data))
        if done is not None:
            return done
    return await asked(request, db, actor, consultation_id, form, status=422)


async def asked(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, form: Form[DutyForm], status: int = 200
) -> Response[str]:
    """Show the form with the duties that nobody has confirmed yet."""
    consultation, open_duties = await db.read(duties_to_confirm, consultation_id, actor)
    own = links.desk_consultation(consultation_id)
    return page(
        request, "desk/duties.html", status=status, form=form, consultation=consultation, duties=open_duties, own=own
    )


handlers = [prepare, take]
