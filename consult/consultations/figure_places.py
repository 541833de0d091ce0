"""Where in the figures of a draft budget a recommendation points: at a line, or from one to another with an amount."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.consultations import ConsultationId
from consult.consultations.contestations import Contestation, Residence
from consult.consultations.recommendations import SHOWN, Recommendation, RecommendationId
from consult.store import Base


class FigurePlace(Base):
    """The lines that a recommendation is about; with `to_key`, `amount` bani would go from the first to that one."""

    __tablename__ = "figure_place"
    __table_args__ = (
        CheckConstraint("(to_key IS NULL) = (amount IS NULL)", name="moved_somewhere"),
        CheckConstraint("amount > 0", name="moves_something"),
        Index("ix_figure_place_line", "consultation_id", "line_key"),
        Index("ix_figure_place_to", "consultation_id", "to_key"),
    )

    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    line_key: Mapped[str]
    to_key: Mapped[str | None]
    amount: Mapped[int | None] = mapped_column(BigInteger)


@dataclass(frozen=True)
class FiguresMeant:
    """What a recommendation says of the figures, as it is recorded.

    `residence`: it contests the draft budget, and what is known of where its author lives; `address`: as they say.
    """

    line_key: str | None
    to_key: str | None = None
    amount: int | None = None
    residence: Residence | None = None
    address: str = ""

    @property
    def contests(self) -> bool:
        """Whether it contests the draft budget."""
        return self.residence is not None


#: So many proposals are shown on the page of a line.
MOST_SHOWN = 50


def said_about_line(db: Session, consultation_id: ConsultationId, key: str) -> Sequence[Recommendation]:
    """Return what points at a line, or would move money from it or to it, in register order."""
    query = (
        select(Recommendation)
        .join(FigurePlace, FigurePlace.recommendation_id == Recommendation.id)
        .where(FigurePlace.consultation_id == consultation_id)
        .where(or_(FigurePlace.line_key == key, FigurePlace.to_key == key))
    )
    return list(db.scalars(query.options(*SHOWN).order_by(Recommendation.id).limit(MOST_SHOWN)))


def keep_place(db: Session, recommendation: Recommendation, meant: FiguresMeant) -> None:
    """Keep what a recommendation says of the figures beside it."""
    ids = {"recommendation_id": recommendation.id, "consultation_id": recommendation.consultation_id}
    if meant.line_key is not None:
        db.add(FigurePlace(**ids, line_key=meant.line_key, to_key=meant.to_key, amount=meant.amount))
    if meant.residence is not None:
        db.add(Contestation(**ids, residence=meant.residence, declared_address=meant.address))
    db.flush()
