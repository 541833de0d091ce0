"""After the text is public: debate, avizare, session and outcome come in order, on days that the law allows."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.consultations.answer_publication import AnswersMissing
from consult.consultations.consultations import Stage
from consult.consultations.outcomes import (
    DecidedInSession,
    NotPublicThen,
    NotYet,
    TooEarly,
    record_outcome,
)
from consult.consultations.procedure import UnlawfulDay
from consult.consultations.recommendations import Verdict
from consult.consultations.responses import draft_answers
from consult.consultations.steps import (
    OutOfOrder,
    submit_for_avizare,
)
from consult.i18n import ZONE
from consult.identity.offices import Role
from consult.refusals import NotFound, NotPermitted
from tests.factories import (
    NOW,
    a_citizen,
    a_recommendation,
    a_session,
    an_authority,
    an_official,
    an_open_consultation,
)

LAWFUL = datetime(2026, 11, 17, 12, tzinfo=ZONE)


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


def test_a_draft_goes_on_to_avizare_on_the_thirty_first_working_day_and_not_before(
    db: Session, consultation, contact
) -> None:
    with pytest.raises(UnlawfulDay):
        submit_for_avizare(db, consultation.id, by=contact, at=LAWFUL - timedelta(days=1))

    submit_for_avizare(db, consultation.id, by=contact, at=LAWFUL)

    assert consultation.stage is Stage.SUBMITTED


def test_a_draft_does_not_go_on_while_a_recommendation_is_unanswered(db: Session, consultation, contact) -> None:
    recommendation = a_recommendation(db, consultation)

    with pytest.raises(AnswersMissing):
        submit_for_avizare(db, consultation.id, by=contact, at=LAWFUL)
    draft_answers(
        db,
        consultation.id,
        recommendation_ids=[recommendation.id],
        verdict=Verdict.OUT_OF_SCOPE,
        reason="Privește alt act.",
        by=contact,
        at=LAWFUL,
    )
    with pytest.raises(AnswersMissing):
        submit_for_avizare(db, consultation.id, by=contact, at=LAWFUL)


def test_an_outcome_is_told_after_it_happened_with_the_act_s_number(db: Session, consultation, contact) -> None:
    submit_for_avizare(db, consultation.id, by=contact, at=LAWFUL)
    facts = {"outcome": Stage.ADOPTED, "note": "HCL 212/2026", "by": contact, "at": LAWFUL}

    with pytest.raises(NotYet):
        record_outcome(db, consultation.id, on=date(2026, 11, 18), **facts)
    record_outcome(db, consultation.id, on=date(2026, 11, 17), **facts)

    assert consultation.stage is Stage.ADOPTED


def test_nothing_is_decided_before_avizare(db: Session, consultation, contact) -> None:
    submit_for_avizare(db, consultation.id, by=contact, at=LAWFUL)
    facts = {"outcome": Stage.ADOPTED, "note": "Dispoziția nr. 512", "by": contact, "at": LAWFUL}

    with pytest.raises(TooEarly) as refusal:
        record_outcome(db, consultation.id, on=LAWFUL.date() - timedelta(days=1), **facts)
    record_outcome(db, consultation.id, on=LAWFUL.date(), **facts)

    assert refusal.value.facts == {"earliest": LAWFUL.date()}


def test_what_is_on_the_agenda_of_a_session_is_decided_there_unless_it_is_withdrawn(
    db: Session, consultation, contact
) -> None:
    submit_for_avizare(db, consultation.id, by=contact, at=LAWFUL)
    a_session(db, [consultation], contact, starts_at=LAWFUL + timedelta(days=6), at=LAWFUL)
    today = {"on": LAWFUL.date(), "by": contact, "at": LAWFUL}

    with pytest.raises(DecidedInSession):
        record_outcome(db, consultation.id, outcome=Stage.ADOPTED, note="HCL 212/2026", **today)
    record_outcome(db, consultation.id, outcome=Stage.WITHDRAWN, note="Se reface studiul.", **today)

    assert consultation.stage is Stage.WITHDRAWN


def test_a_draft_is_not_withdrawn_before_it_was_public(db: Session, consultation, contact) -> None:
    facts = {"outcome": Stage.WITHDRAWN, "note": "Se reface studiul.", "by": contact, "at": LAWFUL}

    with pytest.raises(NotPublicThen):
        record_outcome(db, consultation.id, on=consultation.announced_on - timedelta(days=1), **facts)


def test_a_draft_can_be_withdrawn_at_any_stage_but_not_adopted_at_any(db: Session, consultation, contact) -> None:
    today = {"on": date(2026, 10, 5), "by": contact, "at": NOW}

    with pytest.raises(OutOfOrder):
        record_outcome(db, consultation.id, outcome=Stage.ADOPTED, note="", **today)
    record_outcome(db, consultation.id, outcome=Stage.WITHDRAWN, note="Se reface studiul.", **today)

    assert consultation.stage is Stage.WITHDRAWN
    assert not consultation.is_open_at(NOW)


def test_only_officials_of_the_authority_lead_a_consultation_on(db: Session, consultation) -> None:
    for outsider in (a_citizen(db), an_official(db, an_authority(db), Role.CONTACT_PERSON)):
        with pytest.raises((NotPermitted, NotFound)):
            submit_for_avizare(db, consultation.id, by=outsider, at=LAWFUL)
