"""A code makes half a session whole, under a new token; officials are told of devices that they did not use before."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from consult.identity.limits import TooManyTries
from consult.identity.offices import Role
from consult.identity.people import PersonId
from consult.identity.second_step import HalfSessionEnded, admit_code, enrol, give_code
from consult.identity.sessions import half_session_of, session_of
from consult.identity.two_factor import (
    WrongCode,
    awaited_secret,
    begin_enrolment,
    leave_second_factor,
    renew_recovery_codes,
)
from consult.mail.kinds import SecondStepChanged
from tests.factories.people import an_authority, an_official
from tests.identity.accounts import VAULT, a_telephone, an_account, password_hash, signed_in
from tests.identity.letters import kinds, letters

AT = datetime(2026, 10, 5, 9, 0, 10, tzinfo=UTC)
LINUX = "Firefox, Linux"
STEP = timedelta(seconds=30)


def test_the_right_code_makes_the_session_whole_under_a_new_token(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    app, _ = a_telephone(db, person.id, at=AT)
    half = signed_in(db, "ana@example.ro", at=AT).token

    whole = give_code(db, half, app.at(AT), device=LINUX, vault=VAULT, at=AT)
    found = session_of(db, whole, at=AT)

    assert whole != half
    assert half_session_of(db, half, at=AT) is None
    assert found is not None
    assert found.passed_second_factor


def test_a_recovery_code_does_as_well(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    _, codes = a_telephone(db, person.id, at=AT)
    half = signed_in(db, "ana@example.ro", at=AT).token

    whole = give_code(db, half, codes[3], device=LINUX, vault=VAULT, at=AT)

    assert session_of(db, whole, at=AT) is not None


def test_the_owner_is_told_of_a_recovery_code_and_of_nothing_that_opens_the_account(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    _, codes = a_telephone(db, person.id, at=AT)
    half = signed_in(db, "ana@example.ro", at=AT).token

    give_code(db, half, codes[3], device=LINUX, vault=VAULT, at=AT)

    (letter,) = letters(db)
    assert (letter.to, letter.letter) == ("ana@example.ro", changed("code_used"))


def test_the_owner_is_told_when_the_second_step_is_set_up_renewed_or_left(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    session = session_of(db, signed_in(db, "ana@example.ro", at=AT).token, at=AT)
    assert session is not None
    begin_enrolment(db, person.id, vault=VAULT, at=AT)
    app = pyotp.TOTP(awaited_secret(db, person.id, vault=VAULT) or "")

    enrol(db, session, app.at(AT), device=LINUX, vault=VAULT, at=AT)
    renew_recovery_codes(db, person.id, code=app.at(AT + STEP), vault=VAULT, at=AT + STEP)
    leave_second_factor(db, person.id, code=app.at(AT + 2 * STEP), vault=VAULT, at=AT + 2 * STEP)

    told = [letter.letter for letter in letters(db)]
    assert told == [changed("set_up"), changed("new_codes", AT + STEP), changed("off", AT + 2 * STEP)]


def changed(change: str, at: datetime = AT) -> SecondStepChanged:
    return SecondStepChanged(link="/cont", change=change, changed_at=at)


def test_a_wrong_code_leaves_half_a_session(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    a_telephone(db, person.id, at=AT)
    half = signed_in(db, "ana@example.ro", at=AT).token

    with pytest.raises(WrongCode):
        give_code(db, half, "000000", device=LINUX, vault=VAULT, at=AT)

    assert half_session_of(db, half, at=AT) is not None


def test_a_code_without_a_password_or_ten_minutes_after_it_begins_nothing(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    app, _ = a_telephone(db, person.id, at=AT)
    half = signed_in(db, "ana@example.ro", at=AT).token
    late = AT + timedelta(minutes=10)

    with pytest.raises(HalfSessionEnded):
        give_code(db, "planted", app.at(AT), device=LINUX, vault=VAULT, at=AT)
    with pytest.raises(HalfSessionEnded):
        give_code(db, half, app.at(late), device=LINUX, vault=VAULT, at=late)


def test_five_codes_in_five_minutes_may_be_tried(db: Session) -> None:
    person = an_account(db)
    for _ in range(5):
        admit_code(db, person.id, at=AT)

    with pytest.raises(TooManyTries):
        admit_code(db, person.id, at=AT)


def passes(db: Session, person_id: PersonId, at: datetime) -> bool:
    try:
        admit_code(db, person_id, at=at)
    except TooManyTries:
        return False
    return True


# A day gives back one of 50 tries in 28.8 minutes and one of 20 in 72.
@pytest.mark.parametrize(("is_official", "passed"), [(True, 20), (False, 52)])
def test_patience_within_the_limit_of_five_minutes_does_not_help(
    db: Session, *, is_official: bool, passed: int
) -> None:
    person_id = an_official(db, an_authority(db), Role.CLERK).person_id if is_official else an_account(db).id

    assert sum(passes(db, person_id, AT + timedelta(minutes=minute)) for minute in range(60)) == passed


def test_setting_up_the_second_step_renews_this_session_and_ends_all_others(db: Session) -> None:
    person = an_account(db, email="ana@example.ro")
    here, elsewhere = (signed_in(db, "ana@example.ro", at=AT).token for _ in range(2))
    session = session_of(db, here, at=AT)
    assert session is not None
    begin_enrolment(db, person.id, vault=VAULT, at=AT)
    app = pyotp.TOTP(awaited_secret(db, person.id, vault=VAULT) or "")

    enrolled = enrol(db, session, app.at(AT), device=LINUX, vault=VAULT, at=AT)
    found = session_of(db, enrolled.token, at=AT)

    assert found is not None
    assert found.passed_second_factor
    assert len(enrolled.recovery_codes) == 10
    assert session_of(db, here, at=AT) is None
    assert session_of(db, elsewhere, at=AT) is None


def test_an_official_is_told_of_a_sign_in_from_a_device_that_is_new(db: Session) -> None:
    official = an_official(
        db, an_authority(db), Role.CLERK, email="ana@primaria.example", password_hash=password_hash()
    )
    app, _ = a_telephone(db, official.person_id, at=AT)

    for number, device in enumerate([LINUX, LINUX, "Edge, Windows", "Edge, Windows"]):
        now = AT + number * STEP
        half = signed_in(db, "ana@primaria.example", at=now).token
        give_code(db, half, app.at(now), device=device, vault=VAULT, at=now)

    assert kinds(db) == [("ana@primaria.example", "new-sign-in")]
