"""Erasing a text about a project: what its author wrote, with the photographs, or what was asked, judged and appealed.

How a text goes stands in `consult.identity.erasing`; who may ask and who decides in `project_erasure_requests`. The
number, the costs and the verdict stay: the money of a town was voted on by them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.budgeting.project_appeals import ProjectAppeal
from consult.budgeting.project_photos import erase_photos
from consult.budgeting.project_questions import ProjectQuestion
from consult.budgeting.projects import Project, project_subject
from consult.budgeting.reviews import ProjectReview
from consult.identity.actors import Actor
from consult.identity.erasing import RecordedText, erase, erasures_in, texts_under
from consult.identity.people import PersonId
from consult.record.bodies import Body
from consult.record.entries import Entry, RecordedEvent
from consult.record.erasure_grounds import ErasureGround
from consult.record.erasures import ErasedText


def texts_about(db: Session, project: Project) -> list[RecordedText]:
    """Return every text in the record about a project: its own, questions and answers, reviews, what was appealed."""
    return texts_under(db, [project_subject(project)])


def erase_texts(
    db: Session,
    project: Project,
    commitments: Sequence[str],
    ground: ErasureGround,
    *,
    chosen_by: PersonId,
    by: Actor,
    at: datetime,
) -> None:
    """Erase texts about a project, each with an entry that says so. `chosen_by`: the first of the two officials.

    Raises NotFound for a text that is not (or no longer) one of its own.
    """
    subject, known = project_subject(project), texts_about(db, project)
    erase(db, subject, commitments, ground, known=known, let_go=let_go, chosen_by=chosen_by, by=by, at=at)


def let_go(db: Session, erasure: RecordedEvent, body: Body) -> None:
    """Take a text out of what refers to it or repeats it here, by the entry that says that it was erased."""
    own = Project.body_id == body.id
    erase_photos(db, own, at=erasure.at)
    # Whoever does not want to be read any more does not want to be named beside what is gone.
    db.execute(update(Project).where(own).values(body_id=None, named=False))
    judged = select(Project.id).where(Project.verdict_body_id == body.id)
    # What was published is put together from what each department wrote, which the desk still showed.
    written = update(ProjectReview).where(ProjectReview.project_id.in_(judged))
    db.execute(written.values(reason="", cost_reason=""), execution_options={"synchronize_session": False})
    for column in (
        Project.verdict_body_id,
        ProjectQuestion.body_id,
        ProjectQuestion.answer_body_id,
        ProjectAppeal.body_id,
        ProjectAppeal.decision_body_id,
    ):
        db.execute(update(column.class_).where(column == body.id).values({column.key: None}))


def erased_in(db: Session, acts: Iterable[Entry]) -> Mapping[str, ErasedText]:
    """Return how the texts of acts about a project were erased, by what the acts are.

    That is their type, and of a question and its answer also the number: `project.question_asked/2`.
    """
    events: dict[str, RecordedEvent] = {each.event.id: each.event for each in acts}
    return {_what(events[event_id]): erased for event_id, erased in erasures_in(db, events.values()).items()}


def _what(event: RecordedEvent) -> str:
    question = event.stated["facts"].get("question")
    return event.type if question is None else f"{event.type}/{question}"
