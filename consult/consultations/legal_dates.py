"""The dates of a consultation, each with what the law says of it: the rule, its article, and the reason in words.

They are worked out by the pack that the consultation froze when it was announced, from its own days off, so that the
same page says the same in ten years.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consult.consultations.consultations import Consultation
from consult.consultations.date_moves import DateMove, Promised
from consult.consultations.gatherings import DEBATE_NOTICE, SESSION_NOTICE
from consult.consultations.procedure import PROPOSALS, SUBMISSION
from consult.consultations.steps import Step, StepKind
from consult.meetings.meetings import Meeting, MeetingMove
from consult.policy.deadlines import Finding, check_date
from consult.policy.packs import Pack


class Milestone(StrEnum):
    """What the dates are about, in the order of the procedure."""

    ANNOUNCEMENT = "announcement"
    PROPOSALS = "proposals"
    DEBATE = "debate"
    SUBMISSION = "submission"
    SESSION = "session"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class LegalDate:
    """One date. `starts_at`: the hour, where there is one; `note`: the place, or the number of the act.

    `meeting`: what people come to. `given_up`: the days that no longer hold, of a date that nobody comes to.
    `finding`: what the law makes of the day, where it fixes a term; `is_planned`: the step has not been taken yet.
    """

    of: Milestone
    day: date
    starts_at: datetime | None = None
    note: str = ""
    finding: Finding | None = None
    is_planned: bool = False
    meeting: Meeting | None = None
    given_up: Sequence[DateMove] = ()

    @property
    def moves(self) -> Sequence[MeetingMove]:
        """The dates and places that no longer hold, of what people come to."""
        return self.meeting.moves if self.meeting else ()


def legal_dates(
    consultation: Consultation,
    steps: Mapping[StepKind, Step],
    pack: Pack,
    given_up: Sequence[DateMove] = (),
) -> list[LegalDate]:
    """Return the dates of a published consultation in the order of the procedure."""
    return list(_dates(consultation, steps, pack, given_up))


def _dates(
    consultation: Consultation,
    steps: Mapping[StepKind, Step],
    pack: Pack,
    given_up: Sequence[DateMove],
) -> Iterator[LegalDate]:
    announced, until, submission = (
        consultation.announced_on,
        consultation.proposals_until,
        consultation.submission_on,
    )
    assert announced is not None, "only what is published has dates"
    assert until is not None, "a consultation is published with its dates"
    assert submission is not None, "a consultation is published with its dates"

    def found(rule: str, since: date, day: date) -> Finding:
        return check_date(pack, rule, since, day, consultation.circumstances)

    def dated(of: Milestone, step: Step, rule: str | None = None) -> LegalDate:
        finding = found(rule, step.noticed_on, step.on) if rule and step.noticed_on else None
        return LegalDate(of, step.on, step.starts_at, step.note, finding, meeting=step.meeting)

    yield LegalDate(Milestone.ANNOUNCEMENT, announced)
    earlier = {of: [each for each in given_up if each.of is of] for of in Promised}
    yield LegalDate(
        Milestone.PROPOSALS,
        until,
        finding=found(PROPOSALS, announced, until),
        given_up=earlier[Promised.PROPOSALS],
    )
    if debate := steps.get(StepKind.DEBATE):
        yield dated(Milestone.DEBATE, debate, DEBATE_NOTICE)
    sent = steps.get(StepKind.SUBMISSION)
    day = sent.on if sent else submission
    if sent or StepKind.OUTCOME not in steps:
        finding = found(SUBMISSION, announced, day)
        yield LegalDate(
            Milestone.SUBMISSION,
            day,
            finding=finding,
            is_planned=sent is None,
            given_up=earlier[Promised.SUBMISSION],
        )
    if session := steps.get(StepKind.SESSION):
        yield dated(Milestone.SESSION, session, SESSION_NOTICE)
    if outcome := steps.get(StepKind.OUTCOME):
        yield dated(Milestone.OUTCOME, outcome)
