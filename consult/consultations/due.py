"""What officials owe next: drafts, answers and steps, each with the day by which it is due."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from consult.consultations.announcements import Part, parts_of_announcement
from consult.consultations.causes import Cause
from consult.consultations.consultations import ENDED, Consultation, ConsultationId, Stage
from consult.consultations.debate_requests import DebateRequest
from consult.consultations.documents import Document, DocumentKind
from consult.consultations.drafts import DraftText, drafts_of
from consult.consultations.duties import ConfirmedDuty, channels_of
from consult.consultations.gatherings import DEBATE_NOTICE, SESSION_NOTICE
from consult.consultations.procedure import (
    PROPOSALS,
    SUBMISSION,
    UnlawfulDates,
    check_dates,
    current_pack,
    local_day,
)
from consult.consultations.recommendations import TAKEN, Recommendation
from consult.consultations.responses import AnswerDraft
from consult.consultations.steps import Step, StepKind, steps_of_each
from consult.consultations.versions import Version
from consult.identity.actors import Actor
from consult.identity.authorities import AuthorityId
from consult.identity.permissions import Permission, Within, may

#: So many procedures at once are more than any town hall leads.
MOST_SHOWN = 200


class Work(StrEnum):
    """What there is to do, or to know."""

    APPROVE = "approve"
    FINISH = "finish"
    REQUEST = "request"
    #: A colleague's turn: the draft waits for eyes that are not these.
    AWAIT = "await"
    #: The last day for proposals is coming; answers may be drafted already.
    CLOSING = "closing"
    ANSWER = "answer"
    PUBLISH = "publish"
    #: What was taken up is in no version of the text yet.
    IMPROVE = "improve"
    SUBMIT = "submit"
    SESSION = "session"
    OUTCOME = "outcome"
    #: A debate is to come.
    DEBATE = "debate"
    #: The announcement is on the site; the law's other channels want to be used, and confirmed.
    TELL = "tell"
    #: Somebody who may oblige the authority to hold a debate asked for one.
    REPLY = "reply"


#: One of these an official must have to be shown the work; all other work is theirs who may publish answers.
PERMISSIONS: dict[Work, tuple[Permission, ...]] = {
    Work.CLOSING: ("recommendation.answer",),
    Work.ANSWER: ("recommendation.answer",),
    Work.IMPROVE: ("draft.edit", "version.publish"),
}


#: The rule of the pack for which each work is done; what only prepares another work has that one's.
RULES: Mapping[Work, str] = {
    Work.APPROVE: SUBMISSION,
    Work.FINISH: SUBMISSION,
    Work.REQUEST: SUBMISSION,
    Work.AWAIT: SUBMISSION,
    Work.CLOSING: PROPOSALS,
    Work.ANSWER: "written-justification",
    Work.PUBLISH: "written-justification",
    Work.IMPROVE: "draft-finalised",
    Work.SUBMIT: SUBMISSION,
    Work.SESSION: SESSION_NOTICE,
    Work.OUTCOME: "minutes-votes",
    Work.DEBATE: DEBATE_NOTICE,
    Work.TELL: "announcement-at-seat",
    Work.REPLY: "who-may-ask-for-a-debate",
}


@dataclass(frozen=True)
class Due:
    """One line of the desk's first page. `day`: the last on which it is still in time, where there is one.

    `count`: how many recommendations it is about. `missing`: what a draft lacks. `is_mine`: whether the official who
    asks may do it.
    """

    work: Work
    consultation: Consultation
    day: date | None = None
    count: int = 0
    missing: Sequence[Part] = ()
    is_mine: bool = True

    @property
    def rule(self) -> str:
        """The rule of the consultation's pack behind it."""
        return RULES[self.work]


@dataclass(frozen=True)
class Progress:
    """How far the answers to a consultation have come.

    `promised`: how many were taken up, at least in part, in public, and are carried by no later version of the text.
    """

    received: int = 0
    unanswered: int = 0
    drafted: int = 0
    promised: int = 0


