"""Appealing against a negative review, and deciding the appeal: by people who did not review, with reasons."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.budgeting.days import has_begun, require_phase
from consult.budgeting.phases import Phase
from consult.budgeting.project_letters import tell_author
from consult.budgeting.project_withdrawals import NotStanding, VotingBegan
from consult.budgeting.projects import Outcome, Project, ProjectId, Verdict, project_of, project_subject
from consult.budgeting.reviews import reviews_of
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.people import PersonId
from consult.identity.permissions import NeedsOtherEyes, require
from consult.identity.pseudonyms import record
from consult.record.bodies import Body, BodyId, keep_body, texts
from consult.record.events import ProjectAppealDecided, ProjectAppealed
from consult.refusals import NotFound, Refusal
from consult.store import Base

LONGEST_APPEAL = 2_000


class ProjectAppeal(Base):
    """Why the author of a project does not agree with its review, and what others decided."""

    __tablename__ = "project_appeal"

    project_id: Mapped[ProjectId] = mapped_column(ForeignKey("project.id"), primary_key=True)
    body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    decision_body_id: Mapped[BodyId | None] = mapped_column(ForeignKey("body.id", ondelete="SET NULL"))
    decided_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    body: Mapped[Body | None] = relationship(lazy="raise", foreign_keys=[body_id])
    decision: Mapped[Body | None] = relationship(lazy="raise", foreign_keys=[decision_body_id])

    @property
    def words(self) -> str:
        """What the author wrote; empty once erased."""
        return texts(self.body)["reasons"] if self.body else ""

    @property
    def decision_words(self) -> str:
        """Why it was decided so; empty before, and once erased."""
        return texts(self.decision)["reasons"] if self.decision else ""


class NothingToAppeal(Refusal):
    """Only a project that was found not eligible is appealed about."""

    sentence = N_("Only the review of a project that was found not eligible can be appealed against.")


class ProjectAppealedAlready(Refusal):
    """One appeal against one review."""

    sentence = N_("You appealed against this review already, on %(appealed_at)s.")


class NoAppealWaits(Refusal):
    """An appeal is decided once."""

    sentence = N_("No appeal about this project waits for a decision.")


class WhyMissing(Refusal):
    """An appeal says why, and so does its decision."""

    sentence = N_("Write why, in at most %(most)s characters.")
    field = "reasons"


def appeal_review(db: Session, project_id: ProjectId, *, reasons: str, by: Actor, at: datetime) -> ProjectAppeal:
    """Ask that the review of one's own project be looked at again, in the days for appeals.

    Raises NothingToAppeal, ProjectAppealedAlready, NotStanding, OutOfPhase, WhyMissing.
    """
    project = project_of(db, project_id)
    require("project.appeal", by, project)
    if not project.is_standing:
        raise NotStanding
    if project.appealed_at is not None:
        raise ProjectAppealedAlready(appealed_at=project.appealed_at)
    if project.verdict is not Verdict.NOT_ELIGIBLE:
        raise NothingToAppeal
    require_phase(db, project.cycle_id, Phase.APPEALS, at)
    _some_words(reasons)

    body = keep_body(db, {"reasons": reasons.strip()})
    appeal = ProjectAppeal(project_id=project_id, body=body)
    db.add(appeal)
    project.appealed_at = at
    event = ProjectAppealed(subject=project_subject(project), number=project.number, body=body.committed)
    record(db, event, by=by, at=at)
    db.flush()
    return appeal


def decide_project_appeal(
    db: Session, project_id: ProjectId, *, outcome: Outcome, reasons: str, by: Actor, at: datetime
) -> Project:
    """Decide an appeal against a review that others wrote; upheld, people can vote on the project.

    Raises NoAppealWaits, NeedsOtherEyes for whoever reviewed the project, VotingBegan, WhyMissing.
    """
    project = project_of(db, project_id)
    require("project_appeal.decide", by, project)
    appeal = db.get(ProjectAppeal, project_id)
    if appeal is None or not project.appeal_waits or not project.is_standing:
        raise NoAppealWaits
    if any(each.written_by == by.person_id for each in reviews_of(db, [project_id])):
        raise NeedsOtherEyes
    if has_begun(db, project.cycle_id, Phase.VOTING, at):
        raise VotingBegan
    _some_words(reasons)

    body = keep_body(db, {"reasons": reasons.strip()})
    appeal.decision, appeal.decided_by, appeal.decided_at = body, by.person_id, at
    project.appeal_outcome = outcome
    if outcome is Outcome.UPHELD:
        project.verdict = Verdict.ELIGIBLE
    event = ProjectAppealDecided(
        subject=project_subject(project), number=project.number, outcome=outcome.value, body=body.committed
    )
    record(db, event, by=by, at=at)
    tell_author(db, project, "project-appeal-decided", at=at, outcome=outcome.value, reason=reasons.strip())
    return project


def find_project_appeal(db: Session, project_id: ProjectId) -> ProjectAppeal:
    """Return the appeal about a project with what both sides wrote. Raises NotFound."""
    shown = joinedload(ProjectAppeal.body), joinedload(ProjectAppeal.decision)
    appeal = db.get(ProjectAppeal, project_id, options=shown)
    if appeal is None:
        raise NotFound
    return appeal


def _some_words(reasons: str) -> None:
    if not 0 < len(reasons.strip()) <= LONGEST_APPEAL:
        raise WhyMissing(most=LONGEST_APPEAL)
