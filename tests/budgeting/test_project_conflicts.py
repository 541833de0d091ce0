"""Projects that exclude each other: declared before the vote with a reason, and at most one of the two is chosen."""

import pytest

from consult.budgeting.choices import BallotPaper, ListedPool, ListedProject
from consult.budgeting.project_conflicts import (
    ConflictAlready,
    ConflictsUnknown,
    NoSuchRival,
    conflicts_in,
    declare_conflict,
    rivals_of,
)
from consult.budgeting.project_withdrawals import VotingBegan
from consult.budgeting.projects import project_of, projects_of
from consult.budgeting.recount import conflicts_file, count_vote
from consult.counting.command import Rule
from consult.counting.greedy import Terms
from consult.counting.reading import read_conflicts
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.policy.voting_rules import PoolKind
from consult.refusals import NotPermitted
from tests.factories import NOW, an_announced_cycle, an_official
from tests.factories.budgeting import RULES
from tests.factories.elections import an_open_vote, with_rules
from tests.factories.projects import a_project

POOL = ListedPool(key="oras", name="Orașul", kind=PoolKind.CITY, amount=100_000_00)
PAPER = BallotPaper(
    election="consult:izvoru/buget/2027",
    rules=RULES,
    pools=(POOL,),
    projects=tuple(ListedProject(number=str(n), pool="oras", category=None, cost=30_000_00) for n in (2, 3, 12)),
    conflicts=(("2", "12"),),
)
WHY = "Același colț al parcului."


class Desk:
    """Two projects for the same money and an official."""

    def __init__(self, db, **changed):
        self.db = db
        cycle = an_announced_cycle(db, rules=with_rules(**changed))
        self.one, self.other = (a_project(db, cycle, title=title) for title in ("Bănci", "Chioșc"))
        authority = db.get_one(Authority, cycle.authority_id)
        self.clerk, self.moderator = an_official(db, authority, Role.CLERK), an_official(db, authority, Role.MODERATOR)
        self.cycle = cycle

    def declare(self, one=None, other=None, **facts):
        project = one or self.one
        number = (other or self.other).number
        facts = {"other": number, "reason": WHY, "by": self.clerk, "at": NOW} | facts
        return declare_conflict(self.db, project.id, **facts)


def test_it_is_told_on_both_projects_whichever_it_was_declared_on(db):
    desk = Desk(db)

    desk.declare(desk.other, desk.one)

    assert rivals_of(db, project_of(db, desk.one.id)) == [(desk.other.number, WHY)]
    assert rivals_of(db, project_of(db, desk.other.id)) == [(desk.one.number, WHY)]
    assert conflicts_in(db, desk.cycle.id) == [(desk.one.number, desk.other.number)]
    with pytest.raises(ConflictAlready):
        desk.declare()


def test_only_another_project_of_the_cycle_can_exclude_one(db):
    desk = Desk(db)

    for number in (desk.one.number, 99):
        with pytest.raises(NoSuchRival):
            declare_conflict(db, desk.one.id, other=number, reason=WHY, by=desk.clerk, at=NOW)


def test_a_rule_that_pays_for_projects_together_knows_no_conflicts_and_no_moderator_declares_one(db):
    shared = Desk(db, rule=Rule.PHRAGMEN)

    with pytest.raises(ConflictsUnknown):
        shared.declare()
    with pytest.raises(NotPermitted):
        shared.declare(by=shared.moderator)


def test_nothing_is_declared_once_people_vote(db, tmp_path):
    vote = an_open_vote(db, tmp_path)
    one, other = projects_of(db, vote.cycle_id)[:2]
    clerk = an_official(db, db.get_one(Authority, one.authority_id), Role.CLERK)

    with pytest.raises(VotingBegan):
        declare_conflict(db, one.id, other=other.number, reason=WHY, by=clerk, at=NOW)


def test_at_most_one_of_two_that_exclude_each_other_is_chosen_and_the_published_file_says_so():
    counted = count_vote(PAPER, [{"2": 1, "12": 1}, {"12": 1}, {"3": 1}], 2027)

    (pool,) = counted.pools
    ids = [project.id for project in pool.result.election.projects]
    assert [ids[place] for place in pool.result.selected] == ["12", "03"]
    assert pool.conflicts == conflicts_file(PAPER, POOL) == b"02;12\n"
    assert "--conflicts 2027-oras.conflicts.txt" in pool.command
    assert read_conflicts(pool.conflicts, pool.result.election) == [frozenset({0, 2})]


def test_without_conflicts_there_is_no_file_and_the_rule_has_none():
    counted = count_vote(plain(), [], 2027)

    assert counted.pools[0].conflicts == b""
    assert "--conflicts" not in counted.pools[0].command
    assert Terms().conflicts == ()


def plain():
    return BallotPaper(election=PAPER.election, rules=RULES, pools=PAPER.pools, projects=PAPER.projects)
