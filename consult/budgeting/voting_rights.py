"""Who may vote in a cycle: proven once, before or while people vote. Nothing here says whether anybody has voted.

A right is given at a desk, where somebody shows what ties them to the place, or by a code from a letter to an address.
The code is used up by whoever has it, and which address it went to is not kept.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NewType

import msgspec
from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.codes import new_code, read_code
from consult.budgeting.cycles import Cycle, CycleId
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import Person, PersonId, person_by_email
from consult.identity.permissions import NeedsOtherEyes, require
from consult.identity.residence import NoSuchParticipant
from consult.identity.vault import Vault
from consult.policy.voting_rules import Electorate, Link, Proof, VotingRules
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.rows import write
from consult.store.types import state_column

#: So many codes are made and shown at a time.
MOST_CODES = 500

VotingRightId = NewType("VotingRightId", int)
key_type(VotingRightId)


class TooManyCodes(Refusal):
    """More codes than one page shows, or none."""

    sentence = N_("Make between 1 and %(most)s codes at a time.")
    field = "count"


class RightAlready(Refusal):
    """The person has proven their right; it is proven once."""

    sentence = N_("This person may vote in this cycle already; nothing more is needed.")


class NotALink(Refusal):
    """What ties the person to the place gives no right by the rules of the cycle."""

    sentence = N_("By the rules of this cycle this does not give the right to vote.")
    field = "link"


class NotThisProof(Refusal):
    """The cycle knows no such way of proving the right."""

    sentence = N_("By the rules of this cycle the right to vote is not proven in this way.")


class CodeNotKnown(Refusal):
    """A code that reads well but was never given out for this cycle, or that somebody has used."""

    sentence = N_("This code was not given out for this vote, or was used already.")
    field = "code"


class VotingRight(Base):
    """That somebody may vote in a cycle, what ties them to the place, and how they proved it."""

    __tablename__ = "voting_right"
    __table_args__ = (UniqueConstraint("cycle_id", "person_id"),)

    id: Mapped[VotingRightId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    link: Mapped[Link] = mapped_column(state_column(Link))
    proof: Mapped[Proof] = mapped_column(state_column(Proof))
    #: The official who saw the papers; None for a code.
    seen_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    proven_at: Mapped[datetime]


class LetterCode(Base):
    """A code that gives the right to vote, kept as a keyed hash; whose letter it stands in is not kept."""

    __tablename__ = "letter_code"

    #: The first column of the key, so that the same code is another in another cycle.
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    is_used: Mapped[bool] = mapped_column(default=False)


def give_right(db: Session, cycle_id: CycleId, email: str, link: Link, *, by: Actor, at: datetime) -> VotingRight:
    """Note at a desk that a person may vote. What was shown is not kept.

    Raises NotPermitted, NoSuchParticipant, NeedsOtherEyes for oneself, NotThisProof, NotALink, RightAlready.
    """
    cycle = db.get_one(Cycle, cycle_id)
    require("voters.admit", by, cycle)
    person = person_by_email(db, email)
    if person is None or not person.is_confirmed or person.is_disabled:
        raise NoSuchParticipant
    if person.id == by.person_id:
        raise NeedsOtherEyes
    return _prove(db, cycle, person.id, link, Proof.DESK, seen_by=by.person_id, at=at)


def redeem_code(
    db: Session, cycle_id: CycleId, typed: str, link: Link, *, vault: Vault, by: Actor, at: datetime
) -> VotingRight:
    """Prove one's own right by the code from a letter, which is used up.

    Raises CodeMistyped, CodeNotKnown, NotThisProof, NotALink, RightAlready.
    """
    cycle = db.get_one(Cycle, cycle_id)
    code = read_code(typed)
    right = _prove(db, cycle, by.person_id, link, Proof.LETTER, seen_by=None, at=at)
    used = (
        update(LetterCode)
        .where(
            LetterCode.cycle_id == cycle_id,
            LetterCode.mac == _mac(vault, cycle_id, code),
            LetterCode.is_used.is_(False),
        )
        .values(is_used=True)
        .returning(LetterCode.cycle_id)
    )
    if db.scalar(used) is None:
        raise CodeNotKnown
    return right


def make_letter_codes(db: Session, cycle_id: CycleId, count: int, *, vault: Vault, by: Actor) -> Sequence[str]:
    """Make codes for letters and return them, once: here only their keyed hashes stay. Raises NotPermitted."""
    cycle = db.get_one(Cycle, cycle_id)
    require("voters.admit", by, cycle)
    if Proof.LETTER not in electorate_of(cycle).proofs:
        raise NotThisProof
    if not 0 < count <= MOST_CODES:
        raise TooManyCodes(most=MOST_CODES)
    codes = [new_code() for _ in range(count)]
    db.add_all(LetterCode(cycle_id=cycle_id, mac=_mac(vault, cycle_id, code)) for code in codes)
    db.flush()
    return codes


def may_vote(db: Session, cycle_id: CycleId, person_id: PersonId) -> bool:
    """Whether a person has proven the right to vote in a cycle."""
    found = select(VotingRight.id).where(VotingRight.cycle_id == cycle_id, VotingRight.person_id == person_id)
    return db.scalar(found) is not None


def count_voters(db: Session, cycle_id: CycleId) -> int:
    """Return how many people have proven their right."""
    return db.scalars(select(func.count(VotingRight.id)).where(VotingRight.cycle_id == cycle_id)).one()


def voters_of(db: Session, cycle_id: CycleId) -> Sequence[PersonId]:
    """Return who has proven the right to vote, whether or not they have used it, but for closed accounts."""
    found = select(VotingRight.person_id).join(Person, Person.id == VotingRight.person_id)
    return db.scalars(found.where(VotingRight.cycle_id == cycle_id, Person.disabled_at.is_(None))).all()


def _prove(
    db: Session, cycle: Cycle, person_id: PersonId, link: Link, proof: Proof, *, seen_by: PersonId | None, at: datetime
) -> VotingRight:
    electorate = electorate_of(cycle)
    if proof not in electorate.proofs:
        raise NotThisProof
    if link not in electorate.links:
        raise NotALink
    if may_vote(db, cycle.id, person_id):
        raise RightAlready
    right = VotingRight(cycle_id=cycle.id, person_id=person_id, link=link, proof=proof, seen_by=seen_by, proven_at=at)
    return write(db, right)


def electorate_of(cycle: Cycle) -> Electorate:
    """Return who may vote by the rules of a cycle, and how they prove it."""
    return msgspec.convert(cycle.rules, VotingRules).voting


def _mac(vault: Vault, cycle_id: CycleId, code: str) -> bytes:
    return vault.mac(code, purpose=f"letter code of cycle {cycle_id}")
