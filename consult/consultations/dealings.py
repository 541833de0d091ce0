"""What officials did with a recommendation before its answer was public, and the notes that they wrote each other.

All of it is private to the desk for ever: it is in no entry of the record, in no file that leaves the house and in no
letter. Whoever has a text erased has the notes about it erased too, since these may repeat it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.consultations.reasons import Reason
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.departments import Department, DepartmentId
from consult.identity.people import Person, PersonId
from consult.identity.permissions import Within, require
from consult.record.entries import RecordedEvent
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

DealingId = NewType("DealingId", int)
key_type(DealingId)

LONGEST_NOTE = 2_000


class Deed(StrEnum):
    """What an official did."""

    ASSIGNED = "assigned"
    TAKEN_BACK = "taken_back"
    NOTED = "noted"
    DRAFTED = "drafted"
    APPROVED = "approved"
    RETURNED = "returned"


class Dealing(Base):
    """One deed of one official. Never public."""

    __tablename__ = "dealing"
    __table_args__ = (Index("ix_dealing_of_recommendation", "recommendation_id", "id"),)

    id: Mapped[DealingId] = mapped_column(primary_key=True)
    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"))
    deed: Mapped[Deed] = mapped_column(state_column(Deed))
    done_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime]
    #: To whom it was assigned, and until when.
    department_id: Mapped[DepartmentId | None] = mapped_column(ForeignKey("department.id"))
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    #: The words of a note, or why an answer was sent back; empty once erased.
    words: Mapped[str] = mapped_column(default="")

    official: Mapped[Person] = relationship(lazy="raise", foreign_keys=[done_by])
    department: Mapped[Department | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])

    @property
    def to(self) -> str:
        """The name of the department or of the person to whom it was assigned."""
        given = self.department or self.person
        return given.name if given else ""


class NoteEmpty(Refusal):
    """A note says something."""

    sentence = N_("Write the note.")
    field = "note"


class NoteTooLong(Refusal):
    """A note is a few sentences; what is longer is a document."""

    sentence = N_("The note has %(length)s characters; at most %(most)s fit.")
    field = "note"


def note_deed(
    db: Session, recommendation_ids: Iterable[RecommendationId], deed: Deed, *, words: str = "", by: Actor, at: datetime
) -> None:
    """Remember that an official did the same with each of some recommendations."""
    db.add_all(
        Dealing(recommendation_id=each, deed=deed, done_by=by.person_id, done_at=at, words=words)
        for each in recommendation_ids
    )


def write_note(db: Session, recommendation_id: RecommendationId, *, words: str, by: Actor, at: datetime) -> None:
    """Write colleagues a note about a recommendation. Raises NoteEmpty, NoteTooLong, NotFound, NotPermitted."""
    recommendation = db.get(Recommendation, recommendation_id)
    if recommendation is None:
        raise NotFound
    require("note.write", by, Within(recommendation.authority_id, is_public=False))
    note_deed(db, [recommendation_id], Deed.NOTED, words=note_in(words), by=by, at=at)
    db.flush()


def note_in(words: str) -> str:
    """Return the words of a note as they are kept. Raises NoteEmpty, NoteTooLong."""
    written = words.strip()
    if not written:
        raise NoteEmpty
    if len(written) > LONGEST_NOTE:
        raise NoteTooLong(length=len(written), most=LONGEST_NOTE)
    return written


def dealings_with(db: Session, recommendation_id: RecommendationId) -> Sequence[Dealing]:
    """Return what was done with a recommendation, the first first; for officials only."""
    query = select(Dealing).where(Dealing.recommendation_id == recommendation_id).order_by(Dealing.id)
    names = (joinedload(way).load_only(Person.name) for way in (Dealing.official, Dealing.person))
    return db.scalars(query.options(*names, joinedload(Dealing.department))).all()


def forget_notes(db: Session, erasure: RecordedEvent) -> None:
    """Erase the notes about each recommendation that an erasure concerns: as its subject, or by a shared answer."""
    erased = erasure.stated["facts"]["erased"]
    acts = select(RecordedEvent.id).where(RecordedEvent.subject == erasure.subject)
    answers = select(Reason.id).where(Reason.erased_as == erased)
    about = select(Recommendation.id).where(Recommendation.event_id.in_(acts) | Recommendation.reason_id.in_(answers))
    db.execute(update(Dealing).where(Dealing.recommendation_id.in_(about)).values(words=""))
