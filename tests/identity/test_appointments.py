"""Offices are given by somebody else, are in the record without a name, and end at once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult.identity.actors import acting_as_official
from consult.identity.appointments import (
    NeedsAnAdministrator,
    appoint,
    close_account,
    dismiss,
    reset_second_factor,
    set_roles,
)
from consult.identity.offices import Office, Role, officials_of, roles_of
from consult.identity.people import Person
from consult.identity.permissions import NeedsOtherEyes
from consult.identity.sessions import session_of
from consult.identity.two_factor import is_enrolled
from consult.record.entries import history
from consult.refusals import NotFound, NotPermitted
from tests.factories.people import a_citizen, added, an_authority, an_official
from tests.identity.accounts import a_telephone, an_account, signed_in

AT = datetime(2026, 10, 5, 9, 0, 10, tzinfo=UTC)


def test_an_appointment_holds_at_once_ends_sessions_and_is_recorded_without_a_name(db: Session) -> None:
    authority = an_authority(db, slug="izvoru")
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    person = an_account(db, email="ana@example.ro", name="Ana Pop")
    before = signed_in(db, "ana@example.ro", at=AT).token

    appoint(db, authority.id, person.id, Role.CLERK, by=administrator, at=AT)
    appoint(db, authority.id, person.id, Role.CLERK, by=administrator, at=AT)
    after = session_of(db, signed_in(db, "ana@example.ro", at=AT).token, at=AT)

    assert acting_as_official(db, person.id, authority.id).roles == {Role.CLERK}
    assert session_of(db, before, at=AT) is None
    assert after is not None
    assert after.is_official
    (entry,) = history(db, "consult:izvoru/functionari")
    assert entry.event.stated["facts"] == {"role": "clerk"}
    assert entry.event.stated["actor"]["role"] == "administrator"
    assert b"Ana" not in entry.event.entry


def test_nobody_appoints_themselves_not_even_past_the_rules(db: Session) -> None:
    authority = an_authority(db)
    administrator = an_official(db, authority, Role.ADMINISTRATOR)

    with pytest.raises(NeedsOtherEyes):
        appoint(db, authority.id, administrator.person_id, Role.APPROVER, by=administrator, at=AT)

    own = Office(
        authority_id=authority.id,
        person_id=administrator.person_id,
        role=Role.APPROVER,
        appointed_by=administrator.person_id,
        since=AT,
    )
    with pytest.raises(IntegrityError):
        added(db, own)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_appoint(db: Session, role: Role) -> None:
    authority = an_authority(db)
    official, person = an_official(db, authority, role), a_citizen(db)

    for act in (appoint, dismiss):
        with pytest.raises(NotPermitted):
            act(db, authority.id, person.person_id, Role.CLERK, by=official, at=AT)


def test_an_administrator_of_one_town_appoints_nobody_in_another(db: Session) -> None:
    here, there = an_authority(db), an_authority(db)
    administrator, person = an_official(db, here, Role.ADMINISTRATOR), a_citizen(db)

    with pytest.raises(NotPermitted):
        appoint(db, there.id, person.person_id, Role.CLERK, by=administrator, at=AT)


def test_a_dismissal_holds_at_once(db: Session) -> None:
    authority = an_authority(db)
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    clerk = an_official(db, authority, Role.CLERK)

    dismiss(db, authority.id, clerk.person_id, Role.CLERK, by=administrator, at=AT)

    with pytest.raises(NotFound):
        acting_as_official(db, clerk.person_id, authority.id)
    assert db.scalar(select(func.count()).select_from(Office).where(Office.person_id == clerk.person_id)) == 1


def test_the_roles_of_an_official_become_those_that_were_chosen(db: Session) -> None:
    authority = an_authority(db)
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    official = an_official(db, authority, Role.CLERK, Role.MODERATOR)

    chosen = [Role.CLERK, Role.APPROVER]
    set_roles(db, authority.id, official.person_id, chosen, by=administrator, at=AT)

    assert roles_of(db, official.person_id, authority.id) == set(chosen)
    with pytest.raises(NeedsOtherEyes):
        set_roles(db, authority.id, administrator.person_id, list(Role), by=administrator, at=AT)
    with pytest.raises(NotFound):
        set_roles(db, authority.id, a_citizen(db).person_id, chosen, by=administrator, at=AT)


def test_the_last_administrator_stays(db: Session) -> None:
    authority = an_authority(db)
    first, second = (an_official(db, authority, Role.ADMINISTRATOR) for _ in range(2))

    dismiss(db, authority.id, second.person_id, Role.ADMINISTRATOR, by=first, at=AT)

    with pytest.raises(NeedsAnAdministrator):
        dismiss(db, authority.id, first.person_id, Role.ADMINISTRATOR, by=first, at=AT)


def test_an_official_who_lost_the_telephone_sets_it_up_anew_by_an_administrators_leave(db: Session) -> None:
    authority = an_authority(db)
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    clerk = an_official(db, authority, Role.CLERK)
    a_telephone(db, clerk.person_id, at=AT)

    with pytest.raises(NeedsOtherEyes):
        reset_second_factor(db, authority.id, administrator.person_id, by=administrator, at=AT)
    with pytest.raises(NotFound):
        reset_second_factor(db, authority.id, a_citizen(db).person_id, by=administrator, at=AT)
    reset_second_factor(db, authority.id, clerk.person_id, by=administrator, at=AT)

    assert not is_enrolled(db, clerk.person_id)


def test_a_closed_account_has_no_office_and_no_session(db: Session) -> None:
    authority = an_authority(db)
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    person = an_account(db, email="ana@example.ro")
    appoint(db, authority.id, person.id, Role.CLERK, by=administrator, at=AT)
    token = signed_in(db, "ana@example.ro", at=AT).token

    close_account(db, authority.id, person.id, by=administrator, at=AT)

    assert session_of(db, token, at=AT) is None
    assert roles_of(db, person.id, authority.id) == frozenset()
    assert db.get_one(Person, person.id).is_disabled
    with pytest.raises(NotFound):
        close_account(db, authority.id, a_citizen(db).person_id, by=administrator, at=AT)


def test_the_list_of_officials_names_each_once_with_every_role(db: Session) -> None:
    authority = an_authority(db)
    an_official(db, authority, Role.CLERK, Role.APPROVER, name="Ana")
    an_official(db, authority, Role.ADMINISTRATOR, name="Barbu")

    listed = officials_of(db, authority.id)

    assert [(official.person.name, official.roles) for official in listed] == [
        ("Ana", {Role.CLERK, Role.APPROVER}),
        ("Barbu", {Role.ADMINISTRATOR}),
    ]
