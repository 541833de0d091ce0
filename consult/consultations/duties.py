"""Duties that are done outside these pages, which an official says were done: the notice board, the press, the letters.

Law 52/2003 wants three channels (art. 7(1)); only the site is this service. Who posted or sent the rest says so once,
with the day and how it can be seen, in public and on the record.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NewType

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.procedure import local_day, pack_of
from consult.consultations.steps import OutOfOrder
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.policy.packs import Pack
from consult.policy.requirements import requirements_of
from consult.policy.rules import Asks, Requirement
from consult.record.events import DutyConfirmed
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

ConfirmedDutyId = NewType("ConfirmedDutyId", int)
key_type(ConfirmedDutyId)

#: What happens outside these pages: channels, people who are told, people who come, how a meeting goes, what is kept.
#: How an announcement reaches people.
ELSEWHERE = frozenset({Asks.CHANNEL, Asks.RECIPIENT})
ON_SITE = "announcement-on-site"
OUTSIDE = frozenset({Asks.CHANNEL, Asks.RECIPIENT, Asks.PERSON, Asks.CONDUCT, Asks.RECORD})


class ConfirmedDuty(Base):
    """A duty that an official says was done, on which day and how that can be seen."""

    __tablename__ = "confirmed_duty"
    __table_args__ = (UniqueConstraint("consultation_id", "rule"),)

    id: Mapped[ConfirmedDutyId] = mapped_column(primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    #: The rule of the consultation's pack.
    rule: Mapped[str]
    done_on: Mapped[date]
    note: Mapped[str]
    confirmed_at: Mapped[datetime]
    event_id: Mapped[str]


class NoSuchDuty(Refusal):
    """The pack has no such duty, or the service knows by itself whether it is met."""

    sentence = N_("Choose one of the duties of this consultation.")
    field = "rule"


class ConfirmedBefore(Refusal):
    """It is on the record already."""

    sentence = N_("This was confirmed already, for %(day)s.")
    field = "rule"


class NotDoneThen(Refusal):
    """What is confirmed was done, after the draft was announced."""

    sentence = N_("Choose a day from %(first)s to %(last)s: what is confirmed has been done.")
    field = "done_on"


class NoteMissing(Refusal):
    """A confirmation that nobody can look into is worth little."""

    sentence = N_("Write how it can be seen: where it hangs, which newspaper, how many letters.")
    field = "note"


def confirm_duty(
    db: Session, consultation_id: ConsultationId, *, rule: str, done_on: date, note: str, by: Actor, at: datetime
) -> ConfirmedDuty:
    """Say in public that a duty was done that these pages cannot see, such as the notice at the seat.

    Raises NoSuchDuty, ConfirmedBefore, NotDoneThen, NoteMissing, OutOfOrder. Source: art. 7(1), 7(3), 8(1).
    """
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("duty.confirm", by, consultation)
    if not consultation.is_public:
        raise OutOfOrder
    assert consultation.announced_on is not None, "what is public was announced"
    pack, today = pack_of(db, consultation), local_day(at)
    if rule not in {each.id for each in duties_outside(pack, consultation.announced_on)}:
        raise NoSuchDuty
    before = confirmed_duties(db, consultation_id).get(rule)
    if before is not None:
        raise ConfirmedBefore(day=before.done_on)
    if not consultation.announced_on <= done_on <= today:
        raise NotDoneThen(first=consultation.announced_on, last=today)
    if not note.strip():
        raise NoteMissing

    event = DutyConfirmed(subject=consultation.subject, rule=f"{pack.id}#{rule}", on=done_on, note=note.strip())
    confirmed = ConfirmedDuty(
        consultation_id=consultation_id,
        rule=rule,
        done_on=done_on,
        note=note.strip(),
        confirmed_at=at,
        event_id=record(db, event, by=by, at=at).id,
    )
    db.add(confirmed)
    db.flush()
    return confirmed


def duties_outside(pack: Pack, on: date) -> list[Requirement]:
    """Return what a pack wants to be done outside these pages, in its order; the yearly report is not a draft's."""
    asked = (rule for rule in pack.kind(Requirement, on) if rule.event != "report")
    return [rule for rule in asked if rule.asks in OUTSIDE]


def channels_of(pack: Pack, consultation: Consultation) -> list[str]:
    """Return by which rules an announcement must reach people elsewhere than on the site, which is this service."""
    assert consultation.announced_on is not None, "what is not announced owes no channel"
    circumstances = ("business",) if consultation.concerns_business else ()
    asked = requirements_of(pack, "announcement", on=consultation.announced_on, circumstances=circumstances)
    return [rule.id for rule in asked if rule.asks in ELSEWHERE and rule.id != ON_SITE]


def confirmed_duties(db: Session, consultation_id: ConsultationId) -> Mapping[str, ConfirmedDuty]:
    """Return what was confirmed, by the rules of the pack."""
    query = select(ConfirmedDuty).where(ConfirmedDuty.consultation_id == consultation_id)
    return {each.rule: each for each in db.scalars(query)}
