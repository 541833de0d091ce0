"""The register with contact data: whoever wrote is reached, whoever exports says why, nobody else reads it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.closed_accounts import RegisteredAuthor
from consult.consultations.contact_register import (
    Contact,
    NoPurpose,
    RegisterExport,
    contact_page,
    contact_part,
    export_register,
    find_export,
)
from consult.identity.offices import Role
from consult.identity.people import Person
from consult.record.entries import RecordedEvent
from consult.refusals import NotFound, NotPermitted
from tests.consultations.test_entering import LETTER, entered
from tests.factories import (
    NOW,
    a_citizen,
    a_member_of,
    a_recommendation,
    an_authority,
    an_official,
    an_open_consultation,
    an_organisation,
)

PURPOSE = "Controlul prefectului, adresa 1204/2026"


@pytest.fixture
def authority(db: Session):
    return an_authority(db)


@pytest.fixture
def consultation(db: Session, authority):
    return an_open_consultation(db, authority)


@pytest.fixture
def contact(db: Session, authority):
    return an_official(db, authority, Role.CONTACT_PERSON)


def contacts(db: Session, authority, by) -> list[Contact]:
    return [entry.contact for entry in contact_part(db, authority.id, NOW.year, by=by).entries]


def test_each_who_wrote_is_named_and_reached_whichever_way_it_came(
    db: Session, authority, consultation, contact
) -> None:
    organisation = an_organisation(
        db, authority, name="Asociația Livada", email="livada@posta.example", seat="Str. Gării 5"
    )
    a_recommendation(db, consultation, by=a_citizen(db, name="Ana Ilie", email="ana@posta.example"))
    a_recommendation(db, consultation, by=a_member_of(db, organisation, name="Elena Stan", email="elena@posta.example"))
    entered(db, consultation)

    assert contacts(db, authority, contact) == [
        Contact("Ana Ilie", "ana@posta.example"),
        Contact("Elena Stan", "livada@posta.example, Str. Gării 5, elena@posta.example", "Asociația Livada"),
        Contact(LETTER.name, LETTER.contact),
    ]


def test_the_register_still_reaches_whoever_closed_their_account(db: Session, authority, consultation, contact) -> None:
    said = a_recommendation(db, consultation)
    assert said.person_id is not None
    db.get_one(Person, said.person_id).disabled_at = NOW
    db.add(RegisteredAuthor(person_id=said.person_id, name="Ana Ilie", email="ana@posta.example"))
    db.flush()

    assert contacts(db, authority, contact) == [Contact("Ana Ilie", "ana@posta.example")]


def test_an_export_is_noted_with_its_purpose_and_not_in_the_public_record(
    db: Session, authority, consultation, contact
) -> None:
    a_recommendation(db, consultation)
    before = len(db.scalars(select(RecordedEvent)).all())

    export_id = export_register(db, authority.id, NOW.year, purpose=f" {PURPOSE} ", by=contact, at=NOW)

    (noted,) = contact_page(db, authority.id, NOW.year, by=contact).exports
    assert (noted.id, noted.purpose, noted.rows, noted.exported_at) == (export_id, PURPOSE, 1, NOW)
    assert len(db.scalars(select(RecordedEvent)).all()) == before


@pytest.mark.parametrize("purpose", ["", " ", "a\nb", "a" * 201])
def test_nothing_leaves_the_house_without_a_purpose(db: Session, authority, contact, purpose: str) -> None:
    with pytest.raises(NoPurpose):
        export_register(db, authority.id, NOW.year, purpose=purpose, by=contact, at=NOW)

    assert db.scalars(select(RegisterExport)).all() == []


def test_an_export_is_fetched_by_whoever_noted_it_alone(db: Session, authority, contact) -> None:
    export_id = export_register(db, authority.id, NOW.year, purpose=PURPOSE, by=contact, at=NOW)
    approver = an_official(db, authority, Role.APPROVER)

    assert find_export(db, authority.id, NOW.year, export_id, by=contact).purpose == PURPOSE
    with pytest.raises(NotFound):
        find_export(db, authority.id, NOW.year, export_id, by=approver)
    with pytest.raises(NotFound):
        find_export(db, authority.id, NOW.year - 1, export_id, by=contact)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.CONTACT_PERSON, Role.APPROVER}])
def test_other_officials_do_not_read_contact_data(db: Session, authority, role: Role) -> None:
    official = an_official(db, authority, role)

    with pytest.raises(NotPermitted):
        contact_page(db, authority.id, NOW.year, by=official)
    with pytest.raises(NotPermitted):
        contact_part(db, authority.id, NOW.year, by=official)
    with pytest.raises(NotPermitted):
        export_register(db, authority.id, NOW.year, purpose=PURPOSE, by=official, at=NOW)
