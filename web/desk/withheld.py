"""Parts of a draft that cannot be public, at the desk: each with its letter of art. 6 and its reason."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post

from consult import links
from consult.consultations.announcements import EditedMeanwhile
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.documents import consultation_for_edit
from consult.consultations.withheld import (
    LONGEST_PART,
    LONGEST_WHY,
    Letter,
    PartMissing,
    make_public,
    withhold,
)
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.refusals import NotPermitted, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import asks, line, text
from web.forms import Form, blank, read_form
from web.given import Given, Request


class PartForm(msgspec.Struct):
    """Which part, under which letter, and why. `edition`: of the draft on the page."""

    part: Annotated[str, line(LONGEST_PART, missing=PartMissing.sentence)]
    letter: Annotated[Letter, asks(N_("Choose the letter of art. 6."))]
    reason: Annotated[
        str, text(LONGEST_WHY, missing=N_("Write why this part cannot be public: everybody will read it."))
    ]
    edition: int = 0


class PublicForm(msgspec.Struct):
    """The button that makes a part public after all, by its place."""

    place: int = 0
    edition: int = 0


@get("/exceptii", opt=at_desk("draft.edit"))
async def parts(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show what is left out, and ask for one part more."""
    return await asked(request, db, actor, consultation_id, blank(PartForm))


@post("/exceptii", opt=at_desk("draft.edit"))
async def leave_out(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Leave a part out of what will be public."""
    form: Form[PartForm] = await read_form(request, PartForm)
    if form.data is not None:
        facts = msgspec.structs.asdict(form.data)
        try:
            where = await db.act_once(form, withhold, own_page, consultation_id, **facts, by=actor, at=form.received_at)
        except NotPermitted:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("The part is left out. Its reason will be public."))
    return await asked(request, db, actor, consultation_id, form)


@post("/exceptii/public", opt=at_desk("draft.edit"))
async def take_back(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Take a part from the list of those left out."""
    form: Form[PublicForm] = await read_form(request, PublicForm)
    chosen = form.data or PublicForm()
    try:
        where = await db.act_once(
            form,
            make_public,
            own_page,
            consultation_id,
            place=chosen.place,
            edition=chosen.edition,
            by=actor,
            at=form.received_at,
        )
    except EditedMeanwhile as refusal:
        again = blank(PartForm)
        again.refuse(refusal)
        return await asked(request, db, actor, consultation_id, again)
    return see_other(request, where, flash=gettext("The part will be public."))


def own_page(consultation: Consultation) -> str:
    """Return the page of what is left out of a draft."""
    return links.desk_consultation(consultation.id, "exceptii")


async def asked(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, form: Form[PartForm]
) -> Response[str]:
    """Show the parts left out, and the form for another one."""
    consultation = await db.read(consultation_for_edit, consultation_id, actor)
    return page(
        request,
        "desk/withheld.html",
        status=422 if form.errors else 200,
        form=form,
        back=[blank(PublicForm, place=place) for place, _part in enumerate(consultation.withheld)],
        consultation=consultation,
        letters=list(Letter),
        own=links.desk_consultation(consultation_id),
    )


handlers = [parts, leave_out, take_back]
