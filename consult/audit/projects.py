"""The projects of participatory budgets, replayed: numbered, judged together with reasons, appealed about, let in.

The verdicts of a cycle are published at once: the first of them fixes the instant, and no project that stood then may
be left without one.
"""

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consult.audit import rules
from consult.audit.acts import Act
from consult.audit.failures import Breach, Place, Rule, Words
from consult.audit.wording import Wording
from consult.i18n import N_
from consult.record.events import (
    ProjectAppealDecided,
    ProjectAppealed,
    ProjectConflictDeclared,
    ProjectQuestionAnswered,
    ProjectQuestionAsked,
    ProjectReviewed,
    ProjectSubmitted,
    ProjectWithdrawn,
)
from consult.record.roles import ORGANISATION_MEMBER

VERDICTS = (ELIGIBLE, NOT_ELIGIBLE) = ("eligible", "not_eligible")
OUTCOMES = (UPHELD, REFUSED) = ("upheld", "refused")
SUBJECT = re.compile(r"(consult:[^/]+/buget/[0-9]{4})/proiecte/([1-9][0-9]{0,8})", re.ASCII)
#: What a review may find of a criterion.
UNMET = "no"
ANSWERS = ("yes", UNMET, "not_concerned")
A_PROJECT = Words(N_("a project that was received"))
A_REASON = Words(N_("a reason"))


@dataclass(slots=True)
class Reviewed:
    """A project as the entries tell it. `author`: who sent it, by pseudonym and role; `reviewers`: who judged it.

    `asks`: the pool, the category and the cost in bani, as the ballot paper must have them if it gets there.

    `rivals`: the projects that exclude it. `asked`: how many questions its author was asked; `awaited`: until when the
    open ones are to be answered.
    """

    place: Place
    author: tuple[str, str]
    asks: tuple[str, str | None, int]
    withdrawn_at: datetime | None = None
    verdict: str = ""
    reviewers: frozenset[str] = frozenset()
    rivals: set[int] = field(default_factory=set)
    asked: int = 0
    awaited: dict[int, datetime] = field(default_factory=dict)
    is_appealed: bool = False
    appeal_waits: bool = False

    def stood_at(self, at: datetime) -> bool:
        """Whether it had been received by an instant, and not taken back."""
        return self.place.at <= at and (self.withdrawn_at is None or self.withdrawn_at > at)

    @property
    def may_be_voted_on(self) -> bool:
        """Whether it was let in, and not taken back."""
        return self.verdict == ELIGIBLE and self.withdrawn_at is None


@dataclass
class Projects:
    """The projects of one cycle, by number. `judged_at`: when the verdicts were published."""

    by_number: dict[int, Reviewed] = field(default_factory=dict)
    judged_at: datetime | None = None


