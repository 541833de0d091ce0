"""The text read from a file instead of pasted: Word, OpenDocument, PDF with text, Markdown, plain text."""

from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.importing.sheets import Reading
from consult.consultations.source_files import TEXT_FORMATS, read_file
from consult.consultations.sources import find_source, import_text
from consult.consultations.versions import NoArticle
from consult.files import CheckedFile, blobs
from consult.files.formats import TEXTS
from consult.files.uploads import LARGEST
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.refusals import Refusal
from consult.settings import Settings
from web.access import at_desk
from web.answers import page, see_other
from web.bodies import UploadedFile
from web.consultations.documents import file_to_keep
from web.database import Db
from web.desk.cut import cut
from web.desk.text import text_to_write
from web.fields import asks
from web.forms import Form, blank, read_form
from web.given import Given, Request

#: What a browser offers to choose from.
ENDINGS = ",".join(ending for known in TEXTS for ending in known.extensions)


class ImportForm(msgspec.Struct):
    """A file with the text of the draft. `edition`: the newest one when the page was opened."""

    edition: int
    file: Annotated[UploadedFile, asks(N_("Choose a file."))]


class NoArticleInFile(NoArticle):
    """As NoArticle, said of the file."""

    field = "file"


@get("/text/fisier", opt=at_desk("draft.edit"))
async def choose(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Ask for the file."""
    written = await db.read(text_to_write, consultation_id, by=actor)
    return await import_page(request, db, actor, consultation_id, blank(ImportForm, edition=written.edition))


@post("/text/fisier", opt=at_desk("draft.edit"))
async def take(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Read the file, and show the text as it was cut; or say what is wrong with it."""
    written = await db.read(text_to_write, consultation_id, by=actor)
    form: Form[ImportForm] = await read_form(request, ImportForm)
    if form.data is not None:
        try:
            file, reading = await run_sync(read_and_kept, settings, form.data.file)
            where = await db.act_once(
                form,
                import_text,
                lambda _saved: shown_at(written.consultation),
                consultation_id,
                file=file,
                reading=reading,
                edition=form.data.edition,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return see_other(request, where, flash=gettext("The text was read from the file."))
    return await import_page(request, db, actor, consultation_id, form)


@get("/text/fisier/{sha256:str}", opt=at_desk("draft.read"))
async def source(
    db: Given[Db],
    settings: Given[Settings],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    sha256: FromPath[str],
) -> Stream:
    """Hand out the file as it came, to those who work on the draft."""
    found = await db.read(find_source, consultation_id, sha256, by=actor)
    return file_to_keep(settings, found)


def read_and_kept(settings: Settings, file: UploadedFile) -> tuple[CheckedFile, Reading]:
    """Read the text of a file and put its bytes where they stay. Raises UploadRefused, NoArticleInFile."""
    checked, reading = read_file(file.name, file.content)
    if not cut(reading.text).articles:
        raise NoArticleInFile
    blobs.put(settings.files, file.content)
    return checked, reading


def shown_at(consultation: Consultation) -> str:
    """Return where a text that was read is looked at: a draft as it was cut, a next version beside its file."""
    part = "versiune" if consultation.is_public else "text/previzualizare"
    return links.desk_consultation(consultation.id, part)


async def import_page(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, form: Form[ImportForm]
) -> Response[str]:
    """Return the page that asks for a file."""
    written = await db.read(text_to_write, consultation_id, by=actor)
    back = "versiune" if written.consultation.is_public else "text"
    return page(
        request,
        "desk/import.html",
        status=422 if form.errors else 200,
        consultation=written.consultation,
        written=written,
        edition=written.edition,
        form=form,
        formats=TEXT_FORMATS,
        endings=ENDINGS,
        largest=LARGEST,
        back=links.desk_consultation(consultation_id, back),
        own=links.desk_consultation(consultation_id),
    )


handlers = [choose, take, source]
