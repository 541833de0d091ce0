"""Saying what became of a promise: it was kept, and how that can be seen; or it is given up, and why."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult import links, mail
from consult.consultations.closed_accounts import mailbox_of
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.procedure import local_day
from consult.consultations.promises import Ending, Promise
from consult.consultations.recommendations import Recommendation
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.events import PromiseEnded
from consult.refusals import NotFound, Refusal


class PromiseEndedBefore(Refusal):
    """What became of a promise is said once."""

    sentence = N_("What became of promise no. %(number)s was said already, for %(day)s. Nothing was changed.")


class EndingNoteMissing(Refusal):
    """Nobody believes that a promise was kept who cannot see it, or accepts that it was not without a reason."""

    sentence = N_("Write how it can be seen that it was kept, or why it is given up.")
    field = "note"


class NotEndedThen(Refusal):
    """A promise ends after it was made, and what is said of it has happened."""

    sentence = N_("Choose a day from %(first)s to %(last)s: between the promise and today.")
    field = "on"


def end_promise(
    db: Session,
    consultation_id: ConsultationId,
    *,
    number: int,
    ending: Ending,
    on: date,
    note: str,
    by: Actor,
    at: datetime,
) -> Promise:
    """Say in public that a promise was kept, or is given up, and write to everybody to whom it was made.

    Raises PromiseEndedBefore, NotEndedThen, EndingNoteMissing.
    """
    consultation = db.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFound
    require("answers.publish", by, consultation)
    promise = db.scalar(select(Promise).where(Promise.consultation_id == consultation_id, Promise.number == number))
    if promise is None:
        raise NotFound
    if promise.ended_on is not None:
        raise PromiseEndedBefore(number=number, day=promise.ended_on)
    first, today = local_day(promise.made_at), local_day(at)
    if not first <= on <= today:
        raise NotEndedThen(first=first, last=today)
    if not note.strip():
        raise EndingNoteMissing

    promise.ending, promise.ended_on, promise.note = ending, on, note.strip()
    event = PromiseEnded(subject=consultation.subject, number=number, ending=ending, on=on, note=promise.note)
    promise.ending_event_id = record(db, event, by=by, at=at).id
    db.flush()
    tell_of_promise(db, consultation, promise, at=at)
    return promise


def tell_of_promise(db: Session, consultation: Consultation, promise: Promise, *, at: datetime) -> None:
    """Write what became of a promise to those whose recommendations it answers."""
    assert promise.ending is not None, "it has ended"
    answered = select(Recommendation).where(Recommendation.reason_id == promise.reason_id)
    facts = {
        "authority_id": consultation.authority_id,
        "title": consultation.title,
        "ending": promise.ending.value,
        "words": promise.words,
        "note": promise.note,
        "link": links.promises(promise=promise.id),
    }
    told = set()
    for recommendation in db.scalars(answered.options(joinedload(Recommendation.person)).order_by(Recommendation.id)):
        mailbox = mailbox_of(db, recommendation)
        if mailbox is not None and mailbox not in told:
            told.add(mailbox)
            to, locale = mailbox
            mail.post(db, "promise-ended", to=to, locale=locale, facts=facts, at=at)
