"""Codes for letters: whoever holds one may vote, once. Asked for by one official and made by another.

Which address a code went to is not kept, and whoever has seen the codes could use them; so no official alone gets any,
and the record tells how many there are.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NewType

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.codes import new_code, read_code
from consult.budgeting.cycles import CycleId
from consult.budgeting.voting_rights import NotThisProof, VotingRight, electorate_of, find_cycle_of_voters, prove_right
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.identity.vault import Vault
from consult.policy.voting_rules import Link, Proof
from consult.record.events.elections import LetterCodesMade
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type

#: So many codes are made and shown at a time.
MOST_CODES = 500

CodeBatchId = NewType("CodeBatchId", int)
key_type(CodeBatchId)


class TooManyCodes(Refusal):
    """More codes than one page shows, or none."""

    sentence = N_("Make between 1 and %(most)s codes at a time.")
    field = "count"


class CodesAsked(Refusal):
    """One request at a time waits for the second official."""

    sentence = N_("Codes were asked for already; a second official has to make these first.")
    field = "count"


class NoCodesAsked(Refusal):
    """Codes are made for a request, and once."""

    sentence = N_("Nobody has asked for these codes, or they were made already. They are shown only once.")


class CodeNotKnown(Refusal):
    """A code that reads well but was never given out for this cycle."""

    sentence = N_("This code was not given out for this vote.")
    field = "code"


class CodeUsed(Refusal):
    """A code that somebody has used, which whoever got the letter should hear."""

    sentence = N_("This code was used already. If it was not you, tell the town hall: somebody else had your letter.")
    field = "code"


class CodeBatch(Base):
    """Codes for letters: how many one official asked for, and which other one made them."""

    __tablename__ = "code_batch"
    __table_args__ = (
        CheckConstraint("made_by <> created_by", name="two_pairs_of_eyes"),
        CheckConstraint("(made_at IS NULL) = (made_by IS NULL)", name="made_by_somebody"),
    )

    id: Mapped[CodeBatchId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), index=True)
    authority_id: Mapped[AuthorityId] = mapped_column(ForeignKey("authority.id"))
    count: Mapped[int]
    created_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    made_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime | None]

    @property
    def is_public(self) -> bool:
        """What the house works on is nobody else's to know of."""
        return False


class LetterCode(Base):
    """A code that gives the right to vote, kept as a keyed hash; whose letter it stands in is not kept."""

    __tablename__ = "letter_code"

    #: The first column of the key, so that the same code is another in another cycle.
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    mac: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    is_used: Mapped[bool] = mapped_column(default=False)


def ask_for_codes(db: Session, cycle_id: CycleId, count: int, *, by: Actor, at: datetime) -> CodeBatch:
    """Ask a second official for codes. Raises NotPermitted, NotThisProof, TooManyCodes, CodesAsked."""
    cycle = find_cycle_of_voters(db, cycle_id)
    require("voters.admit", by, cycle)
    if Proof.LETTER not in electorate_of(cycle).proofs:
        raise NotThisProof
    if not 0 < count <= MOST_CODES:
        raise TooManyCodes(most=MOST_CODES)
    if codes_asked(db, cycle_id) is not None:
        raise CodesAsked

    batch = CodeBatch(
        cycle_id=cycle_id, authority_id=cycle.authority_id, count=count, created_by=by.person_id, created_at=at
    )
    db.add(batch)
    db.flush()
    return batch


def make_letter_codes(db: Session, cycle_id: CycleId, *, vault: Vault, by: Actor, at: datetime) -> Sequence[str]:
    """Make the codes that another official asked for and return them, once: here only their keyed hashes stay.

    Raises NoCodesAsked, NotPermitted, NeedsOtherEyes.
    """
    cycle, batch = find_cycle_of_voters(db, cycle_id), codes_asked(db, cycle_id)
    require("voters.admit", by, cycle)
    if batch is None:
        raise NoCodesAsked
    require("codes.make", by, batch)

    codes = [new_code() for _ in range(batch.count)]
    db.add_all(LetterCode(cycle_id=cycle_id, mac=_mac(vault, cycle_id, code)) for code in codes)
    batch.made_by, batch.made_at = by.person_id, at
    db.flush()
    asked_by = pseudonym_of(db, batch.created_by, cycle.subject)
    record(db, LetterCodesMade(subject=cycle.subject, codes=batch.count, asked_by=asked_by), by=by, at=at)
    return codes


def redeem_code(
    db: Session, cycle_id: CycleId, typed: str, link: Link, *, vault: Vault, by: Actor, at: datetime
) -> VotingRight:
    """Prove one's own right by the code from a letter, which is used up. A letter knows no age: that is declared.

    Raises CodeMistyped, CodeNotKnown, CodeUsed, and what `prove_right` refuses.
    """
    cycle = find_cycle_of_voters(db, cycle_id)
    mac = _mac(vault, cycle_id, read_code(typed))
    mine = LetterCode.cycle_id == cycle_id, LetterCode.mac == mac
    right = prove_right(db, cycle, by.person_id, link, Proof.LETTER, identity=None, seen_by=None, at=at)
    taken = update(LetterCode).where(*mine, LetterCode.is_used.is_(False)).values(is_used=True)
    if db.scalar(taken.returning(LetterCode.cycle_id)) is None:
        raise CodeNotKnown if db.get(LetterCode, (cycle_id, mac)) is None else CodeUsed
    return right


def codes_asked(db: Session, cycle_id: CycleId) -> CodeBatch | None:
    """Return the request for codes that waits for a second official."""
    return db.scalar(select(CodeBatch).where(CodeBatch.cycle_id == cycle_id, CodeBatch.made_at.is_(None)))


def _mac(vault: Vault, cycle_id: CycleId, code: str) -> bytes:
    return vault.mac(code, purpose=f"letter code of cycle {cycle_id}")
