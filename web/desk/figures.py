"""The figures of a draft budget at the desk: read from a file or pasted, looked through line by line, corrected.

They are published with the draft, or with its next version; nobody outside sees them before.
"""

from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.drafts import find_for_desk
from consult.consultations.figures import LONGEST_TABLE, FiguresBeingWritten, figures_being_written, save_figures
from consult.consultations.further_packs import BUDGET, budget_pack, run_under
from consult.consultations.source_files import read_file
from consult.files.formats import TABLES, names_of
from consult.files.uploads import LARGEST
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.library.columns import suggested_unit
from consult.library.sheets import read_rows
from consult.money import Unit
from consult.refusals import Refusal
from web.access import at_desk
from web.answers import page, see_other
from web.bodies import UploadedFile
from web.database import Db
from web.fields import Rule, asks
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.limits import bytes_of_text

#: What a browser offers to choose from.
ENDINGS = ",".join(ending for known in TABLES for ending in known.extensions)
#: So many lines are shown as they were understood; the page of the public shows all.
MOST_SHOWN = 300


class FiguresForm(msgspec.Struct):
    """The table as text. `unit`: what one in it stands for, in lei; `column`: that which is consulted about.

    `without`: the draft shall have no figures any more.
    """

    edition: int
    text: Annotated[str, Rule(most=LONGEST_TABLE, is_verbatim=True)] = ""
    unit: Unit = Unit.LEU
    column: int | None = None
    without: bool = False


class LawForm(msgspec.Struct):
    """Whether the draft is one of a local budget, and so runs under the law on local finances as well."""

    budget: bool = False


class FileForm(msgspec.Struct):
    """A file with the table."""

    edition: int
    file: Annotated[UploadedFile, asks(N_("Choose a file."))]


@get("/cifre", opt=at_desk("draft.edit"))
async def edit(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show the figures as they were understood, and the table for correcting."""
    return await figures_page(request, db, actor, consultation_id)


@post("/cifre", opt=at_desk("draft.edit", most_bytes=bytes_of_text(LONGEST_TABLE)))
async def save(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Save the table and show what became of it."""
    form: Form[FiguresForm] = await read_form(request, FiguresForm)
    if form.data is not None and not form.data.text.strip() and not form.data.without:
        form.add("text", gettext("Paste the table."))
    elif form.data is not None:
        try:
            where = await keep(
                db,
                form,
                actor,
                consultation_id,
                text="" if form.data.without else form.data.text,
                unit=form.data.unit,
                main=form.data.column,
                edition=form.data.edition,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("The figures are saved."))
    return await figures_page(request, db, actor, consultation_id, form=form)


@post("/cifre/fisier", opt=at_desk("draft.edit"))
async def take(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Read the table from a file and show what became of it; or say what is wrong with the file."""
    await db.read(figures_to_write, consultation_id, by=actor)
    form: Form[FileForm] = await read_form(request, FileForm)
    if form.data is not None:
        try:
            upload = form.data.file
            _, reading = await run_sync(lambda: read_file(upload.name, upload.content, formats=TABLES))
            unit = suggested_unit(read_rows(reading.text))
            where = await keep(
                db,
                form,
                actor,
                consultation_id,
                text=reading.text,
                unit=unit,
                main=None,
                edition=form.data.edition,
            )
        except Refusal as refusal:
            form.refuse(refusal, text="file")
        else:
            return see_other(request, where, flash=gettext("The figures were read from the file."))
    return await figures_page(request, db, actor, consultation_id, file_form=form)


@post("/cifre/lege", opt=at_desk("draft.edit"))
async def choose_law(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[Any]:
    """Say whether the draft is one of a local budget."""
    form: Form[LawForm] = await read_form(request, LawForm)
    where = links.desk_consultation(consultation_id, "cifre")
    await db.act_once(
        form,
        run_under,
        lambda _kept: where,
        consultation_id,
        pack=BUDGET,
        applies=form.text("budget") == "1",
        by=actor,
        at=form.received_at,
    )
    return see_other(request, where, flash=gettext("It is saved under which laws the draft runs."))


async def keep(db: Db, form: Form[Any], actor: Actor, consultation_id: ConsultationId, **values: Any) -> str:
    """Save the figures, once however often the form arrives; return where they are looked at."""
    return await db.act_once(
        form,
        save_figures,
        lambda _saved: links.desk_consultation(consultation_id, "cifre"),
        consultation_id,
        by=actor,
        at=form.received_at,
        **values,
    )


def figures_to_write(
    db: Session, consultation_id: ConsultationId, *, by: Actor
) -> tuple[Consultation, FiguresBeingWritten]:
    """Read the figures for those who may write them. Raises NotFound, NotPermitted."""
    consultation = find_for_desk(db, consultation_id, by)
    require("draft.edit", by, consultation)
    return consultation, figures_being_written(db, consultation_id)


async def figures_page(
    request: Request,
    db: Db,
    actor: Actor,
    consultation_id: ConsultationId,
    *,
    form: Form[FiguresForm] | None = None,
    file_form: Form[FileForm] | None = None,
) -> Response[str]:
    """Return the page on which the figures are looked through and corrected."""
    consultation, written = await db.read(figures_to_write, consultation_id, by=actor)
    budget = await db.read(budget_pack, consultation)
    latest = written.latest
    kept = {"text": latest.text, "unit": latest.unit, "column": written.main} if latest else {}
    return page(
        request,
        "desk/figures.html",
        status=422 if (form and form.errors) or (file_form and file_form.errors) else 200,
        consultation=consultation,
        written=written,
        form=form or blank(FiguresForm, edition=written.edition, **kept),
        file_form=file_form or blank(FileForm, edition=written.edition),
        law_form=blank(LawForm, budget=budget is not None),
        budget=budget,
        endings=ENDINGS,
        formats=names_of(TABLES),
        largest=LARGEST,
        most_shown=MOST_SHOWN,
        own=links.desk_consultation(consultation_id),
    )


handlers = [edit, save, take, choose_law]
