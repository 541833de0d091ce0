"""Ten codes on paper, each good once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.identity.people import PersonId
from consult.identity.recovery_codes import RecoveryCode, recovery_codes_left, use_recovery_code
from consult.identity.two_factor import WrongCode, pass_second_factor, renew_recovery_codes
from consult.store import Database
from tests.identity.accounts import VAULT, a_telephone, an_account

AT = datetime(2026, 10, 5, 9, 0, 10, tzinfo=UTC)


def test_each_of_ten_codes_stands_in_for_the_telephone_once(db: Session) -> None:
    person = an_account(db)
    _, codes = a_telephone(db, person.id, at=AT)

    for code in codes:
        pass_second_factor(db, person.id, code, vault=VAULT, at=AT)

    assert len(set(codes)) == 10
    assert recovery_codes_left(db, person.id) == 0
    with pytest.raises(WrongCode):
        pass_second_factor(db, person.id, codes[0], vault=VAULT, at=AT)


def test_a_code_is_read_as_it_was_meant(db: Session) -> None:
    person = an_account(db)
    _, codes = a_telephone(db, person.id, at=AT)
    as_typed = codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert use_recovery_code(db, person.id, as_typed, vault=VAULT, at=AT)


def test_a_code_used_ten_times_at_once_is_accepted_once(database: Database) -> None:
    person = database.act(an_account)
    _, codes = database.act(a_telephone, person.id, at=AT)

    def use(_: int) -> bool:
        return database.act(use_recovery_code, person.id, codes[0], vault=VAULT, at=AT)

    with ThreadPoolExecutor(10) as browsers:
        assert sum(browsers.map(use, range(10))) == 1


def test_the_code_of_another_person_is_no_code(db: Session) -> None:
    person, other = an_account(db), an_account(db)
    _, codes = a_telephone(db, other.id, at=AT)

    assert not use_recovery_code(db, person.id, codes[0], vault=VAULT, at=AT)


def test_new_codes_want_a_code_and_make_the_old_ones_worthless(db: Session) -> None:
    person = an_account(db)
    app, old = a_telephone(db, person.id, at=AT)

    with pytest.raises(WrongCode):
        renew_recovery_codes(db, person.id, code="000000", vault=VAULT, at=AT)
    new = renew_recovery_codes(db, person.id, code=app.at(AT), vault=VAULT, at=AT)

    assert not use_recovery_code(db, person.id, old[0], vault=VAULT, at=AT)
    assert use_recovery_code(db, person.id, new[0], vault=VAULT, at=AT)


def test_a_stolen_table_holds_no_code(db: Session) -> None:
    person = an_account(db)
    _, codes = a_telephone(db, person.id, at=AT)

    macs = db.scalars(select(RecoveryCode.mac).where(RecoveryCode.person_id == PersonId(person.id))).all()

    assert len(macs) == 10
    assert all(len(mac) == 32 for mac in macs)
    assert not any(code.replace("-", "").encode() in mac for code in codes for mac in macs)
