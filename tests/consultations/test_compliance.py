"""How the law was kept: each duty of the pack stands as the days, the acts and the confirmations say."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.compliance import compliance_page
from consult.consultations.duties import (
    ConfirmedBefore,
    NoSuchDuty,
    NotDoneThen,
    NoteMissing,
    confirm_duty,
)
from consult.consultations.standings import State
from consult.consultations.steps import submit_for_avizare
from consult.identity.offices import Role
from consult.refusals import NotPermitted
from tests.factories import NOW, a_citizen, a_recommendation, an_authority, an_official, an_open_consultation
from tests.factories.consultations import answer_everything, the_day_after

SEAT = "announcement-at-seat"


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def clerk(db: Session, authority):
    return an_official(db, authority, Role.CLERK)


def standings(db: Session, consultation, at=NOW):
    found = compliance_page(db, consultation.authority_id, consultation.reference, at=at)
    return {line.rule.id: line.standing for lines in found.groups.values() for line in lines}


def states(db: Session, consultation, at=NOW):
    return {rule: standing.state for rule, standing in standings(db, consultation, at).items()}


def test_what_the_announcement_says_is_met_and_what_is_to_come_is_not_yet_due(db: Session, consultation) -> None:
    found = states(db, consultation)

    assert found["proposals-period"] is State.MET
    assert found["announcement-full-text"] is State.MET
    assert found["announcement-before-avizare"] is State.NOT_YET
    assert found["session-notice"] is State.NOT_YET
    assert found["written-justification"] is State.NOT_YET
    assert found["debate-on-site"] is State.NOT_APPLICABLE
    assert found["announcement-to-business"] is State.NOT_APPLICABLE
    assert found["urgency-motive"] is State.NOT_APPLICABLE


def test_what_is_done_outside_these_pages_is_met_once_an_official_confirms_it(db: Session, consultation, clerk) -> None:
    assert states(db, consultation)[SEAT] is State.UNKNOWN

    confirm_duty(db, consultation.id, rule=SEAT, done_on=date(2026, 10, 5), note="La avizier.", by=clerk, at=NOW)

    standing = standings(db, consultation)[SEAT]
    assert (standing.state, standing.on, standing.note) == (State.MET, date(2026, 10, 5), "La avizier.")
    assert standing.event_id


def test_answers_are_not_yet_due_then_late_then_given(db: Session, consultation) -> None:
    a_recommendation(db, consultation)
    closed, late = the_day_after(consultation.proposals_until), the_day_after(consultation.submission_on)

    assert states(db, consultation, closed)["written-justification"] is State.NOT_YET
    assert states(db, consultation, late)["written-justification"] is State.NOT_MET

    answer_everything(db, consultation)
    assert standings(db, consultation, late)["written-justification"].on == date(2026, 10, 16)


def test_avizare_is_held_against_the_thirty_working_days(db: Session, authority, consultation) -> None:
    contact = an_official(db, authority, Role.CONTACT_PERSON)
    at = the_day_after(consultation.submission_on)
    submit_for_avizare(db, consultation.id, by=contact, at=at)

    found = standings(db, consultation, at)["announcement-before-avizare"]

    assert (found.state, found.on) == (State.MET, consultation.submission_on + timedelta(days=1))


def test_only_what_these_pages_cannot_see_is_confirmed_once_with_a_day_and_a_note(
    db: Session, consultation, clerk
) -> None:
    said = {"rule": SEAT, "done_on": date(2026, 10, 5), "note": "La avizier.", "by": clerk, "at": NOW}

    with pytest.raises(NoSuchDuty):
        confirm_duty(db, consultation.id, **{**said, "rule": "announcement-full-text"})
    for day in (date(2026, 10, 4), date(2026, 10, 6)):
        with pytest.raises(NotDoneThen):
            confirm_duty(db, consultation.id, **{**said, "done_on": day})
    with pytest.raises(NoteMissing):
        confirm_duty(db, consultation.id, **{**said, "note": " "})
    confirm_duty(db, consultation.id, **said)
    with pytest.raises(ConfirmedBefore):
        confirm_duty(db, consultation.id, **said)


def test_citizens_confirm_no_duties(db: Session, consultation) -> None:
    citizen = a_citizen(db)

    with pytest.raises(NotPermitted):
        confirm_duty(db, consultation.id, rule=SEAT, done_on=date(2026, 10, 5), note="Da.", by=citizen, at=NOW)
