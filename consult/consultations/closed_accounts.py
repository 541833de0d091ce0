"""What becomes of a person's proposals when they close their account, and what the register keeps of them.

The law has the register of proposals say from which person each came and how they can be reached (Law 52/2003, art.
7(5)); erasure stops there (GDPR, art. 17(3)(b)). So the proposals stay; name and address stay beside the register, for
the authority alone, and only of whoever has sent one in their own name. Everything else goes.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.consultations.contestations import forget_addresses
from consult.consultations.dossiers.dossiers import forget_dossiers
from consult.consultations.following import forget_follower
from consult.consultations.hand_entries import hand_entry_of
from consult.consultations.recommendations import Recommendation
from consult.consultations.supports import forget_supporter
from consult.consultations.unsent import forget_unsent_of
from consult.i18n import DEFAULT_LOCALE
from consult.identity.closing import HoldsAnOffice, Ties, forget_person, ties_of
from consult.identity.organisations import Organisation
from consult.identity.people import Person, PersonId, person_of
from consult.identity.sign_in import Proof, WrongPassword
from consult.identity.two_factor import is_enrolled, pass_second_factor
from consult.identity.vault import Vault
from consult.meetings.speakers import forget_speaker
from consult.notifications.subscriptions import DigestSubscription
from consult.store import Base


class RegisteredAuthor(Base):
    """Who sent what the register holds, once their account is closed. Never public; nobody signs in with it."""

    __tablename__ = "registered_author"

    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str]
    email: Mapped[str]


@dataclass(frozen=True)
class Closing:
    """What closing an account would mean, for the page that asks for it.

    `in_register`: proposals in one's own name that are still there to be read; `signed`: those that show the name.
    """

    ties: Ties
    in_register: int
    signed: int
    is_enrolled: bool


def closing_of(db: Session, person_id: PersonId) -> Closing:
    """Return what closing a person's account would mean."""
    own = select(func.count()).where(
        Recommendation.person_id == person_id,
        Recommendation.organisation_id.is_(None),
        Recommendation.erased_as.is_(None),
    )
    return Closing(
        ties=ties_of(db, person_id),
        in_register=db.scalars(own).one(),
        signed=db.scalars(own.where(Recommendation.named)).one(),
        is_enrolled=is_enrolled(db, person_id),
    )


def close_own_account(
    db: Session, person_id: PersonId, proof: Proof, *, code: str, withdraws_name: bool, vault: Vault, at: datetime
) -> None:
    """Close the account of somebody who asks for it and has just proven the password.

    `code`: of the second step, where the account has one. `withdraws_name`: proposals that were signed appear as those
    of a participant. No entry says so: the record never held the name. Raises HoldsAnOffice, WrongPassword, WrongCode.
    """
    person = person_of(db, person_id)
    closing = closing_of(db, person.id)
    if closing.ties.authority is not None:
        raise HoldsAnOffice(authority=closing.ties.authority)
    if proof.person_id != person.id or person.password_hash != proof.password_hash:
        raise WrongPassword
    if closing.is_enrolled:
        pass_second_factor(db, person.id, code, vault=vault, at=at)

    email, locale = person.email, person.locale
    if withdraws_name:
        signed = Recommendation.person_id == person.id, Recommendation.named
        forget_dossiers(db, db.scalars(select(Recommendation.consultation_id).where(*signed)).all())
        db.execute(update(Recommendation).where(*signed).values(named=False))
    if closing.in_register:
        db.add(RegisteredAuthor(person_id=person.id, name=person.name, email=email))
    forget_addresses(db, Recommendation.person_id == person.id)
    forget_unsent_of(db, person.id, at=at)
    forget_supporter(db, person.id, at=at)
    forget_speaker(db, person.id, withdraws_name=withdraws_name, at=at)
    db.execute(delete(DigestSubscription).where(DigestSubscription.email == email))
    forget_follower(db, email)
    forget_person(db, person, keeps_name=bool(closing.signed) and not withdraws_name, at=at)

    facts = {"link": links.PERSONAL_DATA, "closed_at": at}
    mail.post(db, "account-closed", to=email, locale=locale, facts=facts, at=at)


def mailbox_of(db: Session, recommendation: Recommendation) -> tuple[str, str] | None:
    """Return the address at which an author is written to, and the language.

    Once the person's account is closed, the organisation for which they spoke is written to; for themselves, nobody.
    None for somebody who wrote on paper and gave no e-mail address: what they are told is printed.
    """
    if recommendation.person_id is None:
        entry = hand_entry_of(db, recommendation.id)
        return (entry.email, DEFAULT_LOCALE) if entry and entry.email else None
    person = db.get_one(Person, recommendation.person_id)
    if person.is_disabled and recommendation.organisation_id is not None:
        return db.get_one(Organisation, recommendation.organisation_id).email, person.locale
    return person.email, person.locale


def is_closed(db: Session, person_id: PersonId) -> bool:
    """Whether a person's account was closed."""
    return person_of(db, person_id).is_disabled
