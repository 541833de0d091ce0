"""Preparing a consultation: one official writes, another approves, and only then is anything public.

Law 52/2003, art. 7(2) says what the announcement holds. Two clerks may open the same draft: the second to save is
told, and no text is lost.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from consult import links, mail
from consult.consultations.announcements import (
    EditedMeanwhile,
    Part,
    editor_name,
    parts_of_announcement,
)
from consult.consultations.consultations import PRIVATE, Consultation, ConsultationId, Stage
from consult.consultations.documents import DocumentKind, consultation_for_edit, documents_of, mark_edited
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.offices import Role, officials_of
from consult.identity.people import Person, PersonId
from consult.identity.permissions import require
from consult.refusals import NotFound, Refusal
from consult.store import Base

#: A pasted text, in characters; the longest codes have about two million.
LONGEST_DRAFT = 5_000_000


class DraftText(Base):
    """One saved edition of the text being prepared; every edition is kept."""

    __tablename__ = "draft_text"
    __table_args__ = (
        ForeignKeyConstraint(
            ["consultation_id", "source_sha256"], ["draft_source.consultation_id", "draft_source.sha256"]
        ),
    )

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(deferred=True)
    saved_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime]
    #: The file from which it was read, or from which an earlier edition was that this one corrects.
    source_sha256: Mapped[str | None]


class DraftTooLong(Refusal):
    """The pasted text is longer than any act."""

    sentence = N_("The text has %(length)s characters; at most %(most)s are accepted. Put annexes into documents.")
    field = "text"


class NotComplete(Refusal):
    """The announcement lacks something that the law wants."""

    sentence = N_("Something is still missing; the list shows what.")


class NotAwaitingApproval(Refusal):
    """There is nothing to approve, or it was edited meanwhile."""

    sentence = N_("This draft is not waiting for approval.")


class NoteMissing(Refusal):
    """Whoever sends a draft back says why."""

    sentence = N_("Write what should be changed.")
    field = "note"


def save_text(
    db: Session, consultation_id: ConsultationId, *, text: str, edition: int, by: Actor, at: datetime
) -> DraftText:
    """Save the text being prepared, as a new edition after the one the clerk opened (0: none yet).

    Before publication it is the first version to be; after it, the next. Raises EditedMeanwhile, DraftTooLong.
    """
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("draft.edit", by, consultation)
    if len(text) > LONGEST_DRAFT:
        raise DraftTooLong(length=len(text), most=LONGEST_DRAFT)
    latest = latest_text(db, consultation_id)
    if latest is not None and latest.edition != edition:
        raise EditedMeanwhile(name=editor_name(db, latest.saved_by), saved_at=latest.saved_at)

    saved = DraftText(
        consultation_id=consultation_id,
        edition=edition + 1,
        text=text,
        saved_by=by.person_id,
        saved_at=at,
        source_sha256=latest.source_sha256 if latest else None,
    )
    db.add(saved)
    if not consultation.is_public:
        mark_edited(consultation, by, at)
    db.flush()
    return saved


def missing_for_publication(db: Session, consultation: Consultation) -> Sequence[Part]:
    """Return what the law wants of the announcement and is not there yet."""
    return [part for part in announcement_parts(db, consultation) if not part.is_done]


def announcement_parts(db: Session, consultation: Consultation) -> Sequence[Part]:
    """Return what the law wants of the announcement, for the clerk's task list."""
    return parts_of_announcement(
        consultation,
        has_text=latest_text(db, consultation.id) is not None,
        has_report=any(document.kind is DocumentKind.REPORT for document in documents_of(db, consultation.id)),
    )


def request_approval(db: Session, consultation_id: ConsultationId, *, by: Actor, at: datetime) -> None:
    """Ask for the second pair of eyes, and write to those who may be it. Raises NotComplete."""
    consultation = consultation_for_edit(db, consultation_id, by)
    if missing_for_publication(db, consultation):
        raise NotComplete

    consultation.stage = Stage.APPROVAL
    consultation.returned_note = ""
    for official in officials_of(db, consultation.authority_id):
        if Role.APPROVER in official.roles and official.person.id not in {consultation.created_by, by.person_id}:
            write_to_official(db, "approval-requested", official.person, consultation, requested_by=by.name, at=at)


def return_to_clerk(db: Session, consultation_id: ConsultationId, *, note: str, by: Actor, at: datetime) -> None:
    """Send a draft back with a note on what should change. Raises NotAwaitingApproval, NoteMissing."""
    consultation = consultation_awaiting_approval(db, consultation_id, by)
    if not note.strip():
        raise NoteMissing

    consultation.stage = Stage.DRAFT
    consultation.returned_note = note.strip()
    clerk = db.get_one(Person, consultation.edited_by)
    facts = {"returned_by": by.name, "reason": note.strip()}
    write_to_official(db, "returned-to-clerk", clerk, consultation, **facts, at=at)


def consultation_awaiting_approval(db: Session, consultation_id: ConsultationId, by: Actor) -> Consultation:
    """Return a draft that waits for this official's approval: never its author, never its last editor."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("draft.approve", by, consultation)
    if consultation.stage is not Stage.APPROVAL:
        raise NotAwaitingApproval
    return consultation


def latest_text(db: Session, consultation_id: ConsultationId) -> DraftText | None:
    """Return the newest edition of the text being prepared, its text included."""
    query = select(DraftText).where(DraftText.consultation_id == consultation_id).options(undefer(DraftText.text))
    return db.scalar(query.order_by(DraftText.edition.desc()).limit(1))


def drafts_of(db: Session, authority_id: AuthorityId) -> list[Consultation]:
    """Return what is being prepared and what waits for approval, last edited first; for officials only."""
    query = select(Consultation).where(Consultation.authority_id == authority_id, Consultation.stage.in_(PRIVATE))
    return list(db.scalars(query.order_by(Consultation.edited_at.desc()).limit(100)))


def find_for_desk(db: Session, consultation_id: ConsultationId, by: Actor) -> Consultation:
    """Return any consultation of the official's own authority, private ones too. Raises NotFound."""
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("draft.read", by, consultation)
    return consultation


def write_to_official(
    db: Session, kind: str, person: Person, consultation: Consultation, *, at: datetime, **facts: str
) -> None:
    """Write to an official about a draft."""
    link = links.desk_consultation(consultation.id)
    mail.post(
        db,
        kind,
        to=person.email,
        locale=person.locale,
        facts={"authority_id": consultation.authority_id, "title": consultation.title, "link": link, **facts},
        at=at,
    )
