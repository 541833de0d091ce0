"""A date that was promised is moved later, with a reason, before it comes; never closer, and never in silence."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.date_moves import DayIsOver, Promised, Shortened, movable, move_date, moves_of_dates
from consult.consultations.doubts import DaysInDoubt
from consult.consultations.procedure import BeforeTheDeadline, TooFarAhead
from consult.consultations.steps import OutOfOrder, submit_for_avizare
from consult.consultations.submissions import ConsultationClosed
from consult.identity.offices import Role
from consult.meetings.announcing import ReasonMissing
from consult.refusals import NotPermitted
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import the_day_after
from tests.identity.letters import letters

WHY = "Dezbaterea a fost cerută de două asociații."
PROPOSALS, SUBMISSION = Promised.PROPOSALS, Promised.SUBMISSION


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    """Announced on 5 October 2026: proposals until 15 October, avizare on 17 November."""
    return an_open_consultation(db, authority)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


def test_proposals_are_received_until_the_new_day_and_the_old_one_stays_known(
    db: Session, consultation, contact
) -> None:
    old_end = consultation.closes_at

    move_date(db, consultation.id, of=PROPOSALS, day=date(2026, 10, 22), reason=WHY, by=contact, at=NOW)

    assert consultation.proposals_until == date(2026, 10, 22)
    assert consultation.closes_at == old_end + timedelta(days=7)
    (move,) = moves_of_dates(db, consultation.id)
    assert (move.was_on, move.day, move.reason) == (date(2026, 10, 15), date(2026, 10, 22), WHY)


def test_a_proposal_in_the_second_of_the_old_deadline_is_in_time_once_the_date_was_moved(
    db: Session, consultation, contact
) -> None:
    old_end = consultation.closes_at
    with pytest.raises(ConsultationClosed):
        a_recommendation(db, consultation, at=old_end)

    move_date(
        db,
        consultation.id,
        of=PROPOSALS,
        day=date(2026, 10, 22),
        reason=WHY,
        by=contact,
        at=old_end - timedelta(seconds=1),
    )

    assert a_recommendation(db, consultation, at=old_end).number == 1
    with pytest.raises(ConsultationClosed):
        a_recommendation(db, consultation, at=consultation.closes_at)


def test_nobody_gets_less_time_than_was_promised(db: Session, consultation, contact) -> None:
    move_date(db, consultation.id, of=PROPOSALS, day=date(2026, 10, 22), reason=WHY, by=contact, at=NOW)

    # The law would be content with 15 October; the people were promised 22.
    for day in (date(2026, 10, 20), date(2026, 10, 22)):
        with pytest.raises(Shortened) as refused:
            move_date(db, consultation.id, of=PROPOSALS, day=day, reason=WHY, by=contact, at=NOW)
    assert refused.value.facts["rule"] == "Legea 52/2003, art. 7 alin. (4)"
    with pytest.raises(Shortened):
        move_date(db, consultation.id, of=SUBMISSION, day=date(2026, 11, 17), reason=WHY, by=contact, at=NOW)


def test_a_new_last_day_that_is_a_day_off_is_meant_and_runs_on(db: Session, consultation, contact) -> None:
    sunday = date(2026, 10, 25)
    with pytest.raises(DaysInDoubt):
        move_date(db, consultation.id, of=PROPOSALS, day=sunday, reason=WHY, by=contact, at=NOW)

    move = move_date(db, consultation.id, of=PROPOSALS, day=sunday, reason=WHY, sure_of=[sunday], by=contact, at=NOW)

    assert move.day == date(2026, 10, 26)


def test_a_date_is_moved_with_a_reason_and_within_bounds(db: Session, consultation, contact) -> None:
    with pytest.raises(ReasonMissing):
        move_date(db, consultation.id, of=PROPOSALS, day=date(2026, 10, 22), reason=" ", by=contact, at=NOW)
    with pytest.raises(TooFarAhead):
        move_date(db, consultation.id, of=SUBMISSION, day=date(2036, 10, 22), reason=WHY, by=contact, at=NOW)
    with pytest.raises(BeforeTheDeadline) as refused:
        move_date(db, consultation.id, of=PROPOSALS, day=date(2026, 11, 18), reason=WHY, by=contact, at=NOW)
    assert refused.value.field == "day"


def test_a_day_that_has_passed_is_late_and_not_moved(db: Session, consultation, contact) -> None:
    closed = the_day_after(consultation.proposals_until)
    late = the_day_after(consultation.submission_on)

    with pytest.raises(DayIsOver):
        move_date(db, consultation.id, of=PROPOSALS, day=date(2026, 10, 22), reason=WHY, by=contact, at=closed)
    with pytest.raises(DayIsOver):
        move_date(db, consultation.id, of=SUBMISSION, day=date(2026, 12, 22), reason=WHY, by=contact, at=late)
    assert movable(consultation, NOW) == [PROPOSALS, SUBMISSION]
    assert movable(consultation, closed) == [SUBMISSION]
    assert movable(consultation, late) == []


def test_what_has_gone_on_to_avizare_has_no_date_to_move(db: Session, consultation, contact) -> None:
    at = the_day_after(consultation.submission_on) - timedelta(days=1)
    submit_for_avizare(db, consultation.id, by=contact, at=at)

    with pytest.raises(OutOfOrder):
        move_date(db, consultation.id, of=SUBMISSION, day=date(2026, 12, 22), reason=WHY, by=contact, at=at)


def test_whoever_took_part_is_written_to(db: Session, consultation, contact) -> None:
    a_recommendation(db, consultation, by=a_citizen(db))

    move_date(db, consultation.id, of=SUBMISSION, day=date(2026, 11, 24), reason=WHY, by=contact, at=NOW)

    letter = letters(db)[-1].letter
    assert (letter.of, letter.was_on, letter.day) == ("submission_on", date(2026, 11, 17), date(2026, 11, 24))
    assert letter.reason == WHY


def test_only_who_leads_the_procedure_moves_its_dates(db: Session, authority, consultation) -> None:
    clerk = an_official(db, authority, Role.CLERK)

    with pytest.raises(NotPermitted):
        move_date(db, consultation.id, of=PROPOSALS, day=date(2026, 10, 22), reason=WHY, by=clerk, at=NOW)
