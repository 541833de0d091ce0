"""Projects that were begun and not sent: private, finished another day, on another device, by another member.

A person's own is seen by that person alone; one that is written for an organisation by all who act for it. Nothing of
it is public and nothing is checked: it is unfinished by its nature. It goes when it is sent or thrown away, and some
time after the last day for projects, until which its writer can still copy what they wrote.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, NewType

from sqlalchemy import JSON, ColumnElement, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from consult.budgeting.cycles import Cycle, CycleId
from consult.budgeting.phases import CyclePhase, Phase
from consult.budgeting.project_photos import keep_waiting, photos_held
from consult.budgeting.project_words import LONGEST_TEXT, ProjectTooLong, ProjectWords
from consult.budgeting.projects import Project
from consult.budgeting.proposing import Proposed, find_for_project, submit_project
from consult.i18n import N_
from consult.identity.actors import Actor
from consult.identity.organisations import Membership, Organisation, OrganisationId
from consult.identity.people import PersonId
from consult.refusals import NotFound, Refusal
from consult.store import Base
from consult.store.base import key_type

ProjectDraftId = NewType("ProjectDraftId", int)
key_type(ProjectDraftId)

#: How long after the last day for projects what was not sent can still be read.
KEPT_AFTER = timedelta(days=30)
MOST_DRAFTS = 20


class TooManyDrafts(Refusal):
    """There are more drafts than anybody could keep in mind."""

    sentence = N_("You keep %(most)s drafts of projects, which is the most: send or delete one of them.")


class NothingWritten(Refusal):
    """There is nothing to keep."""

    sentence = N_("Write at least what the project is called, then save the draft.")
    field = "title"


class ProjectDraft(Base):
    """A project as far as it was written. Whose: the organisation's, or without one the person's."""

    __tablename__ = "project_draft"

    id: Mapped[ProjectDraftId] = mapped_column(primary_key=True)
    cycle_id: Mapped[CycleId] = mapped_column(ForeignKey("cycle.id"), index=True)
    #: Who began it, and for which organisation.
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[OrganisationId | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: What was written, by the names of `ProjectWords`.
    said: Mapped[dict[str, Any]] = mapped_column(JSON)  # of JSON
    pool: Mapped[str]
    category: Mapped[str]
    #: The names of the photographs that come with it.
    photos: Mapped[list[str]] = mapped_column(JSON)
    named: Mapped[bool]
    saved_at: Mapped[datetime]

    cycle: Mapped[Cycle] = relationship(lazy="raise")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")

    @property
    def proposed(self) -> Proposed:
        """What it would propose."""
        return Proposed(ProjectWords(**self.said), self.pool, self.category, self.photos)


def save_project_draft(
    db: Session,
    cycle_id: CycleId,
    *,
    proposed: Proposed,
    named: bool,
    begun: int | None,
    by: Actor,
    at: datetime,
) -> ProjectDraft:
    """Keep what was written so far. `begun`: the draft that it goes on with, if that is still there.

    Raises OutOfPhase, NotPermitted, NothingWritten, ProjectTooLong, TooManyPhotos, PhotoForgotten, TooManyDrafts.
    """
    find_for_project(db, cycle_id, by, at)
    longest = max(len(written) for written in asdict(proposed.said).values())
    if longest > LONGEST_TEXT:
        raise ProjectTooLong(length=longest, most=LONGEST_TEXT)
    if not proposed.said.title.strip():
        raise NothingWritten
    photos = photos_held(db, proposed.photos)
    draft = db.scalar(select(ProjectDraft).where(ProjectDraft.id == begun, _visible_to(by.person_id)))
    if draft is None and len(project_drafts_of(db, by.person_id)) >= MOST_DRAFTS:
        raise TooManyDrafts(most=MOST_DRAFTS)

    draft = draft or ProjectDraft(cycle_id=cycle_id, person_id=by.person_id, photos=[])
    keep_waiting(db, set(draft.photos).difference(proposed.photos), until=at)
    draft.organisation_id = by.organisation_id
    draft.said, draft.pool, draft.category = asdict(proposed.said), proposed.pool, proposed.category
    draft.photos, draft.named, draft.saved_at = [photo.id for photo in photos], named, at
    db.add(draft)
    db.flush()
    keep_waiting(db, draft.photos, until=None)
    return draft


def send_project(
    db: Session,
    cycle_id: CycleId,
    *,
    proposed: Proposed,
    named: bool,
    begun: int | None,
    by: Actor,
    at: datetime,
) -> Project:
    """Send a project; the draft with which it was begun, if any, is then one no more. Run it as `submit_project`."""
    sent = submit_project(db, cycle_id, proposed=proposed, named=named, by=by, at=at)
    if begun is not None:
        db.execute(delete(ProjectDraft).where(ProjectDraft.id == begun, _visible_to(by.person_id)))
    return sent


def project_drafts_of(db: Session, person_id: PersonId) -> Sequence[ProjectDraft]:
    """Return what a person can go on writing, for themselves and for organisations, what was saved last first."""
    query = select(ProjectDraft).where(_visible_to(person_id))
    shown = query.options(joinedload(ProjectDraft.cycle), joinedload(ProjectDraft.organisation))
    return db.scalars(shown.order_by(ProjectDraft.saved_at.desc(), ProjectDraft.id)).all()


def find_project_draft(db: Session, draft_id: int, person_id: PersonId) -> ProjectDraft:
    """Return one that a person can go on writing. Raises NotFound: nobody else learns that it exists."""
    own = select(ProjectDraft).where(ProjectDraft.id == draft_id, _visible_to(person_id))
    found = db.scalar(own.options(joinedload(ProjectDraft.cycle)))
    if found is None:
        raise NotFound
    return found


def discard_project_draft(db: Session, draft_id: int, person_id: PersonId, *, at: datetime) -> None:
    """Throw away what was not sent, with its photographs. Raises NotFound."""
    draft = find_project_draft(db, draft_id, person_id)
    _forget(db, ProjectDraft.id == draft.id, at=at)


def forget_project_drafts(db: Session, *, at: datetime) -> None:
    """Let go of what was never sent, some time after the last day for projects."""
    over = select(CyclePhase.cycle_id).where(CyclePhase.phase == Phase.SUBMISSION, CyclePhase.ends_at < at - KEPT_AFTER)
    _forget(db, ProjectDraft.cycle_id.in_(over), at=at)


def _forget(db: Session, which: ColumnElement[bool], *, at: datetime) -> None:
    """Delete drafts, and let their photographs go."""
    for draft in db.scalars(select(ProjectDraft).where(which)):
        keep_waiting(db, draft.photos, until=at)
        db.delete(draft)
    db.flush()


def _visible_to(person_id: PersonId) -> ColumnElement[bool]:
    """Tell what a person may see: their own, and those of the organisations for which they act."""
    acted_for = select(Membership.organisation_id).where(Membership.person_id == person_id, Membership.until.is_(None))
    own = (ProjectDraft.person_id == person_id) & ProjectDraft.organisation_id.is_(None)
    return own | ProjectDraft.organisation_id.in_(acted_for)
