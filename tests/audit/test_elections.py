"""Votes of participatory budgets, replayed: what was committed is listed, opened, and marked as the paper lets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from importlib.metadata import version
from itertools import count, pairwise
from pathlib import Path

import msgspec
import pytest

from consult.budgeting.choices import BallotPaper, ListedPool, ListedProject
from consult.budgeting.codes import grouped
from consult.budgeting.openings import Opening, draw
from consult.budgeting.recount import Count, count_vote
from consult.counting.ties import TieRule
from consult.policy.voting_rules import PoolKind, VotingRules
from consult.record.entry_form import Signer
from consult.record.events import (
    BallotCommitted,
    BallotsOpened,
    ElectionClosed,
    ElectionKeyDestroyed,
    ElectionOpened,
    PhaseDays,
    PoolMoney,
    ProjectReviewed,
    ProjectSubmitted,
    ResultsConfirmed,
    VoterAdmitted,
)
from tests.audit.logs import (
    APPROVER,
    CITIZEN,
    CLERK,
    CONTACT,
    OPERATOR,
    SERVICE,
    Step,
    audited,
    committed,
    on,
    told,
)
from tests.audit.test_cycles import NAMES, announced, moved
from tests.factories.budgeting import RULES

CYCLE = "consult:izvoru/buget/2027"
HOUR = timedelta(hours=1)
OPENS, ENDS = on(date(2026, 11, 25), 0), on(date(2026, 12, 5), 0)
EDGES = (*(OPENS - timedelta(hours=hours) for hours in (3, 2, 1, 0)), *(ENDS + timedelta(days=n) for n in range(3)))
DAYS = tuple(PhaseDays(name, *days) for name, days in zip(NAMES, pairwise(EDGES), strict=True))
ORDER, PAPER, LISTED = "record/vote-in-order", "record/ballot-paper", "record/ballots-listed"
OPENED, LEGAL = "record/ballots-opened", "record/ballots-legal"
AS_ANNOUNCED, JUDGED = "record/vote-as-announced", "record/judged-before-the-vote"
BY_TWO, RESULTS = "record/results-by-two", "record/results-recounted"
MONEY = PoolMoney("oras", "Orașul", "city", 100_000_00, None)
FORM = BallotPaper(
    election=CYCLE,
    rules=RULES,
    pools=(ListedPool(key="oras", name="Orașul", kind=PoolKind.CITY, amount=100_000_00),),
    projects=tuple(ListedProject(number=str(n), pool="oras", category=None, cost=10_000_00) for n in range(1, 6)),
)


def cast(number: int, choices: dict[str, int], election: str = CYCLE) -> Opening:
    return draw(election, choices, "nuc7", (n.to_bytes(32, "big") for n in count(number * 100)))


ONE, TWO, FIRST_OF_TWO = cast(1, {"1": 1, "2": 1}), cast(2, {"3": 1}), cast(3, {"5": 1})


def line(ballot: Opening) -> bytes:
    return grouped(ballot.code).encode() + b" " + ballot.form + b"\n"


@dataclass(frozen=True)
class Told:
    """A vote as a log tells it; None for a number is the right one."""

    paper: BallotPaper = FORM
    committed: Sequence[Opening] = (ONE, FIRST_OF_TWO, TWO)
    counting: Sequence[Opening] = (ONE, TWO)
    replaced: Sequence[Opening] = (FIRST_OF_TWO,)
    opened: Sequence[Opening] = (ONE, TWO)
    lines: bytes | None = None
    said_to_count: int | None = None
    said_to_be_replaced: int | None = None
    said_to_be_opened: int | None = None
    voters: int = 10
    order: Sequence[str] = ("opened", "committed", "closed", "destroyed", "counted", "results")
    closed_after: timedelta = timedelta()
    closes_at: datetime = ENDS
    announced_to_end: datetime = ENDS
    proposed: Sequence[int] = range(1, 6)
    judged: Sequence[int] = range(1, 6)
    corrected: Mapping[int, int] = field(default_factory=dict)
    money: PoolMoney = MONEY
    confirmed_by: Signer = APPROVER
    results: bytes | None = None
    files: Sequence[bytes] | None = None
    program: str = version("consult")

    @property
    def listing(self) -> bytes:
        said = [(each.commitment, "counts") for each in self.counting]
        said += [(each.commitment, "replaced") for each in self.replaced]
        return "".join(f"{commitment} {state}\n" for commitment, state in sorted(said)).encode()

    @property
    def openings(self) -> bytes:
        in_order = sorted(self.opened, key=lambda each: each.commitment)
        return b"".join(map(line, in_order)) if self.lines is None else self.lines

    @property
    def days(self) -> Sequence[PhaseDays]:
        """The days as they were announced."""
        return [*DAYS[:3], replace(DAYS[3], ends_at=self.announced_to_end), *DAYS[4:]]

    @property
    def counted(self) -> Count:
        return count_vote(self.paper, [ballot.choices for ballot in self.opened], 2027)

    @property
    def published(self) -> bytes:
        return self.counted.content if self.results is None else self.results

    @property
    def ballot_files(self) -> Sequence[bytes]:
        return [each.content for each in self.counted.pools] if self.files is None else self.files

    @property
    def steps(self) -> list[Step]:
        ends = ENDS + self.closed_after
        early, admitted = (
            min(3, self.voters),
            (VoterAdmitted(subject=CYCLE, proof="desk", link="domicile"), CLERK),
        )
        said = {
            "paper": sha256(self.paper.form).hexdigest(),
            "sealing_key": "0" * 64,
            "promise_key": "key",
            "closes_at": self.closes_at,
            "voters": early,
        }
        closing = {
            "ballots": len(self.counting) if self.said_to_count is None else self.said_to_count,
            "replaced": len(self.replaced) if self.said_to_be_replaced is None else self.said_to_be_replaced,
            "listing": sha256(self.listing).hexdigest(),
            "voters": self.voters,
        }
        number = len(self.openings.splitlines()) if self.said_to_be_opened is None else self.said_to_be_opened
        counted = BallotsOpened(subject=CYCLE, openings=sha256(self.openings).hexdigest(), ballots=number)
        acts = {
            "opened": [*[admitted] * early, (ElectionOpened(subject=CYCLE, **said), SERVICE)],
            "committed": [(BallotCommitted(subject=CYCLE, commitment=b.commitment), SERVICE) for b in self.committed],
            "late": [(BallotCommitted(subject=CYCLE, commitment="ab" * 32), SERVICE)],
            "closed": [*[admitted] * (self.voters - early), (ElectionClosed(subject=CYCLE, **closing), SERVICE)],
            "destroyed": [(ElectionKeyDestroyed(subject=CYCLE), SERVICE)],
            "counted": [(counted, OPERATOR)],
        }
        results = ResultsConfirmed(
            subject=CYCLE,
            results=_digest(self.published),
            ballots=tuple(map(_digest, self.ballot_files)),
            program=self.program,
            counted_by=CLERK.pseudonym,
        )
        acts |= {
            "moved": [(moved(self.days[3], DAYS[3])[0], CONTACT)],
            "results": [(results, self.confirmed_by)],
        }
        during = dict.fromkeys(("opened", "committed", "moved"), OPENS)
        told = [Step(name, event, by, during.get(name, ends)) for name in self.order for event, by in acts[name]]
        begins = OPENS - timedelta(hours=4)
        sent = [Step("sent", _sent(number), CITIZEN, begins + HOUR) for number in self.proposed]
        judged = [
            Step("judged", _judged(each, self.corrected.get(each)), APPROVER, OPENS - 2 * HOUR) for each in self.judged
        ]
        return [Step("announced", *announced(*self.days, at=begins, pools=(self.money,))), *sent, *judged, *told]

    def failures(self, folder: Path) -> list[str]:
        found = audited(
            folder, self.steps, at=ENDS + timedelta(days=1), openings=sorted(self.published_files, key=_digest)
        )
        return [told(failure)[0] for failure in found.failures]

    @property
    def published_files(self) -> set[bytes]:
        given = {
            "opened": [self.paper.form],
            "closed": [self.listing],
            "counted": [self.openings],
            "results": [self.published, *self.ballot_files],
        }
        return {content for name, contents in given.items() if name in self.order for content in contents}


def _sent(number: int) -> ProjectSubmitted:
    said = {"pool": "oras", "category": None, "cost": 10_000_00, "body": committed(f"{number}-2027")}
    return ProjectSubmitted(subject=f"{CYCLE}/proiecte/{number}", number=number, **said)


def _judged(number: int, cost: int | None) -> ProjectReviewed:
    said = {"verdict": "eligible", "cost": cost, "reviewers": (CLERK.pseudonym,), "body": committed(f"answer {number}")}
    return ProjectReviewed(subject=f"{CYCLE}/proiecte/{number}", number=number, **said)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def opened_as(ballot: Opening) -> Told:
    """A vote in which one ballot was cast."""
    return Told(committed=[ballot], counting=[ballot], replaced=[], opened=[ballot])


def test_a_vote_that_was_opened_closed_and_counted_is_in_order(tmp_path: Path) -> None:
    assert Told().failures(tmp_path) == []


def test_a_vote_that_is_still_open_is_in_order(tmp_path: Path) -> None:
    assert Told(order=("opened", "committed")).failures(tmp_path) == []


@pytest.mark.parametrize(
    ("vote", "broken"),
    [
        (Told(order=("opened", "committed", "closed", "counted", "destroyed")), ORDER),
        (Told(order=("opened", "committed", "counted")), ORDER),
        (Told(order=("opened", "committed", "closed", "late", "destroyed", "counted")), ORDER),
        (Told(order=("opened", "opened", "committed", "closed", "destroyed", "counted")), ORDER),
        (Told(order=("opened", "committed", "closed", "destroyed", "counted", "counted")), ORDER),
        (Told(closed_after=-timedelta(minutes=1)), ORDER),
        (Told(paper=BallotPaper(election=f"{CYCLE}0", rules=RULES, pools=FORM.pools, projects=FORM.projects)), PAPER),
        (Told(committed=(ONE, FIRST_OF_TWO)), LISTED),
        (Told(committed=(ONE, ONE, FIRST_OF_TWO, TWO)), LISTED),
        (Told(replaced=()), LISTED),
        (Told(said_to_count=3), LISTED),
        (Told(said_to_be_replaced=0), LISTED),
        (Told(voters=1), LISTED),
        (Told(opened=(ONE,)), OPENED),
        (Told(opened=(ONE, ONE, TWO)), OPENED),
        (Told(opened=(ONE, TWO, FIRST_OF_TWO)), OPENED),
        (Told(opened=(ONE, TWO, cast(9, {"1": 1}))), OPENED),
        (Told(opened=(ONE, replace(TWO, choices={"4": 1}, nonce=cast(4, {"4": 1}).nonce))), OPENED),
        (Told(said_to_be_opened=3), OPENED),
        (Told(lines=b"nothing\n"), OPENED),
        (Told(lines=b"".join(sorted((line(ONE)[15:], line(TWO)[15:])))), OPENED),
        (opened_as(cast(5, {"1": 1, "2": 1, "3": 1, "4": 1})), LEGAL),
        (opened_as(cast(6, {"77": 1})), LEGAL),
        (opened_as(cast(7, {})), LEGAL),
        (opened_as(cast(8, {"1": 2})), LEGAL),
        (opened_as(cast(8, {"1": 1}, election=f"{CYCLE}0")), LEGAL),
    ],
)
def test_what_cannot_have_been_right_is_found(tmp_path: Path, vote: Told, broken: str) -> None:
    assert broken in vote.failures(tmp_path)


A_SHORTER_VOTE = Told(announced_to_end=ENDS - HOUR, closes_at=ENDS - HOUR)
IN_ORDER = ("opened", "moved", "committed", "closed", "destroyed", "counted", "results")
OTHER_RULES = msgspec.structs.replace(RULES, tie=TieRule.ID)
RESULT = Told().published


def another(*, rules: VotingRules = RULES, projects: Sequence[ListedProject] = FORM.projects) -> BallotPaper:
    """The ballot paper with some parts otherwise."""
    return BallotPaper(election=CYCLE, rules=rules, pools=FORM.pools, projects=tuple(projects))


def dearer(number: str) -> Sequence[ListedProject]:
    """The projects on the paper, one of them dearer than it was proposed."""
    return tuple(
        msgspec.structs.replace(each, cost=20_000_00) if each.number == number else each for each in FORM.projects
    )


def test_a_vote_whose_days_were_moved_ends_with_the_later_day(tmp_path: Path) -> None:
    assert replace(A_SHORTER_VOTE, order=IN_ORDER).failures(tmp_path) == []


def test_a_project_stands_on_the_paper_with_the_cost_that_its_review_corrected(tmp_path: Path) -> None:
    assert Told(corrected={2: 20_000_00}, paper=another(projects=dearer("2"))).failures(tmp_path) == []


def test_another_version_of_the_program_may_explain_the_same_winners_in_other_words(tmp_path: Path) -> None:
    other_words = RESULT.replace(b'"fate"', b'"what became of it"')

    assert Told(results=other_words, program="0.0.1").failures(tmp_path) == []
    assert Told(results=other_words).failures(tmp_path / "same") == [RESULTS]


@pytest.mark.parametrize(
    ("vote", "broken"),
    [
        (replace(A_SHORTER_VOTE, order=IN_ORDER, closed_after=-HOUR), ORDER),
        (Told(closes_at=ENDS + HOUR, closed_after=HOUR), AS_ANNOUNCED),
        (Told(paper=another(rules=OTHER_RULES)), AS_ANNOUNCED),
        (Told(money=replace(MONEY, amount=90_000_00)), AS_ANNOUNCED),
        (Told(money=replace(MONEY, name="Centru")), AS_ANNOUNCED),
        (Told(proposed=range(1, 7), judged=range(1, 7)), AS_ANNOUNCED),
        (Told(proposed=range(1, 5), judged=range(1, 5)), AS_ANNOUNCED),
        (Told(paper=another(projects=dearer("2"))), AS_ANNOUNCED),
        (Told(proposed=range(1, 7)), JUDGED),
        (Told(paper=another(projects=()), results=b"", files=()), PAPER),
        (Told(paper=another(rules=msgspec.structs.replace(RULES, tie=None))), PAPER),
        (Told(paper=another(projects=(*FORM.projects, FORM.projects[0]))), PAPER),
        (Told(confirmed_by=CLERK), BY_TWO),
        (Told(results=RESULT.replace(b'["1","2"', b'["2","1"')), RESULTS),
        (Told(results=RESULT.replace(b'["1"', b'["2"'), program="0.0.1"), RESULTS),
        (Told(results=b"nobody won"), RESULTS),
        (Told(files=[b"other ballots"]), RESULTS),
        (Told(order=(*IN_ORDER[:1], *IN_ORDER[2:], "results")), ORDER),
        (Told(order=("opened", "committed", "closed", "destroyed", "results")), ORDER),
    ],
)
def test_a_vote_that_does_not_follow_from_what_was_public_is_found(tmp_path: Path, vote: Told, broken: str) -> None:
    assert broken in vote.failures(tmp_path)


def test_where_a_vote_is_final_none_is_replaced(tmp_path: Path) -> None:
    final = another(rules=msgspec.structs.replace(RULES, may_change_vote=False))

    assert Told(paper=final).failures(tmp_path) == [AS_ANNOUNCED, LISTED]


def test_a_ballot_that_was_committed_and_is_on_no_list_is_named(tmp_path: Path) -> None:
    vote = Told(replaced=())

    found = audited(tmp_path, vote.steps, openings=sorted(vote.published_files, key=_digest))

    assert [told(failure)[0::2] for failure in found.failures] == [(LISTED, FIRST_OF_TWO.commitment)]
