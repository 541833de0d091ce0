"""What happens to a project of a participatory budget: proposed, reviewed, appealed. No vote is in here."""

from dataclasses import dataclass, field
from datetime import date, datetime

from consult.record.entry_form import Commitment, Event
from consult.record.roles import CLERK, CONTACT_PERSON, DEPARTMENT_MEMBER, LEADERS, PARTICIPANTS

#: Who looks at a project, for the town hall or for a department.
REVIEWERS = (CONTACT_PERSON, CLERK, DEPARTMENT_MEMBER)


@dataclass(frozen=True, kw_only=True)
class ProjectSubmitted(Event):
    """Somebody proposed a project in a cycle and got its number. Its words, its place and its costs are the body.

    `pool`: which money it asks for, and `category`: of what kind it is, by their keys in the cycle's announcement.
    `cost`: what it would cost, in bani. `files`: the photographs, each salted; whoever erases the body erases them too.
    """

    type = "project.submitted"
    signers = PARTICIPANTS
    begins = True

    number: int
    pool: str
    category: str | None
    cost: int
    files: tuple[Commitment, ...] = ()
    # `field()`, since a bare annotation would inherit the base's default of no body.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectWithdrawn(Event):
    """Its author took a project back; its number stays used."""

    type = "project.withdrawn"
    signers = PARTICIPANTS

    number: int


@dataclass(frozen=True, kw_only=True)
class ProjectConflictDeclared(Event):
    """An official declared that two projects exclude each other: at most one of them is chosen by the count.

    `number`: of the project that the act is about; `other`: of the other one, for the same money.
    """

    type = "project.conflict_declared"
    signers = REVIEWERS

    number: int
    other: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProjectProgress(Event):
    """The authority told what happened to a project that won and is being carried out.

    `kind`: `department` (which answers for it), `milestone` (a step is planned, with its day), `moved` (the step gets
    another day, for the reason in `words`), `reached`, `contract` and `spending` (with the sum in bani), `news`,
    `built`, or `dropped` (for the reason in `words`). `milestone`: which of the planned steps, from 1 on. `url`: where
    the paper behind it can be read.
    """

    type = "project.progress"
    signers = REVIEWERS

    number: int
    kind: str
    words: str
    amount: int | None = None
    due: date | None = None
    milestone: int | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectQuestionAsked(Event):
    """A reviewer asked the author of a project; the body is what.

    `question`: its number within the project. `answer_until`: the instant before which the results do not come.
    """

    type = "project.question_asked"
    signers = REVIEWERS

    number: int
    question: int
    answer_until: datetime
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectQuestionAnswered(Event):
    """The author of a project answered a question of its reviewers; the body is how."""

    type = "project.question_answered"
    signers = PARTICIPANTS

    number: int
    question: int
    body: Commitment = field()


@dataclass(frozen=True)
class CriterionFound:
    """What the reviews found of one criterion of the cycle's rules: `met` is `yes`, `no` or `not_concerned`."""

    criterion: str
    met: str


@dataclass(frozen=True, kw_only=True)
class ProjectReviewed(Event):
    """The authority published whether a project goes on to the vote, with the verdicts on all others of its cycle.

    `verdict`: `eligible` or `not_eligible`. `ground`: the rule or the law by which it is not. `cost`: in bani, as the
    departments corrected it, or null where it stands as proposed. `checklist`: what was found of each criterion of the
    cycle's rules that was looked at. `reviewers`: the pseudonyms of those who reviewed it. The reasons, of the verdict
    and of the cost, are the body.
    """

    type = "project.reviewed"
    signers = LEADERS

    number: int
    verdict: str
    ground: str = ""
    cost: int | None = None
    checklist: tuple[CriterionFound, ...] = ()
    reviewers: tuple[str, ...] = ()
    # `field()`, as in a project: nothing is judged without a reason.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectAppealed(Event):
    """The author of a project that was found not eligible asks that it be looked at again; the body is why."""

    type = "project.appealed"
    signers = PARTICIPANTS

    number: int
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectAppealDecided(Event):
    """Officials who had not reviewed the project decided the appeal; the body says why.

    `outcome`: `upheld`, and with that the project is eligible, or `refused`.
    """

    type = "project.appeal_decided"
    signers = LEADERS

    number: int
    outcome: str
    body: Commitment = field()
