"""What an authority promises in an answer: to do something, by a day, by a department; kept, late, or given up.

No law asks for it. Whoever was promised something reads here what became of it, in public and on the record.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import ColumnElement, ForeignKey, Select, UniqueConstraint, bindparam, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship

from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.procedure import local_day
from consult.consultations.reasons import Reason, ReasonId
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId
from consult.identity.pseudonyms import record
from consult.record.events import PromiseMade
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

PromiseId = NewType("PromiseId", int)
key_type(PromiseId)

#: Promises on one page of the list.
PAGE = 30


class Ending(StrEnum):
    """How a promise ended: it was kept, or given up with a reason."""

    KEPT = "kept"
    DROPPED = "dropped"


class PromiseState(StrEnum):
    """How a promise stands on a day."""

    RUNNING = "running"
    LATE = "late"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    DROPPED = "dropped"


class PromiseDraft(Base):
    """What a drafted answer promises, which nobody outside sees; publishing the answer makes it a promise."""

    __tablename__ = "promise_draft"

    #: With the answer's reason goes what it promised.
    reason_id: Mapped[ReasonId] = mapped_column(ForeignKey("reason.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[str]
    due_on: Mapped[date]
    department: Mapped[str]
    #: How often it was written; whoever replaces it says which one they had read.
    edition: Mapped[int]
    drafted_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))


class Promise(Base):
    """A promise made in a public answer. `number`: which of its consultation."""

    __tablename__ = "promise"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[PromiseId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    reason_id: Mapped[ReasonId] = mapped_column(ForeignKey("reason.id"), unique=True)
    number: Mapped[int]
    words: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    department: Mapped[str]
    made_at: Mapped[datetime]
    event_id: Mapped[str]
    ending: Mapped[Ending | None] = mapped_column(state_column(Ending))
    #: The day on which it was kept or given up, how that can be seen or why, and the act that says so.
    ended_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    ending_event_id: Mapped[str | None]

    consultation: Mapped[Consultation] = relationship(lazy="raise")

    def state_on(self, day: date) -> PromiseState:
        """Return how it stands on a day; it is late from the day after the one that was promised."""
        if self.ended_on is None:
            return PromiseState.LATE if day > self.due_on else PromiseState.RUNNING
        if self.ending is Ending.DROPPED:
            return PromiseState.DROPPED
        return PromiseState.KEPT_LATE if self.ended_on > self.due_on else PromiseState.KEPT


class PromisePast(Refusal):
    """Nothing is promised for a day that is over or begins already."""

    sentence = N_("%(day)s is not to come any more. Promise a day after today, or leave the promise out.")
    field = "due_on"


def keep_promise(db: Session, replaced: Collection[ReasonId], reason_id: ReasonId) -> None:
    """Let an answer that replaces others keep what the first of them promised; it is read again before publication."""
    found = db.scalar(select(func.min(PromiseDraft.reason_id)).where(PromiseDraft.reason_id.in_(replaced)))
    if found is not None:
        db.execute(update(PromiseDraft).where(PromiseDraft.reason_id == found).values(reason_id=reason_id))


def refuse_past_promises(db: Session, reason_ids: Collection[ReasonId], at: datetime) -> None:
    """Refuse to publish answers that promise something for a day that has come meanwhile. Raises PromisePast."""
    drafts = select(PromiseDraft.due_on).where(PromiseDraft.reason_id.in_(reason_ids))
    first = db.scalar(drafts.order_by(PromiseDraft.due_on).limit(1))
    if first is not None and first <= local_day(at):
        raise PromisePast(day=first)


def make_promises(
    db: Session, consultation: Consultation, reason_ids: Collection[ReasonId], *, by: Actor, at: datetime
) -> list[Promise]:
    """Make what the answers promise public together with them; `refuse_past_promises` has looked at the days."""
    drafts = db.execute(
        select(PromiseDraft, Reason)
        .join(Reason, Reason.id == PromiseDraft.reason_id)
        .where(PromiseDraft.reason_id.in_(reason_ids))
        .options(joinedload(Reason.body))
        .order_by(PromiseDraft.reason_id)
    ).all()
    last = db.scalar(select(func.max(Promise.number)).where(Promise.consultation_id == consultation.id)) or 0
    made = []
    for number, (draft, reason) in enumerate(drafts, start=last + 1):
        assert reason.body is not None, "a drafted answer has its words"
        event = PromiseMade(
            subject=consultation.subject,
            number=number,
            answer=reason.body.committed.c,
            text=draft.words,
            until=draft.due_on,
            department=draft.department,
        )
        made.append(
            Promise(
                consultation_id=consultation.id,
                reason_id=draft.reason_id,
                number=number,
                words=draft.words,
                due_on=draft.due_on,
                department=draft.department,
                made_at=at,
                event_id=record(db, event, by=by, at=at).id,
            )
        )
    db.add_all(made)
    db.execute(delete(PromiseDraft).where(PromiseDraft.reason_id.in_(reason_ids)))
    db.flush()
    return made


def promises_drafted(db: Session, consultation_id: ConsultationId) -> Mapping[ReasonId, PromiseDraft]:
    """Return what the drafted answers to a consultation promise, by their reasons; nobody outside sees it."""
    query = select(PromiseDraft).join(Reason, Reason.id == PromiseDraft.reason_id)
    return {each.reason_id: each for each in db.scalars(query.where(Reason.consultation_id == consultation_id))}


PROMISED = select(Promise).where(Promise.consultation_id == bindparam("consultation_id")).order_by(Promise.number)
PROMISED_IN = select(Promise).where(Promise.reason_id.in_(bindparam("reason_ids", expanding=True)))


def promises_of(db: Session, consultation_id: ConsultationId) -> list[Promise]:
    """Return what was promised in a consultation, in the order in which it was."""
    return list(db.scalars(PROMISED, {"consultation_id": consultation_id}))


def promises_in(db: Session, reason_ids: Collection[ReasonId | None]) -> Mapping[ReasonId, Promise]:
    """Return what some public answers promise, by their reasons."""
    return {each.reason_id: each for each in db.scalars(PROMISED_IN, {"reason_ids": [*reason_ids]})}


def open_promises(db: Session, authority_id: AuthorityId) -> list[Promise]:
    """Return what an authority has still to keep, the nearest day first."""
    query = _of_authority(authority_id).where(Promise.ended_on.is_(None))
    return list(db.scalars(query.order_by(Promise.due_on, Promise.id)))


@dataclass(frozen=True)
class PromiseList:
    """A page of what an authority promised, the newest first, and how many there are in each state.

    `after`: where the next page begins, None on the last.
    """

    promises: Sequence[Promise]
    counts: Mapping[PromiseState, int]
    after: PromiseId | None


def promise_list(
    db: Session, authority_id: AuthorityId, *, state: PromiseState | None = None, before: int = 0, at: datetime
) -> PromiseList:
    """Read a page of an authority's promises, of all or of those in one state."""
    today = local_day(at)
    query = _of_authority(authority_id)
    if state is not None:
        query = query.where(_is(state, today))
    if before:
        query = query.where(Promise.id < before)
    found = db.scalars(query.order_by(Promise.id.desc()).limit(PAGE + 1)).all()
    counted = select(*(func.count().filter(_is(each, today)) for each in PromiseState))
    row = db.execute(
        counted.select_from(Promise).join(Promise.consultation).where(Consultation.authority_id == authority_id)
    ).one()
    after = found[PAGE - 1].id if len(found) > PAGE else None
    return PromiseList(found[:PAGE], dict(zip(PromiseState, row, strict=True)), after)


def _of_authority(authority_id: AuthorityId) -> Select[Promise]:
    query = select(Promise).join(Promise.consultation).options(contains_eager(Promise.consultation))
    return query.where(Consultation.authority_id == authority_id)


def _is(state: PromiseState, today: date) -> ColumnElement[bool]:
    """Return what `Promise.state_on` says, for the database."""
    kept = Promise.ending == Ending.KEPT
    return {
        PromiseState.RUNNING: Promise.ended_on.is_(None) & (Promise.due_on >= today),
        PromiseState.LATE: Promise.ended_on.is_(None) & (Promise.due_on < today),
        PromiseState.KEPT: kept & (Promise.ended_on <= Promise.due_on),
        PromiseState.KEPT_LATE: kept & (Promise.ended_on > Promise.due_on),
        PromiseState.DROPPED: Promise.ending == Ending.DROPPED,
    }[state]
