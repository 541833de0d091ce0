"""Whoever accepts a nomination becomes an official, with a password good enough for one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.identity.actors import acting_as_official
from consult.identity.appointments import dismiss
from consult.identity.names import NotAName
from consult.identity.nominations import (
    NoRoles,
    accept_nomination,
    nominate,
    offered_to,
    waiting_nominations,
)
from consult.identity.offices import Role
from consult.identity.one_use_links import LinkSpent
from consult.identity.people import Person, person_by_email
from consult.identity.permissions import NeedsOtherEyes
from consult.identity.sessions import session_of
from consult.refusals import NotPermitted
from tests.factories.people import an_authority, an_official
from tests.identity.accounts import an_account, password_hash, signed_in
from tests.identity.letters import kinds, last_token

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
LONG = "malul celălalt al râului"


def accept(db: Session, token: str, *, name: str = "Dan Rus", at: datetime = AT) -> Person:
    return accept_nomination(db, token, name=name, password_hash=password_hash(LONG), locale="ro", at=at)


def test_somebody_new_becomes_an_official_with_an_account(db: Session) -> None:
    authority = an_authority(db, name="Municipiul Izvoru")
    administrator = an_official(db, authority, Role.ADMINISTRATOR, name="Ana Pop")

    nominate(db, authority.id, "Dan@primaria.example", [Role.APPROVER, Role.CLERK], by=administrator, at=AT)
    token = last_token(db)
    offered = offered_to(db, token, at=AT)
    (waiting,) = waiting_nominations(db, authority.id, at=AT)
    person = accept(db, token)

    assert (offered.nominated_by, offered.authority, offered.name) == ("Ana Pop", "Municipiul Izvoru", None)
    assert (waiting.email, waiting.roles) == ("dan@primaria.example", [Role.CLERK, Role.APPROVER])
    assert acting_as_official(db, person.id, authority.id).roles == {Role.CLERK, Role.APPROVER}
    assert person.is_confirmed
    assert person.name == "Dan Rus"
    assert kinds(db) == [("dan@primaria.example", "invitation")]
    assert waiting_nominations(db, authority.id, at=AT) == []
    with pytest.raises(LinkSpent):
        accept(db, token)


def test_a_citizen_who_becomes_an_official_gets_a_new_password_and_signs_in_anew(db: Session) -> None:
    authority = an_authority(db)
    citizen = an_account(db, email="ana@example.ro", name="Ana Pop")
    before = signed_in(db, "ana@example.ro", at=AT).token
    nominate(db, authority.id, "ana@example.ro", [Role.CLERK], by=an_official(db, authority, Role.ADMINISTRATOR), at=AT)

    person = accept(db, last_token(db), name="Altcineva")

    assert person.id == citizen.id
    assert person.name == "Ana Pop"
    assert person.password_hash == password_hash(LONG)
    assert session_of(db, before, at=AT) is None


def test_the_administrator_is_not_told_whether_the_address_has_an_account(db: Session) -> None:
    authority = an_authority(db)
    administrator = an_official(db, authority, Role.ADMINISTRATOR)
    an_account(db, email="ana@example.ro")

    for email in ("ana@example.ro", "nimeni@example.ro"):
        nominate(db, authority.id, email, [Role.CLERK], by=administrator, at=AT)

    unknown, known = waiting_nominations(db, authority.id, at=AT)
    assert (known.roles, known.expires_at) == (unknown.roles, unknown.expires_at)
    assert [kind for _, kind in kinds(db)] == ["invitation", "invitation"]


def test_a_nomination_dies_with_its_time_and_with_the_power_of_whoever_made_it(db: Session) -> None:
    authority = an_authority(db)
    administrator, other = (an_official(db, authority, Role.ADMINISTRATOR) for _ in range(2))
    nominate(db, authority.id, "dan@primaria.example", [Role.CLERK], by=administrator, at=AT)

    with pytest.raises(LinkSpent):
        accept(db, last_token(db), at=AT + timedelta(days=2))
    dismiss(db, authority.id, administrator.person_id, Role.ADMINISTRATOR, by=other, at=AT)
    with pytest.raises(LinkSpent):
        accept(db, last_token(db))

    assert person_by_email(db, "dan@primaria.example") is None


def test_a_closed_account_is_not_opened_by_a_nomination(db: Session) -> None:
    authority = an_authority(db)
    an_account(db, email="ana@example.ro", disabled_at=AT)
    nominate(db, authority.id, "ana@example.ro", [Role.CLERK], by=an_official(db, authority, Role.ADMINISTRATOR), at=AT)

    with pytest.raises(LinkSpent):
        accept(db, last_token(db))


def test_who_may_nominate_whom(db: Session) -> None:
    authority = an_authority(db)
    administrator = an_official(db, authority, Role.ADMINISTRATOR, email="ana@primaria.example")

    with pytest.raises(NotPermitted):
        nominate(db, authority.id, "dan@x.ro", [Role.CLERK], by=an_official(db, authority, Role.CLERK), at=AT)
    with pytest.raises(NeedsOtherEyes):
        nominate(db, authority.id, "ana@primaria.example", [Role.CLERK], by=administrator, at=AT)
    with pytest.raises(NoRoles):
        nominate(db, authority.id, "dan@x.ro", [], by=administrator, at=AT)


def test_a_new_official_needs_a_name(db: Session) -> None:
    authority = an_authority(db)
    nominate(db, authority.id, "dan@x.ro", [Role.CLERK], by=an_official(db, authority, Role.ADMINISTRATOR), at=AT)

    with pytest.raises(NotAName):
        accept(db, last_token(db), name=" ")
