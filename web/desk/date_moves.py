"""Moving a date that was announced: later, with a reason that everybody who took part is written."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.consultations.consultations import ConsultationId
from consult.consultations.date_moves import Promised, movable, move_date
from consult.consultations.drafts import find_for_desk
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.refusals import NotFound
from web.access import at_desk
from web.answers import page
from web.database import Db
from web.desk.notices import Deed
from web.fields import asks, several, text
from web.forms import Form, blank, read_form
from web.given import Given, Request


class DateForm(msgspec.Struct):
    """Which date, to which day, and why. `sure_of`: a day that is meant, however unusual."""

    of: Annotated[Promised, asks(N_("Choose the date to move."))]
    day: Annotated[date, asks(N_("Choose the day."))]
    reason: Annotated[str, text(1000, missing=N_("Write why: everybody who took part will read it."))]
    sure_of: Annotated[list[date], several(1)] = []


@get("/termene", opt=at_desk("answers.publish"))
async def prepare(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Ask which date is moved, to which day, and why."""
    return await asked(request, db, actor, at, consultation_id, blank(DateForm))


@post("/termene", opt=at_desk("answers.publish"))
async def take(
    request: Request, db: Given[Db], actor: Given[Actor], at: Given[datetime], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Move a date, or say why it cannot be moved there."""
    form: Form[DateForm] = await read_form(request, DateForm)
    said = gettext("The date is moved. Everybody who took part was written to.")
    deed = Deed(request, db, form, actor, lambda _move: links.desk_consultation(consultation_id, "pasi"), said)
    if form.data is not None:
        done = await deed.do(move_date, consultation_id, **msgspec.structs.asdict(form.data))
        if done is not None:
            return done
    return await asked(request, db, actor, at, consultation_id, form, deed)


async def asked(
    request: Request,
    db: Db,
    actor: Actor,
    at: datetime,
    consultation_id: ConsultationId,
    form: Form[DateForm],
    deed: Deed | None = None,
) -> Response[str]:
    """Show the form, blank or with what is wrong in it. Raises NotFound for what is not public."""
    consultation = await db.read(find_for_desk, consultation_id, actor)
    if not consultation.is_public:
        raise NotFound
    return page(
        request,
        "desk/move_date.html",
        status=422 if deed else 200,
        form=form,
        consultation=consultation,
        movable=movable(consultation, at),
        doubts=deed.doubts if deed else (),
        own=links.desk_consultation(consultation_id),
    )


handlers = [prepare, take]
