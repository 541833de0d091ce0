"""An actor is worked out anew for each request: what has ended, ended."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from consult.i18n import current_locale
from consult.identity.actors import (
    NotAMember,
    acting_as_member,
    acting_as_official,
    acting_as_self,
    participant_label,
)
from consult.identity.offices import Role
from consult.identity.organisations import current_membership
from consult.identity.people import Person
from consult.refusals import NotFound
from tests.factories.people import a_citizen, a_member_of, an_authority, an_official, an_organisation

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


def test_a_member_who_left_no_longer_acts_for_the_organisation(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db))
    member = a_member_of(db, organisation)
    membership = current_membership(db, member.person_id, organisation.id)
    assert membership is not None

    membership.until = AT
    db.flush()

    with pytest.raises(NotAMember):
        acting_as_member(db, member.person_id, organisation.id)


def test_nobody_acts_for_an_organisation_of_others(db: Session) -> None:
    organisation = an_organisation(db, an_authority(db))

    with pytest.raises(NotAMember):
        acting_as_member(db, a_citizen(db).person_id, organisation.id)


def test_an_official_of_one_town_sees_no_desk_in_another(db: Session) -> None:
    here, there = an_authority(db), an_authority(db)
    official = an_official(db, here, Role.CLERK, Role.APPROVER)

    assert official.roles == {Role.CLERK, Role.APPROVER}
    assert official.authority_id == here.id
    with pytest.raises(NotFound):
        acting_as_official(db, official.person_id, there.id)


def test_a_closed_account_acts_in_no_capacity(db: Session) -> None:
    authority = an_authority(db)
    organisation = an_organisation(db, authority)
    official, member = an_official(db, authority, Role.CLERK), a_member_of(db, organisation)
    for actor in (official, member):
        db.get_one(Person, actor.person_id).disabled_at = AT

    with pytest.raises(NotFound):
        acting_as_self(db, official.person_id)
    with pytest.raises(NotFound):
        acting_as_official(db, official.person_id, authority.id)
    with pytest.raises(NotFound):
        acting_as_member(db, member.person_id, organisation.id)


def test_officials_see_name_and_capacity(db: Session) -> None:
    current_locale.set("en")
    authority = an_authority(db)
    organisation = an_organisation(db, authority, name="Asociația Pietonii")

    assert a_citizen(db, name="Ana Pop").label() == "Ana Pop"
    assert a_member_of(db, organisation, name="Dan Rus").label() == "Dan Rus, for Asociația Pietonii"
    official = an_official(db, authority, Role.APPROVER, Role.CLERK, name="Ioana Marin")
    assert official.label() == "Ioana Marin, clerk, approver"


def test_readers_see_a_name_only_where_it_was_chosen() -> None:
    current_locale.set("en")

    assert participant_label() == "Participant"
    assert participant_label(is_verified=True) == "Verified participant"
    assert participant_label(name="Ana Pop", is_verified=True) == "Ana Pop"
    assert participant_label(name="Ana Pop", organisation="Asociația Pietonii") == "Asociația Pietonii"
