"""Carrying out what won: steps planned, moved with a reason and done; money; built or given up; and silence told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.budgeting.closing import close_election, end_of, note_destruction
from consult.budgeting.cycles import Cycle
from consult.budgeting.opened import open_ballots
from consult.budgeting.progress import (
    DayMissing,
    News,
    NewsKind,
    NoSuchMilestone,
    NotAWinner,
    OverAndDone,
    SumMissing,
    Works,
    progress_of,
    tell_news,
)
from consult.budgeting.progress_pages import carried_out, carried_out_before
from consult.budgeting.projects import find_project
from consult.budgeting.results import confirm_results, count_votes
from consult.identity.authorities import Authority
from consult.identity.offices import Role
from consult.jobs import Job
from consult.money import Bani
from consult.record.entries import RecordedEvent
from consult.refusals import NotPermitted
from tests.factories import an_authority, an_official
from tests.factories.elections import an_open_vote, voted

SPRING, SUMMER = date(2027, 3, 31), date(2027, 6, 30)


class Town:
    """A cycle whose results are public: no. 2 won with two votes."""

    def __init__(self, db, keys):
        self.db = db
        vote = an_open_vote(db, keys, authority=an_authority(db))
        self.cycle = db.get_one(Cycle, vote.cycle_id)
        authority = db.get_one(Authority, self.cycle.authority_id)
        self.clerk, approver = (an_official(db, authority, role) for role in (Role.CLERK, Role.APPROVER))
        self.moderator = an_official(db, authority, Role.MODERATOR)
        for choices in ({"2": 1}, {"2": 1, "1": 1}):
            voted(db, vote, choices)
        self.at = end_of(db, vote.cycle_id)
        close_election(db, vote.cycle_id, vote.key, at=self.at)
        note_destruction(db, vote.cycle_id, at=self.at)
        open_ballots(db, vote.cycle_id, *vote.parts[:2], at=self.at)
        count_votes(db, vote.cycle_id, by=self.clerk, at=self.at)
        self.publish = lambda: confirm_results(db, vote.cycle_id, by=approver, at=self.at)
        self.winner = find_project(db, vote.cycle_id, 2)

    def tell(self, kind, words="Pe scurt.", *, after=0, by=None, number=2, **facts):
        project = find_project(self.db, self.cycle.id, number)
        at = self.at + timedelta(days=after)
        return tell_news(self.db, project.id, News(kind, words, **facts), by=by or self.clerk, at=at)

    @property
    def progress(self):
        return progress_of(self.db, self.winner.id)


@pytest.fixture
def town(db, tmp_path):
    town = Town(db, tmp_path)
    town.publish()
    return town


def test_nothing_is_carried_out_before_the_results_are_public_and_nobody_else_tells_of_it(db, tmp_path):
    town = Town(db, tmp_path)

    with pytest.raises(NotAWinner):
        town.tell(NewsKind.NEWS)
    town.publish()
    with pytest.raises(NotPermitted):
        town.tell(NewsKind.NEWS, by=town.moderator)
    assert town.progress.state is Works.WAITING
    town.tell(NewsKind.NEWS)
    assert town.progress.state is Works.UNDER_WAY


def test_a_step_that_is_moved_keeps_its_first_day_and_the_reason(town):
    town.tell(NewsKind.MILESTONE, "Proiect tehnic", due=SPRING)
    town.tell(NewsKind.MOVED, "Licitația s-a reluat.", milestone=1, due=SUMMER)

    (step,) = town.progress.milestones
    assert (step.due, step.earlier) == (SUMMER, ((SPRING, "Licitația s-a reluat."),))
    assert [each.name for each in town.progress.late_on(date(2027, 7, 1))] == ["Proiect tehnic"]
    assert town.progress.late_on(SUMMER) == []
    town.tell(NewsKind.REACHED, milestone=1, after=1)
    assert town.progress.reached == 1
    with pytest.raises(NoSuchMilestone):
        town.tell(NewsKind.MOVED, milestone=1, due=SUMMER)


@pytest.mark.parametrize(
    ("kind", "facts", "refusal"),
    [
        (NewsKind.CONTRACT, {}, SumMissing),
        (NewsKind.SPENDING, {"amount": Bani(0)}, SumMissing),
        (NewsKind.MILESTONE, {}, DayMissing),
        (NewsKind.MOVED, {"due": SUMMER, "milestone": 1}, NoSuchMilestone),
        (NewsKind.REACHED, {}, NoSuchMilestone),
    ],
)
def test_what_is_told_is_whole(town, kind, facts, refusal):
    with pytest.raises(refusal):
        town.tell(kind, **facts)


def test_contracts_and_payments_add_up(town):
    town.tell(NewsKind.CONTRACT, amount=Bani(40_000_00))
    town.tell(NewsKind.SPENDING, amount=Bani(10_000_00))
    town.tell(NewsKind.SPENDING, amount=Bani(5_000_50))

    assert (town.progress.contracted, town.progress.spent) == (40_000_00, 15_000_50)


def test_what_was_given_up_stays_with_its_reason_and_takes_only_news(town):
    town.tell(NewsKind.DROPPED, "Terenul s-a dovedit privat.")

    with pytest.raises(OverAndDone):
        town.tell(NewsKind.BUILT)
    town.tell(NewsKind.NEWS, "Se caută alt teren.")
    assert town.progress.state is Works.DROPPED
    assert town.progress.why_dropped == "Terenul s-a dovedit privat."


def test_a_winner_of_which_nothing_is_told_for_longer_than_the_rules_let_is_named(town):
    authority_id, published = town.cycle.authority_id, town.at

    def silent(days):
        found = carried_out(town.db, authority_id, 2027, published + timedelta(days=days))
        return {each.project.number: each.silent for each in found.winners}

    assert silent(60)[2] == 0
    assert silent(61)[2] == 61
    town.tell(NewsKind.NEWS, after=61)
    assert silent(61)[2] == 0
    town.tell(NewsKind.BUILT, after=62)
    assert silent(500)[2] == 0


def test_later_years_begin_with_what_became_of_the_earlier_winners(town):
    town.tell(NewsKind.BUILT)

    (earlier,) = carried_out_before(town.db, town.cycle.authority_id, town.at, year=2028)

    assert earlier.counts[Works.BUILT] == 1
    assert earlier.counts.total() == len(earlier.winners) > 1
    assert carried_out_before(town.db, town.cycle.authority_id, town.at, year=2027) == []


def test_each_news_is_in_the_record_and_its_author_is_written_to(town):
    town.tell(NewsKind.CONTRACT, "Drumuri SA, pavaj", amount=Bani(40_000_00), url="https://acte.example/7")

    (event,) = town.db.scalars(select(RecordedEvent).where(RecordedEvent.type == "project.progress"))
    facts = event.stated["facts"]
    assert (facts["kind"], facts["amount"], facts["url"]) == ("contract", 40_000_00, "https://acte.example/7")
    kinds = [job.facts["letter"]["kind"] for job in town.db.scalars(select(Job)) if "letter" in job.facts]
    assert "project-progress" in kinds
