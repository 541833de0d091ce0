"""A letter that says only that a vote was cast in somebody's name: by it they notice when it was not they who voted.

It goes out at night, to many at a time (`crowds`) in an order drawn by lot, and for the last time when the vote closes.
So it tells neither when somebody voted nor whether again, and no row of the database joins it to a ballot: who
has voted is worked out with the election key, while that is there.
"""

from datetime import datetime

from sqlalchemy import LargeBinary, Select, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import links, mail
from consult.budgeting.ballots import BallotRow, voter_name
from consult.budgeting.crowds import draw_crowd
from consult.budgeting.cycles import CycleId
from consult.budgeting.election_key import ElectionKey
from consult.budgeting.elections import announced
from consult.budgeting.voting_rights import VotingRight
from consult.identity.people import Person, PersonId
from consult.jobs import enqueue_all
from consult.store import Base


class ToldBallot(Base):
    """A ballot whose voter has been written to; which voter that is stands nowhere."""

    __tablename__ = "told_ballot"
    #: Kept in the order of the commitments, as the ballots are.
    __table_args__ = ({"sqlite_with_rowid": False},)

    commitment: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


def tell_voters(db: Session, cycle_id: CycleId, key: ElectionKey, *, is_last: bool = False, at: datetime) -> int:
    """Write to a crowd of those in whose name a ballot was cast since they were last written to; return to how many.

    `is_last`: write to all.
    """
    cycle = announced(db, cycle_id)
    untold = select(BallotRow.pseudonym, BallotRow.commitment).outerjoin(
        ToldBallot, ToldBallot.commitment == BallotRow.commitment
    )
    of_cycle = BallotRow.cycle_id == cycle_id, ToldBallot.commitment.is_(None)
    ballots = db.execute(untold.where(*of_cycle).order_by(BallotRow.commitment)).all()
    if not ballots:
        return 0
    voters = {key.pseudonym(voter_name(id_)): (email, locale) for id_, email, locale in db.execute(_voters(cycle_id))}
    waiting = sorted({pseudonym for pseudonym, _ in ballots} & voters.keys())
    told = dict.fromkeys(draw_crowd(waiting, is_last=is_last))
    facts = {"authority_id": cycle.authority_id, "cycle": cycle.title, "link": links.budget(cycle.year)}
    letters = (
        mail.stamped("vote-cast", to=email, locale=locale, facts=facts, at=at)
        for email, locale in map(voters.__getitem__, told)
    )
    enqueue_all(db, [work for letter in letters for work in letter])
    db.add_all(ToldBallot(commitment=commitment) for pseudonym, commitment in ballots if pseudonym in told)
    db.flush()
    return len(told)


def _voters(cycle_id: CycleId) -> Select[PersonId, str, str]:
    of_voter = select(Person.id, Person.email, Person.locale).join(VotingRight, VotingRight.person_id == Person.id)
    return of_voter.where(VotingRight.cycle_id == cycle_id, Person.disabled_at.is_(None))
