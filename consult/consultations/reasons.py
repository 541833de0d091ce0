"""Why an authority answered so (Law 52/2003, art. 12(3))."""

from typing import NewType

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from consult.consultations.consultations import ConsultationId
from consult.record.bodies import Body, BodyId, texts
from consult.record.erasures import ErasedText
from consult.store import Base
from consult.store.base import key_type

ReasonId = NewType("ReasonId", int)
key_type(ReasonId)


class Reason(Base):
    """Why the authority answered so; one reason may answer many alike recommendations.

    Its words lie in the record's bodies like everybody's: officials may quote people, and an entry cannot be erased.
    """

    __tablename__ = "reason"

    id: Mapped[ReasonId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    erased_as: Mapped[str | None] = mapped_column(ForeignKey("erased_text.commitment"))

    body: Mapped[Body | None] = relationship(lazy="raise")
    erasure: Mapped[ErasedText | None] = relationship(lazy="raise")

    @property
    def text(self) -> str:
        """The words of the reason; empty once erased."""
        return texts(self.body)["reason"] if self.body else ""


def last_reason(db: Session, consultation_id: ConsultationId) -> int:
    """Return the last reason that was written in a consultation: whoever reads now has read up to it."""
    return db.scalar(select(func.max(Reason.id)).where(Reason.consultation_id == consultation_id)) or 0
