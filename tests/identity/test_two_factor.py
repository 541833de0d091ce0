"""A code is good once, in its minute, however it is spelled; a secret counts once a code has proven it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.identity.offices import Role
from consult.identity.people import PersonId
from consult.identity.two_factor import (
    NothingToConfirm,
    SecondFactorRequired,
    TotpSecret,
    WrongCode,
    awaited_secret,
    begin_enrolment,
    confirm_enrolment,
    give_up_enrolment,
    is_enrolled,
    leave_second_factor,
    pass_second_factor,
    provisioning_uri,
)
from consult.store import Database
from tests.factories.people import an_authority, an_official
from tests.identity.accounts import VAULT, a_telephone, an_account

AT = datetime(2026, 10, 5, 9, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)


def passes(db: Session, person_id: PersonId, typed: str, at: datetime = AT) -> bool:
    try:
        pass_second_factor(db, person_id, typed, vault=VAULT, at=at)
    except WrongCode:
        return False
    return True


def test_a_code_is_accepted_once(db: Session) -> None:
    person = an_account(db)
    app, _ = a_telephone(db, person.id, at=AT)

    assert passes(db, person.id, app.at(AT))
    assert not passes(db, person.id, app.at(AT))


@pytest.mark.parametrize(
    "respell",
    [
        lambda code: f"{code[:3]} {code[3:]}",
        lambda code: f" {code}",
        lambda code: "".join(chr(ord(digit) + 0xFEE0) for digit in code),
    ],
)
def test_a_used_code_in_another_spelling_is_the_same_code(db: Session, respell) -> None:
    person = an_account(db)
    app, _ = a_telephone(db, person.id, at=AT)
    code = app.at(AT)

    assert passes(db, person.id, respell(code))
    assert not passes(db, person.id, code)
    assert not passes(db, person.id, respell(code))


def test_a_code_older_than_the_last_one_is_refused_though_it_is_in_the_window(db: Session) -> None:
    person = an_account(db)
    app, _ = a_telephone(db, person.id, at=AT)

    assert passes(db, person.id, app.at(AT))
    assert not passes(db, person.id, app.at(AT - STEP))
    assert passes(db, person.id, app.at(AT + STEP))


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_half_a_minute(db: Session, *, steps: int, is_right: bool) -> None:
    person = an_account(db)
    app, _ = a_telephone(db, person.id, at=AT)

    assert passes(db, person.id, app.at(AT + steps * STEP)) is is_right


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12345\n", "١٢٣٤٥٦", "-12345", "+12345", "0x1234"])
def test_what_is_not_six_digits_is_no_code(db: Session, typed: str) -> None:
    person = an_account(db)
    a_telephone(db, person.id, at=AT)

    assert not passes(db, person.id, typed)


def test_the_code_of_another_person_is_refused(db: Session) -> None:
    person, other = an_account(db), an_account(db)
    a_telephone(db, person.id, at=AT)
    app, _ = a_telephone(db, other.id, at=AT)

    assert not passes(db, person.id, app.at(AT))


def test_a_code_sent_ten_times_at_once_is_accepted_once(database: Database) -> None:
    person = database.act(an_account)
    app, _ = database.act(a_telephone, person.id, at=AT)

    with ThreadPoolExecutor(10) as browsers:
        passed = list(browsers.map(lambda _: database.act(passes, person.id, app.at(AT)), range(10)))

    assert sum(passed) == 1


def test_a_secret_is_in_force_only_after_its_first_code(db: Session) -> None:
    person = an_account(db)
    begin_enrolment(db, person.id, vault=VAULT, at=AT)
    app = pyotp.TOTP(awaited_secret(db, person.id, vault=VAULT) or "")

    assert not is_enrolled(db, person.id)
    with pytest.raises(WrongCode):
        confirm_enrolment(db, person.id, code="000000", vault=VAULT, at=AT)
    confirm_enrolment(db, person.id, code=app.at(AT), vault=VAULT, at=AT)

    assert is_enrolled(db, person.id)
    assert awaited_secret(db, person.id, vault=VAULT) is None
    assert not passes(db, person.id, app.at(AT))
    with pytest.raises(NothingToConfirm):
        confirm_enrolment(db, person.id, code=app.at(AT + STEP), vault=VAULT, at=AT)


def test_a_new_telephone_wants_a_code_of_the_old_one(db: Session) -> None:
    person = an_account(db)
    old, _ = a_telephone(db, person.id, at=AT)

    with pytest.raises(WrongCode):
        begin_enrolment(db, person.id, vault=VAULT, at=AT)
    begin_enrolment(db, person.id, code=old.at(AT), vault=VAULT, at=AT)
    new = pyotp.TOTP(awaited_secret(db, person.id, vault=VAULT) or "")

    later = AT + STEP
    assert passes(db, person.id, old.at(later), later), "the old one is in force until the new one is proven"
    confirm_enrolment(db, person.id, code=new.at(later), vault=VAULT, at=later)
    later += STEP
    assert not passes(db, person.id, old.at(later), later)
    assert passes(db, person.id, new.at(later), later)


def test_an_enrolment_that_is_given_up_leaves_everything_as_it_was(db: Session) -> None:
    person = an_account(db)
    old, _ = a_telephone(db, person.id, at=AT)
    begin_enrolment(db, person.id, code=old.at(AT), vault=VAULT, at=AT)

    give_up_enrolment(db, person.id)

    assert awaited_secret(db, person.id, vault=VAULT) is None
    assert passes(db, person.id, old.at(AT + STEP), AT + STEP)


def test_a_secret_has_160_bits_and_is_sealed_in_the_database(db: Session) -> None:
    person = an_account(db)
    begin_enrolment(db, person.id, vault=VAULT, at=AT)
    secret = awaited_secret(db, person.id, vault=VAULT) or ""

    kept = db.scalars(select(TotpSecret.sealed)).one()

    assert len(pyotp.TOTP(secret).byte_secret()) * 8 == 160
    assert secret.encode() not in kept


def test_an_app_is_told_for_whom_and_for_which_service_the_secret_is() -> None:
    uri = provisioning_uri("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", account="ana@example.ro", issuer="Municipiul Izvoru")

    assert pyotp.parse_uri(uri).secret == "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert "ana%40example.ro" in uri
    assert "issuer=Municipiul%20Izvoru" in uri


def test_a_citizen_may_go_back_to_the_password_alone_and_an_official_may_not(db: Session) -> None:
    citizen = an_account(db)
    official = an_official(db, an_authority(db), Role.CLERK)
    app, _ = a_telephone(db, citizen.id, at=AT)
    desk_app, _ = a_telephone(db, official.person_id, at=AT)

    with pytest.raises(WrongCode):
        leave_second_factor(db, citizen.id, code="000000", vault=VAULT, at=AT)
    leave_second_factor(db, citizen.id, code=app.at(AT), vault=VAULT, at=AT)
    with pytest.raises(SecondFactorRequired):
        leave_second_factor(db, official.person_id, code=desk_app.at(AT), vault=VAULT, at=AT)

    assert not is_enrolled(db, citizen.id)
    assert is_enrolled(db, official.person_id)