def what_is_due(db: Session, authority_id: AuthorityId, *, by: Actor, at: datetime) -> list[Due]:
    """Return what is to be done next, the most urgent first and what has no day last; `is_mine` says by whom."""
    due = [*_drafts_due(db, authority_id, by), *_procedures_due(db, authority_id, by, at)]
    return sorted(due, key=lambda each: (each.day is None, each.day or date.max, each.consultation.id))


def announce_by(consultation: Consultation) -> date | None:
    """Return the last day on which a draft could become public with the dates it has; None while it has none."""
    first, until, submission = consultation.announced_on, consultation.proposals_until, consultation.submission_on
    if first is None or until is None or submission is None:
        return None
    pack = current_pack()

    def is_too_late(day: date) -> bool:
        try:
            check_dates(
                pack,
                announced_on=day,
                proposals_until=until,
                submission_on=submission,
                circumstances=consultation.circumstances,
            )
        except UnlawfulDates:
            return True
        return False

    days = [first + timedelta(days=later) for later in range((until - first).days + 1)]
    # A later announcement never makes a date lawful that an earlier one did not: the first day too late is found by
    # halving. The chosen dates were lawful for `first`, or they would not have been saved.
    return days[max(bisect_left(days, True, key=is_too_late), 1) - 1]


def _drafts_due(db: Session, authority_id: AuthorityId, by: Actor) -> Iterator[Due]:
    drafts = drafts_of(db, authority_id)
    ids = [draft.id for draft in drafts]
    with_text = set(db.scalars(select(DraftText.consultation_id).where(DraftText.consultation_id.in_(ids)).distinct()))
    reports = select(Document.consultation_id).where(
        Document.consultation_id.in_(ids), Document.kind == DocumentKind.REPORT
    )
    with_report = set(db.scalars(reports.distinct()))
    for draft in drafts:
        parts = parts_of_announcement(draft, has_text=draft.id in with_text, has_report=draft.id in with_report)
        yield due_of_draft(draft, parts, by=by)


def due_of_draft(draft: Consultation, parts: Sequence[Part], *, by: Actor) -> Due:
    """Return what a draft wants: to be finished, sent on, approved, or, of all but the second eyes, to be awaited."""
    missing = [part for part in parts if not part.is_done]
    day = announce_by(draft)
    if draft.stage is Stage.APPROVAL:
        return Due(Work.APPROVE if may("draft.approve", by, draft) else Work.AWAIT, draft, day)
    work = Work.FINISH if missing else Work.REQUEST
    return Due(work, draft, day, missing=missing, is_mine=may("draft.edit", by, draft))


def _procedures_due(db: Session, authority_id: AuthorityId, by: Actor, at: datetime) -> Iterator[Due]:
    query = select(Consultation).where(
        Consultation.authority_id == authority_id,
        Consultation.stage.in_([Stage.PROPOSALS, Stage.ANSWERED, Stage.SUBMITTED]),
    )
    running = db.scalars(query.order_by(Consultation.opens_at.desc()).limit(MOST_SHOWN)).all()
    ids = [consultation.id for consultation in running]
    progress = progress_of(db, ids)
    steps = steps_of_each(db, running)
    asked = _requests_open(db, ids)
    untold = _channels_open(db, running)
    takes_steps = may("answers.publish", by, Within(authority_id))
    for consultation in running:
        debate = steps[consultation.id].get(StepKind.DEBATE)
        if debate is not None and debate.starts_at is not None and debate.starts_at > at:
            yield Due(Work.DEBATE, consultation, debate.on, is_mine=takes_steps)
        if consultation.is_open_at(at) and untold[consultation.id]:
            tells = may("duty.confirm", by, Within(authority_id))
            yield Due(Work.TELL, consultation, consultation.announced_on, untold[consultation.id], is_mine=tells)
        if consultation.id in asked:
            day, count = consultation.submission_on, asked[consultation.id]
            yield Due(Work.REPLY, consultation, day, count, is_mine=takes_steps)
        session = steps[consultation.id].get(StepKind.SESSION)
        due = due_of_procedure(consultation, progress.get(consultation.id, Progress()), session, by=by, at=at)
        if due is not None:
            yield due


