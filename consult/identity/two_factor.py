"""The second step of signing in: a code from an app (TOTP, RFC 6238), once per code.

Officials must have it before anything else at the desk; anybody may. A secret counts only after one code has proven
that the app holds it; until then the older one, if any, stays in force.
"""

import re
import unicodedata
from datetime import datetime
from typing import NewType

import pyotp
from sqlalchemy import ColumnElement, ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.i18n import N_
from consult.identity.offices import is_official
from consult.identity.people import PersonId, person_of
from consult.identity.recovery_codes import (
    RecoveryCode,
    make_recovery_codes,
    use_recovery_code,
)
from consult.identity.vault import Vault
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type

TotpSecretId = NewType("TotpSecretId", int)
key_type(TotpSecretId)

#: Base32 letters; 160 bits, as RFC 4226 recommends.
SECRET_LETTERS = 32
STEP_SECONDS = 30
#: Steps by which a telephone's clock may be off, to either side.
WINDOW = 1
CODE = re.compile(r"[0-9]{6}")


class TotpSecret(Base):
    """What a person's app and we both know. At most one is in force and one awaits its first code."""

    __tablename__ = "totp_secret"

    id: Mapped[TotpSecretId] = mapped_column(primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    sealed: Mapped[bytes]
    confirmed_at: Mapped[datetime | None]
    #: The time step of the last code that was accepted; no code of this step or an earlier one is accepted again.
    last_step: Mapped[int] = mapped_column(default=0)


class WrongCode(Refusal):
    """The code is not the one of this moment, or has been used."""

    sentence = N_("This code is not right or was used already. Wait for the next one and try again.")
    field = "code"


class SecondFactorRequired(Refusal):
    """Officials cannot do without it."""

    sentence = N_("Officials always sign in in two steps.")


class NothingToConfirm(Refusal):
    """No secret waits for its first code."""

    sentence = N_("Begin again: this set-up is no longer waiting for a code.")


def is_enrolled(db: Session, person_id: PersonId) -> bool:
    """Whether a code is asked for when this person signs in."""
    return _in_force(db, person_id) is not None


def begin_enrolment(db: Session, person_id: PersonId, *, code: str = "", vault: Vault, at: datetime) -> None:
    """Make a new secret, which waits for its first code.

    `code`: whoever has a second factor already shows it, so that an unattended screen does not hand it over.
    """
    if is_enrolled(db, person_id):
        pass_second_factor(db, person_id, code, vault=vault, at=at)
    secret = pyotp.random_base32(SECRET_LETTERS)
    _discard(db, person_id, TotpSecret.confirmed_at.is_(None))
    db.add(TotpSecret(person_id=person_id, sealed=vault.seal(secret.encode(), purpose=_purpose(person_id))))
    db.flush()


def awaited_secret(db: Session, person_id: PersonId, *, vault: Vault) -> str | None:
    """Return the secret that waits for its first code, in base32, to be shown to its owner alone."""
    waiting = _waiting(db, person_id)
    return None if waiting is None else vault.unseal(waiting.sealed, purpose=_purpose(person_id)).decode()


def provisioning_uri(secret: str, *, account: str, issuer: str) -> str:
    """Return the `otpauth:` address that an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def confirm_enrolment(db: Session, person_id: PersonId, *, code: str, vault: Vault, at: datetime) -> list[str]:
    """Put the waiting secret in force with its first code; returns new recovery codes, known only now.

    Raises NothingToConfirm, WrongCode.
    """
    waiting = _waiting(db, person_id)
    if waiting is None:
        raise NothingToConfirm
    step = _step_of(waiting, code, vault, at)
    if step is None:
        raise WrongCode

    _discard(db, person_id, TotpSecret.confirmed_at.is_not(None))
    waiting.confirmed_at = at
    waiting.last_step = step
    return make_recovery_codes(db, person_id, vault=vault)


def give_up_enrolment(db: Session, person_id: PersonId) -> None:
    """Forget the secret that waits for its first code; what is in force stays."""
    _discard(db, person_id, TotpSecret.confirmed_at.is_(None))


def pass_second_factor(db: Session, person_id: PersonId, typed: str, *, vault: Vault, at: datetime) -> None:
    """Accept a code of the app, or else a recovery code, each once; raises WrongCode."""
    secret = _in_force(db, person_id)
    if secret is None:
        raise WrongCode
    step = _step_of(secret, typed, vault, at)
    if step is not None:
        # One statement decides, so that of two requests with the same code only one passes.
        newer = update(TotpSecret).where(TotpSecret.id == secret.id, TotpSecret.last_step < step)
        if db.scalar(newer.values(last_step=step).returning(TotpSecret.id)) is None:
            raise WrongCode
    elif use_recovery_code(db, person_id, typed, vault=vault, at=at):
        tell_of_change(db, person_id, "code_used", at=at)
    else:
        raise WrongCode


def renew_recovery_codes(db: Session, person_id: PersonId, *, code: str, vault: Vault, at: datetime) -> list[str]:
    """Replace the recovery codes, against a code; returns the new ones, known only now."""
    pass_second_factor(db, person_id, code, vault=vault, at=at)
    tell_of_change(db, person_id, "new_codes", at=at)
    return make_recovery_codes(db, person_id, vault=vault)


def leave_second_factor(db: Session, person_id: PersonId, *, code: str, vault: Vault, at: datetime) -> None:
    """Go back to the password alone, against a code; raises SecondFactorRequired for officials."""
    if is_official(db, person_id):
        raise SecondFactorRequired
    pass_second_factor(db, person_id, code, vault=vault, at=at)
    forget_second_factor(db, person_id)
    tell_of_change(db, person_id, "off", at=at)


def forget_second_factor(db: Session, person_id: PersonId) -> None:
    """Forget a person's secrets and recovery codes."""
    db.execute(delete(TotpSecret).where(TotpSecret.person_id == person_id))
    db.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def tell_of_change(db: Session, person_id: PersonId, change: str, *, at: datetime) -> None:
    """Write to the owner what became of the second factor, as in `consult.mail.kinds`; a thief cannot stop it."""
    person = person_of(db, person_id)
    facts = {"link": links.ACCOUNT, "change": change, "changed_at": at}
    mail.post(db, "second-step-changed", to=person.email, locale=person.locale, facts=facts, at=at)


def _step_of(secret: TotpSecret, typed: str, vault: Vault, at: datetime) -> int | None:
    """Return the time step whose code was typed, within the window and after the last one that was accepted."""
    # NFKC turns full-width digits into ASCII; what is compared with the past is the step, never the text, so that
    # no other spelling of a used code gets in.
    code = unicodedata.normalize("NFKC", typed).replace(" ", "")
    if not CODE.fullmatch(code):
        return None
    totp = pyotp.TOTP(vault.unseal(secret.sealed, purpose=_purpose(secret.person_id)).decode())
    now = int(at.timestamp()) // STEP_SECONDS
    for step in range(max(now - WINDOW, secret.last_step + 1), now + WINDOW + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(step), code):
            return step
    return None


def _in_force(db: Session, person_id: PersonId) -> TotpSecret | None:
    return db.scalar(select(TotpSecret).where(TotpSecret.person_id == person_id, TotpSecret.confirmed_at.is_not(None)))


def _waiting(db: Session, person_id: PersonId) -> TotpSecret | None:
    return db.scalar(select(TotpSecret).where(TotpSecret.person_id == person_id, TotpSecret.confirmed_at.is_(None)))


def _discard(db: Session, person_id: PersonId, which: ColumnElement[bool]) -> None:
    db.execute(delete(TotpSecret).where(TotpSecret.person_id == person_id, which))


def _purpose(person_id: PersonId) -> str:
    """Return what the vault seals for: one person's secret cannot be read as another's."""
    return f"totp of person {person_id}"
