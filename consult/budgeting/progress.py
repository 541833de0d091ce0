"""Carrying out what won: every step is told in public as it happens, and nothing that was told is taken back.

Bacău's winners of 2023 were never built, and nobody said why. Here a winner has a page of news that is only ever added
to; where no news comes, the page says for how long.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.project_letters import tell_author
from consult.budgeting.projects import ProjectId, project_of, project_subject
from consult.budgeting.winners import has_won
from consult.i18n import N_, ZONE
from consult.identity.actors import Actor
from consult.identity.people import PersonId
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.money import Bani
from consult.record.events import ProjectProgress
from consult.refusals import Refusal
from consult.store import Base
from consult.store.base import key_type
from consult.store.types import state_column

NewsId = NewType("NewsId", int)
key_type(NewsId)

LONGEST_NEWS = 2_000


class NewsKind(StrEnum):
    """What happened to a project that is being carried out."""

    DEPARTMENT = "department"
    """A department answers for it from now on."""
    MILESTONE = "milestone"
    """A step is planned, with a day."""
    MOVED = "moved"
    """A planned step gets another day, with the reason."""
    REACHED = "reached"
    """A planned step is done."""
    CONTRACT = "contract"
    """A contract was signed, for a sum."""
    SPENDING = "spending"
    """Money was paid."""
    NEWS = "news"
    """Anything else that people should know."""
    BUILT = "built"
    """It is done and handed over."""
    DROPPED = "dropped"
    """It will not be carried out, with the reason."""


WITH_MONEY = frozenset({NewsKind.CONTRACT, NewsKind.SPENDING})
WITH_A_DAY = frozenset({NewsKind.MILESTONE, NewsKind.MOVED})
OF_A_MILESTONE = frozenset({NewsKind.MOVED, NewsKind.REACHED})


class NotAWinner(Refusal):
    """Only what won is carried out."""

    sentence = N_("This project did not win in a vote whose results are public, so there is nothing to carry out.")


class SumMissing(Refusal):
    """A contract and a payment have a sum."""

    sentence = N_("Write the sum in lei, above zero.")
    field = "amount"


class DayMissing(Refusal):
    """A planned step has a day."""

    sentence = N_("Choose the day by which it is to be done.")
    field = "due"


class NoSuchMilestone(Refusal):
    """The step was never planned, or is done."""

    sentence = N_("Choose a planned step that is not done yet.")
    field = "milestone"


class OverAndDone(Refusal):
    """What is built or dropped stays so; about it only news are told."""

    sentence = N_("This project is built or given up: only news can be added to what was told of it.")
    field = "kind"


class ProjectNews(Base):
    """One thing that was told of a project that is being carried out. Never changed."""

    __tablename__ = "project_news"
    __table_args__ = (
        CheckConstraint("(kind IN ('contract', 'spending')) = (amount IS NOT NULL)", name="sums_where_money_moves"),
        CheckConstraint("(kind IN ('milestone', 'moved')) = (due IS NOT NULL)", name="days_where_planned"),
        CheckConstraint("(kind IN ('moved', 'reached')) = (milestone IS NOT NULL)", name="of_a_step"),
    )

    id: Mapped[NewsId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId] = mapped_column(ForeignKey("project.id"), index=True)
    kind: Mapped[NewsKind] = mapped_column(state_column(NewsKind))
    words: Mapped[str]
    amount: Mapped[Bani | None] = mapped_column(BigInteger)
    due: Mapped[date | None]
    #: Which of the planned steps, from 1 on.
    milestone: Mapped[int | None]
    #: Where the contract or the paper behind it can be read.
    url: Mapped[str]
    written_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


@dataclass(frozen=True)
class News:
    """What is to be told. `words`: what it is about, and for a delay or an end the reason. `amount`: in bani."""

    kind: NewsKind
    words: str
    amount: Bani | None = None
    due: date | None = None
    milestone: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Milestone:
    """A planned step. `due`: its day as it stands; `earlier`: days that were announced before, each with why not."""

    name: str
    due: date
    earlier: tuple[tuple[date, str], ...] = ()
    reached_on: date | None = None

    def is_late_on(self, day: date) -> bool:
        """Whether it should have been done by a day, and is not."""
        return self.reached_on is None and day > self.due


class Works(StrEnum):
    """How far a winner has come."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    BUILT = "built"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Progress:
    """How far a winner has come, by everything that was told of it. Sums in bani."""

    state: Works = Works.WAITING
    department: str = ""
    milestones: tuple[Milestone, ...] = ()
    contracted: int = 0
    spent: int = 0
    why_dropped: str = ""
    last_at: datetime | None = None
    news: Sequence[ProjectNews] = field(default=(), compare=False)

    @property
    def reached(self) -> int:
        """How many of the planned steps are done."""
        return sum(each.reached_on is not None for each in self.milestones)

    @property
    def is_over(self) -> bool:
        """Whether it is built or given up."""
        return self.state in {Works.BUILT, Works.DROPPED}

    def silent_days(self, since: datetime, at: datetime) -> int:
        """Return for how many whole days there has been no news. `since`: when the results were published."""
        return 0 if self.is_over else (at - (self.last_at or since)).days

    def late_on(self, day: date) -> Sequence[Milestone]:
        """Return the steps that should have been done by a day, and are not."""
        return () if self.is_over else [each for each in self.milestones if each.is_late_on(day)]


