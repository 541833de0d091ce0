"""Votes of participatory budgets, replayed: what was committed is listed, opened, and marked as the paper lets it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import count, pairwise
from pathlib import Path

import msgspec
import pytest

from consult.budgeting.choices import BallotPaper, ListedPool, ListedProject
from consult.budgeting.codes import grouped
from consult.budgeting.openings import Opening, draw
from consult.policy.voting_rules import PoolKind
from consult.record.events import (
    BallotCommitted,
    BallotsOpened,
    ElectionClosed,
    ElectionKeyDestroyed,
    ElectionOpened,
    PhaseDays,
)
from tests.audit.logs import OPERATOR, SERVICE, Step, audited, on, told
from tests.audit.test_cycles import NAMES, announced
from tests.factories.budgeting import RULES

CYCLE = "consult:izvoru/buget/2027"
OPENS, ENDS = on(date(2026, 11, 25), 0), on(date(2026, 12, 5), 0)
EDGES = (*(OPENS - timedelta(hours=hours) for hours in (3, 2, 1, 0)), *(ENDS + timedelta(days=n) for n in range(3)))
DAYS = tuple(PhaseDays(name, *days) for name, days in zip(NAMES, pairwise(EDGES), strict=True))
ORDER, PAPER, LISTED = "record/vote-in-order", "record/ballot-paper", "record/ballots-listed"
OPENED, LEGAL = "record/ballots-opened", "record/ballots-legal"
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
    order: Sequence[str] = ("opened", "committed", "closed", "destroyed", "counted")
    closed_after: timedelta = timedelta()

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
    def steps(self) -> list[Step]:
        ends = ENDS + self.closed_after
        said = {
            "paper": sha256(self.paper.form).hexdigest(),
            "sealing_key": "0" * 64,
            "promise_key": "key",
            "closes_at": ENDS,
            "voters": 3,
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
            "opened": [(ElectionOpened(subject=CYCLE, **said), SERVICE)],
            "committed": [(BallotCommitted(subject=CYCLE, commitment=b.commitment), SERVICE) for b in self.committed],
            "late": [(BallotCommitted(subject=CYCLE, commitment="ab" * 32), SERVICE)],
            "closed": [(ElectionClosed(subject=CYCLE, **closing), SERVICE)],
            "destroyed": [(ElectionKeyDestroyed(subject=CYCLE), SERVICE)],
            "counted": [(counted, OPERATOR)],
        }
        during = {"opened": OPENS, "committed": OPENS}
        told = [Step(name, event, by, during.get(name, ends)) for name in self.order for event, by in acts[name]]
        return [Step("announced", *announced(*DAYS, at=OPENS - timedelta(hours=4))), *told]

    def failures(self, folder: Path) -> list[str]:
        given = {
            "opened": self.paper.form,
            "closed": self.listing,
            "counted": self.openings,
        }
        files = {content for name, content in given.items() if name in self.order}
        found = audited(folder, self.steps, at=ENDS + timedelta(days=1), openings=sorted(files, key=_digest))
        return [told(failure)[0] for failure in found.failures]


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


def test_where_a_vote_is_final_none_is_replaced(tmp_path: Path) -> None:
    final = BallotPaper(
        election=CYCLE,
        rules=msgspec.structs.replace(RULES, may_change_vote=False),
        pools=FORM.pools,
        projects=FORM.projects,
    )

    assert Told(paper=final).failures(tmp_path) == [LISTED]


def test_a_ballot_that_was_committed_and_is_on_no_list_is_named(tmp_path: Path) -> None:
    vote = Told(replaced=())

    found = audited(tmp_path, vote.steps, openings=sorted({FORM.form, vote.listing, vote.openings}, key=_digest))

    assert [told(failure)[0::2] for failure in found.failures] == [(LISTED, FIRST_OF_TWO.commitment)]
