"""Asking that a text about a recommendation be erased: by its author, by a reader whom it concerns, or on paper.

What every request has stands in `consult.identity.erasure_requests`; how one is decided in `erasure_decisions`.
"""

from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.consultations.erasure import texts_about
from consult.consultations.recommendations import SHOWN, Recommendation, RecommendationId
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.erasure_requests import AskedErasure, Source, fill_in, forget_askers
from consult.identity.people import PersonId
from consult.identity.permissions import Within, require
from consult.record.erasure_grounds import ErasureGround
from consult.refusals import NotFound, Refusal
from consult.store.base import key_type

ErasureRequestId = NewType("ErasureRequestId", int)
key_type(ErasureRequestId)


class ErasureRequest(AskedErasure):
    """Somebody asked that a text about a recommendation be erased. Never public."""

    __tablename__ = "erasure_request"
    __table_args__ = (Index("ix_erasure_request_open", "authority_id", "concluded_at", "id"),)

    id: Mapped[ErasureRequestId] = mapped_column(primary_key=True)
    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"))

    recommendation: Mapped[Recommendation] = relationship(lazy="raise")


class NothingToErase(Refusal):
    """All texts about this recommendation are gone already."""

    sentence = N_("Nothing is left to erase here: the texts about this proposal are gone already.")


def ask_for_erasure(
    db: Session,
    recommendation_id: RecommendationId,
    *,
    source: Source,
    ground: ErasureGround,
    words: str,
    name: str,
    email: str | None,
    locale: str = DEFAULT_LOCALE,
    by: PersonId | None,
    at: datetime,
) -> ErasureRequest:
    """Ask that a text about a recommendation be erased. `by`: the author, or the official who enters a letter.

    Raises NothingWritten, NothingToErase, NotAName, NotAnEmail.
    """
    recommendation = db.get(Recommendation, recommendation_id)
    if recommendation is None:
        raise NotFound
    request = ErasureRequest(authority_id=recommendation.authority_id, recommendation_id=recommendation_id)
    fill_in(request, source=source, ground=ground, words=words, name=name, email=email, locale=locale, by=by, at=at)
    if not texts_about(db, recommendation):
        raise NothingToErase
    db.add(request)
    db.flush()
    return request


def enter_request(
    db: Session,
    recommendation_id: RecommendationId,
    *,
    ground: ErasureGround,
    words: str,
    name: str,
    email: str | None,
    by: Actor,
    at: datetime,
) -> ErasureRequest:
    """Enter a request that came on paper. Raises NotPermitted, and as `ask_for_erasure`."""
    recommendation = db.get(Recommendation, recommendation_id)
    if recommendation is None:
        raise NotFound
    require("erasure.enter", by, Within(recommendation.authority_id))
    return ask_for_erasure(
        db,
        recommendation_id,
        source=Source.PAPER,
        ground=ground,
        words=words,
        name=name,
        email=email,
        by=by.person_id,
        at=at,
    )


def find_request(db: Session, request_id: ErasureRequestId, *, by: Actor) -> ErasureRequest:
    """Return a request with the recommendation it is about, for officials. Raises NotFound."""
    query = select(ErasureRequest).where(ErasureRequest.id == request_id)
    request = db.scalar(query.options(joinedload(ErasureRequest.recommendation).options(*SHOWN)))
    if request is None:
        raise NotFound
    require("erasure.read", by, request)
    return request


def requests_at(db: Session, authority_id: AuthorityId, *, most: int = 100) -> list[ErasureRequest]:
    """Return the requests that wait for a decision, the one that has waited longest first."""
    query = (
        select(ErasureRequest)
        .where(ErasureRequest.authority_id == authority_id, ErasureRequest.concluded_at.is_(None))
        .options(joinedload(ErasureRequest.recommendation))
    )
    return list(db.scalars(query.order_by(ErasureRequest.id).limit(most)))


def forget_who_asked(db: Session, *, at: datetime) -> None:
    """Forget who asked, and in which words, a year after the decision; that it was decided, and by whom, stays."""
    forget_askers(db, ErasureRequest, at=at)
