"""How a participatory budget is voted and counted, as data: chosen for a cycle, frozen when it is announced.

The options of the counting rule bear the names that `consult count` knows them by, so that anybody can count again
with what a cycle has announced.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from consult.counting.command import Rule
from consult.counting.equal_shares import Completion, Start, Stop, Utility
from consult.counting.ties import TieRule
from consult.policy.review_rules import Criterion, ReviewKind
from consult.policy.words import Bilingual, Part

Count = Annotated[int, Meta(ge=0, le=1000)]
Some = Annotated[int, Meta(ge=1, le=1000)]
#: A number above zero, written out so that nothing is rounded: "0.8", "1", "1/3".
Share = Annotated[str, Meta(pattern=r"^(?!0+(\.0*)?(/|$))\d{1,9}(\.\d{1,9}|/[1-9]\d{0,8})?$")]


class BallotForm(StrEnum):
    """What a voter is asked to do on the ballot."""

    APPROVAL = "approval"
    """Mark up to so many projects."""
    CHOOSE_ONE = "choose-1"
    """Mark one project."""
    ONE_PER_CATEGORY = "one-per-category"
    """Mark one project in each category."""
    POINTS = "points"
    """Rank some projects, the first getting the most points."""
    KNAPSACK = "knapsack"
    """Mark projects as long as the money of the pool lasts."""
    GRADES = "grades"
    """Give each project a grade."""


class PoolKind(StrEnum):
    """Whom a pot of money is for."""

    CITY = "city"
    DISTRICT = "district"


class Link(StrEnum):
    """What ties a person to the place, any one of which gives the right."""

    DOMICILE = "domicile"
    RESIDENCE = "residence"
    WORK = "work"
    STUDY = "study"


class Proof(StrEnum):
    """How the right is proven, once, before or while voting."""

    DESK = "desk"
    """An identity card shown at a desk."""
    LETTER = "letter"
    """A code sent by post to the address."""
    ROLL = "roll"
    """A roll that the authority has: name and birth date."""


class Marks(Part, frozen=True, kw_only=True):
    """What one voter may mark in the pools of a kind, and how many votes a project there needs.

    `pools`: in so many pools of the kind, of the voter's choice; in each if not said. `least`, `most`: projects in each
    of these pools; without `most`, as many as there are. `least_votes`: a project with fewer is not chosen.
    """

    kind: PoolKind
    pools: Some | None = None
    least: Count = 0
    most: Some | None = None
    least_votes: Count = 0


class Electorate(Part, frozen=True, kw_only=True):
    """Who may vote: from which age, tied to the place by any of `links`, proven in any of the ways in `proofs`."""

    minimum_age: Annotated[int, Meta(ge=0, le=99)]
    links: Annotated[tuple[Link, ...], Meta(min_length=1)]
    proofs: Annotated[tuple[Proof, ...], Meta(min_length=1)]


class Proposing(Part, frozen=True, kw_only=True):
    """Who may propose: from which age, whether organisations too, and at most how many projects each."""

    minimum_age: Annotated[int, Meta(ge=0, le=99)]
    organisations: bool = False
    most_per_author: Some | None = None


class Remainder(Part, frozen=True, kw_only=True):
    """What becomes of money that does not pay for the next project.

    `skips`: the next project that fits is tried; otherwise the count ends at the first that does not. `top_up`: when
    this part of its cost is left, the first that does not fit is chosen all the same; `top_up_lei`: when no more than
    this is missing. `to_city`: what the districts leave goes to the pool of the whole city, counted after them.
    """

    skips: bool = True
    top_up: Share | None = None
    top_up_lei: Annotated[int, Meta(ge=1)] | None = None
    to_city: bool = False


class Shares(Part, frozen=True, kw_only=True):
    """The declared variant of Equal Shares. `step`: lei that every voter is given more in each run of `add1`."""

    utility: Utility = Utility.COST
    completion: Completion = Completion.ADD1
    step: Share = "1"
    start: Start = Start.RATIONAL
    stop: Stop = Stop.EXHAUSTED


class VotingRules(Part, frozen=True, kw_only=True):
    """Everything that decides who wins, but the money, the projects and the ballots.

    `points`: on a ballot of points, what the first, the second and so on is given; `grades`: on one of grades, the
    words for them, the best first. `tie`: which of two projects that are exactly equal goes first, and after it the one
    proposed earlier. `most_projects`: no more win in a pool, however much is left. `on_paper`: at a desk people without
    an account are given a ballot on paper. `challenge_days`: so long after the results are published they may be
    challenged. `news_days`: of a project being carried out there is news at least this often. `criteria`: what every
    project is reviewed by; `answer_days`: so long the author of one has to answer a reviewer's question.
    """

    ballot: BallotForm
    marks: Annotated[tuple[Marks, ...], Meta(min_length=1, max_length=2)]
    points: tuple[Some, ...] = ()
    grades: tuple[Bilingual, ...] = ()
    rule: Rule
    remainder: Remainder = Remainder()
    shares: Shares | None = None
    most_projects: Some | None = None
    tie: TieRule | None = None
    voting: Electorate
    proposing: Proposing
    may_change_vote: bool = True
    on_paper: bool = False
    challenge_days: Count = 5
    news_days: Some = 60
    criteria: tuple[Criterion, ...] = ()
    answer_days: Some = 5

    def criteria_of(self, review: ReviewKind) -> tuple[Criterion, ...]:
        """Return what a review of a kind looks at."""
        return tuple(each for each in self.criteria if each.review is review)

    def marks_in(self, kind: PoolKind) -> Marks | None:
        """Return what may be marked in the pools of a kind; None where nobody votes in such pools."""
        return next((marks for marks in self.marks if marks.kind is kind), None)
