"""Under what name a person's acts enter the public record: a random one for each procedure, which leads nowhere.

Within one procedure the record shows that two acts are of the same person (never both eyes of four); across procedures
it does not. The link from pseudonym to person lives only here and can be erased, and no proof breaks.
"""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.identity.actors import Actor, AsMember, AsOfficial
from consult.identity.offices import Role
from consult.identity.people import PersonId
from consult.record.entries import RecordedEvent, append, procedure_of
from consult.record.entry_form import Event, Signer
from consult.store import Base
from consult.store.rows import write

PARTICIPANT = "participant"
VERIFIED_PARTICIPANT = "verified_participant"
ORGANISATION_MEMBER = "organisation_member"

#: An official acts in every role they hold; the record names the one that this kind of act is done in.
SIGNING_ROLES: dict[str, tuple[Role, ...]] = {
    "authority.created": (Role.ADMINISTRATOR,),
    "official.appointed": (Role.ADMINISTRATOR,),
    "local_rule.set": (Role.ADMINISTRATOR,),
    "organisation.verified": (Role.CONTACT_PERSON, Role.ADMINISTRATOR),
    "consultation.announced": (Role.APPROVER,),
    "pack.frozen": (Role.APPROVER,),
    "recommendation.hidden": (Role.MODERATOR, Role.CONTACT_PERSON),
    "recommendation.shown": (Role.MODERATOR, Role.CONTACT_PERSON),
    "appeal.decided": (Role.APPROVER, Role.CONTACT_PERSON, Role.MODERATOR),
    "body.erased": (Role.APPROVER, Role.CONTACT_PERSON, Role.MODERATOR),
    "witness.added": (Role.ADMINISTRATOR,),
    "witness.removed": (Role.ADMINISTRATOR,),
    "quorum.changed": (Role.ADMINISTRATOR,),
}
#: For all other acts: who answers for them most.
PRECEDENCE = (
    Role.CONTACT_PERSON,
    Role.APPROVER,
    Role.CLERK,
    Role.COMMISSION_MEMBER,
    Role.MODERATOR,
    Role.DEPARTMENT_MEMBER,
    Role.ADMINISTRATOR,
)


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


def record(db: Session, event: Event, *, by: Actor, at: datetime) -> RecordedEvent:
    """Enter a public act into the record, signed by its actor's role and pseudonym."""
    signer = Signer(role=role_in_record(by, event.type), pseudonym=pseudonym_of(db, by.person_id, event.subject))
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


def role_in_record(actor: Actor, event_type: str) -> str:
    """Return the role in which an actor does an act of this type, in the words of the record."""
    match actor.capacity:
        case AsOfficial(roles=roles):
            wanted = (*SIGNING_ROLES.get(event_type, ()), *PRECEDENCE)
            return next(role for role in wanted if role in roles)
        case AsMember():
            return ORGANISATION_MEMBER
        case _:
            return VERIFIED_PARTICIPANT if actor.is_verified else PARTICIPANT
