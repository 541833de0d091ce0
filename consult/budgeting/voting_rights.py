"""Who may vote in a cycle: proven once, before or while people vote. Nothing here says whether anybody has voted.

A right is given at a desk, where somebody shows what ties them to the place, or by a code from a letter to an address.
Each is told to the record by its kind alone, so that anybody can see how many may vote, and that no more did. Where the
name and the birth date are known, the person is known again (`voter_identity`), whatever account they use.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NewType

import msgspec
from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, undefer

from consult.budgeting.cycles import Cycle, CycleId
from consult.budgeting.days import last_day
from consult.budgeting.paper_voters import votes_on_paper
from consult.budgeting.phases import Phase, phases_of
from consult.budgeting.voter_identity import check_age, identity_of
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import Person, PersonId, person_by_email
from consult.identity.permissions import NeedsOtherEyes, require
from consult.identity.pseudonyms import record
from consult.identity.residence import NoSuchParticipant
from consult.identity.vault import Vault
from consult.policy.voting_rules import Electorate, Link, Proof, VotingRules
from consult.record.entries import append
from consult.record.entry_form import Signer
from consult.record.events.elections import VoterAdmitted
from consult.record.roles import SERVICE
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.rows import write
from consult.store.types import state_column

#: Who proves their right alone is no name in the record, which would stand beside the projects that they proposed.
BY_ITSELF = Signer(SERVICE, SERVICE)

VotingRightId = NewType("VotingRightId", int)
key_type(VotingRightId)


class RightAlready(Refusal):
    """The person has proven their right; it is proven once."""

    sentence = N_("This person may vote in this cycle already; nothing more is needed.")


class KnownVoter(Refusal):
    """The same person, by name and birth date: under another account, or with a ballot on paper in hand."""

    sentence = N_(
        "Somebody of this name and birth date may vote in this cycle already, from another account or on paper. "
        "Nobody votes twice."
    )
    field = "name"


class TooLateToProve(Refusal):
    """After the vote a right is of no use."""

    sentence = N_("The vote of this cycle has ended; nobody proves a right to vote in it any more.")


class NotALink(Refusal):
    """What ties the person to the place gives no right by the rules of the cycle."""

    sentence = N_("By the rules of this cycle this does not give the right to vote.")
    field = "link"


class NotThisProof(Refusal):
    """The cycle knows no such way of proving the right."""

    sentence = N_("By the rules of this cycle the right to vote is not proven in this way.")


class VotingRight(Base):
    """That somebody may vote in a cycle, what ties them to the place, and how they proved it."""

    __tablename__ = "voting_right"
    __table_args__ = (UniqueConstraint("cycle_id", "person_id"), UniqueConstraint("cycle_id", "identity"))

    id: Mapped[VotingRightId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    link: Mapped[Link] = mapped_column(state_column(Link))
    proof: Mapped[Proof] = mapped_column(state_column(Proof))
    #: By what the person is known again (`voter_identity`); None for a code, which knows no name.
    identity: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    #: The official who saw the papers; None for a code.
    seen_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    proven_at: Mapped[datetime]


def give_right(
    db: Session,
    cycle_id: CycleId,
    email: str,
    link: Link,
    *,
    name: str,
    born: date,
    vault: Vault,
    by: Actor,
    at: datetime,
) -> VotingRight:
    """Note at a desk that a person may vote. `name`, `born`: from the papers shown, of which a keyed hash is kept.

    Raises NotPermitted, NoSuchParticipant, NeedsOtherEyes for oneself, NotAName, NotABirthDate, TooYoung, NotThisProof,
    NotALink, RightAlready, KnownVoter, TooLateToProve.
    """
    cycle = find_cycle_of_voters(db, cycle_id)
    require("voters.admit", by, cycle)
    person = person_by_email(db, email)
    if person is None or not person.is_confirmed or person.is_disabled:
        raise NoSuchParticipant
    if person.id == by.person_id:
        raise NeedsOtherEyes
    check_age(born, least=electorate_of(cycle).minimum_age, on=last_day(end_of_vote(db, cycle_id)))
    identity = identity_of(vault, cycle_id, name, born)
    return prove_right(db, cycle, person.id, link, Proof.DESK, identity=identity, seen_by=by, at=at)


def prove_right(
    db: Session,
    cycle: Cycle,
    person_id: PersonId,
    link: Link,
    proof: Proof,
    *,
    identity: bytes | None,
    seen_by: Actor | None,
    at: datetime,
) -> VotingRight:
    """Note that a person may vote, however that was proven, and tell the record how. Its age was looked at before.

    Raises NotThisProof, NotALink, RightAlready, KnownVoter, TooLateToProve.
    """
    electorate = electorate_of(cycle)
    if at >= end_of_vote(db, cycle.id):
        raise TooLateToProve
    if proof not in electorate.proofs:
        raise NotThisProof
    if link not in electorate.links:
        raise NotALink
    if may_vote(db, cycle.id, person_id):
        raise RightAlready
    if identity and (has_right(db, cycle.id, identity) or votes_on_paper(db, cycle.id, identity)):
        raise KnownVoter

    right = VotingRight(
        cycle_id=cycle.id,
        person_id=person_id,
        link=link,
        proof=proof,
        identity=identity,
        seen_by=seen_by.person_id if seen_by else None,
        proven_at=at,
    )
    write(db, right)
    event = VoterAdmitted(subject=cycle.subject, proof=proof, link=link)
    if seen_by:
        record(db, event, by=seen_by, at=at)
    else:
        append(db, event, signer=BY_ITSELF, at=at)
    return right


def find_cycle_of_voters(db: Session, cycle_id: CycleId) -> Cycle:
    """Return an announced cycle with its name in the record. Raises NotFound."""
    cycle = db.scalar(select(Cycle).where(Cycle.id == cycle_id).options(undefer(Cycle.authority_slug)))
    if cycle is None or cycle.announced_at is None:
        raise NotFound
    return cycle


def end_of_vote(db: Session, cycle_id: CycleId) -> datetime:
    """Return the first instant at which nobody votes in an announced cycle any more."""
    return next(each.ends_at for each in phases_of(db, cycle_id) if each.phase is Phase.VOTING)


def may_vote(db: Session, cycle_id: CycleId, person_id: PersonId) -> bool:
    """Whether a person has proven the right to vote in a cycle."""
    found = select(VotingRight.id).where(VotingRight.cycle_id == cycle_id, VotingRight.person_id == person_id)
    return db.scalar(found) is not None


def has_right(db: Session, cycle_id: CycleId, identity: bytes) -> bool:
    """Whether somebody, known again by name and birth date, has proven the right to vote in a cycle."""
    found = select(VotingRight.id).where(VotingRight.cycle_id == cycle_id, VotingRight.identity == identity)
    return db.scalar(found) is not None


def count_voters(db: Session, cycle_id: CycleId) -> int:
    """Return how many people have proven their right."""
    return db.scalars(select(func.count(VotingRight.id)).where(VotingRight.cycle_id == cycle_id)).one()


def voters_of(db: Session, cycle_id: CycleId) -> Sequence[PersonId]:
    """Return who has proven the right to vote, whether or not they have used it, but for closed accounts."""
    found = select(VotingRight.person_id).join(Person, Person.id == VotingRight.person_id)
    return db.scalars(found.where(VotingRight.cycle_id == cycle_id, Person.disabled_at.is_(None))).all()


def electorate_of(cycle: Cycle) -> Electorate:
    """Return who may vote by the rules of a cycle, and how they prove it."""
    return msgspec.convert(cycle.rules, VotingRules).voting
