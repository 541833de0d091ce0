"""The password first; nobody learns which of address and password was wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.identity.limits import TooManyTries
from consult.identity.offices import Role
from consult.identity.passwords import CITIZEN, NOBODY, OFFICIAL, matches
from consult.identity.people import Person
from consult.identity.sessions import half_session_of, session_of
from consult.identity.sign_in import WrongPassword, admit_sign_in, credentials, prove, sign_in
from tests.factories.people import an_authority, an_official
from tests.identity.accounts import PASSWORD, a_telephone, an_account, password_hash, signed_in

AT = datetime(2026, 10, 5, 9, 0, 10, tzinfo=UTC)


def test_the_right_password_begins_a_session(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")

    opened = signed_in(db, " Ana@example.RO", at=AT)
    found = session_of(db, opened.token, at=AT)

    assert not opened.awaits_code
    assert found is not None
    assert found.person_id == person.id
    assert not found.passed_second_factor


def test_the_password_alone_is_not_enough_where_a_code_is_asked_for(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    a_telephone(db, person.id, at=AT)

    opened = signed_in(db, "ana@example.ro", at=AT)

    assert opened.awaits_code
    assert session_of(db, opened.token, at=AT) is None
    assert half_session_of(db, opened.token, at=AT) is not None


@pytest.mark.parametrize(
    "email", ["ana@example.ro", "nimeni@example.ro", "inchis@example.ro", "nou@example.ro", "nu e adresă"]
)
def test_wrong_unknown_closed_and_unfinished_accounts_all_get_one_answer(db: Session, email: str) -> None:
    an_account(db, email="ana@example.ro")
    an_account(db, email="inchis@example.ro", disabled_at=AT, password_hash=password_hash("altă parolă lungă"))
    an_account(db, email="nou@example.ro", email_confirmed_at=None, password_hash=password_hash("altă parolă lungă"))

    with pytest.raises(WrongPassword) as refused:
        signed_in(db, email, password="altă parolă lungă", at=AT)

    assert refused.value.facts == {}
    assert refused.value.field is None


def test_for_an_unknown_address_the_hash_of_nobody_is_checked_as_if_it_were_a_citizens(db: Session) -> None:
    an_account(db, email="ana@example.ro")

    known, unknown = credentials(db, "ana@example.ro"), credentials(db, "nimeni@example.ro")

    assert unknown.password_hash == NOBODY
    assert known.rule == unknown.rule == CITIZEN


def test_a_session_that_the_browser_had_before_ends(db: Session) -> None:
    an_account(db, email="ana@example.ro")
    before = signed_in(db, "ana@example.ro", at=AT).token

    after = sign_in(db, prove(credentials(db, "ana@example.ro"), PASSWORD), device="", replacing=before, at=AT).token

    assert after != before
    assert session_of(db, before, at=AT) is None
    assert session_of(db, after, at=AT) is not None


def test_a_password_that_was_changed_since_it_was_proven_begins_nothing(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    proof = prove(credentials(db, "ana@example.ro"), PASSWORD)

    db.execute(update(Person).where(Person.id == person.id).values(password_hash=password_hash("altă parolă lungă")))

    with pytest.raises(WrongPassword):
        sign_in(db, proof, device="", at=AT)


def test_a_citizens_hash_grows_slower_when_its_owner_becomes_an_official(db: Session) -> None:
    official = an_official(db, an_authority(db), Role.CLERK, email="ana@example.ro", password_hash=password_hash())
    signed_in(db, "ana@example.ro", at=AT)

    kept = db.get_one(Person, official.person_id).password_hash or ""

    assert not OFFICIAL.hasher.check_needs_rehash(kept)
    assert matches(PASSWORD, credentials(db, "ana@example.ro").password_hash)


def test_ten_tries_in_five_minutes_are_let_in_for_one_account_from_anywhere(db: Session) -> None:
    for number in range(10):
        admit_sign_in(db, "ana@example.ro", f"203.0.113.{number}", at=AT)

    with pytest.raises(TooManyTries):
        admit_sign_in(db, " ANA@example.ro", "198.51.100.1", at=AT)
    admit_sign_in(db, "maria@example.ro", "198.51.100.1", at=AT)
    admit_sign_in(db, "ana@example.ro", "198.51.100.2", at=AT + timedelta(seconds=30))


def test_ten_tries_in_five_minutes_are_let_in_from_one_network_for_any_account(db: Session) -> None:
    for number in range(10):
        admit_sign_in(db, f"{number}@example.ro", f"2001:db8:1:2::{number}", at=AT)

    with pytest.raises(TooManyTries):
        admit_sign_in(db, "ana@example.ro", "2001:db8:1:2:ffff::1", at=AT)
