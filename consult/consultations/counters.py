"""Counts shown on lists, beside articles and over the answers.

They are refreshed by a job, so that no page counts while it is made, however much was said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import jobs
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.recommendations import RangeArticle, Recommendation, Verdict
from consult.store import Base

REFRESH = "refresh-counters"
#: Under which key stands what was said about the draft as a whole.
WHOLE_DRAFT = ""


@dataclass(frozen=True)
class Tally:
    """How many recommendations were received, and how many of them got which answer."""

    received: int = 0
    withdrawn: int = 0
    by_verdict: Mapping[Verdict, int] = field(default_factory=dict)
    #: How many more of an article are about a range that begins with another one.
    spanning: int = 0

    @property
    def answered(self) -> int:
        """How many have a published answer."""
        return sum(self.by_verdict.values())

    @property
    def shown(self) -> int:
        """How many stand on the page of an article."""
        return self.received + self.spanning

    @property
    def waiting(self) -> int:
        """How many still await one."""
        return self.received - self.withdrawn - self.answered


class ArticleCount(Base):
    """What an article received and what became of it."""

    __tablename__ = "article_count"

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    article_key: Mapped[str] = mapped_column(primary_key=True)
    received: Mapped[int]
    #: Those of a range that begins with another article, and is counted there.
    spanning: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[int]
    taken_up: Mapped[int]
    partly: Mapped[int]
    not_taken_up: Mapped[int]
    out_of_scope: Mapped[int]


VERDICTS = {verdict: getattr(ArticleCount, verdict.value) for verdict in Verdict}
# Made once, since making a statement costs as much as running it.
COUNTED = ArticleCount.received, ArticleCount.withdrawn, *VERDICTS.values()
COUNTS = select(ArticleCount.article_key, ArticleCount.spanning, *COUNTED).where(
    ArticleCount.consultation_id == bindparam("consultation_id")
)
STANDING = select(ArticleCount.article_key, ArticleCount.received + ArticleCount.spanning).where(
    ArticleCount.consultation_id == bindparam("consultation_id")
)
COUNT = COUNTS.where(ArticleCount.article_key == bindparam("article_key"))
SUMS = (
    select(
        ArticleCount.consultation_id,
        *(func.sum(column) for column in COUNTED),
    )
    .where(ArticleCount.consultation_id.in_(bindparam("consultation_ids", expanding=True)))
    .group_by(ArticleCount.consultation_id)
)


def ask_for_recount(db: Session, consultation_id: ConsultationId, *, at: datetime) -> None:
    """Let the worker count again, once however many acts ask for it meanwhile."""
    jobs.enqueue_all(db, [recount(consultation_id, at=at)])


def recount(consultation_id: ConsultationId, *, at: datetime) -> jobs.Wanted:
    """Return the work of counting again, to be asked for together with other work."""
    return jobs.Wanted(REFRESH, {"consultation_id": consultation_id}, at, unique=f"{REFRESH}:{consultation_id}")


def refresh_counters(db: Session, consultation_id: ConsultationId) -> None:
    """Count a consultation's recommendations, in all and by article."""
    answers = [func.count().filter(Recommendation.verdict == verdict) for verdict in Verdict]
    counted = db.execute(
        select(Recommendation.article_key, func.count(), func.count(Recommendation.withdrawn_at), *answers)
        .where(Recommendation.consultation_id == consultation_id)
        .group_by(Recommendation.article_key)
    ).all()
    spanning = _in_ranges(db, consultation_id)
    by_article = {row[0] or WHOLE_DRAFT: row[1:] for row in counted}
    nothing = [0] * (2 + len(answers))
    db.execute(delete(ArticleCount).where(ArticleCount.consultation_id == consultation_id))
    for article_key in {**by_article, **spanning}:
        received, withdrawn, *verdicts = by_article.get(article_key, nothing)
        db.add(
            ArticleCount(
                consultation_id=consultation_id,
                article_key=article_key,
                received=received,
                spanning=spanning.get(article_key, 0),
                withdrawn=withdrawn,
                **{verdict.value: number for verdict, number in zip(Verdict, verdicts, strict=True)},
            )
        )
    db.get_one(Consultation, consultation_id).recommendation_count = sum(row[1] for row in counted)


def _in_ranges(db: Session, consultation_id: ConsultationId) -> dict[str, int]:
    """Count by article what is about a range that begins with another one."""
    counted = (
        select(RangeArticle.article_key, func.count())
        .where(RangeArticle.consultation_id == consultation_id)
        .group_by(RangeArticle.article_key)
    )
    return {row[0]: row[1] for row in db.execute(counted)}


def article_tallies(db: Session, consultation_id: ConsultationId) -> dict[str, Tally]:
    """Return what each article received and what became of it, as last counted; `WHOLE_DRAFT` among them."""
    counted = db.execute(COUNTS, {"consultation_id": consultation_id})
    return {key: tally_of(*counts, spanning=spanning) for key, spanning, *counts in counted}


def article_tally(db: Session, consultation_id: ConsultationId, article_key: str) -> Tally:
    """Return what one article received and what became of it, as last counted."""
    counted = db.execute(COUNT, {"consultation_id": consultation_id, "article_key": article_key}).first()
    return tally_of(*counted[2:], spanning=counted[1]) if counted else Tally()


def standing_counts(db: Session, consultation_id: ConsultationId) -> dict[str, int]:
    """Return how much stands on the page of each article (`Tally.shown`), as last counted; `WHOLE_DRAFT` among them."""
    return dict(db.execute(STANDING, {"consultation_id": consultation_id}).all())


def article_counts(db: Session, consultation_id: ConsultationId) -> dict[str, int]:
    """Return how much each article received, as last counted."""
    tallies = article_tallies(db, consultation_id)
    return {key: tally.received for key, tally in tallies.items() if key != WHOLE_DRAFT}


def total(tallies: Iterable[Tally]) -> Tally:
    """Return several tallies as one."""
    known = list(tallies)
    return Tally(
        sum(tally.received for tally in known),
        sum(tally.withdrawn for tally in known),
        _given((verdict, sum(tally.by_verdict.get(verdict, 0) for tally in known)) for verdict in Verdict),
    )


def tally(db: Session, consultation_id: ConsultationId) -> Tally:
    """Return what a consultation received and what became of it, as last counted."""
    return tallies(db, [consultation_id]).get(consultation_id, Tally())


def tallies(db: Session, consultation_ids: Iterable[ConsultationId]) -> dict[ConsultationId, Tally]:
    """Return the tallies of several consultations."""
    return {
        # PostgreSQL's sums are decimals.
        key: tally_of(*map(int, sums))
        for key, *sums in db.execute(SUMS, {"consultation_ids": list(consultation_ids)})
    }


def tally_of(received: int, withdrawn: int, *verdicts: int, spanning: int = 0) -> Tally:
    """Return the counts of a row, those of the answers in the order of `Verdict`, as a tally."""
    return Tally(received, withdrawn, _given(zip(Verdict, verdicts, strict=True)), spanning)


def _given(counts: Iterable[tuple[Verdict, int]]) -> dict[Verdict, int]:
    """Leave out the answers that nobody got."""
    return {verdict: number for verdict, number in counts if number}
