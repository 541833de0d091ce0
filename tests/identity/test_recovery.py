"""A forgotten password: the mailbox gets a link, once, for half an hour; the second factor stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from consult.identity.names import NotAnEmail
from consult.identity.offices import Role
from consult.identity.one_use_links import LinkSpent
from consult.identity.passwords import CITIZEN, OFFICIAL
from consult.identity.recovery import ask_for_password, change_password, owner_of_link, rule_for, set_password_by_link
from consult.identity.sessions import session_of
from consult.identity.sign_in import WrongPassword, credentials, prove
from tests.factories.people import an_authority, an_official
from tests.identity.accounts import PASSWORD, a_telephone, an_account, password_hash, signed_in
from tests.identity.letters import kinds, last_token, letters, token_in
from tests.identity.statements import statements

AT = datetime(2026, 10, 5, 9, 0, 10, tzinfo=UTC)
NEW = "malul celălalt al râului"


def ask(db: Session, email: str = "ana@example.ro") -> str:
    ask_for_password(db, email, locale="ro", at=AT)
    return last_token(db)


def test_the_link_sets_a_password_once_and_ends_every_session(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    stolen = signed_in(db, "ana@example.ro", at=AT).token
    token = ask(db, "ANA@example.ro")

    assert owner_of_link(db, token, at=AT).id == person.id
    set_password_by_link(db, token, password_hash(NEW), at=AT)

    assert session_of(db, stolen, at=AT) is None
    assert not signed_in(db, "ana@example.ro", password=NEW, at=AT).awaits_code
    with pytest.raises(WrongPassword):
        signed_in(db, "ana@example.ro", password=PASSWORD, at=AT)
    with pytest.raises(LinkSpent):
        set_password_by_link(db, token, password_hash(), at=AT)
    assert kinds(db) == [("ana@example.ro", "reset-password"), ("ana@example.ro", "password-changed")]


def test_the_link_lasts_half_an_hour(db: Session) -> None:
    an_account(db, email="ana@example.ro")
    token = ask(db)

    assert owner_of_link(db, token, at=AT + timedelta(minutes=29))
    with pytest.raises(LinkSpent):
        set_password_by_link(db, token, password_hash(NEW), at=AT + timedelta(minutes=30))


def test_a_new_link_replaces_the_one_before(db: Session) -> None:
    an_account(db, email="ana@example.ro")
    first, second = ask(db), ask(db)

    with pytest.raises(LinkSpent):
        set_password_by_link(db, first, password_hash(NEW), at=AT)
    set_password_by_link(db, second, password_hash(NEW), at=AT)


def test_the_link_dies_with_the_password_and_with_the_address(db: Session) -> None:
    changed, moved = an_account(db, email="ana@example.ro"), an_account(db, email="maria@example.ro")
    first = ask(db)
    session = session_of(db, signed_in(db, "ana@example.ro", at=AT).token, at=AT)
    assert session is not None
    proof = prove(credentials(db, "ana@example.ro"), PASSWORD)

    change_password(db, session, proof, password_hash(NEW), device="", at=AT)
    second = ask(db, "maria@example.ro")
    moved.email = "alta@example.ro"
    db.flush()

    for token in (first, second):
        with pytest.raises(LinkSpent):
            set_password_by_link(db, token, password_hash(NEW), at=AT)
    assert changed.password_hash == password_hash(NEW)


def test_a_mailbox_without_an_account_learns_that_it_has_none(db: Session) -> None:
    an_account(db, email="inchis@example.ro", disabled_at=AT)

    ask_for_password(db, "nimeni@example.ro", locale="en", at=AT)
    ask_for_password(db, "inchis@example.ro", locale="en", at=AT)

    assert kinds(db) == [("nimeni@example.ro", "no-such-account"), ("inchis@example.ro", "no-such-account")]
    assert [letter.locale for letter in letters(db)] == ["en", "en"]
    with pytest.raises(NotAnEmail):
        ask_for_password(db, "nimeni", locale="en", at=AT)


def test_a_known_and_an_unknown_mailbox_cost_the_same_statements(db: Session) -> None:
    an_account(db, email="ana@example.ro")

    with statements(db) as known:
        ask_for_password(db, "ana@example.ro", locale="ro", at=AT)
    with statements(db) as unknown:
        ask_for_password(db, "xyz@example.ro", locale="ro", at=AT)

    assert known == unknown != []


def test_a_new_password_does_not_take_the_second_factor_away(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    a_telephone(db, person.id, at=AT)
    set_password_by_link(db, ask(db), password_hash(NEW), at=AT)

    assert signed_in(db, "ana@example.ro", password=NEW, at=AT).awaits_code


def test_whoever_changes_the_password_keeps_this_session_alone_under_a_new_token(db: Session) -> None:
    an_account(db, email="ana@example.ro")
    here, elsewhere = (signed_in(db, "ana@example.ro", at=AT).token for _ in range(2))
    session = session_of(db, here, at=AT)
    assert session is not None

    proof = prove(credentials(db, "ana@example.ro"), PASSWORD)
    token = change_password(db, session, proof, password_hash(NEW), device="Firefox, Linux", at=AT)

    assert session_of(db, token, at=AT) is not None
    assert session_of(db, here, at=AT) is None
    assert session_of(db, elsewhere, at=AT) is None
    assert kinds(db) == [("ana@example.ro", "password-changed")]


def test_the_proof_of_ones_own_password_does_not_change_anothers(db: Session) -> None:
    an_account(db, email="ana@example.ro")
    victim = an_account(db, email="maria@example.ro")
    session = session_of(db, signed_in(db, "maria@example.ro", at=AT).token, at=AT)
    assert session is not None

    with pytest.raises(WrongPassword):
        change_password(
            db, session, prove(credentials(db, "ana@example.ro"), PASSWORD), password_hash(NEW), device="", at=AT
        )

    assert victim.password_hash == password_hash()


def test_officials_keep_the_longer_rule(db: Session) -> None:
    official = an_official(db, an_authority(db), Role.CLERK)

    assert rule_for(db, official.person_id) is OFFICIAL
    assert rule_for(db, an_account(db).id) is CITIZEN


def test_every_letter_with_a_link_goes_to_the_address_of_the_account(db: Session) -> None:
    an_account(db, email="ana@example.ro", locale="en")
    ask_for_password(db, "ana@example.ro", locale="ro", at=AT)
    (letter,) = letters(db)

    assert (letter.to, letter.locale) == ("ana@example.ro", "en")
    assert letter.letter.link == f"/recuperare/{token_in(letter)}"