def tell_news(db: Session, project_id: ProjectId, news: News, *, by: Actor, at: datetime) -> ProjectNews:
    """Tell in public what happened to a winner, and write to its author.

    Raises NotPermitted, NotAWinner, OverAndDone, SumMissing, DayMissing, NoSuchMilestone.
    """
    project = project_of(db, project_id)
    require("project.carry_out", by, project)
    if not has_won(db, project):
        raise NotAWinner
    check_news(progress_of(db, project_id), news)
    row = ProjectNews(
        project_id=project.id,
        kind=news.kind,
        words=news.words,
        amount=news.amount if news.kind in WITH_MONEY else None,
        due=news.due if news.kind in WITH_A_DAY else None,
        milestone=news.milestone if news.kind in OF_A_MILESTONE else None,
        url=news.url,
        written_by=by.person_id,
        written_at=at,
    )
    db.add(row)
    db.flush()
    event = ProjectProgress(
        subject=project_subject(project),
        number=project.number,
        kind=row.kind.value,
        words=row.words,
        amount=row.amount,
        due=row.due,
        milestone=row.milestone,
        url=row.url,
    )
    record(db, event, by=by, at=at)
    tell_author(db, project, "project-progress", at=at, news=row.kind.value, words=row.words)
    return row


def check_news(so_far: Progress, news: News) -> None:
    """Refuse what does not follow from what was told. Raises OverAndDone and the like."""
    if so_far.is_over and news.kind is not NewsKind.NEWS:
        raise OverAndDone
    if news.kind in WITH_MONEY and not (news.amount and news.amount > 0):
        raise SumMissing
    if news.kind in WITH_A_DAY and news.due is None:
        raise DayMissing
    if news.kind in OF_A_MILESTONE:
        number = news.milestone or 0
        if not 0 < number <= len(so_far.milestones) or so_far.milestones[number - 1].reached_on is not None:
            raise NoSuchMilestone


def progress_of(db: Session, project_id: ProjectId) -> Progress:
    """Return how far a project has come."""
    told = db.scalars(select(ProjectNews).where(ProjectNews.project_id == project_id).order_by(ProjectNews.id)).all()
    return replayed(told)


def replayed(told: Sequence[ProjectNews]) -> Progress:
    """Return how far a project has come by what was told of it, in that order."""
    progress = Progress()
    for news in told:
        progress = _after(progress, news)
    return replace(progress, news=tuple(reversed(told)))


def _after(progress: Progress, news: ProjectNews) -> Progress:
    progress = replace(progress, last_at=news.written_at)
    match news.kind:
        case NewsKind.DEPARTMENT:
            return replace(progress, department=news.words)
        case NewsKind.MILESTONE if news.due:
            progress = replace(progress, milestones=(*progress.milestones, Milestone(news.words, news.due)))
        case NewsKind.MOVED | NewsKind.REACHED if news.milestone:
            progress = replace(progress, milestones=_changed(progress.milestones, news))
        case NewsKind.CONTRACT:
            progress = replace(progress, contracted=progress.contracted + (news.amount or 0))
        case NewsKind.SPENDING:
            progress = replace(progress, spent=progress.spent + (news.amount or 0))
        case NewsKind.BUILT:
            return replace(progress, state=Works.BUILT)
        case NewsKind.DROPPED:
            return replace(progress, state=Works.DROPPED, why_dropped=news.words)
        case _:
            pass
    return progress if progress.is_over else replace(progress, state=Works.UNDER_WAY)


def _changed(milestones: tuple[Milestone, ...], news: ProjectNews) -> tuple[Milestone, ...]:
    """Return the steps after one of them was moved or reached."""
    at = (news.milestone or 1) - 1
    step = milestones[at]
    if news.kind is NewsKind.MOVED and news.due:
        step = replace(step, due=news.due, earlier=(*step.earlier, (step.due, news.words)))
    else:
        step = replace(step, reached_on=news.written_at.astimezone(ZONE).date())
    return (*milestones[:at], step, *milestones[at + 1 :])
