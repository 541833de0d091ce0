"""Support: others say that a recommendation is theirs too, once each, while proposals are received.

Of people only their number is public, of organisations also the name. Every hour the record is told the number, with a
random mark for each supporter: anybody can count the marks, and each supporter finds their own, which nobody else can
tell apart. What that cannot show is said where it is shown: that each mark is somebody.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NewType

from sqlalchemy import ForeignKey, Index, delete, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import jobs
from consult.consultations.consultations import Consultation
from consult.consultations.recommendations import Recommendation, RecommendationId, recommendation_subject
from consult.consultations.submissions import ConsultationClosed
from consult.consultations.withdrawals import AlreadyWithdrawn
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.organisations import Organisation, OrganisationId
from consult.identity.people import PersonId
from consult.identity.permissions import may, require
from consult.record.entries import append
from consult.record.entry_form import Signer
from consult.record.events import SupportCounted
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

SupportId = NewType("SupportId", int)
key_type(SupportId)

COUNT = "count-supports"
#: How long after the first new support the number is told, so that its time gives nobody away.
GATHERED_FOR = timedelta(hours=1)
MARK_BYTES = 8
#: So many marks in one entry; more make a second one.
MOST_MARKS = 2_000
#: Nobody does this: the service counts.
SERVICE = Signer("service", "service")


class Support(Base):
    """One supporter of one recommendation. Whoever took it back stays until the record was told."""

    __tablename__ = "support"
    __table_args__ = (
        Index(
            "uq_support_of_person",
            "recommendation_id",
            "person_id",
            unique=True,
            postgresql_where=text("organisation_id IS NULL"),
            sqlite_where=text("organisation_id IS NULL"),
        ),
        Index(
            "uq_support_of_organisation",
            "recommendation_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("organisation_id IS NOT NULL"),
            sqlite_where=text("organisation_id IS NOT NULL"),
        ),
    )

    id: Mapped[SupportId] = mapped_column(primary_key=True)
    recommendation_id: Mapped[RecommendationId] = mapped_column(ForeignKey("recommendation.id"))
    #: Who gave it; None once their account is closed.
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"))
    #: What the record calls this support; random, and another one for each.
    mark: Mapped[str]
    supported_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    #: Whether the record has been told of it.
    is_counted: Mapped[bool] = mapped_column(default=False)


class OwnProposal(Refusal):
    """Nobody supports what they have proposed themselves."""

    sentence = N_("This is your own proposal; support is for others to give.")


def support_recommendation(
    db: Session, recommendation_id: RecommendationId, *, by: Actor, at: datetime
) -> RecommendationId:
    """Support a recommendation, for oneself or an organisation; a second time changes nothing.

    Raises OwnProposal, AlreadyWithdrawn, ConsultationClosed, NotPermitted.
    """
    recommendation, consultation = open_for_support(db, recommendation_id, by, at)
    if may("recommendation.withdraw", by, recommendation):
        raise OwnProposal
    if recommendation.withdrawn_at is not None:
        raise AlreadyWithdrawn
    known = support_by(db, recommendation_id, by)
    if known is not None:
        known.taken_back_at = None
        return recommendation_id
    support = Support(
        recommendation_id=recommendation_id,
        person_id=by.person_id,
        organisation_id=by.organisation_id,
        mark=secrets.token_hex(MARK_BYTES),
        supported_at=at,
    )
    db.add(support)
    db.flush()
    ask_to_count(db, consultation, at=at)
    return recommendation_id


def take_support_back(db: Session, recommendation_id: RecommendationId, *, by: Actor, at: datetime) -> RecommendationId:
    """Take one's support back while proposals are received; without effect where there is none."""
    _, consultation = open_for_support(db, recommendation_id, by, at)
    known = support_by(db, recommendation_id, by)
    if known is not None and known.is_counted:
        known.taken_back_at = at
        ask_to_count(db, consultation, at=at)
    elif known is not None:
        db.delete(known)
        db.flush()
    return recommendation_id


