"""This year's participatory budget of the demo town, from its announcement to what became of its winners.

Everything goes through the product's own actions: projects reviewed, a secret vote with its keys, the count by two.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

import msgspec
from sqlalchemy.orm import Session

from consult.budgeting.ballots import Cast, cast_ballot
from consult.budgeting.closing import tend_elections
from consult.budgeting.commission_key import Part
from consult.budgeting.cycles import Cycle, find_announced, lock_of
from consult.budgeting.election_key import read_election_key
from consult.budgeting.elections import prepare_election
from consult.budgeting.opened import open_ballots
from consult.budgeting.phases import Phase
from consult.budgeting.planning import rules_of
from consult.budgeting.progress import News, NewsKind, tell_news
from consult.budgeting.project_words import ProjectWords
from consult.budgeting.projects import find_project, projects_of
from consult.budgeting.proposing import Proposed, submit_project
from consult.budgeting.results import confirm_results, count_votes
from consult.budgeting.reviews import Findings, review_formally, review_technically
from consult.budgeting.verdicts import publish_verdicts
from consult.budgeting.voting_rights import give_right
from consult.demo import budgeting as setting_up
from consult.demo import town as told
from consult.demo.cycles import Budget
from consult.demo.days import any_day
from consult.demo.facts import Fact
from consult.demo.proposed import ProposedProject
from consult.identity.actors import Actor
from consult.identity.departments import departments_of
from consult.identity.registers import Register, register_key
from consult.links import slug
from consult.money import BANI_IN_A_LEU, Bani
from consult.policy.review_rules import Met, ReviewKind
from consult.policy.voting_rules import Link

FILE = Path(__file__).with_name("last_cycle.toml")
REVIEWER = "gabriel-stoica"
FIRST_NAMES = ("Adela", "Bogdan", "Carmen", "Dorin", "Elvira", "Florin", "Geta", "Horia", "Ilinca", "Jenel")
LAST_NAMES = ("Bratu", "Cozma", "Dima", "Filip", "Goga")
FORMALLY, TECHNICALLY, PREPARED, ADMITTED, FIRST_VOTE = -179, -170, -159, -156, -155
#: A ballot is cast so often.
BETWEEN = timedelta(hours=5)
TENDED = (-157, -150, -145, -137)
COUNTED = -136


class Votes(Fact, frozen=True):
    """How many people chose the same projects, by their numbers."""

    people: int
    chosen: tuple[int, ...]


class ToldNews(Fact, frozen=True):
    """What was told of a winner on a `day`. `amount`: in lei; `due`: a day of the town."""

    project: int
    day: int
    kind: NewsKind
    words: str
    amount: int | None = None
    due: int | None = None
    milestone: int | None = None
    url: str = ""


class LastBudget(Fact, frozen=True):
    """A cycle that is over but for what is being built."""

    budget: Budget
    projects: tuple[ProposedProject, ...]
    votes: tuple[Votes, ...]
    news: tuple[ToldNews, ...]


class Playing(setting_up.Playing, Protocol):
    """As much of the play as a whole cycle needs. `keys`: where the keys of the installation lie."""

    keys: Path

    def at(self, offset: int, hour: time) -> datetime:
        """Return an hour of the town's day so many days from the loading."""


def last_cycle(play: Playing) -> Iterator[tuple[datetime, Callable[..., object]]]:
    """Yield how this year's cycle went, from its preparation to the latest news of its winners."""
    it = LastCycle(play, msgspec.convert(tomllib.loads(FILE.read_text(encoding="utf-8")), LastBudget))
    budget = it.told.budget
    yield play.at_office(budget.announced - setting_up.PREPARATION, 9), it.act(setting_up.prepare, play, budget)
    yield play.at_office(budget.announced, 9), it.act(setting_up.announce, play, budget)
    for project in it.told.projects:
        yield play.at(project.day, project.at), it.proposing(project)
    yield play.at_office(FORMALLY, 10), it.act(it.review_formally)
    yield play.at_office(TECHNICALLY, 15), it.act(it.review_technically)
    yield play.at_office(budget.phases[Phase.REVIEW][1], 12), it.act(it.publish)
    yield play.at_office(PREPARED, 13), it.prepare
    yield from ((play.at(day, time(7)), it.tend) for day in TENDED)
    yield play.at_office(ADMITTED, 9), it.act(it.admit)
    for number, chosen in enumerate(it.ballots):
        yield play.at(FIRST_VOTE, time(10)) + number * BETWEEN, it.voting(number, chosen)
    yield play.at_office(COUNTED, 10), it.open
    yield play.at_office(COUNTED, 11), it.act(it.count)
    yield play.at_office(COUNTED, 14), it.act(it.confirm)
    for news in it.told.news:
        yield play.at_office(news.day, 12), it.act(it.tell, news)


