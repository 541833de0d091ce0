"""What a voter's ballot shows: the projects in an order of their own, and whether they have voted before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sqlalchemy.orm import Session

from consult.budgeting.ballots import VoteClosed, begun, open_at, times_voted, voter_name
from consult.budgeting.choices import BallotPaper, ListedPool, ListedProject
from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.election_key import ElectionKey, read_election_key
from consult.budgeting.elections import paper_of, voting_days
from consult.budgeting.projects import titles_of
from consult.budgeting.voting_rights import may_vote
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId


@dataclass(frozen=True)
class BallotPage:
    """A ballot for one voter. `order`: its projects as this voter sees them; `times`: how many ballots they have cast.

    `titles`: what each project is called, by its number. `ends_at`: the first instant that is too late.
    """

    cycle: Cycle
    paper: BallotPaper
    key: ElectionKey
    order: Sequence[ListedProject]
    titles: Mapping[str, str]
    times: int
    has_right: bool
    ends_at: datetime

    @property
    def may_cast(self) -> bool:
        """Whether another ballot of theirs would be taken in."""
        return not self.times or self.paper.rules.may_change_vote

    @cached_property
    def by_pool(self) -> Sequence[tuple[ListedPool, Sequence[ListedProject]]]:
        """The pools in which something can be marked, each with its projects in the voter's order."""
        marked = [pool for pool in self.paper.pools if self.paper.rules.marks_in(pool.kind)]
        return [(pool, [each for each in self.order if each.pool == pool.key]) for pool in marked]


def ballot_page(
    db: Session,
    authority_id: AuthorityId,
    year: int,
    *,
    keys: Path,
    person_id: PersonId,
    at: datetime,
    is_sent: bool = False,
) -> BallotPage:
    """Read a voter's ballot. `is_sent`: one came, which may have been taken in before the vote ended.

    Raises NotFound, VoteNotOpen, VoteClosed, NoElectionKey.
    """
    cycle = find_announced(db, authority_id, year)
    election = begun(db, cycle.id) if is_sent else open_at(db, cycle.id, at)
    if election.key_destroyed_at is not None:
        raise VoteClosed
    paper, days = paper_of(db, election), voting_days(db, cycle.id)
    assert days is not None, "a vote that is open has its days"
    key = read_election_key(keys, cycle.id, paper.election)
    return BallotPage(
        cycle=cycle,
        paper=paper,
        key=key,
        order=key.shuffled(voter_name(person_id), paper.projects),
        titles=titles_of(db, cycle.id),
        times=times_voted(db, cycle.id, key, person_id),
        has_right=may_vote(db, cycle.id, person_id),
        ends_at=days.ends_at,
    )
