"""Under what name a person's acts enter the public record: a random one for each procedure, which leads nowhere.

Within one procedure the record shows that two acts are of the same person (never both eyes of four); across procedures
it does not. The link from pseudonym to person lives only here and can be erased, and no proof breaks.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.identity.actors import Actor, AsMember, AsOfficial
from consult.identity.people import PersonId
from consult.record.entries import RecordedEvent, append, procedure_of
from consult.record.entry_form import Event, Signer
from consult.record.roles import ORGANISATION_MEMBER, PARTICIPANT, VERIFIED_PARTICIPANT
from consult.refusals import NotPermitted
from consult.store import Base
from consult.store.rows import write


class Pseudonym(Base):
    """The name of one person in one procedure."""

    __tablename__ = "pseudonym"

    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), primary_key=True)
    #: A record subject cut to its procedure, such as `consult:izvoru/consultari/112-2026`.
    procedure: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


#: Made once: every act asks it.
NAME = select(Pseudonym.name).where(
    Pseudonym.person_id == bindparam("person_id"), Pseudonym.procedure == bindparam("procedure")
)


def record(db: Session, event: Event, *, by: Actor, at: datetime, pseudonym: str | None = None) -> RecordedEvent:
    """Enter a public act into the record, signed by its actor's role and pseudonym.

    `pseudonym`: the actor's own, where the act has read it already. Raises NotPermitted for an act that none of the
    actor's roles may record.
    """
    role = role_in_record(by, event.signers)
    signer = Signer(role, pseudonym or pseudonym_of(db, by.person_id, event.subject))
    return append(db, event, signer=signer, at=at)


def pseudonym_of(db: Session, person_id: PersonId, subject: str) -> str:
    """Return the name of a person in the procedure to which a subject belongs; a new one at the first act."""
    procedure = procedure_of(subject)
    known = db.scalar(NAME, {"person_id": person_id, "procedure": procedure})
    if known is not None:
        return known
    return write(db, Pseudonym(person_id=person_id, procedure=procedure, name=secrets.token_hex(8))).name


def person_behind(db: Session, event: RecordedEvent) -> PersonId | None:
    """Return who did an act, for the house alone; None once the account is closed and the link erased."""
    return db.scalar(select(Pseudonym.person_id).where(Pseudonym.name == event.stated["actor"]["pseudonym"]))


def role_in_record(actor: Actor, signers: Iterable[str]) -> str:
    """Return the first of these roles in which the actor acts, in the words of the record. Raises NotPermitted."""
    held = _roles(actor)
    for role in signers:
        if role in held:
            return role
    raise NotPermitted


def _roles(actor: Actor) -> Collection[str]:
    match actor.capacity:
        case AsOfficial(roles=roles):
            return roles
        case AsMember():
            return (ORGANISATION_MEMBER,)
        case _:
            return (VERIFIED_PARTICIPANT if actor.is_verified else PARTICIPANT,)
