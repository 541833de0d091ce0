"""A roll of who may vote, imported by one official and confirmed by another: keyed hashes of names and birth dates.

No name and no date is kept, so that the roll cannot be read here, nor tried against a copy of the database. Somebody
on it proves their right by typing both. Whoever knows these of a neighbour could do so in their stead: the page says
so, tries are few, and one line proves the right of one person, once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, delete, exists, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.cycles import Cycle, CycleId
from consult.budgeting.days import last_day
from consult.budgeting.roll_files import Unread, read_roll
from consult.budgeting.voter_identity import EARLIEST, check_age, identity_of
from consult.budgeting.voting_rights import (
    NotThisProof,
    VotingRight,
    electorate_of,
    end_of_vote,
    find_cycle_of_voters,
    prove_right,
)
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.names import NotAName
from consult.identity.people import PersonId
from consult.identity.permissions import NeedsOtherEyes, require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link, Proof
from consult.record.events.elections import RollConfirmed
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.rows import write

#: So many lines are told of each kind of doubt; a file with more is put right before anything of it is taken in.
MOST_TOLD = 200
#: So many lines are written at a time.
BATCH = 5_000

RollId = NewType("RollId", int)
key_type(RollId)


class EmptyRoll(Refusal):
    """Nobody on the file may be added: it is empty, or all of them are known already."""

    sentence = N_("Nobody in this file is new: it is empty, or all of them are on the roll already.")
    field = "file"


class TooManyDoubts(Refusal):
    """A file that is not what it should be, rather than one with a few slips."""

    sentence = N_(
        "%(count)s lines name nobody or stand twice, the first of them line %(line)s. Correct the file and import it"
        " again."
    )
    field = "file"


class RollWaits(Refusal):
    """One import at a time waits for the second official."""

    sentence = N_("A roll was imported already; a second official has to confirm it, or one throws it away.")
    field = "file"


class NoRollWaits(Refusal):
    """It was confirmed or thrown away meanwhile."""

    sentence = N_("No roll waits for a second official: it was confirmed, or thrown away.")


class NotOnTheRoll(Refusal):
    """Nobody of this name and birth date is on a confirmed roll."""

    sentence = N_(
        "Nobody of this name and birth date is on the roll. Write the name as it stands in the identity card, with all"
        " first names; or prove your right in another way."
    )
    field = "name"


class Roll(Base):
    """One import: how many people it added, in which lines of the file there were doubts, and who confirmed it."""

    __tablename__ = "roll"
    __table_args__ = (
        CheckConstraint("confirmed_by <> created_by", name="two_pairs_of_eyes"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_by_somebody"),
    )

    id: Mapped[RollId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), index=True)
    people: Mapped[int]
    #: SHA-256, in hex, of the keyed hashes in their order: what the second official confirms is what was imported.
    digest: Mapped[str] = mapped_column(String(64))
    #: Lines that name nobody, by their number in the file.
    unread: Mapped[list[int]] = mapped_column(JSON)
    #: Lines with somebody who stands in the file before, or on a roll already.
    repeated: Mapped[list[int]] = mapped_column(JSON)
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    confirmed_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]


class RollLine(Base):
    """Somebody on a roll, by the keyed hash by which they are known again however they prove their right."""

    __tablename__ = "roll_line"

    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    identity: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    roll_id: Mapped[RollId] = mapped_column(ForeignKey("roll.id"), index=True)


@dataclass(frozen=True)
class HashedRoll:
    """A file of which only keyed hashes are left, each with its line, and the lines that name nobody."""

    people: Sequence[tuple[int, bytes]]
    unread: Sequence[int]


def hash_roll(content: bytes, *, vault: Vault, cycle_id: CycleId, today: date) -> HashedRoll:
    """Read a roll and forget the names while reading. Raises NotARoll, PersonalNumbers."""
    people, unread = [], []
    for person in read_roll(content):
        if isinstance(person, Unread) or not EARLIEST <= person.born <= today:
            unread.append(person.line)
            continue
        try:
            people.append((person.line, identity_of(vault, cycle_id, person.name, person.born)))
        except NotAName:
            unread.append(person.line)
    return HashedRoll(people, unread)


def import_roll(db: Session, cycle_id: CycleId, hashed: HashedRoll, *, by: Actor, at: datetime) -> Roll:
    """Take in who is new on a roll; it proves nothing until another official confirms it.

    Raises NotPermitted, NotThisProof, RollWaits, TooManyDoubts, EmptyRoll.
    """
    cycle = find_cycle_of_voters(db, cycle_id)
    require("voters.admit", by, cycle)
    if Proof.ROLL not in electorate_of(cycle).proofs:
        raise NotThisProof
    if roll_waiting(db, cycle_id) is not None:
        raise RollWaits
    known = set(db.scalars(select(RollLine.identity).where(RollLine.cycle_id == cycle_id)))
    added: dict[bytes, int] = {}
    repeated = []
    for line, identity in hashed.people:
        if identity in known or identity in added:
            repeated.append(line)
        else:
            added[identity] = line
    if not added:
        raise EmptyRoll
    doubts = sorted([*hashed.unread, *repeated])
    if len(doubts) > MOST_TOLD:
        raise TooManyDoubts(count=len(doubts), line=doubts[0])

    identities = sorted(added)
    roll = Roll(
        cycle_id=cycle_id,
        people=len(identities),
        digest=hashlib.sha256(b"".join(identities)).hexdigest(),
        unread=[*hashed.unread],
        repeated=repeated,
        created_by=by.person_id,
        created_at=at,
    )
    write(db, roll)
    for start in range(0, len(identities), BATCH):
        rows = [
            {"cycle_id": cycle_id, "identity": each, "roll_id": roll.id} for each in identities[start : start + BATCH]
        ]
        db.execute(insert(RollLine), rows)
    return roll


def confirm_roll(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> Roll:
    """Let an imported roll prove rights. Raises NotPermitted, NoRollWaits, NeedsOtherEyes."""
    cycle, roll = _waiting(db, cycle_id, by)
    if roll.created_by == by.person_id:
        raise NeedsOtherEyes

    roll.confirmed_by, roll.confirmed_at = by.person_id, at
    imported_by = pseudonym_of(db, roll.created_by, cycle.subject)
    event = RollConfirmed(subject=cycle.subject, people=roll.people, digest=roll.digest, imported_by=imported_by)
    record(db, event, by=by, at=at)
    return roll


def throw_roll_away(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> None:
    """Forget an imported roll that nobody has confirmed. Raises NotPermitted, NoRollWaits."""
    del at  # nothing of it was public
    _, roll = _waiting(db, cycle_id, by)
    db.execute(delete(RollLine).where(RollLine.roll_id == roll.id))
    db.execute(delete(Roll).where(Roll.id == roll.id))


def forget_rolls(db: Session, cycle_id: CycleId) -> None:
    """Forget who is on the rolls of a vote that has ended; how many there were stays."""
    db.execute(delete(RollLine).where(RollLine.cycle_id == cycle_id))


def prove_by_roll(
    db: Session, cycle_id: CycleId, name: str, born: date, link: Link, *, vault: Vault, by: Actor, at: datetime
) -> VotingRight:
    """Prove one's own right by a name and a birth date that are on a confirmed roll.

    Raises NotAName, NotABirthDate, TooYoung, NotOnTheRoll, and what `prove_right` refuses.
    """
    cycle = find_cycle_of_voters(db, cycle_id)
    check_age(born, least=electorate_of(cycle).minimum_age, on=last_day(end_of_vote(db, cycle_id)))
    identity = identity_of(vault, cycle_id, name, born)
    if not _is_on_roll(db, cycle_id, identity):
        raise NotOnTheRoll
    return prove_right(db, cycle, by.person_id, link, Proof.ROLL, identity=identity, seen_by=None, at=at)


def roll_waiting(db: Session, cycle_id: CycleId) -> Roll | None:
    """Return the imported roll that waits for a second official."""
    return db.scalar(select(Roll).where(Roll.cycle_id == cycle_id, Roll.confirmed_at.is_(None)))


def people_on_roll(db: Session, cycle_id: CycleId) -> int:
    """Return how many people are on the confirmed rolls of a cycle."""
    found = select(func.coalesce(func.sum(Roll.people), 0))
    return db.scalars(found.where(Roll.cycle_id == cycle_id, Roll.confirmed_at.is_not(None))).one()


def _waiting(db: Session, cycle_id: CycleId, by: Actor) -> tuple[Cycle, Roll]:
    cycle, roll = find_cycle_of_voters(db, cycle_id), roll_waiting(db, cycle_id)
    require("voters.admit", by, cycle)
    if roll is None:
        raise NoRollWaits
    return cycle, roll


def _is_on_roll(db: Session, cycle_id: CycleId, identity: bytes) -> bool:
    found = exists().where(
        RollLine.cycle_id == cycle_id,
        RollLine.identity == identity,
        Roll.id == RollLine.roll_id,
        Roll.confirmed_at.is_not(None),
    )
    return bool(db.scalar(select(found)))
