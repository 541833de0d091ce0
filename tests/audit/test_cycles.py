"""Cycles of participatory budgets, replayed: announced once, their phases in order, moved only later."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from consult.record.entry_form import Event, Signer
from consult.record.events import (
    CycleAnnounced,
    CyclePhaseMoved,
    PhaseDays,
    PoolMoney,
    ProjectReviewed,
    ProjectSubmitted,
)
from tests.audit.logs import (
    ANNOUNCED,
    APPROVER,
    CITIZEN,
    CLERK,
    CONTACT,
    CYCLE_PACK,
    CYCLE_RULES,
    FROZEN,
    Step,
    audited,
    committed,
    on,
    told,
)

CYCLE = "consult:izvoru/buget/2027"
BEGINS, A_WEEK, A_DAY = on(ANNOUNCED, 8), timedelta(days=7), timedelta(days=1)
ONCE, ORDER, MOVED, IN_PHASE, FROZEN_RULES = (
    "record/cycle-announced",
    "record/phases-in-order",
    "record/phase-moved-later",
    "record/in-its-phase",
    "record/cycle-rules-frozen",
)
NAMES = ("submission", "review", "appeals", "voting", "challenges", "implementation")
PHASES = tuple(PhaseDays(name, BEGINS + n * A_WEEK, BEGINS + (n + 1) * A_WEEK) for n, name in enumerate(NAMES))
SUBMISSION = PHASES[0]
LATER = replace(PHASES[5], ends_at=PHASES[5].ends_at + A_WEEK)

Told = tuple[Event, Signer, datetime]


def announced(
    *phases: PhaseDays,
    by: Signer = APPROVER,
    at: datetime = BEGINS,
    pools: tuple[PoolMoney, ...] = (),
    pack: str = CYCLE_PACK.digest,
    rules: str = CYCLE_RULES.digest,
) -> Told:
    event = CycleAnnounced(
        subject=CYCLE,
        year=2027,
        title="Buget participativ",
        regulation="HCL 12/2026",
        regulation_url="",
        pack=pack,
        rules=rules,
        pools=pools,
        categories=(),
        phases=phases or PHASES,
        drafted_by=(CLERK.pseudonym,),
    )
    return event, by, at


def moved(was: PhaseDays, now: PhaseDays, reason: str = "O pană", at: datetime = BEGINS) -> Told:
    return CyclePhaseMoved(subject=CYCLE, was=was, now=now, reason=reason), CONTACT, at


def submitted(at: datetime) -> Told:
    said = {"number": 1, "pool": "oras", "category": None, "cost": 100_00, "body": committed("1-2027")}
    return ProjectSubmitted(subject=f"{CYCLE}/proiecte/1", **said), CITIZEN, at


def judged(at: datetime) -> Told:
    said = {"number": 1, "verdict": "eligible", "reviewers": (CLERK.pseudonym,), "body": committed("answer 1")}
    return ProjectReviewed(subject=f"{CYCLE}/proiecte/1", **said), APPROVER, at


def failures(folder: Path, events: Iterable[Told]) -> list[str]:
    story = [Step(str(place), *each) for place, each in enumerate(events)]
    return [told(failure)[0] for failure in audited(folder, story, at=on(date(2027, 3, 30))).failures]


def test_a_cycle_that_is_announced_moved_later_and_kept_to_is_in_order(tmp_path: Path) -> None:
    story = [announced(), moved(PHASES[5], LATER), submitted(BEGINS + A_DAY), judged(BEGINS + A_WEEK)]

    assert failures(tmp_path, story) == []


@pytest.mark.parametrize(
    ("events", "broken"),
    [
        ([announced(), announced()], ONCE),
        ([announced(rules=CYCLE_PACK.digest)], FROZEN_RULES),
        ([announced(rules=FROZEN.digest)], FROZEN_RULES),
        ([announced(pack=CYCLE_RULES.digest)], FROZEN_RULES),
        ([announced(by=replace(APPROVER, pseudonym=CLERK.pseudonym))], ONCE),
        ([submitted(BEGINS)], ONCE),
        ([announced(*PHASES[:-1])], ORDER),
        ([announced(PHASES[0], replace(PHASES[1], starts_at=BEGINS), *PHASES[2:])], ORDER),
        ([announced(*PHASES[:-1], replace(PHASES[5], ends_at=PHASES[5].starts_at))], ORDER),
        ([announced(), moved(PHASES[0], replace(PHASES[0], ends_at=PHASES[0].ends_at + A_DAY))], ORDER),
        ([announced(), moved(PHASES[5], LATER, " ")], MOVED),
        ([announced(), moved(LATER, replace(LATER, ends_at=LATER.ends_at + A_DAY))], MOVED),
        ([announced(), moved(PHASES[5], replace(PHASES[5], ends_at=PHASES[5].ends_at - A_DAY))], MOVED),
        ([announced(), moved(PHASES[5], LATER), moved(PHASES[5], LATER)], MOVED),
        ([announced(), moved(PHASES[5], LATER, at=PHASES[5].ends_at)], MOVED),
        ([announced(), submitted(SUBMISSION.ends_at)], IN_PHASE),
        ([announced(), submitted(BEGINS), judged(BEGINS + A_DAY)], IN_PHASE),
        ([announced(), submitted(BEGINS), judged(PHASES[3].starts_at)], IN_PHASE),
    ],
)
def test_what_is_out_of_order_is_found(tmp_path: Path, events: list[Told], broken: str) -> None:
    assert broken in failures(tmp_path, events)
