"""A participant is verified when an official saw proof of who they are or where they live."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import acting_as_self
from consult.identity.offices import Role
from consult.identity.permissions import NeedsOtherEyes
from consult.identity.residence import verify_residence
from consult.refusals import NotPermitted
from tests.factories.people import a_citizen, an_authority, an_official

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def test_who_showed_proof_to_an_official_is_verified(db: Session) -> None:
    authority, citizen = an_authority(db), a_citizen(db)

    verify_residence(db, authority.id, citizen.person_id, by=an_official(db, authority, Role.CLERK), at=AT)

    assert acting_as_self(db, citizen.person_id).is_verified


def test_no_official_verifies_themselves_and_not_every_role_may(db: Session) -> None:
    authority, citizen = an_authority(db), a_citizen(db)
    clerk = an_official(db, authority, Role.CLERK)

    with pytest.raises(NeedsOtherEyes):
        verify_residence(db, authority.id, clerk.person_id, by=clerk, at=AT)
    with pytest.raises(NotPermitted):
        verify_residence(db, authority.id, citizen.person_id, by=an_official(db, authority, Role.MODERATOR), at=AT)
