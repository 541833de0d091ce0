"""Documents that came to exist after a draft was public: minutes, opinions, the act as it was adopted."""

from typing import Annotated, Any

import msgspec
from anyio.to_thread import run_sync
from litestar import Response, get, post
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.documents import Document, DocumentKind, documents_of, publish_document
from consult.consultations.drafts import find_for_desk
from consult.files.uploads import ACCEPTED, LARGEST
from consult.i18n import N_, gettext
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.refusals import NotFound, Refusal
from consult.settings import Settings
from web.access import at_desk
from web.answers import page
from web.bodies import UploadedFile
from web.database import Db
from web.desk.documents import KIND_NAMES, checked_and_kept
from web.desk.notices import Deed
from web.fields import asks
from web.forms import Form, blank, read_form
from web.given import Given, Request


class LaterForm(msgspec.Struct):
    """A file and what it is."""

    kind: Annotated[DocumentKind, asks(N_("Choose what the document is."))]
    file: Annotated[UploadedFile, asks(N_("Choose a file."))]


def published_documents(
    db: Session, consultation_id: ConsultationId, *, by: Actor
) -> tuple[Consultation, list[Document]]:
    """Return the documents of a published consultation. Raises NotFound, NotPermitted."""
    consultation = find_for_desk(db, consultation_id, by)
    if not consultation.is_public:
        raise NotFound
    require("document.publish", by, consultation)
    return consultation, documents_of(db, consultation_id)


@get("/documente-ulterioare", opt=at_desk("document.publish"))
async def documents(
    request: Request, db: Given[Db], actor: Given[Actor], consultation_id: Given[ConsultationId]
) -> Response[str]:
    """Show what is public, and ask for one more."""
    return await later_page(request, db, actor, consultation_id, blank(LaterForm))


@post("/documente-ulterioare", opt=at_desk("document.publish"))
async def publish(
    request: Request,
    db: Given[Db],
    settings: Given[Settings],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
) -> Response[Any]:
    """Publish a document; it stays."""
    form: Form[LaterForm] = await read_form(request, LaterForm)
    where = links.desk_consultation(consultation_id, "documente-ulterioare")
    deed = Deed(request, db, form, actor, lambda _document: where, gettext("The document is public."))
    await db.read(published_documents, consultation_id, by=actor)
    if form.data is not None:
        try:
            checked = await run_sync(checked_and_kept, settings, form.data.file)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            done = await deed.do(
                publish_document,
                consultation_id,
                kind=form.data.kind,
                file=checked.kept,
            )
            if done is not None:
                return done
    return await later_page(request, db, actor, consultation_id, form)


async def later_page(
    request: Request, db: Db, actor: Actor, consultation_id: ConsultationId, form: Form[LaterForm]
) -> Response[str]:
    """Return the page with the documents there are and the form for one more."""
    consultation, found = await db.read(published_documents, consultation_id, by=actor)
    return page(
        request,
        "meetings/desk_later.html",
        status=422 if form.errors else 200,
        consultation=consultation,
        documents=found,
        form=form,
        kinds={kind: gettext(name) for kind, name in KIND_NAMES.items()},
        accepted=ACCEPTED,
        largest=LARGEST,
        own=links.desk_consultation(consultation_id),
    )


handlers = [documents, publish]
