"""Dates that were moved, replayed: before they came, only to a later day, with a reason, and within the law's terms."""

from collections.abc import Iterator
from datetime import date

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.announcements import (
    ANNOUNCEMENT,
    EVENTS,
    PROPOSALS_UNTIL,
    SUBMISSION_ON,
    circumstances_of,
    local_last_day,
)
from consult.audit.books import Books
from consult.audit.dates import breaches_between
from consult.audit.failures import Breach, Words
from consult.audit.procedures import Procedure
from consult.i18n import N_
from consult.policy.deadlines import last_instant
from consult.record.events import ConsultationDateMoved

#: The stages in which each date is still to come.
STAGES = {PROPOSALS_UNTIL: ("proposals",), SUBMISSION_ON: ("proposals", "analysis", "answered")}


def date_moved(books: Books, act: Act, event: ConsultationDateMoved) -> Iterator[Breach]:
    """A date is moved while it is still to come, from the day that was promised to a later one that the law allows."""
    procedure = books.procedure(act.subject)
    if procedure is None or procedure.announced_at is None:
        return
    if event.term not in EVENTS:
        yield Breach(rules.DATED, event.term, tuple(EVENTS))
        return
    stage = procedure.stage_at(act.at)
    if stage not in STAGES[event.term]:
        yield Breach(rules.IN_ORDER, stage, STAGES[event.term])
    promised = _promised(procedure, event.term)
    if event.was != promised:
        yield Breach(rules.MOVED_LATER, event.was, promised)
    if event.date <= event.was:
        yield Breach(rules.MOVED_LATER, event.date, Words(N_("after %(day)s"), {"day": event.was}))
    if procedure.day(act.at) > event.was:
        yield Breach(rules.MOVED_LATER, act.at, Words(N_("at the latest %(day)s"), {"day": event.was}))
    if not event.reason.strip():
        yield Breach(rules.WITH_REASON, None, Words(N_("a reason, in the authority's words")))
    yield from breaches_between(
        books.pack_of(procedure),
        ANNOUNCEMENT,
        EVENTS[event.term],
        since=procedure.day(procedure.announced_at),
        chosen=event.date,
        circumstances=circumstances_of(procedure),
    )
    if event.term == PROPOSALS_UNTIL:
        procedure.closes_at = last_instant(event.date, procedure.zone)
    else:
        procedure.submission_on = event.date
    yield from _apart(procedure)


def _promised(procedure: Procedure, term: str) -> date | None:
    """Return the day that held until now."""
    return local_last_day(procedure) if term == PROPOSALS_UNTIL else procedure.submission_on


def _apart(procedure: Procedure) -> Iterator[Breach]:
    """A draft still goes on to avizare only after the last day for proposals."""
    until, submission = local_last_day(procedure), procedure.submission_on
    if until and submission and submission <= until:
        yield Breach(rules.FINISHED, submission, Words(N_("after %(day)s"), {"day": until}))