class ProjectBook:
    """The projects of all cycles. `is_continued`: whether some may stand in an earlier log that was not read.

    `reasons`: the texts in which the authority says why it judged so, of a project or of an appeal.
    """

    def __init__(self, wording: Wording) -> None:
        self.cycles: dict[str, Projects] = {}
        self.reasons: set[str] = set()
        self.is_continued = False
        self._wording = wording

    def knows(self, act: Act) -> bool:
        """Whether an act is about a project that was received."""
        cycle, number = _named(act)
        return number in self.cycles.get(cycle, Projects()).by_number

    def excluded(self, act: Act, event: ProjectConflictDeclared) -> Iterator[Breach]:
        """Two projects of the same pool exclude each other; it is declared once, with a reason."""
        cycle, number = _named(act)
        known = self.cycles.setdefault(cycle, Projects()).by_number
        one, other = known.get(number), known.get(event.other)
        if event.number != number:
            yield Breach(rules.PROJECT_CONFLICTS, event.number, number)
        if one is None or other is None or one is other or one.asks[0] != other.asks[0]:
            if not self.is_continued:
                yield Breach(rules.PROJECT_CONFLICTS, event.other, Words(N_("another project for the same money")))
            return
        if event.other in one.rivals or not event.reason.strip():
            yield Breach(rules.PROJECT_CONFLICTS, event.other, A_REASON if not event.reason.strip() else None)
        one.rivals.add(event.other)
        other.rivals.add(number)

    def conflicts(self, cycle: str) -> frozenset[frozenset[str]]:
        """Return the pairs of projects of a cycle that were let in and exclude each other, by their numbers."""
        standing = self.cycles.get(cycle, Projects()).by_number.items()
        let_in = {number: each for number, each in standing if each.may_be_voted_on}
        return frozenset(
            frozenset({str(number), str(rival)})
            for number, each in let_in.items()
            for rival in each.rivals
            if rival in let_in
        )

    def submitted(self, act: Act, event: ProjectSubmitted) -> Iterator[Breach]:
        """A project gets the next number of its cycle, under its own name in the record."""
        cycle, number = _named(act)
        projects = self.cycles.setdefault(cycle, Projects())
        expected = max(projects.by_number, default=0) + 1
        if event.number != number or (event.number != expected and not self.is_continued):
            yield Breach(rules.PROJECT_NUMBERS, event.number, expected)
        if event.cost <= 0:
            yield Breach(rules.PROJECT_NUMBERS, event.cost, Words(N_("a cost above zero")))
        asks = (event.pool, event.category, event.cost)
        projects.by_number.setdefault(event.number, Reviewed(act.place, (act.actor.pseudonym, act.actor.role), asks))

    def withdrawn(self, act: Act, event: ProjectWithdrawn) -> Iterator[Breach]:
        """A project is taken back by its author, once."""
        project = yield from self._meant(act, event.number, rules.PROJECT_OWN_ACT)
        if project is None:
            return
        yield from _by_its_author(act, project)
        if project.withdrawn_at is not None:
            yield Breach(rules.PROJECT_OWN_ACT, project.withdrawn_at, Words(N_("a project that stands")))
        project.withdrawn_at = act.at

    def reviewed(self, act: Act, event: ProjectReviewed) -> Iterator[Breach]:
        """A project that stands is judged once, with a reason, at the instant of all others of its cycle."""
        project = yield from self._meant(act, event.number, rules.PROJECT_REVIEWED)
        if event.verdict not in VERDICTS:
            yield Breach(rules.PROJECT_REVIEWED, event.verdict, VERDICTS)
        yield from self._reasoned(act, rules.PROJECT_REVIEWED)
        self.reasons.add(event.body.c)
        yield from _checklist(event)
        if event.verdict == NOT_ELIGIBLE and not event.ground.strip():
            yield Breach(rules.PROJECT_REVIEWED, event.ground, Words(N_("a rule or a law")))
        if not event.reviewers or act.actor.pseudonym in event.reviewers:
            yield Breach(rules.PROJECT_REVIEWED, act.actor.pseudonym, Words(N_("another official than the reviewers")))
        projects = self.cycles.setdefault(_named(act)[0], Projects())
        projects.judged_at = projects.judged_at or act.at
        if act.at != projects.judged_at:
            yield Breach(rules.PROJECTS_TOGETHER, act.at, projects.judged_at)
        if project is None:
            return
        if project.verdict or project.withdrawn_at is not None:
            yield Breach(rules.PROJECT_REVIEWED, project.verdict or "withdrawn", Words(N_("a project that waits")))
        yield from (
            Breach(rules.PROJECT_QUESTIONS, act.at, Words(N_("at the earliest %(day)s"), {"day": until}))
            for until in project.awaited.values()
            if act.at < until
        )
        project.verdict, project.reviewers = event.verdict, frozenset(event.reviewers)
        if event.cost is not None:
            project.asks = (*project.asks[:2], event.cost)

    def asked(self, act: Act, event: ProjectQuestionAsked) -> Iterator[Breach]:
        """A question about a project that waits for its verdict has words, the next number and days for the answer."""
        project = yield from self._waiting(act, event.number)
        if event.answer_until <= act.at:
            yield Breach(rules.PROJECT_QUESTIONS, event.answer_until, Words(N_("after %(day)s"), {"day": act.at}))
        if project is None:
            return
        project.asked += 1
        if event.question != project.asked:
            yield Breach(rules.PROJECT_QUESTIONS, event.question, project.asked)
        project.awaited[event.question] = event.answer_until

    def answered(self, act: Act, event: ProjectQuestionAnswered) -> Iterator[Breach]:
        """An author answers an open question once, in words, before the verdict."""
        project = yield from self._waiting(act, event.number)
        if project is None:
            return
        yield from _by_its_author(act, project)
        if project.awaited.pop(event.question, None) is None:
            yield Breach(rules.PROJECT_QUESTIONS, event.question, Words(N_("a question that is open")))

    def appealed(self, act: Act, event: ProjectAppealed) -> Iterator[Breach]:
        """The author of a project that was found not eligible appeals once, with reasons."""
        project = yield from self._meant(act, event.number, rules.PROJECT_APPEALS)
        yield from self._reasoned(act, rules.PROJECT_APPEALS)
        if project is None:
            return
        yield from _by_its_author(act, project)
        if project.verdict != NOT_ELIGIBLE or project.is_appealed:
            found = Words(N_("a second appeal")) if project.is_appealed else project.verdict
            yield Breach(rules.PROJECT_APPEALS, found, NOT_ELIGIBLE)
        project.is_appealed = project.appeal_waits = True

    def decided(self, act: Act, event: ProjectAppealDecided) -> Iterator[Breach]:
        """An appeal that waits is decided once, with reasons, by somebody who did not review the project."""
        project = yield from self._meant(act, event.number, rules.PROJECT_APPEALS)
        yield from self._reasoned(act, rules.PROJECT_APPEALS)
        self.reasons.add(event.body.c)
        if event.outcome not in OUTCOMES:
            yield Breach(rules.PROJECT_APPEALS, event.outcome, OUTCOMES)
        if project is None:
            return
        if not project.appeal_waits:
            yield Breach(rules.PROJECT_APPEALS, Words(N_("a decision")), Words(N_("an appeal before it")))
        if act.actor.pseudonym in project.reviewers:
            yield Breach(rules.PROJECT_APPEAL_BY_OTHERS, act.actor.pseudonym, Words(N_("another official")))
        project.appeal_waits = False
        if event.outcome == UPHELD:
            project.verdict = ELIGIBLE

    def left_out(self) -> Iterator[tuple[Place, Breach]]:
        """Yield the projects that stood when the verdicts of their cycle were published, and got none."""
        for projects in self.cycles.values():
            if projects.judged_at is None:
                continue
            for project in projects.by_number.values():
                if not project.verdict and project.stood_at(projects.judged_at):
                    yield project.place, Breach(rules.PROJECTS_TOGETHER, Words(N_("no verdict")), projects.judged_at)

    def eligible(self, cycle: str) -> Mapping[int, tuple[str, str | None, int]]:
        """Return what people may vote on in a cycle, by number: the pool, the category and the cost of each."""
        standing = self.cycles.get(cycle, Projects()).by_number.items()
        return {number: each.asks for number, each in standing if each.may_be_voted_on}

    def undecided(self, cycle: str, at: datetime) -> Iterator[int]:
        """Yield the numbers of the projects of a cycle that stand at an instant without a verdict."""
        for number, project in self.cycles.get(cycle, Projects()).by_number.items():
            if not project.verdict and project.stood_at(at):
                yield number

    def _waiting(self, act: Act, number: int) -> Generator[Breach, None, Reviewed | None]:
        """Return the project that is asked about, which waits for its verdict; what is said of it has words."""
        project = yield from self._meant(act, number, rules.PROJECT_QUESTIONS)
        yield from self._reasoned(act, rules.PROJECT_QUESTIONS)
        if project and (project.verdict or project.withdrawn_at is not None):
            found = project.verdict or "withdrawn"
            yield Breach(rules.PROJECT_QUESTIONS, found, Words(N_("a project that waits")))
        return project

    def _meant(self, act: Act, number: int, rule: Rule) -> Generator[Breach, None, Reviewed | None]:
        """Return the project that an act is about, which bears the number that the act says."""
        cycle, own = _named(act)
        if own != number:
            yield Breach(rule, number, own)
        project = self.cycles.get(cycle, Projects()).by_number.get(own)
        if project is None and not self.is_continued:
            yield Breach(rule, act.about, A_PROJECT)
        return project

    def _reasoned(self, act: Act, rule: Rule) -> Iterator[Breach]:
        if not self._wording.says_something(act.body):
            yield Breach(rule, None, A_REASON)


def _named(act: Act) -> tuple[str, int]:
    """Return the cycle and the number under which a project goes in the record."""
    found = SUBJECT.fullmatch(act.about)
    return (found[1], int(found[2])) if found else (act.about, 0)


def _checklist(event: ProjectReviewed) -> Iterator[Breach]:
    """What is found of a criterion is one of the answers, and what is eligible meets every one that concerns it."""
    for found in event.checklist:
        if found.met not in ANSWERS or (event.verdict == ELIGIBLE and found.met == UNMET):
            yield Breach(rules.PROJECT_CHECKLIST, found.met, Words(N_("a criterion that is met")))


def _by_its_author(act: Act, project: Reviewed) -> Iterator[Breach]:
    """Members of an organisation act for one another; the record does not say which organisation it is."""
    pseudonym, role = project.author
    if act.actor.pseudonym != pseudonym and {role, act.actor.role} != {ORGANISATION_MEMBER}:
        yield Breach(rules.PROJECT_OWN_ACT, act.actor.pseudonym, pseudonym)
