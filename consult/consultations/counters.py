"""Counts shown on lists and beside articles: refreshed by a job, so that no page counts while it is made."""

from datetime import datetime

from sqlalchemy import ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import jobs
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.recommendations import Recommendation
from consult.store import Base

REFRESH = "refresh-counters"


class ArticleCount(Base):
    """How many recommendations an article has received."""

    __tablename__ = "article_count"

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    article_key: Mapped[str] = mapped_column(primary_key=True)
    recommendations: Mapped[int]


def ask_for_recount(db: Session, consultation_id: ConsultationId, *, at: datetime) -> None:
    """Let the worker count again, once however many acts ask for it meanwhile."""
    jobs.enqueue(db, REFRESH, at=at, unique=f"{REFRESH}:{consultation_id}", consultation_id=consultation_id)


def refresh_counters(db: Session, consultation_id: ConsultationId) -> None:
    """Count a consultation's recommendations, in all and by article."""
    counted = db.execute(
        select(Recommendation.article_key, func.count())
        .where(Recommendation.consultation_id == consultation_id)
        .group_by(Recommendation.article_key)
    ).all()
    db.execute(delete(ArticleCount).where(ArticleCount.consultation_id == consultation_id))
    for article_key, number in counted:
        if article_key is not None:
            db.add(ArticleCount(consultation_id=consultation_id, article_key=article_key, recommendations=number))
    db.get_one(Consultation, consultation_id).recommendation_count = sum(number for _, number in counted)


def article_counts(db: Session, consultation_id: ConsultationId) -> dict[str, int]:
    """Return the counts by article, as they were last refreshed."""
    query = select(ArticleCount).where(ArticleCount.consultation_id == consultation_id)
    return {count.article_key: count.recommendations for count in db.scalars(query)}
