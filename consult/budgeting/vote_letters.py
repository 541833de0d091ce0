"""A letter that says only that a vote was cast in somebody's name: by it they notice when it was not they who voted.

It goes out at night for the whole day, to many at a time in an order drawn by lot, and for the last time when the vote
closes. So it tells neither when somebody voted nor whether again, and no row of the database joins it to a ballot: who
has voted is worked out with the election key, while that is there.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.budgeting.ballots import BallotRow, voter_name
from consult.budgeting.closing import open_elections
from consult.budgeting.cycles import CycleId
from consult.budgeting.election_key import ElectionKey, read_election_key
from consult.budgeting.elections import announced
from consult.budgeting.voting_rights import voters_of
from consult.identity.people import Person, PersonId
from consult.store import Base, Database

#: Among so few nobody can hide; they wait for the next night, or for the close.
FEWEST = 20


class ToldBallot(Base):
    """A ballot whose voter has been written to; which voter that is stands nowhere."""

    __tablename__ = "told_ballot"
    #: Kept in the order of the commitments, as the ballots are.
    __table_args__ = ({"sqlite_with_rowid": False},)

    commitment: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


def tell_voters(db: Session, cycle_id: CycleId, key: ElectionKey, *, fewest: int = FEWEST, at: datetime) -> int:
    """Write to those in whose name a ballot was cast since the last time; return to how many."""
    cycle = announced(db, cycle_id)
    untold = select(BallotRow.pseudonym, BallotRow.commitment).outerjoin(
        ToldBallot, ToldBallot.commitment == BallotRow.commitment
    )
    of_cycle = BallotRow.cycle_id == cycle_id, ToldBallot.commitment.is_(None)
    ballots = db.execute(untold.where(*of_cycle).order_by(BallotRow.commitment)).all()
    if not ballots:
        return 0
    voters = _by_pseudonym(db, cycle_id, key)
    people = list({voters[pseudonym] for pseudonym, _ in ballots if pseudonym in voters})
    if len(people) < fewest:
        return 0
    secrets.SystemRandom().shuffle(people)
    facts = {"authority_id": cycle.authority_id, "cycle": cycle.title, "link": links.budget(cycle.year)}
    for person_id in people:
        person = db.get_one(Person, person_id)
        mail.post(db, "vote-cast", to=person.email, locale=person.locale, facts=facts, at=at)
    db.add_all(ToldBallot(commitment=commitment) for _, commitment in ballots)
    db.flush()
    return len(people)


def tell_all_voters(database: Database, keys: Path, *, at: datetime) -> None:
    """Write to the voters of the day in all votes that are open."""
    for cycle_id in database.read(open_elections):
        key = read_election_key(keys, cycle_id, database.read(announced, cycle_id).subject)
        database.act(tell_voters, cycle_id, key, at=at)


def _by_pseudonym(db: Session, cycle_id: CycleId, key: ElectionKey) -> Mapping[bytes, PersonId]:
    return {key.pseudonym(voter_name(person_id)): person_id for person_id in voters_of(db, cycle_id)}
