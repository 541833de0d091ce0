"""Files that come with a recommendation: a study, a photograph, a list of signatures.

They are people's files: public under a random name, committed to in the record with a salt, and erased with the words
beside which they stand. A file that was chosen is kept at once and waits until its form is sent, so that no page loses
it on the way; one that is never sent is deleted.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NewType

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.consultations.recommendations import Recommendation, RecommendationId
from consult.files import held
from consult.files.held import HeldFile
from consult.files.sealing import SealedFile
from consult.i18n import N_
from consult.refusals import NotFound, Refusal, Withdrawn
from consult.store import Base

AttachmentId = NewType("AttachmentId", str)
Base.registry.update_type_annotation_map({AttachmentId: String(32)})

#: More belongs into one document that says what it is.
MOST_FILES = 5


class Attachment(HeldFile):
    """A file of a recommendation, or one that waits for its recommendation to be sent."""

    __tablename__ = "attachment"

    id: Mapped[AttachmentId] = mapped_column(primary_key=True)
    recommendation_id: Mapped[RecommendationId | None] = mapped_column(ForeignKey("recommendation.id"), index=True)


class TooManyFiles(Refusal):
    """More files than come with one recommendation."""

    sentence = N_("A proposal comes with at most %(most)s files.")
    field = "files"


class FileForgotten(Refusal):
    """A form was left open for longer than its files are kept."""

    sentence = N_("A file that you chose was not sent for more than a day and is deleted. Choose it again.")
    field = "files"


class HiddenFile(Withdrawn):
    """A moderator took the recommendation from the pages, and its files with it."""

    sentence = N_("A moderator hid this proposal, and with it its files. Its page says why.")


class ErasedFile(Withdrawn):
    """The words were erased, and the files with them."""

    sentence = N_("The text of this proposal was erased, and with it its files. Its page says why.")


def hold_file(db: Session, file: SealedFile, *, at: datetime) -> AttachmentId:
    """Keep a file until its form is sent, and return the name by which the form knows it."""
    return held.hold(db, Attachment, file, at=at).id


def files_held(db: Session, ids: Sequence[str]) -> list[Attachment]:
    """Return the files that wait for one form, in the order in which it names them.

    Raises TooManyFiles, and FileForgotten for one that does not wait any more.
    """
    if len(ids) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    found = files_waiting(db, ids)
    if len(found) < len(set(ids)):
        raise FileForgotten
    return found


def files_waiting(db: Session, ids: Sequence[str]) -> list[Attachment]:
    """Return those of some files that wait for a form, in the order in which it names them."""
    return held.waiting(db, Attachment, ids)


def take_over(db: Session, attachment_id: str) -> SealedFile:
    """Return a file that waits, which from now on belongs to something else than a proposal's page, such as a letter.

    Raises FileForgotten.
    """
    [file] = files_held(db, [attachment_id])
    db.delete(file)
    return SealedFile(file.name, file.media_type, file.size, file.commitment)


def keep_held(db: Session, ids: Collection[str], *, until: datetime | None) -> None:
    """Let files that wait be kept until an instant; None as long as a draft is kept that holds them."""
    held.keep_waiting(db, Attachment, ids, until=until)


def attach(files: Sequence[Attachment], recommendation_id: RecommendationId) -> None:
    """Let files that waited belong to a recommendation, in their order."""
    held.put_in_order(files)
    for file in files:
        file.recommendation_id = recommendation_id


def attachments_of(db: Session, recommendation: Recommendation) -> list[Attachment]:
    """Return the files of a recommendation in their order."""
    if not recommendation.file_count:
        return []
    own = select(Attachment).where(Attachment.recommendation_id == recommendation.id)
    return list(db.scalars(own.order_by(Attachment.position)))


def find_attachment(db: Session, recommendation: Recommendation, attachment_id: str) -> Attachment:
    """Return a public file of a recommendation. Raises NotFound, HiddenFile, ErasedFile."""
    if recommendation.file_count and recommendation.erased_as is not None:
        raise ErasedFile
    attachment = db.get(Attachment, attachment_id)
    if attachment is None or attachment.recommendation_id != recommendation.id:
        raise NotFound
    if recommendation.hidden_at is not None:
        raise HiddenFile
    return attachment


def erase_attachments(db: Session, erased_as: str, *, at: datetime) -> None:
    """Let go of the files that stood beside words which were erased."""
    erased = select(Recommendation.id).where(Recommendation.erased_as == erased_as)
    held.delete_held(db, Attachment, Attachment.recommendation_id.in_(erased), at=at)


def forget_unsent(db: Session, *, at: datetime) -> None:
    """Let go of the files whose form was never sent."""
    held.forget_held(db, Attachment, at=at)
