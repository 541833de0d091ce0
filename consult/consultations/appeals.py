"""Appeals against moderation: the author of a hidden recommendation asks, once, that others look at it again.

Own withdrawals and erasures are no appeal cases: nobody took those words from the author. The acts are in `appealing`.
"""

from datetime import datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ColumnElement, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.consultations.recommendations import SHOWN, Recommendation
from consult.identity.authorities import AuthorityId
from consult.identity.organisations import OrganisationId
from consult.identity.people import PersonId
from consult.record.entries import EventId
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

AppealId = NewType("AppealId", int)
key_type(AppealId)


class Outcome(StrEnum):
    """What became of an appeal: upheld for the author, whose words are back, or refused."""

    UPHELD = "upheld"
    REFUSED = "refused"


class Appeal(Base):
    """One appeal against one hiding. What was said on both sides are the bodies of its entries."""

    __tablename__ = "moderation_appeal"
    __table_args__ = (Index("ix_moderation_appeal_open", "authority_id", "decided_at", "id"),)

    id: Mapped[AppealId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    #: The entry of the decision that is appealed against, once; and who made it, unless that account was closed since.
    hiding: Mapped[EventId] = mapped_column(ForeignKey("event.id"), unique=True)
    hidden_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"))
    received_at: Mapped[datetime]
    received_in: Mapped[EventId] = mapped_column(ForeignKey("event.id"))
    outcome: Mapped[Outcome | None] = mapped_column(state_column(Outcome))
    #: Whether the pages keep the author's reasons back: they repeat what is hidden, or tell personal data.
    withheld: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    decided_in: Mapped[EventId | None] = mapped_column(ForeignKey("event.id"))

    recommendation: Mapped[Recommendation] = relationship(lazy="raise")

    @property
    def is_public(self) -> bool:
        """Every appeal is an entry of the public record."""
        return True

    @property
    def created_by(self) -> PersonId:
        """Whose decision it is about, so that other eyes look at it."""
        return self.hidden_by or self.person_id


#: What waits for a decision: of what its author took back meanwhile, or what was erased, there is nothing to decide.
WAITING: ColumnElement[bool] = (
    Appeal.outcome.is_(None) & Recommendation.withdrawn_at.is_(None) & Recommendation.body_id.is_not(None)
)


def appeal_against(db: Session, recommendation: Recommendation) -> Appeal | None:
    """Return the appeal against the decision by which a recommendation is hidden now, waiting or decided."""
    if recommendation.hidden_in is None:
        return None
    return db.scalar(select(Appeal).where(Appeal.hiding == recommendation.hidden_in))


def waits_for_others(db: Session, recommendation: Recommendation) -> bool:
    """Whether an appeal against the hiding of a recommendation has still to be decided."""
    query = select(Appeal.id).join(Appeal.recommendation).where(Appeal.hiding == recommendation.hidden_in, WAITING)
    return db.scalar(query) is not None


def find_appeal(db: Session, appeal_id: AppealId) -> Appeal:
    """Return an appeal with its recommendation. Raises NotFound."""
    query = select(Appeal).where(Appeal.id == appeal_id)
    appeal = db.scalar(query.options(joinedload(Appeal.recommendation).options(*SHOWN)))
    if appeal is None:
        raise NotFound
    return appeal


def waiting_appeals(db: Session, authority_id: AuthorityId, *, most: int = 100) -> list[Appeal]:
    """Return the appeals that an authority has to decide, the first received first."""
    query = select(Appeal).join(Appeal.recommendation).where(Appeal.authority_id == authority_id, WAITING)
    return list(db.scalars(query.options(joinedload(Appeal.recommendation)).order_by(Appeal.id).limit(most)))
