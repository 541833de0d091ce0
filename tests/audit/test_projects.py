"""Projects of a participatory budget, replayed: numbered, judged together with reasons, appealed about, let in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from consult.record.entry_form import Event, Signer
from consult.record.events import (
    CriterionFound,
    PhaseDays,
    ProjectAppealDecided,
    ProjectAppealed,
    ProjectQuestionAnswered,
    ProjectQuestionAsked,
    ProjectReviewed,
    ProjectSubmitted,
    ProjectWithdrawn,
)
from tests.audit.logs import (
    ANNOUNCED,
    APPROVER,
    CITIZEN,
    CONTACT,
    NEIGHBOUR,
    Step,
    audited,
    committed,
    on,
    told,
)
from tests.audit.test_cycles import NAMES
from tests.audit.test_cycles import announced as cycle_announced

CYCLE = "consult:izvoru/buget/2027/proiecte"
REVIEWER = "c1e4"
SENT, JUDGED, APPEALED, DECIDED = (on(ANNOUNCED, hour) for hour in (9, 10, 11, 12))
NUMBERED, OWN_ACT, REVIEWED = "record/projects-numbered", "record/project-by-its-author", "record/projects-reviewed"
TOGETHER, APPEALS = "record/verdicts-together", "record/project-appealed-once"
BY_OTHERS = "record/project-appeal-by-others"
CHECKLIST, QUESTIONS = "record/checklist-kept", "record/project-questions"

#: The proposals end at the instant at which the verdicts are published, and appeals may come until 13:00.
HOURS = (8, 10, 11, 13, 14, 15, 16)
DAYS = tuple(
    PhaseDays(name, on(ANNOUNCED, a), on(ANNOUNCED, b)) for name, (a, b) in zip(NAMES, pairwise(HOURS), strict=True)
)

Told = tuple[Event, Signer, datetime]


def sent(number: int, **facts: object) -> Told:
    said = {"pool": "oras", "category": None, "cost": 100_00, "body": committed(f"{number}-2027")} | facts
    return ProjectSubmitted(subject=f"{CYCLE}/{number}", number=number, **said), CITIZEN, SENT


def judged(number: int, verdict: str = "not_eligible", *, at: datetime = JUDGED, **facts: object) -> Told:
    ground = "art. 9" if verdict == "not_eligible" else ""
    said = {"ground": ground, "reviewers": (REVIEWER,), "body": committed(f"answer {number}")} | facts
    return ProjectReviewed(subject=f"{CYCLE}/{number}", number=number, verdict=verdict, **said), APPROVER, at


def appealed(number: int, by: Signer = CITIZEN) -> Told:
    return ProjectAppealed(subject=f"{CYCLE}/{number}", number=number, body=committed("why appealed")), by, APPEALED


def decided(number: int, outcome: str = "upheld", by: Signer = CONTACT) -> Told:
    said = {"outcome": outcome, "body": committed("why so")}
    return ProjectAppealDecided(subject=f"{CYCLE}/{number}", number=number, **said), by, DECIDED


def withdrawn(number: int, at: datetime = SENT, by: Signer = CITIZEN) -> Told:
    return ProjectWithdrawn(subject=f"{CYCLE}/{number}", number=number), by, at


def failures(folder: Path, events: Iterable[Told]) -> list[str]:
    opens = [cycle_announced(*DAYS, at=on(ANNOUNCED, 8))]
    story = [Step(str(place), *each) for place, each in enumerate([*opens, *events])]
    return [told(failure)[0] for failure in audited(folder, story, at=on(date(2026, 12, 30))).failures]


def asked(number: int, question: int = 1, *, until: datetime = JUDGED, at: datetime = JUDGED) -> Told:
    said = {"question": question, "answer_until": until, "body": committed("why so")}
    return ProjectQuestionAsked(subject=f"{CYCLE}/{number}", number=number, **said), CONTACT, at


def answered(number: int, question: int = 1, by: Signer = CITIZEN, at: datetime = JUDGED) -> Told:
    said = {"question": question, "body": committed("why so")}
    return ProjectQuestionAnswered(subject=f"{CYCLE}/{number}", number=number, **said), by, at


CHECKED = (CriterionFound("for-all", "yes"), CriterionFound("land", "not_concerned"))
UNMET = (CriterionFound("for-all", "no"),)
#: Its last instant for the answer comes after the verdicts.
LATER = APPEALED

LAWFUL = [
    *(sent(1), sent(2), sent(3), withdrawn(3)),
    *(asked(1, until=LATER), asked(2, until=LATER), asked(2, 2, until=LATER)),
    *(answered(1), answered(2, 2), answered(2)),
    *(judged(1, checklist=UNMET), judged(2, "eligible", checklist=CHECKED), appealed(1), decided(1)),
]


def test_projects_that_are_judged_together_and_appealed_about_are_in_order(tmp_path: Path) -> None:
    assert failures(tmp_path, LAWFUL) == []


@pytest.mark.parametrize(
    ("events", "broken"),
    [
        ([sent(2)], NUMBERED),
        ([sent(1, cost=0)], NUMBERED),
        ([sent(1), withdrawn(1, by=NEIGHBOUR)], OWN_ACT),
        ([sent(1), withdrawn(1), withdrawn(1)], OWN_ACT),
        ([withdrawn(7)], OWN_ACT),
        ([sent(1), judged(1, "perhaps")], REVIEWED),
        ([sent(1), judged(1, ground=" ")], REVIEWED),
        ([sent(1), judged(1, reviewers=())], REVIEWED),
        ([sent(1), judged(1, reviewers=(APPROVER.pseudonym,))], REVIEWED),
        ([sent(1), judged(1), judged(1)], REVIEWED),
        ([sent(1), withdrawn(1), judged(1)], REVIEWED),
        ([sent(1), sent(2), judged(1), judged(2, at=APPEALED)], TOGETHER),
        ([sent(1), sent(2), judged(1)], TOGETHER),
        ([sent(1), judged(1, "eligible"), appealed(1)], APPEALS),
        ([sent(1), judged(1), appealed(1), appealed(1)], APPEALS),
        ([sent(1), judged(1), appealed(1, NEIGHBOUR)], OWN_ACT),
        ([sent(1), judged(1), decided(1)], APPEALS),
        ([sent(1), judged(1), appealed(1), decided(1, "perhaps")], APPEALS),
        ([sent(1), judged(1, "eligible", checklist=UNMET)], CHECKLIST),
        ([sent(1), judged(1, checklist=(CriterionFound("land", "perhaps"),))], CHECKLIST),
        ([sent(1), asked(1)], QUESTIONS),
        ([sent(1), asked(1, 2, until=LATER)], QUESTIONS),
        ([sent(1), withdrawn(1), asked(1, until=LATER)], QUESTIONS),
        ([sent(1), asked(1, until=LATER), judged(1)], QUESTIONS),
        ([sent(1), asked(1, until=LATER), answered(1, 2)], QUESTIONS),
        ([sent(1), asked(1, until=LATER), answered(1), answered(1)], QUESTIONS),
        ([sent(1), asked(1, until=LATER), answered(1, by=NEIGHBOUR)], OWN_ACT),
        ([asked(7, until=LATER)], QUESTIONS),
        ([sent(1), judged(1, reviewers=(CONTACT.pseudonym,)), appealed(1), decided(1)], BY_OTHERS),
    ],
)
def test_what_is_out_of_order_is_found(tmp_path: Path, events: list[Told], broken: str) -> None:
    assert set(failures(tmp_path, events)) == {broken}


def test_an_act_about_another_project_than_it_says_is_found(tmp_path: Path) -> None:
    event, by, at = judged(1)

    assert failures(tmp_path, [sent(1), (replace(event, number=2), by, at)]) == [REVIEWED]
