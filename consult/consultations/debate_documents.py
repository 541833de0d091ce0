"""What a debate owes afterwards: its documents, within ten days of its end or as soon as they come to exist.

Law 52/2003, art. 7(10) d), lists the minutes, the written recommendations, the improved versions, the reports of
avizare and the version adopted, the last of which seldom exist after ten days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.consultations import Consultation, Stage
from consult.consultations.documents import Document, DocumentKind, documents_of
from consult.consultations.procedure import local_day, pack_of
from consult.consultations.versions import Version
from consult.meetings.meetings import Meeting
from consult.meetings.minutes import MinutesVersion
from consult.policy.deadlines import Deadline, evaluate

#: The rule of the pack.
RULE = "debate-documents"


class Duty(StrEnum):
    """The documents, in the order of the law."""

    MINUTES = "minutes"
    RECOMMENDATIONS = "recommendations"
    VERSIONS = "versions"
    OPINIONS = "opinions"
    ADOPTED = "adopted"


class DutyState(StrEnum):
    """Whether a document is public, in time or not, and if it is not, whether it should be."""

    MET = "met"
    MET_LATE = "met_late"
    #: It does not exist yet, as far as anybody here knows.
    TO_COME = "to_come"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Owed:
    """One document. `due_on`: the last day in time; `met_on`: the day on which it became public."""

    duty: Duty
    due_on: date
    met_on: date | None
    exists: bool

    def state_on(self, today: date) -> DutyState:
        """Return how it stands on a day."""
        if self.met_on is not None:
            return DutyState.MET if self.met_on <= self.due_on else DutyState.MET_LATE
        if not self.exists:
            return DutyState.TO_COME
        return DutyState.DUE if today <= self.due_on else DutyState.LATE


@dataclass(frozen=True)
class OwedAfterDebate:
    """The clock that runs from the end of a debate, and each document. `deadline`: with its article and its reason."""

    meeting: Meeting
    deadline: Deadline
    documents: Sequence[Owed]


def owed_after(db: Session, meeting: Meeting, consultation: Consultation) -> OwedAfterDebate | None:
    """Return what a debate owes by the consultation's own pack; nothing before its end."""
    if meeting.ended_at is None:
        return None
    deadline = evaluate(pack_of(db, consultation), RULE, local_day(meeting.ended_at))
    return OwedAfterDebate(meeting, deadline, list(_documents(db, meeting, consultation, deadline.day)))


def _documents(db: Session, meeting: Meeting, consultation: Consultation, last_day: date) -> Iterator[Owed]:
    assert meeting.ended_at is not None, "nothing is owed before the end"
    ended_on = local_day(meeting.ended_at)
    documents = documents_of(db, consultation.id)
    minutes = db.scalar(
        select(MinutesVersion.published_at)
        .where(MinutesVersion.meeting_id == meeting.id)
        .order_by(MinutesVersion.number)
        .limit(1)
    )
    scans = _first_of(documents, DocumentKind.MINUTES)
    minuted = min((day for day in (scans, local_day(minutes) if minutes else None) if day), default=None)
    yield Owed(Duty.MINUTES, last_day, minuted, exists=True)
    # Each recommendation is on the register from the moment in which it came in.
    yield Owed(Duty.RECOMMENDATIONS, last_day, ended_on, exists=True)
    improved = db.scalar(
        select(Version.published_at)
        .where(Version.consultation_id == consultation.id, Version.number > 1)
        .order_by(Version.number)
        .limit(1)
    )
    yield _as_it_comes(Duty.VERSIONS, last_day, local_day(improved) if improved else None)
    yield _as_it_comes(Duty.OPINIONS, last_day, _first_of(documents, DocumentKind.OPINION))
    yield _adopted(consultation, last_day, _first_of(documents, DocumentKind.FINAL))


def _adopted(consultation: Consultation, last_day: date, met_on: date | None) -> Owed:
    """Return the version adopted: it exists from the day of its adoption, which most often comes after the ten days."""
    adopted_on = consultation.ended_on if consultation.stage is Stage.ADOPTED else None
    if adopted_on is None or (met_on is not None and adopted_on > last_day):
        return _as_it_comes(Duty.ADOPTED, last_day, met_on)
    return Owed(Duty.ADOPTED, max(last_day, adopted_on), met_on, exists=True)


def _as_it_comes(duty: Duty, last_day: date, met_on: date | None) -> Owed:
    """Return a document of which nobody here knows that it exists before it is published: it cannot be late."""
    return Owed(duty, max(last_day, met_on) if met_on else last_day, met_on, exists=False)


def _first_of(documents: Sequence[Document], kind: DocumentKind) -> date | None:
    """Return the day on which the first document of a kind was published."""
    return min((local_day(each.added_at) for each in documents if each.kind is kind), default=None)
