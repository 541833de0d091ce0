"""What the demo town's answers promise, and what became of it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from consult.consultations.consultations import ConsultationId
from consult.consultations.promise_drafts import draft_promise
from consult.consultations.promise_endings import end_promise
from consult.consultations.promises import Ending
from consult.consultations.recommendations import RecommendationId
from consult.consultations.responses import AnswerDraft
from consult.demo.days import deadline
from consult.demo.replies import Answer
from consult.demo.residents import Residents
from consult.demo.town import Consultation, Town
from consult.store import Database

#: Something that happens at an instant.
Happening = tuple[datetime, Callable[..., object]]


class Playing(Protocol):
    """The town as it is played."""

    database: Database
    town: Town
    residents: Residents
    loaded_on: date
    consultations: dict[str, ConsultationId]
    recommendations: dict[str, RecommendationId]

    def at_office(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the last working day up to an offset."""


def promising(play: Playing, draft: Consultation) -> Iterator[Happening]:
    """Yield what answers promise, an hour after they were drafted, and what became of it."""
    promising = [answer for answer in draft.answers if answer.promise]
    for number, answer in enumerate(promising, start=1):
        assert answer.promise is not None, "as chosen above"
        at = play.at_office(answer.day, 12) + timedelta(minutes=number)
        yield at, lambda at, answer=answer: _promise(play, draft, answer, at)
        if answer.promise.kept is not None:
            at = play.at_office(answer.promise.kept, 12, 30)
            yield at, lambda at, answer=answer, number=number: _keep(play, draft, answer, number, at)


def _promise(play: Playing, draft: Consultation, answer: Answer, at: datetime) -> None:
    said = answer.promise
    assert said is not None, "only what promises something comes here"

    def promise(db: Session) -> None:
        answered = db.get_one(AnswerDraft, play.recommendations[f"{draft.key}/{answer.to[0]}"])
        draft_promise(
            db,
            play.consultations[draft.key],
            answered.reason_id,
            words=said.words,
            due_on=deadline(play.loaded_on, said.until),
            department=said.department,
            edition=0,
            by=play.residents.official(db, draft.contact),
            at=at,
        )

    play.database.act(promise)


def _keep(play: Playing, draft: Consultation, answer: Answer, number: int, at: datetime) -> None:
    said = answer.promise
    assert said is not None, "only what promises something comes here"

    def keep(db: Session) -> None:
        end_promise(
            db,
            play.consultations[draft.key],
            number=number,
            ending=Ending.KEPT,
            on=at.date(),
            note=said.note,
            by=play.residents.official(db, draft.contact),
            at=at,
        )

    play.database.act(keep)
