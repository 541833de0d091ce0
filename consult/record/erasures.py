"""Texts that the law made us forget. What stays of each: its commitment, which opens nothing, the ground and the day.

The log says the same for ever (`body.erased`); the rows here say it to pages in one join. Which rows of the service
refer to a text the rooms above know: they erase through `consult.identity.erasing`.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.record.bodies import Body
from consult.record.entries import EventId, RecordedEvent
from consult.record.events import BodyErased
from consult.store import Base


class ErasedText(Base):
    """A text that is gone, and why."""

    __tablename__ = "erased_text"

    commitment: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: As in the entry: `gdpr-17-1-b`.
    ground: Mapped[str]
    erased_at: Mapped[datetime]
    #: The entry that says so.
    event_id: Mapped[EventId] = mapped_column(ForeignKey("event.id"))


def note(db: Session, erasure: RecordedEvent) -> ErasedText:
    """Note what an entry says of a text that was erased; done twice it changes nothing."""
    facts = erasure.stated["facts"]
    noted = db.get(ErasedText, facts["erased"])
    if noted is None:
        noted = ErasedText(
            commitment=facts["erased"], ground=facts["ground"], erased_at=erasure.at, event_id=erasure.id
        )
        db.add(noted)
        db.flush()
    return noted


def erasures_not_done(db: Session) -> list[RecordedEvent]:
    """Return the entries that say of a text that it was erased while this database still has it, or forgot to note it.

    So it is after a backup from before the erasure was restored, and its entry came back from a copy of the log.
    """
    recorded = db.scalars(select(RecordedEvent).where(RecordedEvent.type == BodyErased.type))
    return [each for each in recorded if not _is_done(db, each.stated["facts"]["erased"])]


def is_erased(db: Session, commitment: str) -> bool:
    """Whether a text was once here and was erased."""
    return db.get(ErasedText, commitment) is not None


def _is_done(db: Session, commitment: str) -> bool:
    noted = exists().where(ErasedText.commitment == commitment)
    kept = exists().where(Body.commitment == commitment)
    return bool(db.scalar(select(noted & ~kept)))
