"""The files of a proposal for officials, who weigh and answer what is hidden from the pages too."""

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream
from sqlalchemy.orm import Session

from consult import links
from consult.consultations.attachments import Attachment, attachments_of
from consult.consultations.consultations import Consultation, ConsultationId
from consult.consultations.drafts import find_for_desk
from consult.consultations.recommendations import Recommendation, find_recommendation
from consult.identity.actors import Actor
from consult.record.entry_form import SALT_SIZE
from consult.refusals import NotFound
from consult.settings import Settings
from web.access import at_desk
from web.answers import page
from web.consultations.documents import file_to_keep
from web.database import Db
from web.given import Given, Request


@dataclass(frozen=True)
class FilesAtDesk:
    """A proposal and the files that came with it."""

    consultation: Consultation
    recommendation: Recommendation
    files: Sequence[Attachment]


def files_at_desk(db: Session, consultation_id: ConsultationId, number: str, *, by: Actor) -> FilesAtDesk:
    """Read the files of a proposal, hidden or not; none once its text is erased. Raises NotFound."""
    consultation = find_for_desk(db, consultation_id, by)
    recommendation = find_recommendation(db, consultation_id, number)
    return FilesAtDesk(consultation, recommendation, attachments_of(db, recommendation))


@get("/propuneri/{number:str}/fisiere", opt=at_desk("draft.read"))
async def files(
    request: Request,
    db: Given[Db],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    number: FromPath[str],
) -> Response[str]:
    """List the files that came with a proposal."""
    found = await db.read(files_at_desk, consultation_id, number, by=actor)
    return page(request, "desk/attached.html", found=found, own=links.desk_consultation(consultation_id))


@get("/propuneri/{number:str}/fisiere/{file:str}", opt=at_desk("draft.read"))
async def content(
    db: Given[Db],
    settings: Given[Settings],
    actor: Given[Actor],
    consultation_id: Given[ConsultationId],
    number: FromPath[str],
    file: FromPath[str],
) -> Stream:
    """Hand out a file to those who work on the draft."""
    found = await db.read(files_at_desk, consultation_id, number, by=actor)
    for each in found.files:
        if each.id == file:
            return file_to_keep(settings, each, after=SALT_SIZE)
    raise NotFound


handlers = [files, content]
