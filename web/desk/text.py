"""The text being written: pasted, cut, looked at, pasted again. First for version 1, then for each that follows.

Two clerks may have it open: whoever saves second is shown both texts and what differs, and decides.
"""

from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromQuery
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.announcements import EditedMeanwhile
from consult.consultations.consultations import ConsultationId
from consult.consultations.desk import TextBeingWritten, text_being_written
from consult.consultations.documents import AlreadyPublished
from consult.consultations.drafts import LONGEST_DRAFT, save_text
from consult.consultations.grammar.plain_text import normalise
from consult.consultations.sources import left_out
from consult.consultations.versions import NoArticle
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.permissions import may, require
from consult.refusals import NotFound, Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.database import Db
from web.desk.changes import changes_of_texts
from web.desk.cut import cut, cut_page, remarks_on
from web.fields import Rule
from web.forms import Form, blank, read_form
from web.given import Given, PageNumber, Request
from web.limits import bytes_of_text

#: So many differing articles are shown after a conflict; both texts are there whole.
MOST_DIFFERENCES = 200
#: So many lines of a file that are not in the text.
MOST_LEFT_OUT = 20


class DraftTextForm(msgspec.Struct):
    """A pasted text. It is taken as it came, so that the clerk can be told what was made uniform.

    `edition`: the newest one when the page was opened.
    """

    edition: int
    text: Annotated[str, Rule(most=LONGEST_DRAFT, missing=N_("Paste the text of the draft."), is_verbatim=True)]


@get("/text", opt=at_desk("draft.edit"))
async def edit(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show the text for writing."""
    written = await db.read(first_text, consultation_id, by=actor)
    return await writing_page(request, "desk/text.html", blank_form(written), written)


@post("/text", opt=at_desk("draft.edit", most_bytes=bytes_of_text(LONGEST_DRAFT)))
async def save(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Save the text and show how it was cut."""
    where = links.desk_consultation(consultation_id, "text/previzualizare")
    return await save_and_show(request, db, actor, consultation_id, "desk/text.html", where)


@get("/text/previzualizare", opt=at_desk("draft.read"))
async def preview(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    pagina: FromQuery[PageNumber] = 1,
) -> Response[str]:
    """Show the text as it was cut, and what looked odd in it."""
    written = await db.read(text_being_written, consultation_id, by=actor)
    if written.latest is None:
        raise NotFound
    parsed = await run_sync(cut, written.latest.text)
    return page(
        request,
        "desk/text_preview.html",
        consultation=written.consultation,
        parsed=parsed,
        cut=cut_page(parsed, pagina),
        remarks=remarks_on(parsed),
        source=written.source,
        left_out=await run_sync(left_out, written.source.text, written.latest.text) if written.source else [],
        most_left_out=MOST_LEFT_OUT,
        may_edit=may("draft.edit", actor, written.consultation),
        own=links.desk_consultation(consultation_id),
    )


def first_text(db: Session, consultation_id: ConsultationId, *, by: Actor) -> TextBeingWritten:
    """Read the text of a draft for writing; a public one is not rewritten but followed by the next version."""
    written = text_to_write(db, consultation_id, by=by)
    if written.consultation.is_public:
        raise AlreadyPublished
    return written


def text_to_write(db: Session, consultation_id: ConsultationId, *, by: Actor) -> TextBeingWritten:
    """Read a text for those who may write it. Raises NotFound, NotPermitted."""
    written = text_being_written(db, consultation_id, by=by)
    require("draft.edit", by, written.consultation)
    return written


def blank_form(written: TextBeingWritten) -> Form[DraftTextForm]:
    """Return the form with the newest text in it, in the letters in which it will be published."""
    text = normalise(written.latest.text).text if written.latest else ""
    return blank(DraftTextForm, edition=written.edition, text=text)


async def save_and_show(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, template: str, where: str
) -> Response[Any]:
    """Save a posted text and lead to the page that shows what became of it, or say what is wrong with it."""
    form: Form[DraftTextForm] = await read_form(request, DraftTextForm)
    is_conflict = False
    if form.data is not None:
        try:
            if not (await run_sync(cut, form.data.text)).articles:
                raise NoArticle
            await db.act_once(
                form,
                save_text,
                lambda _saved: where,
                consultation_id,
                text=form.data.text,
                edition=form.data.edition,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
            is_conflict = isinstance(refusal, EditedMeanwhile)
        else:
            return see_other(request, where, flash=gettext("The text is saved."))
    written = await db.read(text_to_write, consultation_id, by=actor)
    return await writing_page(request, template, form, written, is_conflict=is_conflict)


async def writing_page(
    request: Request,
    template: str,
    form: Form[DraftTextForm],
    written: TextBeingWritten,
    *,
    is_conflict: bool = False,
) -> Response[str]:
    """Return the page on which a text is written.

    After a conflict it holds the writer's text in the field, the colleague's below, and what differs; sent once more,
    the writer's becomes the edition after the colleague's, which stays kept as well.
    """
    theirs = written.latest.text if is_conflict and written.latest else ""
    differences = await run_sync(changes_of_texts, theirs, form.text("text")) if is_conflict else []
    return page(
        request,
        template,
        status=409 if is_conflict else 422 if form.errors else 200,
        consultation=written.consultation,
        written=written,
        form=form,
        edition=written.edition if is_conflict else form.text("edition"),
        is_conflict=is_conflict,
        theirs=normalise(theirs).text,
        differences=differences[:MOST_DIFFERENCES],
        left_out=max(len(differences) - MOST_DIFFERENCES, 0),
        own=links.desk_consultation(written.consultation.id),
    )


handlers = [edit, save, preview]
