"""Signing in, the first step: the password. Where the account has a second factor, `second_step` asks for its code.

A wrong password and an unknown address get the same answer after the same work. The work, a tenth of a second of
argon2, is done between two transactions: `credentials` is read, `prove` runs in a thread, `sign_in` acts.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.i18n import N_
from consult.identity.limits import SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_ADDRESS, admit, network_of
from consult.identity.names import NotAnEmail
from consult.identity.offices import is_official
from consult.identity.passwords import CITIZEN, NOBODY, OFFICIAL, PasswordHash, PasswordRule, matches, rehashed
from consult.identity.people import Person, PersonId, person_by_email, person_of
from consult.identity.sessions import Certainty, begin_session
from consult.identity.two_factor import is_enrolled
from consult.refusals import Refusal


class WrongPassword(Refusal):
    """The address and the password do not belong together; which of them is wrong, nobody is told."""

    sentence = N_("The e-mail address and the password do not go together.")


@dataclass(frozen=True)
class Credentials:
    """What a password is compared with; for an unknown address, a hash that nothing matches."""

    person_id: PersonId | None
    password_hash: PasswordHash
    rule: PasswordRule


@dataclass(frozen=True)
class Proof:
    """That somebody knew the password of an account. `renewed`: a hash of today's parameters, where due."""

    person_id: PersonId
    password_hash: PasswordHash
    renewed: PasswordHash | None


@dataclass(frozen=True)
class Opened:
    """A session that has begun: its token for the cookie, and what comes next.

    `awaits_code`: it is half a session. `must_enrol`: an official's, who cannot reach the desk without a second factor.
    """

    token: str
    awaits_code: bool
    must_enrol: bool


def admit_sign_in(db: Session, email: str, address: str, *, at: datetime) -> None:
    """Count a try to sign in, by account and by network address, known or not; raises TooManyTries."""
    account = email.strip().lower()
    admit(db, (SIGN_IN_PER_ACCOUNT, account), (SIGN_IN_PER_ADDRESS, network_of(address)), at=at)


def credentials(db: Session, email: str) -> Credentials:
    """Return what the password typed with an address is compared with."""
    try:
        person = person_by_email(db, email)
    except NotAnEmail:
        person = None
    if person is None or not _may_sign_in(person):
        return Credentials(None, NOBODY, CITIZEN)
    return credentials_of(db, person.id)


def credentials_of(db: Session, person_id: PersonId) -> Credentials:
    """Return what the password of somebody who is signed in already is compared with."""
    person = person_of(db, person_id)
    rule = OFFICIAL if is_official(db, person_id) else CITIZEN
    return Credentials(person_id, PasswordHash(person.password_hash or NOBODY), rule)


def prove(kept: Credentials, password: str) -> Proof:
    """Compare a password, slowly, without a database; raises WrongPassword."""
    if not matches(password, kept.password_hash) or kept.person_id is None:
        raise WrongPassword
    return Proof(kept.person_id, kept.password_hash, rehashed(password, kept.password_hash, kept.rule))


def sign_in(db: Session, proof: Proof, *, device: str, replacing: str = "", at: datetime) -> Opened:
    """Begin a session, or half of one where a code is asked for. `replacing`: the token the browser had.

    Raises WrongPassword when password or account changed since the proof.
    """
    person = person_of(db, proof.person_id)
    if not _may_sign_in(person) or person.password_hash != proof.password_hash:
        raise WrongPassword

    if proof.renewed is not None:
        person.password_hash = proof.renewed
    awaits_code = is_enrolled(db, person.id)
    certainty = Certainty.HALF if awaits_code else Certainty.ONE_FACTOR
    token = begin_session(db, person.id, certainty, device=device, replacing=replacing, at=at)
    must_enrol = not awaits_code and is_official(db, person.id)
    return Opened(token, awaits_code, must_enrol)


def _may_sign_in(person: Person) -> bool:
    return person.is_confirmed and not person.is_disabled and person.password_hash is not None
