"""The published answers as everybody reads them: alike ones together under their one reason.

A reason may answer thousands (a campaign's letters). The page says how many and names the first; the register, where
each of them stands with its answer, has the others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session, joinedload, load_only

from consult.consultations.consultations import ConsultationId
from consult.consultations.recommendations import Reason, ReasonId, Recommendation, Verdict

#: Reasons on one page of the answers.
PAGE = 20
#: So many recommendations are named beside their answer.
NAMED = 30
#: What is read of each of them.
NAMES = (
    Recommendation.number,
    Recommendation.year,
    Recommendation.provision_label,
    Recommendation.reason_id,
    Recommendation.verdict,
)

#: What was answered alike: for the same reason, in the same way.
Alike = tuple[ReasonId, Verdict]


@dataclass(frozen=True)
class AnswerGiven:
    """One answer, how many recommendations got it, and the first of them in register order."""

    verdict: Verdict
    reason: Reason
    count: int
    first: Sequence[Recommendation]

    @property
    def others(self) -> int:
        """How many are not named here."""
        return self.count - len(self.first)


@dataclass(frozen=True)
class GivenAnswers:
    """One page of published answers; `after` is the reason after which the next page begins, None on the last."""

    answers: Sequence[AnswerGiven]
    after: ReasonId | None


def answers_given(db: Session, consultation_id: ConsultationId, *, after: int = 0, size: int = PAGE) -> GivenAnswers:
    """Return the published answers, those with the same reason together, in the order in which they were written.

    A reason that only a drafted answer has is not among them.
    """
    is_public = select(Recommendation.id).where(Recommendation.reason_id == Reason.id).exists()
    query = (
        select(Reason)
        .where(Reason.consultation_id == consultation_id, Reason.id > after, is_public)
        .options(joinedload(Reason.body), joinedload(Reason.erasure))
    )
    reasons = db.scalars(query.order_by(Reason.id).limit(size + 1)).all()
    shown = {reason.id: reason for reason in reasons[:size]}
    counts = count_each(db, list(shown))
    first = first_of_each(db, counts)
    answers = [AnswerGiven(alike[1], shown[alike[0]], counts[alike], first[alike]) for alike in sorted(counts)]
    return GivenAnswers(answers, after=reasons[size - 1].id if len(reasons) > size else None)


def count_each(db: Session, reasons: Sequence[ReasonId]) -> dict[Alike, int]:
    """Return how many recommendations were answered alike, for each of some reasons; an index is enough."""
    query = (
        select(Recommendation.reason_id, Recommendation.verdict, func.count())
        .where(Recommendation.reason_id.in_(reasons))
        .group_by(Recommendation.reason_id, Recommendation.verdict)
    )
    return {(reason, verdict): count for reason, verdict, count in db.execute(query) if reason and verdict}


def first_of_each(db: Session, answered: Collection[Alike]) -> dict[Alike, list[Recommendation]]:
    """Return the first recommendations that were answered alike, in register order, with what names them alone.

    Each group is read from where it begins in the index, so that thousands in it cost no more than thirty.
    """
    if not answered:
        return {}
    alike = {
        f"{name}_{place}": value for place, pair in enumerate(answered) for name, value in zip("rv", pair, strict=True)
    }
    found: dict[Alike, list[Recommendation]] = {}
    for recommendation in db.scalars(_first_of(len(answered)), alike):
        assert recommendation.reason_id is not None
        assert recommendation.verdict is not None
        found.setdefault((recommendation.reason_id, recommendation.verdict), []).append(recommendation)
    return found


@cache
def _first_of(groups: int) -> Select[Recommendation]:
    """Make the statement of `first_of_each` for so many groups, once: making it costs more than running it."""
    first = [
        select(Recommendation.id)
        .where(Recommendation.reason_id == bindparam(f"r_{place}"), Recommendation.verdict == bindparam(f"v_{place}"))
        .order_by(Recommendation.id)
        .limit(NAMED)
        .subquery()
        for place in range(groups)
    ]
    return (
        select(Recommendation)
        .where(Recommendation.id.in_(union_all(*(select(group.c.id) for group in first))))
        .options(load_only(*NAMES, raiseload=True))
        .order_by(Recommendation.id)
    )