def forget_supporter(db: Session, person_id: PersonId, *, at: datetime) -> None:
    """Let go of what somebody supported whose account is closed: the law keeps no list of supporters.

    While proposals are received they take their support back; afterwards the number stands as it was told, and nobody
    knows any more whose it was. An organisation's support stays the organisation's.
    """
    given = (
        select(Support, Consultation)
        .join(Recommendation, Recommendation.id == Support.recommendation_id)
        .join(Consultation, Consultation.id == Recommendation.consultation_id)
        .where(Support.person_id == person_id)
    )
    for support, consultation in db.execute(given):
        support.person_id = None
        if support.organisation_id is not None or not consultation.is_open_at(at):
            continue
        if support.is_counted:
            support.taken_back_at = at
            ask_to_count(db, consultation, at=at)
        else:
            db.delete(support)
    db.flush()


def open_for_support(
    db: Session, recommendation_id: RecommendationId, by: Actor, at: datetime
) -> tuple[Recommendation, Consultation]:
    """Return a recommendation while its consultation receives proposals. Raises NotFound, ConsultationClosed."""
    recommendation = db.get(Recommendation, recommendation_id)
    if recommendation is None:
        raise NotFound
    consultation = db.get_one(Consultation, recommendation.consultation_id)
    require("recommendation.support", by, recommendation)
    if not consultation.is_open_at(at):
        raise ConsultationClosed(last_day=consultation.proposals_until)
    return recommendation, consultation


def support_by(db: Session, recommendation_id: RecommendationId, by: Actor) -> Support | None:
    """Return the support that an actor gave, taken back or not."""
    query = select(Support).where(Support.recommendation_id == recommendation_id)
    if by.organisation_id is not None:
        return db.scalar(query.where(Support.organisation_id == by.organisation_id))
    return db.scalar(query.where(Support.person_id == by.person_id, Support.organisation_id.is_(None)))


def supporting_organisations(db: Session, recommendation_id: RecommendationId) -> Sequence[str]:
    """Return the names of the organisations that support a recommendation, in the order in which they did."""
    query = (
        select(Organisation.name)
        .join(Support, Support.organisation_id == Organisation.id)
        .where(Support.recommendation_id == recommendation_id, Support.taken_back_at.is_(None))
    )
    return db.scalars(query.order_by(Support.id)).all()


def ask_to_count(db: Session, consultation: Consultation, *, at: datetime) -> None:
    """Let the worker count within the hour, once however many people support something meanwhile."""
    unique = f"{COUNT}:{consultation.id}"
    jobs.enqueue(db, COUNT, at=at, after=at + GATHERED_FOR, unique=unique, consultation_id=consultation.id)


def count_supports(db: Session, consultation_id: int, *, at: datetime) -> None:
    """Tell the record how many support each recommendation for which that has changed, and show it on the pages."""
    consultation = db.get_one(Consultation, consultation_id)
    untold = Support.is_counted.is_(False) | Support.taken_back_at.is_not(None)
    query = (
        select(Support)
        .join(Recommendation, Recommendation.id == Support.recommendation_id)
        .where(Recommendation.consultation_id == consultation_id, untold)
        .order_by(Support.recommendation_id, Support.mark)
    )
    changed: dict[RecommendationId, list[Support]] = {}
    for support in db.scalars(query.limit(MOST_MARKS)):
        changed.setdefault(support.recommendation_id, []).append(support)
    for recommendation_id, supports in changed.items():
        tell(db, consultation, db.get_one(Recommendation, recommendation_id), supports, at=at)
    if sum(map(len, changed.values())) == MOST_MARKS:
        ask_to_count(db, consultation, at=at)


def tell(
    db: Session,
    consultation: Consultation,
    recommendation: Recommendation,
    supports: Sequence[Support],
    *,
    at: datetime,
) -> None:
    """Enter into the record what is new about the supporters of one recommendation."""
    added = [each for each in supports if not each.is_counted and each.taken_back_at is None]
    taken_back = [each for each in supports if each.is_counted and each.taken_back_at is not None]
    for each in added:
        each.is_counted = True
    gone = [each.id for each in supports if each.taken_back_at is not None]
    db.flush()
    db.execute(delete(Support).where(Support.id.in_(gone)).execution_options(synchronize_session="fetch"))
    if not (added or taken_back):
        return
    counted = Support.recommendation_id == recommendation.id, Support.is_counted.is_(True)
    recommendation.supporters = db.scalars(select(func.count()).select_from(Support).where(*counted)).one()
    event = SupportCounted(
        subject=recommendation_subject(consultation, recommendation),
        number=recommendation.number,
        supporters=recommendation.supporters,
        added=tuple(each.mark for each in added),
        taken_back=tuple(each.mark for each in taken_back),
    )
    append(db, event, signer=SERVICE, at=at)
