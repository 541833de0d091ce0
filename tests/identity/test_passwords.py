"""Passwords are long and unguessed, and are kept only as slow hashes."""

import pytest

from consult.identity.passwords import (
    CITIZEN,
    NOBODY,
    OFFICIAL,
    PasswordCommon,
    PasswordOfOwnWords,
    PasswordTooLong,
    PasswordTooShort,
    hash_password,
    matches,
    rehashed,
)

GOOD = "pădurea de lângă râu"


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> None:
    """Here, and nowhere else in the tests, hashing is as slow as in the service."""


def test_only_the_password_itself_matches_its_hash() -> None:
    kept = hash_password(GOOD, CITIZEN)

    assert matches(GOOD, kept)
    assert not matches(GOOD.upper(), kept)
    assert not matches(f" {GOOD}", kept)
    assert not matches(GOOD, NOBODY)


def test_a_letter_with_a_comma_below_matches_however_the_keyboard_makes_it() -> None:
    kept = hash_password("știuca din baltă veche", CITIZEN)

    assert matches("s\u0326tiuca din balta\u0306 veche", kept)


def test_officials_need_longer_passwords_than_citizens() -> None:
    hash_password("râul și malul", CITIZEN)

    with pytest.raises(PasswordTooShort):
        hash_password("râul și malul", OFFICIAL)
    with pytest.raises(PasswordTooShort):
        hash_password("râul malul", CITIZEN)


@pytest.mark.parametrize("length", [129, 1_000_000])
def test_a_huge_password_is_refused_before_any_work(length: int) -> None:
    with pytest.raises(PasswordTooLong):
        hash_password("p" * length, CITIZEN)

    assert not matches("p" * length, NOBODY)


@pytest.mark.parametrize(
    "password",
    [
        "parolamea2026",
        "qwertyuiop123456",
        "aaaaaaaaaaaa",
        "abcabcabcabcabc",
    ],
)
def test_what_anyone_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordCommon):
        hash_password(password, CITIZEN)


@pytest.mark.parametrize(
    "password",
    [
        "Primaria-Izvoru-2026",
        "Ana.Popescu.1984",
        "ana.popescu.77@posta.example",
        "ANA.POPESCU.77@posta.example",
        "ana.popescu.77",
        "anapopescu77 2026",
        "consultare.izvoru.example",
        "consultare-izvoru!",
        "popescu@posta1",
    ],
)
def test_one_s_own_name_one_s_mailbox_and_the_name_of_the_site_are_no_password(password: str) -> None:
    known = ["Ana Popescu", "ana.popescu.77@posta.example", "Municipiul Izvoru", "consultare.izvoru.example"]

    with pytest.raises(PasswordOfOwnWords):
        hash_password(password, CITIZEN, own_words=known)


def test_one_s_own_name_may_stand_in_a_sentence() -> None:
    hash_password("ana are mere și pere coapte", CITIZEN, own_words=["Ana Pop", "ana@posta.example"])


@pytest.mark.parametrize(
    "password", ["parola mea preferată e lungă", "839201847362", "correct horse battery", "  spații în jur  "]
)
def test_no_rule_asks_for_kinds_of_characters(password: str) -> None:
    assert matches(password, hash_password(password, CITIZEN))


def test_hashing_costs_what_owasp_asks_for_and_more_for_officials() -> None:
    assert "m=19456,t=2,p=1" in hash_password(GOOD, CITIZEN)
    assert "m=65536,t=3,p=1" in hash_password(GOOD, OFFICIAL)


def test_the_hash_of_nobody_costs_what_a_citizens_does() -> None:
    assert NOBODY.split("$")[:4] == hash_password(GOOD, CITIZEN).split("$")[:4]


def test_a_hash_of_weaker_parameters_is_renewed_at_the_next_sign_in() -> None:
    of_citizen = hash_password(GOOD, CITIZEN)

    renewed = rehashed(GOOD, of_citizen, OFFICIAL)

    assert renewed is not None
    assert "m=65536,t=3,p=1" in renewed
    assert matches(GOOD, renewed)
    assert rehashed(GOOD, of_citizen, CITIZEN) is None
