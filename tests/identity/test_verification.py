"""An organisation is believed when an official has looked at its papers and says what they saw."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.identity.actors import acting_as_member
from consult.identity.authorities import Authority
from consult.identity.names import NotAName, NotAnEmail
from consult.identity.offices import Role
from consult.identity.organisations import (
    Membership,
    NotAFiscalCode,
    NotARegistryNumber,
    Organisation,
    Standing,
    organisations_of,
)
from consult.identity.permissions import NeedsOtherEyes
from consult.identity.verification import (
    AlreadyDecided,
    AlreadyRegistered,
    AlreadyWaiting,
    NotASeat,
    NoteMissing,
    OrganisationFacts,
    organisation_at,
    organisations_at,
    refuse_organisation,
    register_organisation,
    verify_organisation,
)
from consult.record.entries import RecordedEvent, history
from consult.refusals import NotFound, NotPermitted, Several
from tests.factories.people import a_citizen, added, an_authority, an_official
from tests.identity.letters import kinds

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
FACTS = OrganisationFacts(
    name="Asociația Pietonii Orașului",
    registry_number="1039/A/2019",
    fiscal_code="RO 18547290",
    seat="Str. Gării 5, Izvoru",
    email="contact@pietonii.example",
)


def test_a_verified_organisation_acts_and_the_record_and_its_members_know(db: Session) -> None:
    authority = an_authority(db, slug="izvoru")
    founder = a_citizen(db, email="ana@example.ro")
    organisation = register_organisation(db, authority.id, FACTS, by=founder, at=AT)
    official = an_official(db, authority, Role.CONTACT_PERSON)

    assert organisation.standing is Standing.PENDING
    assert organisations_at(db, authority.id, Standing.PENDING) == [organisation]
    verify_organisation(db, organisation.id, note=" Am văzut actul constitutiv. ", by=official, at=AT)

    assert organisation.note == "Am văzut actul constitutiv."
    assert organisation.decided_by == official.person_id
    assert acting_as_member(db, founder.person_id, organisation.id).capacity.is_verified
    assert organisations_of(db, founder.person_id) == [organisation]
    assert kinds(db) == [("ana@example.ro", "organisation-verified")]
    (entry,) = history(db, "consult:izvoru/organizatii/18547290")
    assert entry.event.stated["type"] == "organisation.verified"
    assert entry.event.stated["actor"]["role"] == "contact_person"
    assert entry.event.stated["facts"]["registry_number"] == "1039/A/2019"


def test_a_refused_organisation_is_told_why_and_leaves_no_entry(db: Session) -> None:
    authority = an_authority(db)
    founder = a_citizen(db, email="ana@example.ro")
    organisation = register_organisation(db, authority.id, FACTS, by=founder, at=AT)
    official = an_official(db, authority, Role.ADMINISTRATOR)

    refuse_organisation(db, organisation.id, note="Codul fiscal e al altcuiva.", by=official, at=AT)

    assert organisation.standing is Standing.REFUSED
    assert kinds(db) == [("ana@example.ro", "organisation-refused")]
    assert db.scalar(select(func.count()).select_from(RecordedEvent)) == 0
    with pytest.raises(AlreadyDecided):
        verify_organisation(db, organisation.id, note="Totuși.", by=official, at=AT)
    again = register_organisation(db, authority.id, FACTS, by=founder, at=AT)
    assert again.id != organisation.id


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (replace(FACTS, name=" "), NotAName),
        (replace(FACTS, seat="Strada\nGării"), NotASeat),
        (replace(FACTS, registry_number="1039"), NotARegistryNumber),
        (replace(FACTS, fiscal_code="18547291"), NotAFiscalCode),
        (replace(FACTS, email="contact"), NotAnEmail),
    ],
)
def test_facts_that_cannot_be_right_are_refused_beside_their_field(
    db: Session, facts: OrganisationFacts, refusal: type[NotAName]
) -> None:
    authority = an_authority(db)

    with pytest.raises(refusal) as refused:
        register_organisation(db, authority.id, facts, by=a_citizen(db), at=AT)

    changed = [name for name in vars(facts) if getattr(facts, name) != getattr(FACTS, name)]
    assert [refused.value.field] == changed
    assert db.scalar(select(func.count()).select_from(Organisation)) == 0


def test_all_facts_that_cannot_be_right_are_refused_at_once(db: Session) -> None:
    authority = an_authority(db)
    wrong = replace(FACTS, name=" ", registry_number="1039", fiscal_code="18547291")

    with pytest.raises(Several) as refused:
        register_organisation(db, authority.id, wrong, by=a_citizen(db), at=AT)

    assert [part.field for part in refused.value.parts] == ["name", "registry_number", "fiscal_code"]


def test_a_claim_on_a_fiscal_code_does_not_keep_the_true_one_out(db: Session) -> None:
    authority = an_authority(db)
    official = an_official(db, authority, Role.CONTACT_PERSON)
    squatter = register_organisation(db, authority.id, FACTS, by=a_citizen(db), at=AT)

    true_one = register_organisation(db, authority.id, FACTS, by=a_citizen(db), at=AT)
    verify_organisation(db, true_one.id, note="Am văzut actele.", by=official, at=AT)

    with pytest.raises(AlreadyRegistered):
        verify_organisation(db, squatter.id, note="Am văzut actele.", by=official, at=AT)
    with pytest.raises(AlreadyRegistered):
        register_organisation(db, authority.id, FACTS, by=a_citizen(db), at=AT)


def test_the_same_claim_twice_waits_once(db: Session) -> None:
    authority, founder = an_authority(db), a_citizen(db)
    register_organisation(db, authority.id, FACTS, by=founder, at=AT)

    with pytest.raises(AlreadyWaiting):
        register_organisation(db, authority.id, FACTS, by=founder, at=AT)

    assert db.scalar(select(func.count()).select_from(Organisation)) == 1


@pytest.mark.parametrize("note", ["", "   ", "n" * 2001])
def test_a_decision_says_what_was_seen(db: Session, note: str) -> None:
    authority = an_authority(db)
    organisation = register_organisation(db, authority.id, FACTS, by=a_citizen(db), at=AT)
    official = an_official(db, authority, Role.CONTACT_PERSON)

    for decide in (verify_organisation, refuse_organisation):
        with pytest.raises(NoteMissing):
            decide(db, organisation.id, note=note, by=official, at=AT)

    assert organisation.standing is Standing.PENDING


def test_a_member_does_not_verify_their_own_organisation_in_office(db: Session) -> None:
    authority = an_authority(db)
    organisation = register_organisation(db, authority.id, FACTS, by=a_citizen(db), at=AT)
    official = an_official(db, authority, Role.CONTACT_PERSON)
    added(
        db,
        Membership(
            organisation_id=organisation.id, person_id=official.person_id, invited_by=organisation.created_by, since=AT
        ),
    )

    with pytest.raises(NeedsOtherEyes):
        verify_organisation(db, organisation.id, note="Sunt eu.", by=official, at=AT)


def test_officials_of_another_town_do_not_know_of_it(db: Session) -> None:
    here: Authority = an_authority(db)
    there = an_authority(db)
    organisation = register_organisation(db, here.id, FACTS, by=a_citizen(db), at=AT)

    with pytest.raises(NotFound):
        verify_organisation(db, organisation.id, note="n", by=an_official(db, there, *Role), at=AT)
    with pytest.raises(NotFound):
        organisation_at(db, there.id, organisation.id)
    assert organisation_at(db, here.id, organisation.id) is organisation


def test_whoever_has_not_confirmed_an_address_registers_nothing(db: Session) -> None:
    authority = an_authority(db)

    with pytest.raises(NotPermitted):
        register_organisation(db, authority.id, FACTS, by=a_citizen(db, email_confirmed_at=None), at=AT)
