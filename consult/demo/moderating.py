"""How the demo town's officials deal with what must not stand as it was written: reports, a hiding, an erasure."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Protocol

from sqlalchemy.orm import Session

from consult.consultations.appealing import appeal, decide_appeal
from consult.consultations.appeals import AppealId
from consult.consultations.consultations import ConsultationId
from consult.consultations.erasure import texts_about
from consult.consultations.erasure_decisions import choose_texts, confirm_erasure
from consult.consultations.erasure_requests import ErasureRequestId, enter_request
from consult.consultations.moderation import hide_recommendation
from consult.consultations.reader_reports import report_recommendation
from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.demo import town as told
from consult.demo.residents import Residents
from consult.store import Database

#: Something that happens at an instant.
Happening = tuple[datetime, Callable[..., object]]


class Playing(Protocol):
    """The town as it is played."""

    database: Database
    town: told.Town
    residents: Residents
    loaded_on: date
    consultations: dict[str, ConsultationId]
    recommendations: dict[str, RecommendationId]

    def at(self, offset: int, hour: time) -> datetime:
        """Return an hour of the town's day so many days from the loading."""

    def at_office(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the last working day up to an offset."""


def moderating(play: Playing, draft: told.Consultation) -> Iterator[Happening]:
    """Yield what was reported, hidden and erased in a consultation."""
    for report in draft.reports:
        yield play.at(report.day, report.at), lambda at, report=report: _report(play, draft, report, at)
    for hiding in draft.hidden:
        yield play.at_office(hiding.day, 11), lambda at, hiding=hiding: _hide(play, draft, hiding, at)
    for appealed in draft.appeals:
        yield from Appeal(play, draft, appealed).deeds()
    for erasure in draft.erasures:
        yield from Case(play, draft, erasure).deeds()


class Appeal:
    """An author's appeal, and its decision by other eyes."""

    def __init__(self, play: Playing, draft: told.Consultation, appealed: told.Appealed) -> None:
        self._play = play
        self._said = next(each for each in draft.recommendations if each.key == appealed.of)
        self._recommendation = f"{draft.key}/{appealed.of}"
        self._told = appealed
        self._id = AppealId(0)

    def deeds(self) -> Iterator[Happening]:
        """Yield how it was received and how it was decided."""
        yield self._play.at(self._told.day, self._told.at), self._receive
        yield self._play.at_office(self._told.decided, 10), self._decide

    def _receive(self, at: datetime) -> None:
        def receive(db: Session) -> AppealId:
            key = self._play.recommendations[self._recommendation]
            by = self._play.residents.speaker(db, self._said.by, self._said.organisation)
            return appeal(db, key, reasons=self._told.reasons, by=by, at=at).id

        self._id = self._play.database.act(receive)

    def _decide(self, at: datetime) -> None:
        def decide(db: Session) -> None:
            by = self._play.residents.official(db, self._told.by)
            told_of = self._told
            decide_appeal(db, self._id, outcome=told_of.outcome, reasons=told_of.because, withheld=False, by=by, at=at)

        self._play.database.act(decide)


class Case:
    """A request for erasure, from the letter to the second pair of eyes."""

    def __init__(self, play: Playing, draft: told.Consultation, erasure: told.Erasure) -> None:
        self._play = play
        self._of = f"{draft.key}/{erasure.of}"
        self._told = erasure
        self._id = ErasureRequestId(0)

    def deeds(self) -> Iterator[Happening]:
        """Yield what happened to the request so far."""
        yield self._play.at_office(self._told.entered, 10), self._enter
        if self._told.decided is not None:
            yield self._play.at_office(self._told.decided, 10), self._choose
        if self._told.confirmed is not None:
            yield self._play.at_office(self._told.confirmed, 10), self._confirm

    def _enter(self, at: datetime) -> None:
        def enter(db: Session) -> ErasureRequestId:
            return enter_request(
                db,
                self._play.recommendations[self._of],
                ground=self._told.ground,
                words=self._told.words,
                name=self._told.name,
                email=None,
                by=self._play.residents.official(db, self._told.entered_by),
                at=at,
            ).id

        self._id = self._play.database.act(enter)

    def _choose(self, at: datetime) -> None:  # noqa: ARG002 - a choice has no date of its own
        def choose(db: Session) -> None:
            received, *_ = texts_about(db, db.get_one(Recommendation, self._play.recommendations[self._of]))
            choose_texts(
                db,
                self._id,
                commitments=[received.commitment],
                ground=self._told.ground,
                note=self._told.note,
                by=self._play.residents.official(db, self._play.town.authority.contact),
            )

        self._play.database.act(choose)

    def _confirm(self, at: datetime) -> None:
        def confirm(db: Session) -> None:
            confirm_erasure(db, self._id, by=self._play.residents.official(db, self._told.confirmed_by), at=at)

        self._play.database.act(confirm)


def _report(play: Playing, draft: told.Consultation, report: told.Report, at: datetime) -> None:
    key = play.recommendations[f"{draft.key}/{report.of}"]
    play.database.act(report_recommendation, key, rule=report.rule, words=report.words, email=None, at=at)


def _hide(play: Playing, draft: told.Consultation, hiding: told.Hiding, at: datetime) -> None:
    def hide(db: Session) -> None:
        key = play.recommendations[f"{draft.key}/{hiding.of}"]
        by = play.residents.official(db, hiding.by)
        hide_recommendation(db, key, rule=hiding.rule, facts=hiding.facts, by=by, at=at)

    play.database.act(hide)
