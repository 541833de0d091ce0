"""What was done with one proposal before its answer, and the notes of colleagues about it. Private to the desk."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from consult import links
from consult.consultations.consultations import ConsultationId
from consult.consultations.dealings import LONGEST_NOTE, write_note
from consult.consultations.routing import DealingsPage, dealings_page
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.permissions import Within, may
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.fields import text
from web.forms import Form, blank, read_form
from web.given import Given, Request


class NoteForm(msgspec.Struct):
    """A note for colleagues."""

    note: Annotated[str, text(LONGEST_NOTE, missing=N_("Write the note."))]


@get("/propuneri/{reference:str}/circuit", opt=at_desk("draft.read"))
async def show(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    reference: FromPath[str],
) -> Response[str]:
    """Show who did what with a proposal."""
    found = await db.read(dealings_page, consultation_id, reference, by=actor)
    return dealings(request, found, blank(NoteForm), actor)


@post("/propuneri/{reference:str}/circuit", opt=at_desk("note.write"))
async def note(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    reference: FromPath[str],
) -> Response[Any]:
    """Write a note."""
    found = await db.read(dealings_page, consultation_id, reference, by=actor)
    form: Form[NoteForm] = await read_form(request, NoteForm)
    if form.data is not None:
        try:
            where = await db.act_once(
                form,
                write_note,
                lambda _: links.dealings(consultation_id, reference),
                found.recommendation.id,
                words=form.data.note,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext(N_("The note is kept. Only officials read it.")))
    return dealings(request, found, form, actor)


def dealings(request: Request, found: DealingsPage, form: Form[NoteForm], actor: Actor) -> Response[str]:
    """Return the page of what was done with a proposal."""
    own = found.consultation
    return page(
        request,
        "desk/dealings.html",
        status=422 if form.errors else 200,
        consultation=own,
        found=found,
        form=form,
        may_write=may("note.write", actor, Within(own.authority_id)),
        here=links.dealings(own.id, found.recommendation.reference),
        own=links.desk_consultation(own.id),
    )


handlers = [show, note]
