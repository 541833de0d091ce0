"""Accounts with a password and a telephone, for tests of signing in."""

from datetime import datetime
from functools import cache

import pyotp
from sqlalchemy.orm import Session

from consult.identity.passwords import CITIZEN, PasswordHash, hash_password
from consult.identity.people import Person, PersonId
from consult.identity.sign_in import Opened, credentials, prove, sign_in
from consult.identity.two_factor import awaited_secret, begin_enrolment, confirm_enrolment
from consult.identity.vault import Vault
from tests.factories.people import PersonFactory, added

PASSWORD = "pădurea de lângă râu"
VAULT = Vault(b"k" * 32)


def password_hash(password: str = PASSWORD) -> PasswordHash:
    return hashed_once(password)


@cache
def hashed_once(password: str) -> PasswordHash:
    return hash_password(password, CITIZEN)


def an_account(db: Session, **facts: object) -> Person:
    """A person with a confirmed address and the password above."""
    return added(db, PersonFactory.build(**{"password_hash": password_hash(), **facts}))


def a_telephone(db: Session, person_id: PersonId, *, at: datetime) -> tuple[pyotp.TOTP, list[str]]:
    """Enrol a second factor, with a code of two minutes before; returns the app and the recovery codes."""
    begin_enrolment(db, person_id, vault=VAULT, at=at)
    app = pyotp.TOTP(awaited_secret(db, person_id, vault=VAULT) or "")
    before = at.timestamp() - 120
    codes = confirm_enrolment(
        db, person_id, code=app.at(int(before)), vault=VAULT, at=datetime.fromtimestamp(before, at.tzinfo)
    )
    return app, codes


def signed_in(
    db: Session, email: str, *, at: datetime, password: str = PASSWORD, device: str = "Firefox, Linux"
) -> Opened:
    """Sign in with the password, as the pages do."""
    return sign_in(db, prove(credentials(db, email), password), device=device, at=at)
