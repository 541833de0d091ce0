"""Erasing a text that the record commits to: everywhere we hold it, in one transaction, with its entry (GDPR, art. 17).

The row with its salt goes, letters that wait lose the words, and the log says so for ever, so that whoever keeps a copy
deletes it there. What else refers to a text or repeats it, only the rooms above know: each of them lets go of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult import mail
from consult.identity.actors import Actor
from consult.identity.people import PersonId
from consult.identity.pseudonyms import pseudonym_of, record
from consult.record import erasures
from consult.record.bodies import Body, texts
from consult.record.entries import RecordedEvent, history
from consult.record.erasure_grounds import ErasureGround
from consult.record.erasures import ErasedText
from consult.record.events import BodyErased
from consult.refusals import NotFound

#: Takes a text, by the entry that says that it was erased, out of what refers to it or repeats it in one room.
LetGo = Callable[[Session, RecordedEvent, Body], None]


@dataclass(frozen=True)
class RecordedText:
    """A text to which an entry of the record commits, while it is still kept.

    `event`: the act that it belongs to, such as the receipt of a proposal or its answer. `words`: by their fields.
    """

    event: RecordedEvent
    commitment: str
    words: Mapping[str, str]


def texts_under(db: Session, subjects: Iterable[str]) -> list[RecordedText]:
    """Return every text that the record has under some names, while it is kept, in the order of the acts."""
    events = [entry.event for subject in subjects for entry in history(db, subject)]
    commitments = [event.commitment for event in events if event.commitment]
    kept = {body.commitment: body for body in db.scalars(select(Body).where(Body.commitment.in_(commitments)))}
    return [
        RecordedText(event, event.commitment, texts(kept[event.commitment]))
        for event in events
        if event.commitment in kept
    ]


def erase(
    db: Session,
    subject: str,
    commitments: Sequence[str],
    ground: ErasureGround,
    *,
    known: Iterable[RecordedText],
    let_go: LetGo,
    chosen_by: PersonId,
    by: Actor,
    at: datetime,
) -> None:
    """Erase some of the texts that are known about a thing, each with an entry under its name that says so.

    `chosen_by`: the first of the two officials. Raises NotFound for a text that is not (or no longer) one of its own.
    """
    if not {text.commitment for text in known}.issuperset(commitments):
        raise NotFound
    first = pseudonym_of(db, chosen_by, subject)
    for commitment in commitments:
        event = BodyErased(subject=subject, erased=commitment, ground=ground.value, chosen_by=first)
        _forget(db, record(db, event, by=by, at=at), [let_go])


def reapply_erasures(db: Session, *let_go: LetGo) -> int:
    """Erase again whatever the record says was erased; return how many texts were still here. `let_go`: of each room.

    Run it before a restored backup is served: the backup may be older than an erasure whose entry has come back from
    a copy of the log.
    """
    undone = erasures.erasures_not_done(db)
    for erasure in undone:
        _forget(db, erasure, let_go)
    return len(undone)


def erasures_in(db: Session, events: Iterable[RecordedEvent]) -> Mapping[str, ErasedText]:
    """Return how the texts of some acts were erased, by the ids of the acts; nothing of a text that is kept."""
    committed = {event.commitment: event.id for event in events if event.commitment}
    found = db.scalars(select(ErasedText).where(ErasedText.commitment.in_(committed)))
    return {committed[each.commitment]: each for each in found}


def _forget(db: Session, erasure: RecordedEvent, rooms: Iterable[LetGo]) -> None:
    """Delete the text of which an entry says that it was erased, from wherever it is."""
    noted = erasures.note(db, erasure)
    body = db.scalar(select(Body).where(Body.commitment == noted.commitment))
    if body is None:
        return
    for let_go in rooms:
        let_go(db, erasure, body)
    mail.withhold(db, [words for words in texts(body).values() if words])
    db.execute(delete(Body).where(Body.id == body.id))