class LastCycle:
    """The cycle as far as it has come; the parts of the commission's key are its keepers' alone, so here."""

    def __init__(self, play: Playing, told_of: LastBudget) -> None:
        self.told = told_of
        self._play = play
        self._parts: Sequence[Part] = ()

    @property
    def ballots(self) -> list[tuple[int, ...]]:
        """What each voter chose, in the order in which they came: not all of a kind one after another."""
        chosen = [each.chosen for each in self.told.votes for _ in range(each.people)]
        return [chosen[place * 7 % len(chosen)] for place in range(len(chosen))]

    def act(self, action: Callable[..., object], *given: object) -> Callable[..., object]:
        """Return an act that lacks nothing but its instant."""
        return lambda *, at: self._play.database.act(action, *given, at=at)

    def proposing(self, project: ProposedProject) -> Callable[..., object]:
        """Return the act of proposing a project."""

        def done(*, at: datetime) -> None:
            key = register_key(Register.PROJECTS, self._play.residents.authority_id)
            self._play.database.act_alone(key, self.propose, project, at=at)

        return done

    def voting(self, number: int, chosen: Sequence[int]) -> Callable[..., object]:
        """Return the act of casting a ballot."""
        return lambda *, at: self._play.database.act_alone(
            lock_of(self._play.database.read(self.cycle).id), self.cast, number, chosen, at=at
        )

    def cycle(self, db: Session) -> Cycle:
        """Return the cycle."""
        year = setting_up.year_of(self.told.budget, self._play.loaded_on)
        return find_announced(db, self._play.residents.authority_id, year)

    def propose(self, db: Session, project: ProposedProject, *, at: datetime) -> None:
        """Let somebody propose a project."""
        said = ProjectWords(
            project.title, project.description, project.reason, project.place, project.costs.strip(), ""
        )
        by = self._play.residents.speaker(db, project.by, project.organisation)
        proposed = Proposed(said, slug(project.pool), slug(project.category))
        submit_project(db, self.cycle(db).id, proposed=proposed, named=project.named, by=by, at=at)

    def review_formally(self, db: Session, *, at: datetime) -> None:
        """Let a clerk look at all projects for the town hall."""
        cycle, by = self.cycle(db), self._play.residents.official(db, self.told.budget.drafted_by)
        findings = self._findings(cycle, ReviewKind.FORMAL, "Propunerea are tot ce cere regulamentul.")
        for project in projects_of(db, cycle.id):
            review_formally(db, project.id, findings=findings, by=by, at=at)

    def review_technically(self, db: Session, *, at: datetime) -> None:
        """Let a department look at whether they can be done."""
        cycle, by = self.cycle(db), self._play.residents.official(db, REVIEWER)
        staffed = departments_of(db, cycle.authority_id)
        own = next(each for each in staffed if by.person_id in {one.person_id for one in each.members})
        findings = self._findings(cycle, ReviewKind.TECHNICAL, "Se poate face pe terenul orașului, la costul cerut.")
        for project in projects_of(db, cycle.id):
            review_technically(db, project.id, department_id=own.department.id, findings=findings, by=by, at=at)

    def publish(self, db: Session, *, at: datetime) -> None:
        """Publish the verdicts."""
        publish_verdicts(db, self.cycle(db).id, by=self._approver(db), at=at)

    def prepare(self, *, at: datetime) -> None:  # noqa: ARG002 - as every deed
        """Make the keys of the vote."""
        database = self._play.database
        self._parts = prepare_election(database, self._play.keys, database.read(self.cycle).id)

    def tend(self, *, at: datetime) -> None:
        """Let the service open the vote, take ballots into the record, and close it."""
        tend_elections(self._play.database, self._play.keys, at=at)

    def admit(self, db: Session, *, at: datetime) -> None:
        """Let people prove at the desk that they may vote; they joined for that."""
        cycle, by = self.cycle(db), self._play.residents.official(db, self.told.budget.drafted_by)
        for number, _ in enumerate(self.ballots):
            name = f"{LAST_NAMES[number // len(FIRST_NAMES)]} {FIRST_NAMES[number % len(FIRST_NAMES)]}"
            email = f"{slug(name)}@izvoru.example"
            self._play.residents.join(
                db, told.Citizen(key=_key(number), name=name, email=email, joined=ADMITTED), at=at
            )
            born = date(1950 + number, 1 + number % 12, 1 + number % 28)
            vault = self._play.residents.vault
            give_right(db, cycle.id, email, Link.DOMICILE, name=name, born=born, vault=vault, by=by, at=at)

    def cast(self, db: Session, number: int, chosen: Sequence[int], *, at: datetime) -> None:
        """Let somebody vote."""
        cycle, person_id = self.cycle(db), self._play.residents.people[_key(number)]
        cast = Cast({str(each): 1 for each in chosen}, f"nuc{number}".ljust(4, "x"), f"form {number}", 0)
        key = read_election_key(self._play.keys, cycle.id, cycle.subject)
        cast_ballot(db, cycle.id, cast, election_key=key, person_id=person_id, at=at)

    def open(self, *, at: datetime) -> None:
        """Let two keepers open the ballots."""
        database = self._play.database
        cycle_id = database.read(self.cycle).id
        database.act_alone(lock_of(cycle_id), open_ballots, cycle_id, *self._parts[:2], at=at)

    def count(self, db: Session, *, at: datetime) -> None:
        """Let a clerk have the votes counted."""
        by = self._play.residents.official(db, self.told.budget.drafted_by)
        count_votes(db, self.cycle(db).id, by=by, at=at)

    def confirm(self, db: Session, *, at: datetime) -> None:
        """Let a second official have them counted again."""
        confirm_results(db, self.cycle(db).id, by=self._approver(db), at=at)

    def tell(self, db: Session, news: ToldNews, *, at: datetime) -> None:
        """Tell what happened to a winner."""
        project = find_project(db, self.cycle(db).id, news.project)
        amount = None if news.amount is None else Bani(news.amount * BANI_IN_A_LEU)
        due = None if news.due is None else any_day(self._play.loaded_on, news.due)
        said = News(news.kind, news.words, amount, due, news.milestone, news.url)
        tell_news(db, project.id, said, by=self._play.residents.official(db, REVIEWER), at=at)

    def _approver(self, db: Session) -> Actor:
        return self._play.residents.official(db, self.told.budget.approved_by)

    def _findings(self, cycle: Cycle, kind: ReviewKind, reason: str) -> Findings:
        criteria = rules_of(cycle).criteria_of(kind)
        return Findings(True, reason, answers={each.id: Met.YES for each in criteria})


def _key(number: int) -> str:
    return f"voter-{number}"
