"""In the record a person has one random name for each procedure, and the role of the act."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import Actor
from consult.identity.offices import Role
from consult.identity.pseudonyms import pseudonym_of, record, role_in_record
from consult.record.entry_form import Commitment, Event
from consult.record.events import (
    ConsultationAnnounced,
    OfficialAppointed,
    OrganisationVerified,
    RecommendationReceived,
    SupportCounted,
)
from consult.refusals import NotPermitted
from tests.factories.people import a_citizen, a_member_of, an_authority, an_official, an_organisation

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
PROCEDURE = "consult:izvoru/consultari/112-2026"


def test_a_person_has_one_name_in_a_procedure_and_another_in_the_next(db: Session) -> None:
    ana, dan = a_citizen(db).person_id, a_citizen(db).person_id

    name = pseudonym_of(db, ana, PROCEDURE)

    assert pseudonym_of(db, ana, f"{PROCEDURE}/propuneri/47-2026") == name
    assert pseudonym_of(db, ana, "consult:izvoru/consultari/113-2026") != name
    assert pseudonym_of(db, dan, PROCEDURE) != name
    assert len(bytes.fromhex(name)) * 8 == 64


def test_an_entry_carries_role_and_pseudonym_and_nothing_of_the_person(db: Session) -> None:
    citizen = a_citizen(db, name="Ana Pop", email="ana@example.ro")
    event = RecommendationReceived(
        subject=f"{PROCEDURE}/propuneri/47-2026", number=47, kind="change", body=Commitment("0" * 64, 12)
    )

    recorded = record(db, event, by=citizen, at=AT)

    assert recorded.stated["actor"] == {
        "role": "participant",
        "pseudonym": pseudonym_of(db, citizen.person_id, PROCEDURE),
    }
    assert b"Ana" not in recorded.entry
    assert b"ana@" not in recorded.entry


@dataclass(frozen=True)
class Town:
    citizen: Actor
    resident: Actor
    member: Actor
    official: Actor


@pytest.fixture
def town(db: Session) -> Town:
    authority = an_authority(db)
    resident = a_citizen(db, residence_verified_at=AT)
    roles = (Role.CLERK, Role.APPROVER, Role.CONTACT_PERSON, Role.ADMINISTRATOR)
    return Town(
        a_citizen(db), resident, a_member_of(db, an_organisation(db, authority)), an_official(db, authority, *roles)
    )


@pytest.mark.parametrize(
    ("who", "event", "role"),
    [
        ("citizen", RecommendationReceived, "participant"),
        ("resident", RecommendationReceived, "verified_participant"),
        ("member", RecommendationReceived, "organisation_member"),
        ("official", RecommendationReceived, "contact_person"),
        ("official", ConsultationAnnounced, "approver"),
        ("official", OfficialAppointed, "administrator"),
        ("official", OrganisationVerified, "contact_person"),
    ],
)
def test_the_record_names_the_role_that_the_act_is_done_in(town: Town, who: str, event: type[Event], role: str) -> None:
    assert role_in_record(getattr(town, who), event.signers) == role


def test_nobody_records_what_is_not_theirs_to_record(town: Town) -> None:
    with pytest.raises(NotPermitted):
        role_in_record(town.citizen, ConsultationAnnounced.signers)
    with pytest.raises(NotPermitted):
        role_in_record(town.official, SupportCounted.signers)
