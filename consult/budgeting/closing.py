"""Batches while people vote, and the close: what is in the record, that nothing is missing, and that the key is gone.

A commitment that entered the record by itself, a moment after its ballot was cast, would tell with any log of visits
who cast it. So they enter shuffled and many at a time (`crowds`).
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from consult.budgeting.ballots import BallotRow, Sorted, sorted_ballots
from consult.budgeting.crowds import draw_crowd
from consult.budgeting.cycles import CycleId, lock_of
from consult.budgeting.election_key import ElectionKey, NoElectionKey, destroy_election_key, read_election_key
from consult.budgeting.elections import (
    BY_ITSELF,
    Election,
    announced,
    due_to_open,
    open_election,
    voting_days,
)
from consult.budgeting.phases import CyclePhase, Phase
from consult.budgeting.rolls import forget_rolls
from consult.budgeting.vote_letters import tell_voters
from consult.budgeting.voting_rights import count_voters
from consult.record.entries import append, append_all
from consult.record.events.elections import BallotCommitted, ElectionClosed, ElectionKeyDestroyed
from consult.record.openings import keep_election_file
from consult.refusals import Refusal
from consult.store import Database
from consult.store.base import table_of

#: So many are looked at together.
MOST = 1_000
#: One row after another, in the order in which they are named.
IN_THE_RECORD = update(table_of(BallotRow)).where(BallotRow.commitment == bindparam("each")).values(is_committed=True)
COUNTING, REPLACED, STRAY = "counts", "replaced", "stray"

logger = logging.getLogger(__name__)


def commit_batch(db: Session, cycle_id: CycleId, *, is_last: bool = False, at: datetime) -> int:
    """Let a crowd of the commitments that wait enter the record, shuffled; return how many did. `is_last`: let all.

    Each of these rows is written anew in the shuffled order, which wipes out the order in which PostgreSQL had them.
    """
    waiting = select(BallotRow.commitment).where(BallotRow.cycle_id == cycle_id, BallotRow.is_committed.is_(False))
    commitments = draw_crowd(db.scalars(waiting.order_by(BallotRow.commitment).limit(MOST)).all(), is_last=is_last)
    if not commitments:
        return 0
    db.execute(IN_THE_RECORD, [{"each": commitment} for commitment in commitments])
    subject = announced(db, cycle_id).subject
    events = [BallotCommitted(subject=subject, commitment=commitment.hex()) for commitment in commitments]
    append_all(db, events, signer=BY_ITSELF, at=at)
    return len(commitments)


def close_election(db: Session, cycle_id: CycleId, key: ElectionKey, *, at: datetime) -> Election:
    """End the vote: list every commitment, and which count. Run it alone with `cycles.lock_of`.

    Whoever cast a ballot before held that lock and is on the list; whoever comes after finds the vote closed. While the
    election key is still there it is worked out once more under what names those who may vote could have voted: a
    ballot that was written past the door lies under none of these, and is listed as one that does not count.
    """
    election, cycle, days = db.get_one(Election, cycle_id), announced(db, cycle_id), voting_days(db, cycle_id)
    if not election.is_open or days is None or at < days.ends_at:
        return election
    while commit_batch(db, cycle_id, is_last=True, at=at):
        pass
    found = sorted_ballots(db, cycle_id, key)

    election.listing = keep_election_file(db, listing(found))
    election.closed_at = cycle.closed_at = at
    db.flush()

    event = ElectionClosed(
        subject=cycle.subject,
        ballots=len(found.counting),
        replaced=len(found.replaced),
        strays=len(found.strays),
        listing=election.listing,
        voters=count_voters(db, cycle_id),
    )
    append(db, event, signer=BY_ITSELF, at=at)
    return election


def listing(found: Sorted) -> bytes:
    """Return the list of commitments, sorted, each with whether it counts. Which replaced which is not told."""
    states = ((COUNTING, found.counting), (REPLACED, found.replaced), (STRAY, found.strays))
    said = [(commitment.hex(), state) for state, commitments in states for commitment in commitments]
    return "".join(f"{commitment} {state}\n" for commitment, state in sorted(said)).encode()


def note_destruction(db: Session, cycle_id: CycleId, *, at: datetime) -> None:
    """Tell the record that the election key is gone, and forget the rolls, which prove nothing any more."""
    election, cycle = db.get_one(Election, cycle_id), announced(db, cycle_id)
    if election.key_destroyed_at is None:
        election.key_destroyed_at = at
        forget_rolls(db, cycle_id)
        append(db, ElectionKeyDestroyed(subject=cycle.subject), signer=BY_ITSELF, at=at)


def tend_elections(database: Database, keys: Path, *, at: datetime) -> None:
    """Do what is due in all votes: open them, let commitments enter the record, close them, destroy their keys.

    Each by itself: one that cannot be opened delays no other town's close.
    """
    for cycle_id in database.read(due_to_open, at=at):
        with _by_itself(cycle_id):
            database.act_alone(lock_of(cycle_id), open_election, cycle_id, at=at)
    for cycle_id in database.read(open_elections):
        with _by_itself(cycle_id):
            if at >= database.read(end_of, cycle_id):
                key = _key_of(database, keys, cycle_id)
                database.act_alone(lock_of(cycle_id), close_election, cycle_id, key, at=at)
            else:
                database.act(commit_batch, cycle_id, at=at)
    for cycle_id in database.read(with_keys_to_destroy):
        with _by_itself(cycle_id):
            with suppress(NoElectionKey):
                database.act(tell_voters, cycle_id, _key_of(database, keys, cycle_id), is_last=True, at=at)
            # The file first: what the record tells has then happened, and a worker that stops in between does it again.
            destroy_election_key(keys, cycle_id)
            database.act(note_destruction, cycle_id, at=at)


def tell_all_voters(database: Database, keys: Path, *, at: datetime) -> None:
    """Write at night to those in whose name a ballot was cast, in all votes that are open."""
    for cycle_id in database.read(open_elections):
        with _by_itself(cycle_id):
            database.act(tell_voters, cycle_id, _key_of(database, keys, cycle_id), at=at)


def _key_of(database: Database, keys: Path, cycle_id: CycleId) -> ElectionKey:
    """Return the election key of a vote. Raises NoElectionKey."""
    return read_election_key(keys, cycle_id, database.read(announced, cycle_id).subject)


@contextmanager
def _by_itself(cycle_id: CycleId) -> Iterator[None]:
    """Write down what is refused in one vote, by its class alone: a message may hold what is nobody's to read.

    Nothing to vote on, a key that is not there, a disk that does not answer. A mistake of ours still ends the job.
    """
    try:
        yield
    except (Refusal, OSError) as problem:
        logger.error("The vote of cycle %d was not tended: %s", cycle_id, type(problem).__qualname__)  # noqa: TRY400


def open_elections(db: Session) -> Sequence[CycleId]:
    """Return the cycles in which ballots are taken in."""
    return db.scalars(
        select(Election.cycle_id).where(Election.opened_at.is_not(None), Election.closed_at.is_(None))
    ).all()


def with_keys_to_destroy(db: Session) -> Sequence[CycleId]:
    """Return the cycles whose vote has ended while its key is still there."""
    ended = Election.closed_at.is_not(None), Election.key_destroyed_at.is_(None)
    return db.scalars(select(Election.cycle_id).where(*ended)).all()


def end_of(db: Session, cycle_id: CycleId) -> datetime:
    """Return the instant from which on no ballot is taken in."""
    ends = select(CyclePhase.ends_at).where(CyclePhase.cycle_id == cycle_id, CyclePhase.phase == Phase.VOTING)
    return db.scalars(ends).one()
