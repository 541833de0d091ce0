"""What happens to a project of a participatory budget: proposed, reviewed, appealed. No vote is in here."""

from dataclasses import dataclass, field

from consult.record.entry_form import Commitment, Event
from consult.record.roles import (
    APPROVER,
    CLERK,
    COMMISSION_MEMBER,
    CONTACT_PERSON,
    DEPARTMENT_MEMBER,
    KEEPERS,
    LEADERS,
    PARTICIPANTS,
)


@dataclass(frozen=True, kw_only=True)
class ProjectSubmitted(Event):
    """Somebody proposed a project in a cycle and got its number. Its words, its place and its costs are the body.

    `pool`: which money it asks for, and `category`: of what kind it is, by their keys in the cycle's announcement.
    `cost`: what it would cost, in bani. `files`: the photographs, each salted; whoever erases the body erases them too.
    `co_authors`: how many propose it together with whoever signs.
    """

    type = "project.submitted"
    signers = PARTICIPANTS
    begins = True

    number: int
    pool: str
    category: str | None
    cost: int
    files: tuple[Commitment, ...] = ()
    co_authors: int = 0
    # `field()`, since a bare annotation would inherit the base's default of no body.
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectWithdrawn(Event):
    """Its author took a project back; its number stays used."""

    type = "project.withdrawn"
    signers = PARTICIPANTS

    number: int


@dataclass(frozen=True, kw_only=True)
class ProjectMerged(Event):
    """The authors of a project agreed that it goes on as a part of another, whose authors had proposed it to them.

    `into`: the number of the other. What was said of the first stays to be read.
    """

    type = "project.merged"
    signers = PARTICIPANTS

    number: int
    into: int


@dataclass(frozen=True, kw_only=True)
class ProjectQuestionAsked(Event):
    """Whoever reviews a project asked its author something; the question is the body. `question`: the how-manieth."""

    type = "project.question_asked"
    signers = (*KEEPERS, DEPARTMENT_MEMBER)

    number: int
    question: int
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectQuestionAnswered(Event):
    """The author of a project answered a question about it; the answer is the body."""

    type = "project.question_answered"
    signers = PARTICIPANTS

    number: int
    question: int
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectReviewed(Event):
    """The authority published whether a project goes on to the vote, with the verdicts on all others of its cycle.

    `verdict`: `eligible` or `not_eligible`. `ground`: the rule or the law by which it is not. `cost`: in bani, as the
    departments corrected it, or null where it stands as proposed. `reviewers`: the pseudonyms of those who reviewed
    it. The reasons, of the verdict and of the cost, are the body.
    """

    type = "project.reviewed"
    signers = LEADERS

    number: int
    verdict: str
    ground: str = ""
    cost: int | None = None
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
    signers = (COMMISSION_MEMBER, APPROVER, CONTACT_PERSON, CLERK)

    number: int
    outcome: str
    body: Commitment = field()


@dataclass(frozen=True, kw_only=True)
class ProjectsInConflict(Event):
    """The authority declared that of two eligible projects at most one can be carried out, since they want one place.

    `other`: the number of the other one. `reason`: why not both.
    """

    type = "project.conflict_declared"
    signers = LEADERS

    number: int
    other: int
    reason: str
