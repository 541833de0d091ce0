"""Further packs of a procedure: a draft local budget runs under the law on transparency and that on local finances.

Each is frozen with the first, when the draft is announced. The dates that the further one gives to people are its own:
whoever lives in the town may contest a draft budget for 15 days from its publication, however long proposals are
received (Law 273/2006, art. 39(3)).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.consultations import Consultation, ConsultationId, Stage
from consult.consultations.documents import consultation_for_edit, mark_edited
from consult.consultations.procedure import FROZEN_FOR, SUBMISSION, frozen_pack
from consult.consultations.steps import StepKind, Steps
from consult.identity.actors import Actor
from consult.identity.authority_rules import authority_pack
from consult.identity.pseudonyms import record
from consult.policy.deadlines import Deadline, Finding, check_date, evaluate, last_instant
from consult.policy.freezing import freeze
from consult.policy.packs import Pack
from consult.record.events import PackFrozen, Term
from consult.record.packs import keep_pack
from consult.store import Base

BUDGET = "ro/law-273-2006"
CONTESTATIONS, BUDGET_SUBMITTED, BUDGET_VOTED = "contestations-period", "budget-submitted", "budget-voted"
#: The term of the announcement that tells until when a draft budget can be contested.
CONTESTATIONS_UNTIL = "contestations_until"


class FurtherPack(Base):
    """A pack by which a procedure runs besides that on transparency."""

    __tablename__ = "further_pack"

    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    #: As frozen at publication; none before.
    digest: Mapped[str | None]


def run_under(
    db: Session, consultation_id: ConsultationId, *, pack: str, applies: bool, by: Actor, at: datetime
) -> Consultation:
    """Say that a draft also runs under a pack, or that it does not. Raises AlreadyPublished."""
    consultation = consultation_for_edit(db, consultation_id, by)
    authority_pack(db, consultation.authority_id, pack)
    kept = db.get(FurtherPack, (consultation_id, pack))
    if applies == (kept is not None):
        return consultation

    if applies:
        db.add(FurtherPack(consultation_id=consultation_id, name=pack))
    else:
        db.execute(delete(FurtherPack).where(FurtherPack.consultation_id == consultation_id, FurtherPack.name == pack))
    mark_edited(consultation, by, at)
    db.flush()
    return consultation


FURTHER = select(FurtherPack).where(FurtherPack.consultation_id == bindparam("consultation_id"))


def further_packs(db: Session, consultation: Consultation) -> Sequence[Pack]:
    """Return the packs by which a procedure runs besides the first: frozen once it is public, until then today's."""
    return [
        frozen_pack(db, kept.digest) if kept.digest else authority_pack(db, consultation.authority_id, kept.name)
        for kept in db.scalars(FURTHER.order_by(FurtherPack.name), {"consultation_id": consultation.id})
    ]


def budget_pack(db: Session, consultation: Consultation) -> Pack | None:
    """Return the law on local finances, where the draft is one of a local budget."""
    return next((pack for pack in further_packs(db, consultation) if pack.id == BUDGET), None)


def freeze_further(
    db: Session, consultation: Consultation, today: date, *, by: Actor, at: datetime
) -> tuple[Term, ...]:
    """Freeze the further packs of a draft on the day it is announced; return the terms that they set."""
    terms: list[Term] = []
    for kept in db.scalars(FURTHER.order_by(FurtherPack.name), {"consultation_id": consultation.id}):
        pack = authority_pack(db, consultation.authority_id, kept.name)
        frozen = freeze(pack, today, today + FROZEN_FOR)
        kept.digest = keep_pack(db, frozen.content)
        event = PackFrozen(subject=consultation.subject, name=frozen.name, version=frozen.version, pack=frozen.digest)
        record(db, event, by=by, at=at)
        if pack.id == BUDGET:
            terms.append(
                Term(CONTESTATIONS_UNTIL, f"{BUDGET}#{CONTESTATIONS}", evaluate(pack, CONTESTATIONS, today).day)
            )
    return tuple(terms)


@dataclass(frozen=True)
class Contesting:
    """Until when, and by which article, the inhabitants may contest a draft budget."""

    deadline: Deadline
    closes_at: datetime

    def is_open_at(self, at: datetime) -> bool:
        """Whether a contestation that arrives at this instant is in time."""
        return at < self.closes_at


def contesting(db: Session, consultation: Consultation) -> Contesting | None:
    """Return the time for contestations of a published draft budget; None where it is none, or gone to the council."""
    pack = budget_pack(db, consultation)
    return None if pack is None else contesting_by(pack, consultation)


def contesting_by(pack: Pack, consultation: Consultation) -> Contesting | None:
    """Return the time for contestations by the pack of a draft budget; None before it is public, or when it is over."""
    if consultation.announced_on is None or consultation.stage not in {Stage.PROPOSALS, Stage.ANSWERED}:
        return None
    deadline = evaluate(pack, CONTESTATIONS, consultation.announced_on)
    return Contesting(deadline, last_instant(deadline.day, pack.zone))


@dataclass(frozen=True)
class BudgetDate:
    """A date of a draft budget: what the law computes, and, where somebody chose a day, what it makes of that.

    `waits_for`: the earliest day that the law on transparency leaves for going on, where that is after what the law on
    local finances wants: the two do not agree, and this service keeps the longer time for people.
    """

    deadline: Deadline
    finding: Finding | None = None
    waits_for: date | None = None


def budget_dates(consultation: Consultation, steps: Steps, first: Pack, budget: Pack) -> Iterator[BudgetDate]:
    """Yield the dates that the law on local finances gives to a published draft budget, in their order."""
    assert consultation.announced_on is not None, "only what is published has dates"
    announced = consultation.announced_on
    contestations = evaluate(budget, CONTESTATIONS, announced)
    yield BudgetDate(contestations)

    submitted = steps[StepKind.SUBMISSION].on if StepKind.SUBMISSION in steps else consultation.submission_on
    assert submitted is not None, "a consultation is published with its dates"
    earliest = check_date(first, SUBMISSION, announced, submitted, consultation.circumstances)
    finding = check_date(budget, BUDGET_SUBMITTED, contestations.day, submitted)
    lifted = earliest.lifted_by is not None
    is_later = not lifted and earliest.deadline.day > finding.deadline.day
    yield BudgetDate(finding.deadline, finding, earliest.deadline.day if is_later else None)

    voted = steps.get(StepKind.OUTCOME) or steps.get(StepKind.SESSION)
    deadline = evaluate(budget, BUDGET_VOTED, submitted)
    yield BudgetDate(deadline, check_date(budget, BUDGET_VOTED, submitted, voted.on) if voted else None)


@dataclass(frozen=True)
class Budget:
    """What the law on local finances makes of a published draft budget. `pack`: as frozen, with its `digest`."""

    digest: str
    pack: Pack
    dates: Sequence[BudgetDate]
    contesting: Contesting | None


def budget_of(db: Session, consultation: Consultation, steps: Steps, first: Pack) -> Budget | None:
    """Return the dates of a published draft budget; None where the draft is none. `first`: the law on transparency."""
    kept = db.scalar(FURTHER.where(FurtherPack.name == BUDGET), {"consultation_id": consultation.id})
    if kept is None or kept.digest is None:
        return None
    pack = frozen_pack(db, kept.digest)
    dates = list(budget_dates(consultation, steps, first, pack))
    return Budget(kept.digest, pack, dates, contesting_by(pack, consultation))
