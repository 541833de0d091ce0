"""Publishing what the reviews of a cycle found: the verdicts on all projects at once, each with its reason.

Whoever publishes them has reviewed none: it is the second pair of eyes on every one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session, undefer

from consult.budgeting.checklists import Answered, together_found
from consult.budgeting.cycles import Cycle, CycleId
from consult.budgeting.days import days_of, has_begun, last_day, require_over
from consult.budgeting.phases import Phase
from consult.budgeting.planning import rules_of
from consult.budgeting.project_letters import tell_author
from consult.budgeting.project_questions import questions_of
from consult.budgeting.project_withdrawals import VotingBegan
from consult.budgeting.projects import Project, ProjectId, Verdict, project_subject, projects_of
from consult.budgeting.reviews import ProjectReview, reviews_of
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import NeedsOtherEyes, require
from consult.identity.pseudonyms import pseudonym_of, record
from consult.policy.review_rules import ReviewKind
from consult.record.bodies import keep_body
from consult.record.events import CriterionFound, ProjectReviewed
from consult.refusals import NotFound, Refusal

Reviews = Mapping[ProjectId, Sequence[ProjectReview]]


class NothingToPublish(Refusal):
    """No project waits for its verdict."""

    sentence = N_("No project waits for its verdict.")


class NotReviewed(Refusal):
    """Some projects have no complete review, and the verdicts are published together."""

    sentence = N_("Not reviewed yet: %(numbers)s. The results of all projects are published at once.")


class AnswersAwaited(Refusal):
    """An author still has days to answer a question, and what they say may change what is found."""

    sentence = N_("The authors of these projects still have days to answer a question: %(numbers)s.")


def publish_verdicts(db: Session, cycle_id: CycleId, *, by: Actor, at: datetime) -> Sequence[Project]:
    """Publish the verdicts on all projects that stand, record each and write to the authors.

    Raises NotFound, NotPermitted, NothingToPublish, NotReviewed, AnswersAwaited, NeedsOtherEyes for whoever reviewed
    one of them, and OutOfPhase while projects are still received.
    """
    cycle = db.get(Cycle, cycle_id, options=[undefer(Cycle.authority_slug)])
    if cycle is None or not cycle.is_public:
        raise NotFound
    require("verdicts.publish", by, cycle)
    require_over(db, cycle_id, Phase.SUBMISSION, at)
    if has_begun(db, cycle_id, Phase.VOTING, at):
        raise VotingBegan
    waiting, reviews = waiting_in(db, cycle_id)
    if not waiting:
        raise NothingToPublish
    lacking = [project.number for project in waiting if not is_complete(reviews[project.id])]
    if lacking:
        raise NotReviewed(numbers=", ".join(map(str, lacking)))
    awaited = {each.project_id for each in questions_of(db, list(reviews)) if each.is_awaited_at(at)}
    if awaited:
        raise AnswersAwaited(numbers=", ".join(str(each.number) for each in waiting if each.id in awaited))
    if any(each.written_by == by.person_id for written in reviews.values() for each in written):
        raise NeedsOtherEyes

    for project in waiting:
        _publish(db, project, reviews[project.id], by, at)
    return waiting


def waiting_in(db: Session, cycle_id: CycleId) -> tuple[Sequence[Project], Reviews]:
    """Return the projects of a cycle that wait for their verdicts, and what was found of each so far."""
    waiting = [each for each in projects_of(db, cycle_id) if each.is_standing and each.verdict is None]
    written = reviews_of(db, [each.id for each in waiting])
    return waiting, {each.id: [one for one in written if one.project_id == each.id] for each in waiting}


def is_complete(written: Sequence[ProjectReview]) -> bool:
    """Whether a project was reviewed to the end: refused formally, or looked at by a department."""
    formal = next((each for each in written if each.kind is ReviewKind.FORMAL), None)
    return formal is not None and (not formal.passes or len(written) > 1)


def checklist_of(project: Project, written: Sequence[ProjectReview]) -> Sequence[Answered]:
    """Return what the reviews of a project found of each criterion of its cycle."""
    return together_found(rules_of(project.cycle).criteria, [each.found for each in written])


def _publish(db: Session, project: Project, written: Sequence[ProjectReview], by: Actor, at: datetime) -> None:
    """Say of one project what the reviews found."""
    against = [each for each in written if not each.passes]
    corrected = [each for each in written if each.cost is not None]
    decisive = against or [each for each in written if each.kind is ReviewKind.TECHNICAL]
    reasons = {
        "reason": "\n\n".join(each.reason for each in decisive),
        "cost": "\n\n".join(each.cost_reason for each in corrected),
    }
    body = keep_body(db, reasons)
    project.verdict = Verdict.NOT_ELIGIBLE if against else Verdict.ELIGIBLE
    project.ground = "; ".join(dict.fromkeys(each.ground for each in against))
    project.verdict_body, project.reviewed_at = body, at
    if corrected:
        # What the last department found stands: it knew what those before it had.
        project.cost = corrected[-1].cost or project.cost
    subject = project_subject(project)
    event = ProjectReviewed(
        subject=subject,
        number=project.number,
        verdict=project.verdict.value,
        ground=project.ground,
        cost=project.cost if corrected else None,
        checklist=tuple(CriterionFound(each.criterion.id, each.met.value) for each in checklist_of(project, written)),
        reviewers=tuple(sorted({pseudonym_of(db, each.written_by, subject) for each in written})),
        body=body.committed,
    )
    record(db, event, by=by, at=at)
    appeals = days_of(db, project.cycle_id, Phase.APPEALS)
    facts = {
        "verdict": project.verdict.value,
        "reason": reasons["reason"],
        "ground": project.ground,
        "appeal_until": last_day(appeals.ends_at) if appeals else None,
    }
    tell_author(db, project, "project-reviewed", at=at, **facts)
