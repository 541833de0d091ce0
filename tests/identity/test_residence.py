"""A participant is verified when an official saw proof of who they are or where they live."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import acting_as_self
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.identity.residence import NoSuchParticipant, verify_residence
from consult.refusals import NotPermitted
from tests.factories.people import PersonFactory, a_citizen, added, an_authority, an_official

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def test_who_showed_proof_to_an_official_is_verified(db: Session) -> None:
    authority, citizen = an_authority(db), a_citizen(db, email="ana@example.ro")

    verify_residence(db, authority.id, "Ana@example.ro", by=an_official(db, authority, Role.CLERK), at=AT)

    assert acting_as_self(db, citizen.person_id).is_verified


def test_no_official_verifies_themselves_and_not_every_role_may(db: Session) -> None:
    authority = an_authority(db)
    a_citizen(db, email="ana@example.ro")
    clerk = an_official(db, authority, Role.CLERK, email="clerk@primaria.example")

    with pytest.raises(NeedsOtherEyes):
        verify_residence(db, authority.id, "clerk@primaria.example", by=clerk, at=AT)
    with pytest.raises(NotPermitted):
        verify_residence(db, authority.id, "ana@example.ro", by=an_official(db, authority, Role.MODERATOR), at=AT)


@pytest.mark.parametrize("facts", [{"email_confirmed_at": None}, {"disabled_at": AT}])
def test_only_a_living_account_can_be_verified(db: Session, facts: dict[str, object]) -> None:
    authority = an_authority(db)
    added(db, PersonFactory.build(email="ana@example.ro", **facts))

    for email in ("ana@example.ro", "nimeni@example.ro"):
        with pytest.raises(NoSuchParticipant):
            verify_residence(db, authority.id, email, by=an_official(db, authority, Role.CLERK), at=AT)
