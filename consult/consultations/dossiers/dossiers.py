"""The file as it was made last: who asked for it when, how far it has come, and what has happened since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import ForeignKey, LargeBinary, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from consult.consultations.consultations import Consultation, ConsultationId, find_published
from consult.consultations.gatherings import meetings_of_each
from consult.consultations.procedure import local_day
from consult.identity.authorities import AuthorityId
from consult.jobs import enqueue
from consult.jobs.jobs import LEASE
from consult.record.entries import Leaf
from consult.record.tree import CURRENT
from consult.refusals import NotFound
from consult.store import Base
from consult.store.upsert import insert_into

#: The job that makes it.
MAKE = "make-dossier"


class Dossier(Base):
    """The file of one consultation. It is no record of anything: it shows what the record and the pages say."""

    __tablename__ = "dossier"

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    asked_at: Mapped[datetime]
    #: How many recommendations there are to read, and how many of them were read so far.
    to_read: Mapped[int] = mapped_column(default=0)
    read: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None]
    #: The day as of which it says what was due, and how many acts the record held about the consultation.
    as_of: Mapped[date | None]
    acts: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str] = mapped_column(default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    @property
    def is_being_made(self) -> bool:
        """Whether somebody asked for it and it is not made yet; the one made before is given out meanwhile."""
        return self.made_at is None or self.made_at < self.asked_at


@dataclass(frozen=True)
class DossierPage:
    """What is known of the file of a consultation. `is_to_make`: nobody makes it, and made now it would say more."""

    consultation: Consultation
    dossier: Dossier | None
    is_to_make: bool


def dossier_page(db: Session, authority_id: AuthorityId, reference: str, *, at: datetime) -> DossierPage:
    """Read how the file of a consultation stands. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    dossier = db.get(Dossier, consultation.id)
    return DossierPage(consultation, dossier, dossier is None or _is_to_make(db, consultation, dossier, at))


def dossier_to_give(db: Session, authority_id: AuthorityId, reference: str) -> tuple[Consultation, bytes]:
    """Return the file as it was made last. Raises NotFound."""
    consultation = find_published(db, authority_id, reference)
    made = db.scalar(select(Dossier.content).where(Dossier.consultation_id == consultation.id))
    if made is None:
        raise NotFound
    return consultation, made


def ask_for_dossier(db: Session, authority_id: AuthorityId, reference: str, *, site: str, at: datetime) -> None:
    """Have the file made, by whoever asks; once, however many do, and not again while it would say the same.

    `site`: the scheme and name under which the reader knows the pages, which the file leads to. Raises NotFound.
    """
    consultation = find_published(db, authority_id, reference)
    db.execute(insert_into(db, Dossier).values(consultation_id=consultation.id, asked_at=at).on_conflict_do_nothing())
    dossier = db.get_one(Dossier, consultation.id)
    is_first = dossier.asked_at == at and dossier.made_at is None
    if not is_first and not _is_to_make(db, consultation, dossier, at):
        return
    dossier.asked_at, dossier.read, dossier.to_read = at, 0, 0
    enqueue(db, MAKE, at=at, unique=f"{MAKE}:{consultation.id}", consultation_id=consultation.id, site=site)


def tell_progress(db: Session, consultation_id: ConsultationId, read: int, to_read: int) -> None:
    """Say how many recommendations were read, of how many."""
    made_for = update(Dossier).where(Dossier.consultation_id == consultation_id)
    db.execute(made_for.values(read=read, to_read=to_read))


def keep_dossier(
    db: Session, consultation_id: ConsultationId, content: bytes, *, asked_at: datetime, acts: int, at: datetime
) -> None:
    """Keep the file that was made for whoever asked at an instant.

    Without effect if it was forgotten meanwhile: a text in it was erased, and it may hold the text still.
    """
    asked_for = Dossier.consultation_id == consultation_id, Dossier.asked_at == asked_at
    digest = sha256(content).hexdigest()
    made = {"made_at": at, "as_of": local_day(at), "acts": acts, "size": len(content), "sha256": digest}
    db.execute(update(Dossier).where(*asked_for).values(content=content, **made))


def forget_dossiers(db: Session, consultation_ids: Collection[ConsultationId]) -> None:
    """Throw the files of some consultations away, since something in them may not be read any more."""
    db.execute(delete(Dossier).where(Dossier.consultation_id.in_(consultation_ids)))


def subjects_of(db: Session, consultation: Consultation) -> list[str]:
    """Return the names in the record of a consultation and of the meetings about it."""
    meetings = meetings_of_each(db, [consultation.id])[consultation.id]
    return [consultation.subject, *(f"consult:{consultation.authority_slug}/sedinte/{m.reference}" for m in meetings)]


def consultation_in_file(db: Session, consultation_id: ConsultationId) -> Consultation:
    """Return a consultation with its name in the record."""
    query = select(Consultation).where(Consultation.id == consultation_id)
    return db.scalars(query.options(undefer(Consultation.authority_slug))).one()


def _is_to_make(db: Session, consultation: Consultation, dossier: Dossier, at: datetime) -> bool:
    """Whether something happened since, or a day passed, by which duties fall due; not while somebody makes it."""
    if dossier.is_being_made:
        # Its worker may have died with it.
        return at >= dossier.asked_at + LEASE
    known = Leaf.log == CURRENT, Leaf.procedure.in_(subjects_of(db, consultation))
    acts = db.scalar(select(func.count()).select_from(Leaf).where(*known))
    return (acts, local_day(at)) != (dossier.acts, dossier.as_of)
