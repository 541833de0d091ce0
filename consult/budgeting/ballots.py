"""Casting a ballot: one row, and nothing else in the whole database that could say who cast it, when, or for what.

The row has no time and a random key, so that neither tells the order in which people voted; the voter's name in it is a
pseudonym that nobody can work out once the election key is destroyed; and what was chosen is sealed to the commission.
Ballots are never changed: whoever votes again casts another, and the last one counts.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.choices import check_choices
from consult.budgeting.commission_key import seal
from consult.budgeting.cycles import CycleId
from consult.budgeting.election_key import ElectionKey
from consult.budgeting.elections import Election, election_of, paper_of, voting_days
from consult.budgeting.openings import Choices, Opening, draw, read_word
from consult.budgeting.voting_rights import VotingRight, may_vote
from consult.i18n import N_
from consult.identity.people import PersonId
from consult.refusals import NotPermitted, Refusal
from consult.store import Base
from consult.store.resend import SentDifferently
from consult.store.rows import write


class VoteNotOpen(Refusal):
    """No ballot is taken in yet."""

    sentence = N_("The vote has not begun yet. Your ballot was not cast.")


class VoteClosed(Refusal):
    """The vote has ended. Said to whoever sends a ballot anew as well, so it says nothing false of one that came in."""

    sentence = N_("The vote has ended: no new ballot is taken in. If you sent one before the end, that one counts.")


class NoRightToVote(NotPermitted):
    """Who may vote has to be proven first."""

    sentence = N_("You have not proven yet that you may vote here. Your ballot was not cast.")


class VotedElsewhere(Refusal):
    """A ballot of this voter came in after this form was opened: in another tab, or on another device."""

    sentence = N_(
        "You have cast a ballot since you opened this page, perhaps in another tab. That one counts, and this one was "
        "not cast. To replace it, begin anew."
    )


class VoteIsFinal(Refusal):
    """In this cycle a ballot cannot be replaced."""

    sentence = N_("You have voted, and in this cycle a vote cannot be changed. This ballot was not cast.")


class BallotRow(Base):
    """A ballot as it was taken in. Append-only, but that it is noted which are in the record."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("cycle_id", "pseudonym", "revision"),
        UniqueConstraint("cycle_id", "form"),
        Index("ix_ballot_to_commit", "cycle_id", "is_committed"),
        # Kept in the order of its random key: SQLite would number the rows in the order in which people voted.
        {"sqlite_with_rowid": False},
    )

    #: Random, and kept nowhere else.
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"))
    pseudonym: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: The how-manieth ballot of this voter it is, from 1 on.
    revision: Mapped[int]
    #: Keyed hash of the form's random key.
    form: Mapped[bytes] = mapped_column(LargeBinary(32))
    #: SHA-256 of its opening.
    commitment: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    #: Its opening, padded and sealed to the commission's key.
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    #: Whether the record names its commitment.
    is_committed: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True)
class Cast:
    """A form by which somebody votes. `form`: its random key; `seen`: how many ballots of theirs its page knew of."""

    choices: Choices
    word: str
    form: str
    seen: int