def due_of_procedure(
    consultation: Consultation, progress: Progress, session: Step | None, *, by: Actor, at: datetime
) -> Due | None:
    """Return what a published consultation wants next; nothing once it has ended, or while only time must pass."""
    due = None if consultation.stage in ENDED else _next_step(consultation, progress, session, at)
    if due is None:
        return None
    house = Within(consultation.authority_id)
    permissions = PERMISSIONS.get(due.work, ("answers.publish",))
    return replace(due, is_mine=any(may(permission, by, house) for permission in permissions))


def _next_step(consultation: Consultation, progress: Progress, session: Step | None, at: datetime) -> Due | None:
    """Return what a published consultation waits for. Everything up to avizare is due by the day planned for it."""
    stage = consultation.stage_at(at)
    if stage is Stage.PROPOSALS:
        return Due(Work.CLOSING, consultation, consultation.proposals_until, progress.received)
    if stage is Stage.SUBMITTED and session is None:
        return Due(Work.SESSION, consultation)
    if stage is Stage.SUBMITTED and session is not None:
        return Due(Work.OUTCOME, consultation, session.on) if session.on <= local_day(at) else None
    work, count = Work.SUBMIT, 0
    if stage is Stage.ANALYSIS and progress.unanswered:
        work, count = Work.ANSWER, progress.unanswered
    elif stage is Stage.ANALYSIS and progress.drafted:
        work, count = Work.PUBLISH, progress.drafted
    elif progress.promised:
        work, count = Work.IMPROVE, progress.promised
    return Due(work, consultation, consultation.submission_on, count)


_later = aliased(Version)
#: Carried is what a version names as the cause of a change, and, since no cause can be named for the draft as a whole,
#: what was said about that before the newest version.
_is_carried = (
    select(Cause.recommendation_id).where(Cause.recommendation_id == Recommendation.id).exists()
    | select(_later.id)
    .where(
        _later.consultation_id == Recommendation.consultation_id,
        _later.number > Recommendation.version_number,
        Recommendation.article_key.is_(None),
    )
    .exists()
)


def progress_of(db: Session, ids: Sequence[ConsultationId]) -> Mapping[ConsultationId, Progress]:
    """Count, for several consultations at once, what was received, what of it waits, and what was promised."""
    drafted = func.count(AnswerDraft.recommendation_id)
    waiting = Recommendation.answered_at.is_(None) & Recommendation.withdrawn_at.is_(None)
    open_ = func.count().filter(waiting & AnswerDraft.recommendation_id.is_(None))
    promised = func.count().filter(Recommendation.verdict.in_(TAKEN) & ~_is_carried)
    query = (
        select(Recommendation.consultation_id, func.count(), open_, drafted, promised)
        .outerjoin(AnswerDraft, AnswerDraft.recommendation_id == Recommendation.id)
        .where(Recommendation.consultation_id.in_(ids))
        .group_by(Recommendation.consultation_id)
    )
    return {key: Progress(*counts) for key, *counts in db.execute(query)}


def _channels_open(db: Session, running: Iterable[Consultation]) -> Mapping[ConsultationId, int]:
    """Count the channels and recipients of each announcement of which nobody has confirmed that they were used."""
    query = select(ConfirmedDuty.consultation_id, ConfirmedDuty.rule).where(
        ConfirmedDuty.consultation_id.in_([each.id for each in running])
    )
    confirmed = {(consultation_id, rule) for consultation_id, rule in db.execute(query)}
    return {
        each.id: sum((each.id, rule) not in confirmed for rule in channels_of(current_pack(), each)) for each in running
    }


def _requests_open(db: Session, ids: Iterable[ConsultationId]) -> Mapping[ConsultationId, int]:
    """Count the requests for a debate that wait for an answer."""
    query = (
        select(DebateRequest.consultation_id, func.count())
        .where(DebateRequest.consultation_id.in_(ids), DebateRequest.answered_at.is_(None))
        .group_by(DebateRequest.consultation_id)
    )
    return dict(db.execute(query).all())
