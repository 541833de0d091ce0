"""The stage line of a consultation: the stages that the law gives it, each with its date, and where it is now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from consult.consultations.consultations import ENDED, Consultation, Stage
from consult.consultations.steps import Step, StepKind
from consult.i18n import gettext
from web.ui.dates import day, deadline, moment, until

State = Literal["done", "now", "later"]


@dataclass(frozen=True)
class StageShown:
    """One stage: what it is, when, and what more is to be known of it (a place, the number of an act)."""

    title: str
    when: str
    state: State
    why: str = ""


def stages_of(
    consultation: Consultation, steps: Mapping[StepKind, Step], at: datetime, *, answered_at: datetime | None = None
) -> list[StageShown]:
    """Return the stages of a consultation as they stand at an instant; what is open has no answers yet."""
    return list(_stages(consultation, steps, at, answered_at))


def next_change(consultation: Consultation, steps: Mapping[StepKind, Step], at: datetime) -> datetime | None:
    """Return the instant at which the page will say something else."""
    changes = [step.starts_at for step in steps.values() if step.starts_at and step.starts_at > at]
    if consultation.is_open_at(at) and consultation.closes_at:
        change = deadline(consultation.closes_at, at).changes_at
        changes += [change] if change else []
    return min(changes, default=None)


def _stages(
    consultation: Consultation, steps: Mapping[StepKind, Step], at: datetime, answered_at: datetime | None
) -> Iterator[StageShown]:
    stage = consultation.stage_at(at)
    assert consultation.announced_on is not None, "only what is published has a stage line"
    assert consultation.closes_at is not None, "as above"
    yield StageShown(gettext("Announcement"), day(consultation.announced_on), "done")
    yield StageShown(
        gettext("Proposals"),
        gettext("until %(moment)s") % {"moment": until(consultation.closes_at)},
        "now" if stage is Stage.PROPOSALS else "done",
    )
    if debate := steps.get(StepKind.DEBATE):
        yield _event(gettext("Public debate"), debate, at)
    if stage is not Stage.WITHDRAWN or answered_at:
        yield _answer(consultation, answered_at, stage)
    yield _vote(consultation, steps.get(StepKind.SESSION), steps.get(StepKind.OUTCOME), stage)


def _event(title: str, step: Step, at: datetime) -> StageShown:
    assert step.starts_at is not None, "what people come to has an hour"
    return StageShown(title, moment(step.starts_at), "later" if step.starts_at > at else "done", step.note)


def _answer(consultation: Consultation, answered_at: datetime | None, stage: Stage) -> StageShown:
    title = gettext("Answers with reasons")
    if answered_at:
        return StageShown(title, day(answered_at), "now" if stage is Stage.ANSWERED else "done")
    if stage in {Stage.SUBMITTED, *ENDED}:
        return StageShown(title, gettext("no proposal was received"), "done")
    assert consultation.submission_on is not None, "a consultation is published with its dates"
    when = gettext("before %(day)s") % {"day": day(consultation.submission_on)}
    return StageShown(title, when, "now" if stage in {Stage.ANALYSIS, Stage.ANSWERED} else "later")


def _vote(consultation: Consultation, session: Step | None, outcome: Step | None, stage: Stage) -> StageShown:
    titles = {
        Stage.ADOPTED: gettext("Adopted"),
        Stage.REJECTED: gettext("Rejected by the council"),
        Stage.WITHDRAWN: gettext("Withdrawn"),
    }
    title = titles.get(stage, gettext("Vote"))
    if outcome:
        return StageShown(title, day(outcome.on), "done", outcome.note)
    state: State = "now" if stage is Stage.SUBMITTED else "later"
    if session and session.starts_at:
        return StageShown(title, moment(session.starts_at), state, session.note)
    if stage is Stage.SUBMITTED:
        return StageShown(title, gettext("the session will be announced"), state)
    assert consultation.submission_on is not None, "a consultation is published with its dates"
    return StageShown(title, gettext("not before %(day)s") % {"day": day(consultation.submission_on)}, state)
