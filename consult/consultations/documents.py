"""Documents that belong to a consultation: the explanatory report, studies, annexes, each named by its hash."""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.files.blobs import KeptFile, keep
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.events import DocumentPublished
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

DocumentId = NewType("DocumentId", int)
key_type(DocumentId)

MOST_DOCUMENTS = 30


class DocumentKind(StrEnum):
    """What a document is: a part of the announcement (art. 7(2)), or one that came to exist later (art. 7(10) d))."""

    REPORT = "report"
    STUDY = "study"
    ANNEX = "annex"
    OTHER = "other"
    MINUTES = "minutes"
    RECOMMENDATIONS = "recommendations"
    OPINION = "opinion"
    FINAL = "final"


#: What a draft is announced with.
OF_A_DRAFT = (DocumentKind.REPORT, DocumentKind.STUDY, DocumentKind.ANNEX, DocumentKind.OTHER)


class Document(Base):
    """A file that accompanies the draft. Public from the publication on, and never replaced: only added."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("consultation_id", "sha256"),)

    id: Mapped[DocumentId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    kind: Mapped[DocumentKind] = mapped_column(state_column(DocumentKind))
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    media_type: Mapped[str]
    added_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class TooManyDocuments(Refusal):
    """A consultation holds a limited number of documents."""

    sentence = N_("A consultation can have at most %(most)s documents.")


class AlreadyThere(Refusal):
    """The same bytes are one of the documents, whatever they were called then."""

    sentence = N_("This file is among the documents already, as “%(name)s”.")
    field = "file"


class NotPublicYet(Refusal):
    """The documents of a draft are published with it."""

    sentence = N_("This draft is not public yet; attach the document to it, and it is published with the draft.")


class AlreadyPublished(Refusal):
    """What has been published is not changed any more."""

    sentence = N_("This consultation is public already; what was published stays as it is.")


def attach_document(
    db: Session,
    consultation_id: ConsultationId,
    *,
    kind: DocumentKind,
    file: KeptFile,
    by: Actor,
    at: datetime,
) -> Document:
    """Attach a file that has been checked and kept under its hash (consult.files) to a draft.

    Raises AlreadyPublished, AlreadyThere, TooManyDocuments.
    """
    consultation = consultation_for_edit(db, consultation_id, by)
    document = _join(db, consultation_id, kind=kind, file=file, by=by, at=at)
    mark_edited(consultation, by, at)
    db.flush()
    return document


def publish_document(
    db: Session,
    consultation_id: ConsultationId,
    *,
    kind: DocumentKind,
    file: KeptFile,
    by: Actor,
    at: datetime,
) -> Document:
    """Publish a document of a consultation that is public already: minutes, an opinion, the act as it was adopted.

    The file has been checked and kept under its hash (consult.files).
    Raises NotPublicYet, AlreadyThere, TooManyDocuments. Source: art. 7(10) d), art. 7(11).
    """
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("document.publish", by, consultation)
    if not consultation.is_public:
        raise NotPublicYet
    document = _join(db, consultation_id, kind=kind, file=file, by=by, at=at)
    event = DocumentPublished(subject=consultation.subject, kind=kind, name=file.name, sha256=file.sha256)
    record(db, event, by=by, at=at)
    db.flush()
    return document


def _join(
    db: Session,
    consultation_id: ConsultationId,
    *,
    kind: DocumentKind,
    file: KeptFile,
    by: Actor,
    at: datetime,
) -> Document:
    """Add a file to the documents of a consultation. Raises AlreadyThere, TooManyDocuments."""
    documents = documents_of(db, consultation_id)
    for document in documents:
        if document.sha256 == file.sha256:
            raise AlreadyThere(name=document.name)
    if len(documents) >= MOST_DOCUMENTS:
        raise TooManyDocuments(most=MOST_DOCUMENTS)

    document = Document(
        consultation_id=consultation_id,
        kind=kind,
        name=file.name,
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        added_by=by.person_id,
        added_at=at,
    )
    db.add(document)
    keep(db, sha256=file.sha256, size=file.size, media_type=file.media_type, at=at)
    return document


def remove_document(
    db: Session, consultation_id: ConsultationId, document_id: DocumentId, *, by: Actor, at: datetime
) -> None:
    """Take a file away from a draft that is not public yet. Raises AlreadyPublished, NotFound."""
    consultation = consultation_for_edit(db, consultation_id, by)
    document = db.get(Document, document_id)
    if document is None or document.consultation_id != consultation_id:
        raise NotFound
    db.delete(document)
    mark_edited(consultation, by, at)
    db.flush()


#: Made once, since making a statement costs as much as running it.
OF_CONSULTATION = select(Document).where(Document.consultation_id == bindparam("consultation_id")).order_by(Document.id)


def documents_of(db: Session, consultation_id: ConsultationId) -> list[Document]:
    """Return a consultation's documents in the order in which they were added."""
    return list(db.scalars(OF_CONSULTATION, {"consultation_id": consultation_id}))


def find_document(db: Session, consultation_id: ConsultationId, sha256: str) -> Document:
    """Return one document by its hash. Raises NotFound."""
    query = select(Document).where(Document.consultation_id == consultation_id, Document.sha256 == sha256)
    document = db.scalar(query)
    if document is None:
        raise NotFound
    return document


def consultation_for_edit(db: Session, consultation_id: ConsultationId, by: Actor) -> Consultation:
    """Return a draft that the actor may edit. Raises NotFound, NotPermitted, AlreadyPublished."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("draft.edit", by, consultation)
    if consultation.is_public:
        raise AlreadyPublished
    return consultation


def mark_edited(consultation: Consultation, by: Actor, at: datetime) -> None:
    """Count an edit and remember whose it was; a draft that waited for approval is taken back."""
    consultation.edition += 1
    consultation.edited_by = by.person_id
    consultation.edited_at = at
    consultation.stage = Stage.DRAFT
