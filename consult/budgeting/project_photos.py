"""The photographs of a project: what the place looks like today, or what it could look like.

A photograph that was chosen is kept at once, without what the camera wrote beside it, and waits until its form is sent,
so that no page loses it on the way; one that is never sent is deleted.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NewType

from sqlalchemy import ColumnElement, ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import jobs
from consult.budgeting.projects import Project, ProjectId
from consult.files.sealing import SealedFile
from consult.i18n import N_
from consult.record.entry_form import Commitment
from consult.refusals import NotFound, Refusal
from consult.store import Base

PhotoId = NewType("PhotoId", str)
Base.registry.update_type_annotation_map({PhotoId: String(32)})

MOST_PHOTOS = 5
#: How long a photograph waits for its form to be sent.
WAITS = timedelta(days=1)
DELETE = "delete-files"


class ProjectPhoto(Base):
    """A photograph of a project, or one that waits for its project to be sent."""

    __tablename__ = "project_photo"

    #: Random: its public address tells nothing, and as long as it waits nobody else knows it.
    id: Mapped[PhotoId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId | None] = mapped_column(ForeignKey("project.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    #: SHA-256(salt || content), as the record says it. Under this hash salt and content lie on the disk, as one file.
    commitment: Mapped[str] = mapped_column(String(64), unique=True)
    #: When a photograph that still waits is deleted; none once it was sent, and while a draft holds it.
    kept_until: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def sha256(self) -> str:
        """The hash of what lies on the disk: the salt, then the content."""
        return self.commitment

    @property
    def committed(self) -> Commitment:
        """What the record says of this photograph."""
        return Commitment(self.commitment, self.size)


class TooManyPhotos(Refusal):
    """More photographs than come with one project."""

    sentence = N_("A project comes with at most %(most)s photographs.")
    field = "files"


class PhotoForgotten(Refusal):
    """A form was left open for longer than its photographs are kept."""

    sentence = N_("A photograph that you chose was not sent for more than a day and is deleted. Choose it again.")
    field = "files"


def hold_photo(db: Session, file: SealedFile, *, at: datetime) -> PhotoId:
    """Keep a photograph until its form is sent, and return the name by which the form knows it."""
    photo = ProjectPhoto(
        id=PhotoId(secrets.token_hex(16)),
        position=0,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        commitment=file.commitment,
        kept_until=at + WAITS,
    )
    db.add(photo)
    db.flush()
    return photo.id


def photos_waiting(db: Session, ids: Sequence[str]) -> list[ProjectPhoto]:
    """Return those of some photographs that wait for a form, in the order in which it names them."""
    if not ids:
        return []
    waiting = select(ProjectPhoto).where(ProjectPhoto.id.in_(ids), ProjectPhoto.project_id.is_(None))
    return sorted(db.scalars(waiting), key=lambda each: ids.index(each.id))


def photos_held(db: Session, ids: Sequence[str]) -> list[ProjectPhoto]:
    """Return the photographs that wait for one form. Raises TooManyPhotos, PhotoForgotten."""
    if len(ids) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    found = photos_waiting(db, ids)
    if len(found) < len(set(ids)):
        raise PhotoForgotten
    return found


def keep_waiting(db: Session, ids: Collection[str], *, until: datetime | None) -> None:
    """Let photographs that wait be kept until an instant; None as long as a draft is kept that holds them."""
    if ids:
        waiting = ProjectPhoto.id.in_(ids), ProjectPhoto.project_id.is_(None)
        db.execute(update(ProjectPhoto).where(*waiting).values(kept_until=until))


def give_photos(photos: Sequence[ProjectPhoto], project_id: ProjectId) -> None:
    """Let photographs that waited belong to a project, in their order."""
    for position, photo in enumerate(photos, start=1):
        photo.project_id, photo.position, photo.kept_until = project_id, position, None


def photos_of(db: Session, project: Project) -> Sequence[ProjectPhoto]:
    """Return the photographs of a project in their order."""
    if not project.photo_count:
        return []
    own = select(ProjectPhoto).where(ProjectPhoto.project_id == project.id)
    return db.scalars(own.order_by(ProjectPhoto.position)).all()


def find_photo(db: Session, project: Project, photo_id: str) -> ProjectPhoto:
    """Return a photograph of a project. Raises NotFound."""
    photo = db.get(ProjectPhoto, photo_id)
    if photo is None or photo.project_id != project.id:
        raise NotFound
    return photo


def forget_photos(db: Session, *, at: datetime) -> None:
    """Let go of the photographs whose form was never sent."""
    _delete(db, ProjectPhoto.kept_until < at, at=at)


def _delete(db: Session, which: ColumnElement[bool], *, at: datetime) -> None:
    """Delete photographs: from the tables at once, from the disk by the worker, once this is certain."""
    gone = db.scalars(delete(ProjectPhoto).where(which).returning(ProjectPhoto.commitment)).all()
    if gone:
        jobs.enqueue(db, DELETE, at=at, files=list(gone))
