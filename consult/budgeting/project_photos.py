"""The photographs of a project: what the place looks like today, or what it could look like.

A photograph that was chosen is kept at once, without what the camera wrote beside it, and waits until its form is sent,
so that no page loses it on the way; one that is never sent is deleted.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NewType

from sqlalchemy import ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.budgeting.projects import Project, ProjectId
from consult.files import held
from consult.files.held import HeldFile
from consult.files.sealing import SealedFile
from consult.i18n import N_
from consult.refusals import NotFound, Refusal, Withdrawn
from consult.store import Base

PhotoId = NewType("PhotoId", str)
Base.registry.update_type_annotation_map({PhotoId: String(32)})

MOST_PHOTOS = 5


class ProjectPhoto(HeldFile):
    """A photograph of a project, or one that waits for its project to be sent."""

    __tablename__ = "project_photo"

    id: Mapped[PhotoId] = mapped_column(primary_key=True)
    project_id: Mapped[ProjectId | None] = mapped_column(ForeignKey("project.id"), index=True)


class TooManyPhotos(Refusal):
    """More photographs than come with one project."""

    sentence = N_("A project comes with at most %(most)s photographs.")
    field = "files"


class PhotoForgotten(Refusal):
    """A form was left open for longer than its photographs are kept."""

    sentence = N_("A photograph that you chose was not sent for more than a day and is deleted. Choose it again.")
    field = "files"


class ErasedPhoto(Withdrawn):
    """The words were erased, and the photographs with them."""

    sentence = N_("The text of this project was erased, and with it its photographs. Its page says why.")


def hold_photo(db: Session, file: SealedFile, *, at: datetime) -> PhotoId:
    """Keep a photograph until its form is sent, and return the name by which the form knows it."""
    return held.hold(db, ProjectPhoto, file, at=at).id


def photos_waiting(db: Session, ids: Sequence[str]) -> list[ProjectPhoto]:
    """Return those of some photographs that wait for a form, in the order in which it names them."""
    return held.waiting(db, ProjectPhoto, ids)


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
    held.keep_waiting(db, ProjectPhoto, ids, until=until)


def give_photos(photos: Sequence[ProjectPhoto], project_id: ProjectId) -> None:
    """Let photographs that waited belong to a project, in their order."""
    held.put_in_order(photos)
    for photo in photos:
        photo.project_id = project_id


def photos_of(db: Session, project: Project) -> Sequence[ProjectPhoto]:
    """Return the photographs of a project in their order."""
    if not project.photo_count:
        return []
    own = select(ProjectPhoto).where(ProjectPhoto.project_id == project.id)
    return db.scalars(own.order_by(ProjectPhoto.position)).all()


def find_photo(db: Session, project: Project, photo_id: str) -> ProjectPhoto:
    """Return a photograph of a project. Raises NotFound, ErasedPhoto."""
    if project.photo_count and project.is_erased:
        raise ErasedPhoto
    photo = db.get(ProjectPhoto, photo_id)
    if photo is None or photo.project_id != project.id:
        raise NotFound
    return photo


def erase_photos(db: Session, which: ColumnElement[bool], *, at: datetime) -> None:
    """Let go of the photographs of projects whose words are erased."""
    held.delete_held(db, ProjectPhoto, ProjectPhoto.project_id.in_(select(Project.id).where(which)), at=at)


def forget_photos(db: Session, *, at: datetime) -> None:
    """Let go of the photographs whose form was never sent."""
    held.forget_held(db, ProjectPhoto, at=at)
