"""Letters about the projects of a participatory budget: to those who propose them."""

from datetime import date, datetime
from typing import Literal

from consult.mail.kinds.facts import AuthorityLetter


class ProjectReceived(AuthorityLetter, frozen=True, kw_only=True, tag="project-received"):
    """A project has its number. `reviewed_until`: the last day on which it is reviewed, where that was announced."""

    number: int
    title: str
    cycle: str
    received_at: datetime
    reviewed_until: date | None


class ProjectReviewed(AuthorityLetter, frozen=True, kw_only=True, tag="project-reviewed"):
    """The review of the reader's project is published. `appeal_until`: the last day for an appeal, if there is one."""

    number: int
    title: str
    verdict: Literal["eligible", "not_eligible"]
    reason: str
    ground: str
    appeal_until: date | None


class ProjectAppealDecided(AuthorityLetter, frozen=True, kw_only=True, tag="project-appeal-decided"):
    """The reader's appeal about their project is decided."""

    number: int
    title: str
    outcome: Literal["upheld", "refused"]
    reason: str


class ProjectQuestion(AuthorityLetter, frozen=True, kw_only=True, tag="project-question"):
    """A reviewer asks about the reader's project. `answer_until`: the last day for the answer."""

    number: int
    title: str
    question: str
    answer_until: date


class ProjectProgressed(AuthorityLetter, frozen=True, kw_only=True, tag="project-progress"):
    """Something happened to the reader's project, which won. `news`: of what kind; `words`: as everybody reads it."""

    number: int
    title: str
    news: str
    words: str


OfProjects = ProjectProgressed | ProjectReceived | ProjectQuestion | ProjectReviewed | ProjectAppealDecided
