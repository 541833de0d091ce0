"""Signing up says the same to everybody; only the mailbox learns whether it has an account."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.identity.names import NotAName, NotAnEmail
from consult.identity.one_use_links import LinkSpent, LinkUsed, OneUseLink
from consult.identity.people import Person, person_by_email
from consult.identity.retention import forget_expired
from consult.identity.sign_up import Confirming, SignUp, address_to_confirm, confirm_address, sign_up
from tests.identity.accounts import PASSWORD, an_account, password_hash
from tests.identity.letters import kinds, last_token, letters, token_in
from tests.identity.statements import statements

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
ATTACKER = "parola atacatorului rău"


def ask(db: Session, email: str, *, password: str = PASSWORD, name: str = "Ana Popescu") -> None:
    hashed = password_hash(password)
    sign_up(db, email=email, name=name, password_hash=hashed, locale="ro", next_path="/cont", at=AT)


def test_whoever_presses_the_button_in_the_letter_has_an_account(db: Session) -> None:
    ask(db, "Ana@Example.ro")
    token = last_token(db)

    assert kinds(db) == [("ana@example.ro", "confirm-address")]
    assert person_by_email(db, "ana@example.ro") is None
    assert address_to_confirm(db, token, at=AT) == Confirming("ana@example.ro", is_confirmed=False, next_path="/cont")
    person = confirm_address(db, token, at=AT + timedelta(days=6))

    assert person.is_confirmed
    assert not person.is_verified
    assert person.name == "Ana Popescu"
    assert person.password_hash == password_hash()


def test_the_letter_to_a_mailbox_with_an_account_says_so_and_changes_nothing(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")

    ask(db, "ANA@example.ro", password=ATTACKER)

    assert kinds(db) == [("ana@example.ro", "already-registered")]
    assert person.password_hash == password_hash()
    assert letters(db)[0].letter.link == "/intra"


def test_no_letter_of_sign_up_carries_a_word_that_a_stranger_chose(db: Session) -> None:
    ask(db, "ana@example.ro", name="Câștigați 1000 lei pe spam.example")

    assert "spam" not in str(letters(db)[0])


def test_an_account_gets_the_password_of_the_sign_up_whose_letter_was_answered(db: Session) -> None:
    ask(db, "ana@example.ro", password=ATTACKER)
    ask(db, "ana@example.ro")
    prepared, own = (token_in(letter) for letter in letters(db))

    person = confirm_address(db, own, at=AT)

    assert person.password_hash == password_hash()
    with pytest.raises(LinkSpent):
        confirm_address(db, prepared, at=AT)
    assert db.scalar(select(func.count()).select_from(SignUp)) == 0


def test_the_letter_goes_on_saying_that_the_address_is_confirmed(db: Session) -> None:
    ask(db, "ana@example.ro")
    token = last_token(db)
    confirm_address(db, token, at=AT)

    asked_again = address_to_confirm(db, token, at=AT)

    assert asked_again == Confirming("ana@example.ro", is_confirmed=True, next_path="/cont")
    with pytest.raises(LinkUsed):
        confirm_address(db, token, at=AT)


def test_an_address_that_was_not_confirmed_in_a_week_is_forgotten(db: Session) -> None:
    ask(db, "ana@example.ro")
    token = last_token(db)

    forget_expired(db, at=AT + timedelta(days=6))
    assert address_to_confirm(db, token, at=AT + timedelta(days=6)).email == "ana@example.ro"
    forget_expired(db, at=AT + timedelta(days=7, seconds=1))

    assert db.scalar(select(func.count()).select_from(SignUp)) == 0
    assert db.scalar(select(func.count()).select_from(OneUseLink)) == 0
    with pytest.raises(LinkSpent):
        confirm_address(db, token, at=AT + timedelta(days=7))


@pytest.mark.parametrize(
    ("email", "name", "refusal"), [("ana", "Ana", NotAnEmail), ("ana@example.ro", "A\nna", NotAName)]
)
def test_what_is_wrong_with_the_text_itself_is_said_before_anything_is_written(
    db: Session, email: str, name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(db, email, name=name)

    assert letters(db) == []
    assert db.scalar(select(func.count()).select_from(Person)) == 0


def test_a_known_and_an_unknown_mailbox_cost_the_same_statements(db: Session) -> None:
    an_account(db, email="ana@example.ro")

    with statements(db) as known:
        ask(db, "ana@example.ro")
    with statements(db) as unknown:
        ask(db, "xyz@example.ro")

    assert known == unknown != []
