"""Who was given a ballot on paper: known again by a keyed hash, so that nobody votes on paper and online."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.cycles import CycleId
from consult.identity.people import PersonId
from consult.store import Base


class PaperVoter(Base):
    """That somebody was given a ballot on paper: a keyed hash of who, and nothing of which ballot."""

    __tablename__ = "paper_voter"

    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    identity: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    given_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]


def votes_on_paper(db: Session, cycle_id: CycleId, identity: bytes) -> bool:
    """Whether somebody was given a ballot on paper, and so cannot prove a right to vote online."""
    return db.get(PaperVoter, (cycle_id, identity)) is not None
