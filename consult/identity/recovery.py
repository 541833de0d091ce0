"""A new password: by a letter when the old one is forgotten, or from the account with the old one in hand.

Either way all other sessions end, older links die, and a letter tells the owner. The second factor is never touched:
whoever has only the mailbox stays outside.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from consult import links, mail
from consult.identity.limits import RECOVERY_PER_ACCOUNT, RECOVERY_PER_ADDRESS, admit, network_of
from consult.identity.names import email_address
from consult.identity.offices import is_official
from consult.identity.one_use_links import LinkSpent, OneUseLink, Purpose, end_links, look_at, send_out, use_up
from consult.identity.passwords import CITIZEN, OFFICIAL, PasswordHash, PasswordRule
from consult.identity.people import Person, PersonId, person_by_email, person_of
from consult.identity.sessions import SignedIn, begin_session, end_sessions
from consult.identity.sign_in import Proof, WrongPassword

SETS_PASSWORD = (Purpose.RECOVERY, Purpose.SETUP)


def admit_recovery(db: Session, email: str, address: str, *, at: datetime) -> None:
    """Count a try to recover an account, by account and by network address; raises TooManyTries."""
    account = email.strip().lower()
    admit(db, (RECOVERY_PER_ACCOUNT, account), (RECOVERY_PER_ADDRESS, network_of(address)), at=at)


def ask_for_password(db: Session, email: str, *, locale: str, next_path: str = "", at: datetime) -> None:
    """Send a link to set a new password, or the news that there is no account; the page is the same.

    `next_path`: where to go once signed in. It waits here, not in the letter. Raises NotAnEmail.
    """
    address = email_address(email)
    person = person_by_email(db, address)
    owner = None if person is None or person.is_disabled else person

    # Written for a mailbox without an account too, where nobody learns the token: so that it takes as long.
    end_links(db, OneUseLink.email == address, OneUseLink.purpose == Purpose.RECOVERY, at=at)
    owner_id = owner.id if owner else None
    link, token = send_out(db, Purpose.RECOVERY, email=address, person_id=owner_id, next_path=next_path, at=at)
    if owner is None:
        mail.post(db, "no-such-account", to=address, locale=locale, facts={"link": links.SIGN_UP}, at=at)
    else:
        facts = {"link": links.new_password(token), "expires_at": link.expires_at}
        mail.post(db, "reset-password", to=address, locale=owner.locale, facts=facts, at=at)


def owner_of_link(db: Session, token: str, *, at: datetime) -> Person:
    """Return whose password a link sets, for the page that asks for it; raises LinkSpent."""
    return _owner(db, look_at(db, token, *SETS_PASSWORD, at=at))


def rule_for(db: Session, person_id: PersonId) -> PasswordRule:
    """Return the rule that a person's password must keep."""
    return OFFICIAL if is_official(db, person_id) else CITIZEN


def set_password_by_link(db: Session, token: str, password_hash: PasswordHash, *, at: datetime) -> str:
    """Set the password of the link's owner, whose mailbox is thereby confirmed; returns where they were going.

    Raises LinkSpent.
    """
    link = use_up(db, token, *SETS_PASSWORD, at=at)
    person, next_path = _owner(db, link), link.next_path

    person.email_confirmed_at = person.email_confirmed_at or at
    _replace(db, person, password_hash, at)
    return next_path


def change_password(
    db: Session, session: SignedIn, proof: Proof, password_hash: PasswordHash, *, device: str, at: datetime
) -> str:
    """Replace the password that was just proven; returns the new token of this session, the only one that stays.

    Raises WrongPassword when the proof is another's, or the password has changed since.
    """
    person = person_of(db, session.person_id)
    if proof.person_id != person.id or person.password_hash != proof.password_hash:
        raise WrongPassword

    _replace(db, person, password_hash, at)
    return begin_session(db, person.id, session.certainty, device=device, at=at)


def _owner(db: Session, link: OneUseLink) -> Person:
    assert link.person_id is not None, "a link that sets a password is somebody's"
    person = person_of(db, link.person_id)
    # The mailbox to which it went must still be the person's.
    if person.is_disabled or person.email != link.email:
        raise LinkSpent(link.purpose)
    return person


def _replace(db: Session, person: Person, password_hash: PasswordHash, at: datetime) -> None:
    kind = "password-changed" if person.password_hash else "password-set"
    person.password_hash = password_hash
    end_sessions(db, person.id)
    end_links(db, OneUseLink.person_id == person.id, OneUseLink.purpose.in_(SETS_PASSWORD), at=at)
    facts = {"link": links.RECOVERY, "changed_at": at}
    mail.post(db, kind, to=person.email, locale=person.locale, facts=facts, at=at)
