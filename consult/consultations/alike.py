"""Recommendations that say the same, kept as a group by officials and answered by one reason.

Each keeps its number, its author and its place in the register; what they share is the answer. A group is a matter of
the desk: the public sees only that one reason answers several.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import NewType

from sqlalchemy import ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.consultations import ConsultationId
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import Within, require
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

AlikeGroupId = NewType("AlikeGroupId", int)
key_type(AlikeGroupId)

FEWEST = 2


class AlikeGroup(Base):
    """Some recommendations of one consultation that get one answer."""

    __tablename__ = "alike_group"

    id: Mapped[AlikeGroupId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), index=True)


class AlikeMember(Base):
    """A recommendation in a group; it is in one at most."""

    __tablename__ = "alike_member"

    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"), primary_key=True)
    group_id: Mapped[AlikeGroupId] = mapped_column(ForeignKey("alike_group.id"), index=True)


class OneIsNoGroup(Refusal):
    """A group has two at least."""

    sentence = N_("Tick at least two proposals that say the same.")
    field = "recommendations"


def keep_group(
    db: Session, consultation_id: ConsultationId, *, recommendation_ids: Collection[RecommendationId], by: Actor
) -> AlikeGroupId:
    """Keep recommendations as alike. One that is in a group already brings its group along.

    Raises NotPermitted, NotFound, OneIsNoGroup.
    """
    chosen = _own(db, consultation_id, recommendation_ids, by)
    whole = with_alike(db, [each.id for each in chosen])
    if len(whole) < FEWEST:
        raise OneIsNoGroup

    group = AlikeGroup(consultation_id=consultation_id)
    db.add(group)
    db.flush()
    emptied = set(db.scalars(select(AlikeMember.group_id).where(AlikeMember.recommendation_id.in_(whole))))
    db.execute(delete(AlikeMember).where(AlikeMember.recommendation_id.in_(whole)))
    db.execute(delete(AlikeGroup).where(AlikeGroup.id.in_(emptied)))
    db.add_all(AlikeMember(recommendation_id=each, group_id=group.id) for each in whole)
    db.flush()
    return group.id


def leave_group(
    db: Session, consultation_id: ConsultationId, *, recommendation_ids: Collection[RecommendationId], by: Actor
) -> None:
    """Take recommendations out of their groups; a group of which one is left is none. Raises NotPermitted, NotFound."""
    chosen = [each.id for each in _own(db, consultation_id, recommendation_ids, by)]

    db.execute(delete(AlikeMember).where(AlikeMember.recommendation_id.in_(chosen)))
    few = (
        select(AlikeGroup.id)
        .outerjoin(AlikeMember, AlikeMember.group_id == AlikeGroup.id)
        .where(AlikeGroup.consultation_id == consultation_id)
        .group_by(AlikeGroup.id)
        .having(func.count(AlikeMember.recommendation_id) < FEWEST)
    )
    dissolved = db.scalars(few).all()
    db.execute(delete(AlikeMember).where(AlikeMember.group_id.in_(dissolved)))
    db.execute(delete(AlikeGroup).where(AlikeGroup.id.in_(dissolved)))


def with_alike(db: Session, recommendation_ids: Collection[RecommendationId]) -> list[RecommendationId]:
    """Return recommendations with all that is in their groups, which one reason answers; none that was withdrawn."""
    groups = select(AlikeMember.group_id).where(AlikeMember.recommendation_id.in_(recommendation_ids))
    others = (
        select(AlikeMember.recommendation_id)
        .join(Recommendation, Recommendation.id == AlikeMember.recommendation_id)
        .where(AlikeMember.group_id.in_(groups), Recommendation.withdrawn_at.is_(None))
    )
    return sorted({*recommendation_ids, *db.scalars(others)})


def groups_of(
    db: Session, recommendation_ids: Collection[RecommendationId]
) -> Mapping[RecommendationId, Sequence[Recommendation]]:
    """Return all that is in the group of each of some recommendations, itself included, in register order."""
    mine = select(AlikeMember.group_id).where(AlikeMember.recommendation_id.in_(recommendation_ids))
    query = (
        select(AlikeMember.group_id, Recommendation)
        .join(Recommendation, Recommendation.id == AlikeMember.recommendation_id)
        .where(AlikeMember.group_id.in_(mine))
        .order_by(AlikeMember.group_id, Recommendation.id)
    )
    found = groupby(db.execute(query), key=lambda row: row[0])
    groups = [[recommendation for _, recommendation in rows] for _, rows in found]
    return {each.id: group for group in groups for each in group if each.id in set(recommendation_ids)}


def _own(
    db: Session, consultation_id: ConsultationId, recommendation_ids: Collection[RecommendationId], by: Actor
) -> Sequence[Recommendation]:
    found = db.scalars(
        select(Recommendation).where(
            Recommendation.consultation_id == consultation_id, Recommendation.id.in_(recommendation_ids)
        )
    ).all()
    if len(found) != len(set(recommendation_ids)):
        raise NotFound
    for each in found:
        require("recommendation.answer", by, Within(each.authority_id))
    return found
