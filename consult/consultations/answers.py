"""The published answers as everybody reads them: alike ones together under their one reason.

A reason may answer thousands (a campaign's letters). The page says how many and names the first; the register, where
each of them stands with its answer, has the others.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session, joinedload

from consult.consultations.consultations import ConsultationId
from consult.consultations.reasons import Reason, ReasonId
from consult.consultations.recommendations import Recommendation, Verdict
from consult.identity.numbered import Numbered

#: Reasons on one page of the answers.
PAGE = 20
#: So many recommendations are named beside their answer.
NAMED = 30

#: What was answered alike: for the same reason, in the same way.
Alike = tuple[ReasonId, Verdict]


class _Columns(NamedTuple):
    number: int
    year: int
    provision_label: str


class Answered(Numbered, _Columns):
    """A recommendation as it is named beside its answer, where up to six hundred are on a page."""

    __slots__ = ()


#: The columns of `Answered`.
NAMES = tuple(getattr(Recommendation, name) for name in Answered._fields)


@dataclass(frozen=True)
class AnswerGiven:
    """One answer, how many recommendations got it, and the first of them in register order."""

    verdict: Verdict
    reason: Reason
    count: int
    first: Sequence[Answered]

    @property
    def others(self) -> int:
        """How many are not named here."""
        return self.count - len(self.first)


@dataclass(frozen=True)
class GivenAnswers:
    """One page of published answers; `after` is the reason after which the next page begins, None on the last."""

    answers: Sequence[AnswerGiven]
    after: ReasonId | None


# Statements are made once: making one costs as much as running it.
REASONS = (
    select(Reason)
    .where(
        Reason.consultation_id == bindparam("consultation_id"),
        Reason.id > bindparam("after"),
        # A reason that only a drafted answer has is not public.
        select(Recommendation.id).where(Recommendation.reason_id == Reason.id).exists(),
    )
    .options(joinedload(Reason.body), joinedload(Reason.erasure))
    .order_by(Reason.id)
    .limit(bindparam("size", type_=Integer()))
)
COUNTS = (
    select(Recommendation.reason_id, Recommendation.verdict, func.count())
    .where(Recommendation.reason_id.in_(bindparam("reasons", expanding=True)))
    .group_by(Recommendation.reason_id, Recommendation.verdict)
)


def answers_given(db: Session, consultation_id: ConsultationId, *, after: int = 0, size: int = PAGE) -> GivenAnswers:
    """Return the published answers, those with the same reason together, in the order in which they were written."""
    reasons = db.scalars(REASONS, {"consultation_id": consultation_id, "after": after, "size": size + 1}).all()
    shown = {reason.id: reason for reason in reasons[:size]}
    counts = count_each(db, list(shown))
    first = first_of_each(db, counts)
    answers = [AnswerGiven(alike[1], shown[alike[0]], counts[alike], first[alike]) for alike in sorted(counts)]
    return GivenAnswers(answers, after=reasons[size - 1].id if len(reasons) > size else None)


def count_each(db: Session, reasons: Sequence[ReasonId]) -> dict[Alike, int]:
    """Return how many recommendations were answered alike, for each of some reasons; an index is enough."""
    found = db.execute(COUNTS, {"reasons": reasons})
    return {(reason, verdict): count for reason, verdict, count in found if reason and verdict}


def first_of_each(db: Session, answered: Collection[Alike]) -> dict[Alike, list[Answered]]:
    """Return the first recommendations that were answered alike, in register order.

    Each group is read from where it begins in the index, so that thousands in it cost no more than thirty.
    """
    if not answered:
        return {}
    alike = {
        f"{name}_{place}": value for place, pair in enumerate(answered) for name, value in zip("rv", pair, strict=True)
    }
    found: dict[Alike, list[Answered]] = {}
    for reason_id, verdict, *names in db.execute(_first_of(len(answered)), alike):
        found.setdefault((reason_id, verdict), []).append(Answered._make(names))
    return found


@cache
def _first_of(groups: int) -> Select[Any]:
    """Make the statement of `first_of_each` for so many groups."""
    first = [
        select(Recommendation.id)
        .where(Recommendation.reason_id == bindparam(f"r_{place}"), Recommendation.verdict == bindparam(f"v_{place}"))
        .order_by(Recommendation.id)
        .limit(NAMED)
        .subquery()
        for place in range(groups)
    ]
    return (
        select(Recommendation.reason_id, Recommendation.verdict, *NAMES)
        .where(Recommendation.id.in_(union_all(*(select(group.c.id) for group in first))))
        .order_by(Recommendation.id)
    )


FIRST_ANSWERED = (
    select(Recommendation.answered_at)
    .where(Recommendation.consultation_id == bindparam("consultation_id"), Recommendation.answered_at.is_not(None))
    .order_by(Recommendation.id)
    .limit(1)
)


def first_answered_at(db: Session, consultation_id: ConsultationId) -> datetime | None:
    """Return when a consultation's answers were published; they are published together."""
    return db.scalar(FIRST_ANSWERED, {"consultation_id": consultation_id})
