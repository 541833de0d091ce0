"""Taking a project back: its author may, until people begin to vote on it."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.budgeting.days import has_begun
from consult.budgeting.phases import Phase
from consult.budgeting.projects import Project, ProjectId, project_of, project_subject
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.permissions import require
from consult.identity.pseudonyms import record
from consult.record.events import ProjectWithdrawn
from consult.refusals import Refusal


class NotStanding(Refusal):
    """The project was taken back."""

    sentence = N_("This project was withdrawn.")


class VotingBegan(Refusal):
    """What people vote on does not change while they do."""

    sentence = N_("Voting has begun: a project can be withdrawn only before it.")


def withdraw_project(db: Session, project_id: ProjectId, *, by: Actor, at: datetime) -> Project:
    """Take back one's own project; its number and its place on the list stay. Raises NotStanding, VotingBegan."""
    project = project_of(db, project_id)
    require("project.withdraw", by, project)
    if not project.is_standing:
        raise NotStanding
    if has_begun(db, project.cycle_id, Phase.VOTING, at):
        raise VotingBegan

    project.withdrawn_at = at
    event = ProjectWithdrawn(subject=project_subject(project), number=project.number)
    record(db, event, by=by, at=at)
    return project
