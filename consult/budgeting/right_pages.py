"""What somebody reads who wants to vote: whether they have proven that they may, and how it is done."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from consult.budgeting.cycles import Cycle, find_announced
from consult.budgeting.days import last_day
from consult.budgeting.elections import voting_days
from consult.budgeting.phases import CyclePhase
from consult.budgeting.rolls import people_on_roll
from consult.budgeting.voting_rights import TooLateToProve, electorate_of, may_vote
from consult.identity.authorities import AuthorityId
from consult.identity.people import PersonId
from consult.policy.voting_rules import Electorate


@dataclass(frozen=True)
class RightPage:
    """The right of a person to vote in a cycle. `is_open`: people vote now; `days`: when they do.

    `people_on_roll`: how many can prove it by their name; none where there is no roll.
    """

    cycle: Cycle
    electorate: Electorate
    days: CyclePhase
    has_right: bool
    is_open: bool
    people_on_roll: int

    @property
    def last_day(self) -> date:
        """The last day on which people vote."""
        return last_day(self.days.ends_at)


def right_page(db: Session, authority_id: AuthorityId, year: int, *, person_id: PersonId, at: datetime) -> RightPage:
    """Read how somebody proves their right. Raises NotFound, TooLateToProve once the vote has ended."""
    cycle = find_announced(db, authority_id, year)
    days = voting_days(db, cycle.id)
    if days is None or at >= days.ends_at:
        raise TooLateToProve
    return RightPage(
        cycle,
        electorate_of(cycle),
        days,
        may_vote(db, cycle.id, person_id),
        days.is_on_at(at),
        people_on_roll(db, cycle.id),
    )
