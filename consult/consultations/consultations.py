"""A consultation: a draft act of general application, put before the public by the procedure of Law 52/2003.

This module holds the consultation itself, its stages and its dates; the text is in `versions`, what people say in
`recommendations`, what the authority answers in `responses`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, column_property, mapped_column, undefer

from consult.identity.authorities import Authority, AuthorityId
from consult.identity.people import PersonId
from consult.identity.registers import read_reference
from consult.refusals import NotFound
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

ConsultationId = NewType("ConsultationId", int)
key_type(ConsultationId)


class Stage(StrEnum):
    """How far a consultation has come. `ANALYSIS` is never stored: it is `PROPOSALS` after the last instant."""

    DRAFT = "draft"
    APPROVAL = "approval"
    PROPOSALS = "proposals"
    ANALYSIS = "analysis"
    ANSWERED = "answered"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PRIVATE = frozenset({Stage.DRAFT, Stage.APPROVAL})
#: The circumstances of art. 7(13): the pack lifts the 30 working days in the one, the days for proposals in the other.
URGENT, SHORTER = "urgent", "urgent-short"
ENDED = frozenset({Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN})


class Consultation(Base):
    """A draft act and everything the announcement of art. 7(2) must say about it."""

    __tablename__ = "consultation"
    __table_args__ = (
        UniqueConstraint("authority_id", "year", "number"),
        # What is open now and what was answered last are walked along it, however much is in the archive.
        Index("ix_consultation_by_deadline", "authority_id", "closes_at"),
        CheckConstraint("(number IS NULL) = (opens_at IS NULL)", name="published_with_number"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="open_for_some_time"),
    )

    id: Mapped[ConsultationId] = mapped_column(primary_key=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    stage: Mapped[Stage] = mapped_column(state_column(Stage), default=Stage.DRAFT)
    #: Public number, without gaps per authority and year, given at publication: `112-2026` in every URL.
    number: Mapped[int | None]
    year: Mapped[int | None]

    title: Mapped[str]
    domain: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    initiator: Mapped[str] = mapped_column(default="")
    #: "Pe scurt": what changes, for whom, from when, how much; plain words, at most 120 of them.
    summary: Mapped[str] = mapped_column(default="")
    #: The explanatory report (referat de aprobare) on why the act is needed.
    justification: Mapped[str] = mapped_column(default="")
    #: Where and how proposals may be sent besides this service.
    ways_to_send: Mapped[str] = mapped_column(default="")
    #: How the announcement reaches the seat's notice board and the press (art. 7(1)).
    channels: Mapped[str] = mapped_column(default="")
    concerns_business: Mapped[bool] = mapped_column(default=False)
    #: Motive of the urgent procedure (art. 7(13)), public; empty in the ordinary procedure.
    urgent_motive: Mapped[str] = mapped_column(default="")
    #: Why not even the days for proposals can be awaited in it, public; empty where they are.
    shorter_motive: Mapped[str] = mapped_column(default="")
    #: Why a date of the announcement is one that people would not expect, public; empty where none is.
    dates_motive: Mapped[str] = mapped_column(default="")
    #: What of the draft is not public, under which letter of art. 6, and why; by the names of `withheld.Withheld`.
    withheld: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")

    #: Last day on which a proposal is in time, and the day on which the draft may go on to avizare.
    proposals_until: Mapped[date | None]
    submission_on: Mapped[date | None]
    announced_on: Mapped[date | None]
    opens_at: Mapped[datetime | None]
    #: The first instant that is too late.
    closes_at: Mapped[datetime | None]
    #: The day on which the draft went on to avizare; none while it has not, or when a session sent it back.
    submitted_on: Mapped[date | None]
    #: The day on which it came to its end, and the number of the act, or why there is none.
    ended_on: Mapped[date | None]
    outcome_note: Mapped[str] = mapped_column(default="")
    #: The policy pack as frozen at publication.
    pack_digest: Mapped[str | None]

    #: Counts the edits, so that a second clerk is told of the first.
    edition: Mapped[int] = mapped_column(default=1)
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]
    approved_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    #: What the approver wrote when sending the draft back.
    returned_note: Mapped[str] = mapped_column(default="")
    #: Shown on lists; refreshed by a job, never counted while a page is made.
    recommendation_count: Mapped[int] = mapped_column(default=0)

    #: By which the record names the authority; read where something is recorded or looked up there.
    authority_slug: Mapped[str] = column_property(
        select(Authority.slug).where(Authority.id == authority_id).scalar_subquery(), deferred=True
    )

    @property
    def reference(self) -> str:
        """The public number with its year, `112-2026`, as in every URL."""
        return f"{self.number}-{self.year}"

    @property
    def subject(self) -> str:
        """Its name in the record, the same for ever: `consult:izvoru/consultari/112-2026`."""
        return f"consult:{self.authority_slug}/consultari/{self.reference}"

    @property
    def is_public(self) -> bool:
        """Whether it was ever published."""
        return self.stage not in PRIVATE

    @property
    def is_urgent(self) -> bool:
        """Whether it follows the urgent procedure of art. 7(13)."""
        return bool(self.urgent_motive)

    @property
    def circumstances(self) -> tuple[str, ...]:
        """The circumstances of the pack by which its dates are judged."""
        motives = {URGENT: self.is_urgent, SHORTER: self.is_urgent and bool(self.shorter_motive)}
        return tuple(circumstance for circumstance, holds in motives.items() if holds)

    def is_open_at(self, at: datetime) -> bool:
        """Whether a recommendation that arrives at this instant is in time: `[opens_at, closes_at)`."""
        return (
            self.stage is Stage.PROPOSALS
            and self.opens_at is not None
            and self.closes_at is not None
            and self.opens_at <= at < self.closes_at
        )

    def stage_at(self, at: datetime) -> Stage:
        """Return the stage at an instant: when the period for proposals is over, the analysis has begun."""
        if self.stage is Stage.PROPOSALS and not self.is_open_at(at):
            return Stage.ANALYSIS
        return self.stage


#: What an authority has published, and nothing that it has not. What pages begin with is selected by statements that
#: are made once: to make one costs as much as to run it.
PUBLISHED = select(Consultation).where(
    Consultation.authority_id == bindparam("authority_id"), Consultation.number.is_not(None)
)
BY_NUMBER = (
    select(Consultation)
    .where(
        Consultation.authority_id == bindparam("authority_id"),
        Consultation.number == bindparam("number"),
        Consultation.year == bindparam("year"),
    )
    .options(undefer(Consultation.authority_slug))
)
OPEN = (
    PUBLISHED.where(
        Consultation.stage == Stage.PROPOSALS,
        Consultation.opens_at <= bindparam("at"),
        Consultation.closes_at > bindparam("at"),
    )
    .order_by(Consultation.closes_at, Consultation.id)
    .limit(50)
)
RECENTLY_ANSWERED = (
    PUBLISHED.where(Consultation.stage.in_([Stage.ANSWERED, Stage.SUBMITTED, Stage.ADOPTED]))
    .order_by(Consultation.closes_at.desc())
    .limit(3)
)


def find_published(db: Session, authority_id: AuthorityId, reference: str) -> Consultation:
    """Return the published consultation with a public number such as `112-2026`; raises NotFound."""
    number, year = read_reference(reference)
    consultation = db.scalar(BY_NUMBER, {"authority_id": authority_id, "number": number, "year": year})
    if consultation is None:
        raise NotFound
    return consultation


def open_consultations(db: Session, authority_id: AuthorityId, at: datetime) -> list[Consultation]:
    """Return what receives proposals at an instant, the nearest deadline first."""
    return list(db.scalars(OPEN, {"authority_id": authority_id, "at": at}))


def recently_answered(db: Session, authority_id: AuthorityId) -> list[Consultation]:
    """Return the consultations whose answers were published last."""
    return list(db.scalars(RECENTLY_ANSWERED, {"authority_id": authority_id}))
