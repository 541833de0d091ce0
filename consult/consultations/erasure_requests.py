"""Asking that a text about a recommendation be erased (GDPR, art. 17).

A request comes from the author, from a reader whom the text concerns, or on paper. It is private; what is public is
that a text was erased, on which ground. Who asked is told the outcome within a month (art. 12(3)). How it is decided
stands in `erasure_decisions`.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from sqlalchemy import JSON, ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.consultations.erasure import texts_about
from consult.consultations.procedure import local_day
from consult.consultations.recommendations import SHOWN, Recommendation, RecommendationId
from consult.i18n import DEFAULT_LOCALE, N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.names import email_address, one_line
from consult.identity.people import PersonId
from consult.identity.permissions import Within, require
from consult.record.erasure_grounds import ErasureGround
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

ErasureRequestId = NewType("ErasureRequestId", int)
key_type(ErasureRequestId)

LONGEST_REQUEST = 5_000
#: For how long who asked is remembered after the decision: as long as they would ask again, or complain.
REMEMBERED = timedelta(days=365)


class Source(StrEnum):
    """By which way a request came."""

    AUTHOR = "author"
    READER = "reader"
    PAPER = "paper"


class Outcome(StrEnum):
    """How a request ended."""

    ERASED = "erased"
    REFUSED = "refused"


class ErasureRequest(Base):
    """Somebody asked that a text about a recommendation be erased. Never public."""

    __tablename__ = "erasure_request"
    __table_args__ = (Index("ix_erasure_request_open", "authority_id", "concluded_at", "id"),)

    id: Mapped[ErasureRequestId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"))
    source: Mapped[Source] = mapped_column(state_column(Source))
    #: The author, or the official who entered a letter; nobody known for a reader.
    created_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    #: Who asks and how they are answered; no address where an answer goes on paper.
    name: Mapped[str]
    email: Mapped[str | None]
    locale: Mapped[str]
    asked_ground: Mapped[ErasureGround] = mapped_column(state_column(ErasureGround, name="asked_ground"))
    words: Mapped[str]
    asked_at: Mapped[datetime]

    #: The first official's choice: commitments of texts, the ground, and why; empty before it, or once sent back.
    chosen: Mapped[list[str]] = mapped_column(JSON, default=list)
    ground: Mapped[ErasureGround | None] = mapped_column(state_column(ErasureGround))
    note: Mapped[str] = mapped_column(default="")
    edited_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    returned_note: Mapped[str] = mapped_column(default="")

    outcome: Mapped[Outcome | None] = mapped_column(state_column(Outcome))
    concluded_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    concluded_at: Mapped[datetime | None]

    recommendation: Mapped[Recommendation] = relationship(lazy="raise")

    @property
    def is_public(self) -> bool:
        """Nobody outside knows who asked for what."""
        return False

    @property
    def awaits_confirmation(self) -> bool:
        """Whether the first official has chosen and the second has not looked yet."""
        return self.ground is not None and self.outcome is None

    @property
    def due_on(self) -> date:
        """The last day for telling whoever asked: one month (art. 12(3)), to the day, or to the month's last."""
        asked = local_day(self.asked_at)
        year, month = asked.year + asked.month // 12, asked.month % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        return date(year, month, min(asked.day, last))


class NothingWritten(Refusal):
    """A request says what it is about."""

    sentence = N_("Write what should be erased, and why.")
    field = "words"


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
    if not 0 < len(words.strip()) <= LONGEST_REQUEST:
        raise NothingWritten
    address = email_address(email) if email else None
    if not texts_about(db, recommendation):
        raise NothingToErase
    request = ErasureRequest(
        authority_id=recommendation.authority_id,
        recommendation_id=recommendation_id,
        source=source,
        created_by=by,
        name=one_line(name),
        email=address,
        locale=locale,
        asked_ground=ground,
        words=words.strip(),
        asked_at=at,
    )
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
    old = ErasureRequest.concluded_at < at - REMEMBERED
    db.execute(update(ErasureRequest).where(old, ErasureRequest.name != "").values(name="", email=None, words=""))
