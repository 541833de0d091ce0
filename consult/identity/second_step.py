"""Signing in, the second step: a code, which makes half a session whole; and setting that step up.

Each time the certainty of a session grows, its token is new and the old one is dead.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.limits import CODE_PER_DAY, CODE_PER_DAY_OFFICIAL, CODE_PER_PERSON, admit
from consult.identity.offices import is_official
from consult.identity.people import PersonId
from consult.identity.sessions import Certainty, SignedIn, begin_session, end_sessions, half_session_of
from consult.identity.two_factor import confirm_enrolment, pass_second_factor, tell_of_change
from consult.identity.vault import Vault
from consult.refusals import Refusal
from consult.store import Base


class KnownDevice(Base):
    """A device from which an official has signed in; a sign-in from another one is told to them by letter."""

    __tablename__ = "known_device"

    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), primary_key=True)
    device_hash: Mapped[bytes] = mapped_column(primary_key=True)


class HalfSessionEnded(Refusal):
    """Too much time has passed between the password and the code."""

    sentence = N_("Begin again: too much time has passed since you wrote the password.")


@dataclass(frozen=True)
class Enrolled:
    """A second factor that has just come into force; both the token and the codes are known only now."""

    token: str
    recovery_codes: list[str]


def admit_code(db: Session, person_id: PersonId, *, at: datetime) -> None:
    """Count a try to give a code; raises TooManyTries."""
    daily = CODE_PER_DAY_OFFICIAL if is_official(db, person_id) else CODE_PER_DAY
    admit(db, (CODE_PER_PERSON, str(person_id)), (daily, str(person_id)), at=at)


def admit_half_session(db: Session, token: str, *, at: datetime) -> None:
    """Count a try to give a code for half a session; raises HalfSessionEnded, TooManyTries."""
    half = half_session_of(db, token, at=at)
    if half is None:
        raise HalfSessionEnded
    admit_code(db, half.person_id, at=at)


def give_code(db: Session, token: str, code: str, *, device: str, vault: Vault, at: datetime) -> str:
    """Turn half a session into a whole one, with a code of the app or a recovery code; returns its new token.

    Raises HalfSessionEnded, WrongCode.
    """
    half = half_session_of(db, token, at=at)
    if half is None:
        raise HalfSessionEnded
    pass_second_factor(db, half.person_id, code, vault=vault, at=at)

    whole = begin_session(db, half.person_id, Certainty.TWO_FACTORS, device=device, replacing=token, at=at)
    if half.is_official:
        _tell_of_new_device(db, half.actor, device, at)
    return whole


def enrol(db: Session, session: SignedIn, code: str, *, device: str, vault: Vault, at: datetime) -> Enrolled:
    """Put the waiting secret in force with its first code. This session goes on under a new token, all others end.

    Raises NothingToConfirm, WrongCode.
    """
    recovery_codes = confirm_enrolment(db, session.person_id, code=code, vault=vault, at=at)

    tell_of_change(db, session.person_id, "set_up", at=at)
    end_sessions(db, session.person_id)
    token = begin_session(db, session.person_id, Certainty.TWO_FACTORS, device=device, at=at)
    return Enrolled(token, recovery_codes)


def _tell_of_new_device(db: Session, person: Actor, device: str, at: datetime) -> None:
    known = set(db.scalars(select(KnownDevice.device_hash).where(KnownDevice.person_id == person.person_id)))
    device_hash = hashlib.sha256(device.encode()).digest()
    if device_hash in known:
        return
    db.add(KnownDevice(person_id=person.person_id, device_hash=device_hash))
    if known:
        facts = {"link": links.ACCOUNT, "signed_in_at": at, "device": device}
        mail.post(db, "new-sign-in", to=person.email, locale=person.locale, facts=facts, at=at)