def cast_ballot(
    db: Session, cycle_id: CycleId, cast: Cast, *, election_key: ElectionKey, person_id: PersonId, at: datetime
) -> Opening:
    """Take in a ballot, and return what the voter is shown of it. Run it alone with `cycles.lock_of`.

    A form that is sent again has the same receipt, after the close too: whoever lost the answer on the last evening is
    told that their ballot is in. Raises VoteNotOpen, VoteClosed, NoRightToVote, NotAWord, what `check_choices` refuses,
    SentDifferently, VoteIsFinal, VotedElsewhere.
    """
    election = begun(db, cycle_id)
    voter = voter_name(person_id)
    paper, form = paper_of(db, election), election_key.form(f"{voter}\n{cast.form}")
    sent = db.scalar(select(BallotRow.commitment).where(BallotRow.cycle_id == cycle_id, BallotRow.form == form))
    if sent is None:
        open_at(db, cycle_id, at)
        if not may_vote(db, cycle_id, person_id):
            raise NoRightToVote
        check_choices(paper, cast.choices)
    opening = draw(paper.election, cast.choices, read_word(cast.word), election_key.nonces(voter, cast.form))
    commitment = bytes.fromhex(opening.commitment)
    if sent is not None:
        if sent != commitment:
            raise SentDifferently
        return opening
    pseudonym = election_key.pseudonym(voter)
    last = last_revision(db, cycle_id, pseudonym)
    if last and not paper.rules.may_change_vote:
        raise VoteIsFinal
    if last != cast.seen:
        raise VotedElsewhere

    row = BallotRow(
        id=secrets.token_bytes(16),
        cycle_id=cycle_id,
        pseudonym=pseudonym,
        revision=last + 1,
        form=form,
        commitment=commitment,
        sealed=seal(election.sealing_key, paper.election, opening.padded(paper.ballot_size)),
        is_committed=False,
    )
    write(db, row)
    return opening


def open_at(db: Session, cycle_id: CycleId, at: datetime) -> Election:
    """Return a vote that takes in ballots that arrive at an instant. Raises VoteNotOpen, VoteClosed."""
    election, days = begun(db, cycle_id), voting_days(db, cycle_id)
    if days is None or at < days.starts_at:
        raise VoteNotOpen
    if election.closed_at is not None or at >= days.ends_at:
        raise VoteClosed
    return election


def begun(db: Session, cycle_id: CycleId) -> Election:
    """Return a vote that was opened, closed meanwhile or not. Raises VoteNotOpen."""
    election = election_of(db, cycle_id)
    if election is None or election.opened_at is None:
        raise VoteNotOpen
    return election


def voter_name(person_id: PersonId) -> str:
    """Return by what a voter is known to the election key."""
    return f"person:{person_id}"


def last_revision(db: Session, cycle_id: CycleId, pseudonym: bytes) -> int:
    """Return how many ballots lie under a pseudonym; the last of them counts."""
    mine = BallotRow.cycle_id == cycle_id, BallotRow.pseudonym == pseudonym
    return db.scalars(select(func.count(BallotRow.id)).where(*mine)).one()


def times_voted(db: Session, cycle_id: CycleId, key: ElectionKey, person_id: PersonId) -> int:
    """Return how many ballots a person has cast, which only the election key can tell."""
    return last_revision(db, cycle_id, key.pseudonym(voter_name(person_id)))


def pseudonyms_of(db: Session, cycle_id: CycleId, key: ElectionKey) -> Collection[bytes]:
    """Return under what names those who may vote have cast their ballots, if they have."""
    holders = db.scalars(select(VotingRight.person_id).where(VotingRight.cycle_id == cycle_id))
    return {key.pseudonym(voter_name(person_id)) for person_id in holders}


@dataclass(frozen=True)
class Sorted:
    """The commitments of all ballots of a vote: those that count, those replaced, and those that are nobody's."""

    counting: Sequence[bytes]
    replaced: Sequence[bytes]
    strays: Sequence[bytes]


def sorted_ballots(db: Session, cycle_id: CycleId, key: ElectionKey) -> Sorted:
    """Part the ballots by whether they count. A stray lies under a name that no right leads to: nobody's, or forged."""
    rows = db.execute(
        select(BallotRow.pseudonym, BallotRow.commitment)
        .where(BallotRow.cycle_id == cycle_id)
        .order_by(BallotRow.pseudonym, BallotRow.revision)
    ).all()
    known = pseudonyms_of(db, cycle_id, key)
    last = {pseudonym: commitment for pseudonym, commitment in rows if pseudonym in known}
    counting = set(last.values())
    replaced = [commitment for pseudonym, commitment in rows if pseudonym in known and commitment not in counting]
    strays = [commitment for pseudonym, commitment in rows if pseudonym not in known]
    return Sorted(sorted(counting), sorted(replaced), sorted(strays))
