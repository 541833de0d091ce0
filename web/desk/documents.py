"""The files that accompany a draft: added after a look at what they really are, taken away until publication."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Stream
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.documents import (
    OF_A_DRAFT,
    Document,
    DocumentId,
    DocumentKind,
    attach_document,
    consultation_for_edit,
    documents_of,
    find_document,
    remove_document,
)
from consult.consultations.drafts import find_for_desk
from consult.files import blobs
from consult.files.revisions import refuse_revisions
from consult.files.uploads import ACCEPTED, LARGEST, CheckedFile, check_upload
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.refusals import Refusal
from consult.settings import Settings
from web.access import at_desk
from web.answers import page, see_other
from web.bodies import UploadedFile
from web.consultations.documents import file_to_keep
from web.database import Db
from web.fields import asks
from web.forms import Form, blank, read_form
from web.given import Given, Request
from web.keys import key_in

#: What each kind is called; the first is what the law wants.
KIND_NAMES = {
    DocumentKind.REPORT: N_("Explanatory report"),
    DocumentKind.STUDY: N_("Impact or feasibility study"),
    DocumentKind.ANNEX: N_("Annex"),
    DocumentKind.OTHER: N_("Another document"),
    DocumentKind.MINUTES: N_("Minutes of the debate"),
    DocumentKind.RECOMMENDATIONS: N_("Written recommendations collected"),
    DocumentKind.OPINION: N_("Report of avizare"),
    DocumentKind.FINAL: N_("The act as it was adopted"),
}


class DocumentForm(msgspec.Struct):
    """A file and what it is."""

    kind: Annotated[DocumentKind, asks(N_("Choose what the document is."))]
    file: Annotated[UploadedFile, asks(N_("Choose a file."))]


class Removal(msgspec.Struct):
    """A button that takes a file away."""


@get("/documente", opt=at_desk("draft.edit"))
async def documents(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show the documents of a draft."""
    return await documents_page(request, db, actor, consultation_id, blank(DocumentForm))


@post("/documente", opt=at_desk("draft.edit"))
async def add(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Add a document, or say what the file really is."""
    await db.read(documents_to_edit, consultation_id, by=actor)
    form: Form[DocumentForm] = await read_form(request, DocumentForm)
    if form.data is not None:
        try:
            checked = await run_sync(checked_and_kept, settings, form.data.file)
            where = await db.act_once(
                form,
                attach_document,
                lambda _document: links.desk_consultation(consultation_id, "documente"),
                consultation_id,
                kind=form.data.kind,
                file=checked.kept,
                by=actor,
                at=form.received_at,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            said = gettext("The document is added.")
            if checked.is_in_old_encoding:
                said = gettext(
                    "The document is added as it is, in an encoding of the past. If its letters look wrong on another"
                    " computer, save it with the encoding UTF-8 and add it once more."
                )
            return see_other(request, where, flash=said)
    return await documents_page(request, db, actor, consultation_id, form)


@post("/documente/{document:str}/elimina", opt=at_desk("draft.edit"))
async def remove(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    document: FromPath[str],
) -> Response[Any]:
    """Take a document away."""
    form: Form[Removal] = await read_form(request, Removal)
    where = await db.act_once(
        form,
        remove_document,
        lambda _nothing: links.desk_consultation(consultation_id, "documente"),
        consultation_id,
        DocumentId(key_in(document)),
        by=actor,
        at=form.received_at,
    )
    return see_other(request, where, flash=gettext("The document is removed."))


@get("/documente/{sha256:str}", opt=at_desk("draft.read"))
async def content(
    db: Given[Db],
    settings: Given[Settings],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    sha256: FromPath[str],
) -> Stream:
    """Hand out a document to those who work on the draft."""
    found = await db.read(document_at_desk, consultation_id, sha256, by=actor)
    return file_to_keep(settings, found)


def checked_and_kept(settings: Settings, file: UploadedFile) -> CheckedFile:
    """Look at what a file is and at what nobody meant to publish in it, and keep its bytes. Raises UploadRefused."""
    checked = check_upload(file.name, file.content)
    refuse_revisions(checked, file.content)
    blobs.put(settings.files, file.content)
    return checked


def documents_to_edit(
    db: Session, consultation_id: ConsultationId, *, by: Actor
) -> tuple[Consultation, Sequence[Document]]:
    """Read the documents of a draft. Raises NotFound, NotPermitted, AlreadyPublished."""
    return consultation_for_edit(db, consultation_id, by), documents_of(db, consultation_id)


def document_at_desk(db: Session, consultation_id: ConsultationId, sha256: str, *, by: Actor) -> Document:
    """Return a document of a consultation of the official's own authority. Raises NotFound."""
    find_for_desk(db, consultation_id, by)
    return find_document(db, consultation_id, sha256)


async def documents_page(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, form: Form[DocumentForm]
) -> Response[str]:
    """Return the page with the documents there are and the form for one more."""
    consultation, found = await db.read(documents_to_edit, consultation_id, by=actor)
    return page(
        request,
        "desk/documents.html",
        status=422 if form.errors else 200,
        consultation=consultation,
        documents=found,
        form=form,
        kinds={kind: gettext(KIND_NAMES[kind]) for kind in OF_A_DRAFT},
        accepted=ACCEPTED,
        largest=LARGEST,
        own=links.desk_consultation(consultation_id),
    )


handlers = [documents, add, remove, content]
